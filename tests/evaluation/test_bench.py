"""The sums behind the figures of the bench."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.evaluation.bench import Figure, percentile, resident_megabytes


@pytest.mark.parametrize(
    ("part", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)]
)
def test_a_percentile_is_a_value_that_was_measured(part: float, value: float) -> None:
    assert percentile([float(one) for one in range(100, 0, -1)], part) == value


def test_the_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.95) == 7.0


def test_a_target_is_kept_at_its_limit_and_missed_beyond_it() -> None:
    assert Figure("latency", 120, "ms", 120).kept
    assert Figure("latency", 120.1, "ms", 120).kept is False
    assert Figure("rate", 20, "/s", 20, least=True).kept
    assert Figure("rate", 19.9, "/s", 20, least=True).kept is False


def test_what_was_not_measured_keeps_no_target() -> None:
    assert Figure("memory", None, "MB", 1200).kept is None


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this machine has no /proc")
def test_memory_counts_the_children_of_a_process() -> None:
    alone = resident_megabytes([os.getpid()])
    hold = "b = bytearray(60_000_000); print('ready', flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        child.stdout.readline()
        together = resident_megabytes([os.getpid()])
    finally:
        child.communicate(b"\n")
    assert alone is not None
    assert together is not None
    assert together - alone > 50


def test_without_proc_memory_is_not_measured(tmp_path: Path) -> None:
    assert resident_megabytes([1], tmp_path / "none") is None
