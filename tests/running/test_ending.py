"""A signal ends a run, at whatever moment it comes, and a second one changes nothing."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from assistant.settings import ROOT

RUN = """
import time
from assistant.running.ending import ended_by_signals, wait_for_ever
with ended_by_signals():
    try:
        print("running", flush=True)
        wait_for_ever()
    finally:
        print("stopping", flush=True)
        time.sleep(0.5)
        print("stopped", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_in_order_and_the_second_waits(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "running\n"
        running.send_signal(number)
        assert running.stdout.readline() == "stopping\n"
        running.send_signal(number)
        assert running.stdout.read() == "stopped\n"
    assert running.returncode == 0
