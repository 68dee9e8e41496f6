"""The sums behind the figures of the bench, and what its verb takes and prints."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.evaluation.bench import resident_megabytes
from assistant.evaluation.figures import Figure, percentile
from assistant.evaluation.rivals.asking import Asked
from assistant.evaluation.rivals.configurations import Rival
from assistant.evaluation.rivals.contest import OURS_BRAIN, OURS_WEB
from assistant.evaluation.rivals.figures import Measured
from assistant.evaluation.rivals.training import Trained
from assistant.evaluation.scoring import routed
from assistant.verbs import bench


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


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    return parser.parse_args(arguments)


def test_several_files_are_taken_against_rasa_and_all_messages_unless_a_part_is_asked_for() -> None:
    chosen = parsed("--against-rasa", "a.jsonl", "b.jsonl")
    assert (chosen.against_rasa, chosen.part) == ([Path("a.jsonl"), Path("b.jsonl")], 1.0)
    assert parsed().against_rasa == ()


@pytest.mark.parametrize("part", ["0", "-1", "1.1", "half", "nan"])
def test_a_part_that_is_none_is_refused_with_a_sentence(
    part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parsed("--against-rasa", "a.jsonl", f"--part={part}")
    assert f"'{part}' is no part: it must be over 0 and at most 1" in capsys.readouterr().err


def contender(name: str, channel: str, seconds: float, rate: float) -> Measured:
    row = {"id": "a", "text": "he is cold", "accept": ["staff"], "reject": []}
    results, trained = [routed(row, channel, [])], Trained(seconds, seconds, 10**7)
    return Measured(name, results, results, {}, trained, Asked((), (40.0,), rate, 900.0))


@pytest.mark.parametrize(("rate", "code"), [(90, 0), (89, 1)])
def test_the_comparison_is_printed_and_kept_and_a_missed_target_is_its_exit_code(
    rate: float, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = [contender(name, "staff", 40, rate) for name in (OURS_WEB, OURS_BRAIN)]
    measured = [*ours, contender("Rasa", "ask", 200, 30), contender("other", "staff", 1, 99)]
    rivals = [Rival("Rasa", "what comes with it", ""), Rival("other", "another", "")]
    file = tmp_path / "report.json"
    assert bench.print_contest(measured, rivals, {"part": 1.0}, file) == code
    printed = capsys.readouterr().out
    assert "Rasa: what comes with it." in printed
    assert "ours : rival" in printed
    assert printed.count("kept") >= 2
    assert ("MISSED" in printed) is bool(code)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["part"] == 1.0
    assert written["targets"]["total"] == 3
