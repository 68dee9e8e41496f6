"""The verb `run`: options win over variables, and the sentences before and after a start."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.running.databases import fill_databases
from assistant.running.ports import PortTakenError, free_ports
from assistant.settings import ROOT, Settings
from assistant.verbs import run


def options(**given: str) -> argparse.Namespace:
    return argparse.Namespace(**{name: given.get(name) for name in run.OPTIONS})


def test_an_option_wins_over_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLGATE_PORT", "9001")
    monkeypatch.setenv("SCHOOLGATE_SCHOOL", "secondary")
    settings = run.load_settings(options(port="9002"))
    assert (settings.port, settings.school) == (9002, "secondary")


def test_the_welcome_gives_the_addresses_and_a_login_that_works_once(tmp_path: Path) -> None:
    environ = {"SCHOOLGATE_DATA": str(tmp_path), "SCHOOLGATE_NOW": "2026-11-24T10:15"}
    words = run.welcome(fill_databases(Settings.load(environ)))
    assert "Chat   http://127.0.0.1:8080/\n" in words
    assert "Desk   http://127.0.0.1:8080/desk/first-login/" in words
    assert "Tuesday 24 November 2026 10:15" in words
    assert str(tmp_path / "outbox.log") in words


def test_a_taken_port_stops_the_start_before_anything_runs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings.load({"SCHOOLGATE_PORT": str(taken.getsockname()[1])})
        with pytest.raises(PortTakenError, match="Choose another with --port"):
            run.settle_ports(settings)


def test_a_taken_inner_port_that_nobody_chose_is_replaced_by_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        free = free_ports(2)
        settings = Settings.load({"SCHOOLGATE_PORT": str(free[0])})
        settled = run.settle_ports(replace(settings, brain_port=port, actions_port=free[1]))
    assert settled.brain_port != port
    assert settled.actions_port == free[1]


def test_a_taken_inner_port_that_somebody_chose_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("SCHOOLGATE_BRAIN_PORT", str(taken.getsockname()[1]))
        settings = run.load_settings(options(port=str(free_ports(1)[0])))
        with pytest.raises(PortTakenError, match="the variable SCHOOLGATE_BRAIN_PORT"):
            run.settle_ports(settings)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--now", "Tuesday", "SCHOOLGATE_NOW is 'Tuesday': it must be a date and time"),
        ("--school", "pyproject.toml", "School file pyproject.toml:"),
    ],
)
def test_a_bad_setting_is_one_sentence_and_no_traceback(
    option: str, value: str, said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "run", option, value, "--data", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_run_starts_prints_the_addresses_and_stops_cleanly_on_sigterm(tmp_path: Path) -> None:
    port, brain_port, actions_port = free_ports(3)
    ports = {"SCHOOLGATE_BRAIN_PORT": str(brain_port), "SCHOOLGATE_ACTIONS_PORT": str(actions_port)}
    command = [sys.executable, "-m", "assistant", "run", "--port", str(port), "--data", tmp_path]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | ports, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        lines = iter(running.stdout.readline, "")
        assert any(line.strip() == "Stop with Ctrl-C." for line in lines)
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", brain_port), timeout=1)
