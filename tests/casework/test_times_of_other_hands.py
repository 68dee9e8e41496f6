"""Time phrases of two hands that had not seen the rules, with the windows those hands expect.

Neither set is blind any longer: the rules were mended on what both showed. At first sight 167 of
the 180 phrases of ``times_e3`` were right (93 %) and 139 of the 170 of ``times_e4`` (82 %), which
is heavy with dialect. What is still wrong are readings that the conventions leave open: "asap" as
one window or as two, the last day of an open end, the start of "9ish til 11".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.time_scores import read_row
from tests.casework.test_times import CALENDAR

BLIND = Path(__file__).parents[1] / "blind"
LEAST = 0.97


@pytest.mark.parametrize(("name", "size"), [("times_e3", 180), ("times_e4", 170)])
def test_nearly_all_windows_are_those_that_another_hand_expects(name: str, size: int) -> None:
    lines = (BLIND / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    reads = [read_row(json.loads(line), CALENDAR) for line in lines]
    wrong = [read.phrase for read in reads if not read.right]
    assert len(reads) == size
    assert 1 - len(wrong) / size >= LEAST, wrong
