"""Windows as read beside windows as meant."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.time_scores import read_row, report, say_windows
from tests.casework.test_times import CALENDAR

ROW = {"id": "x", "now": "2026-11-24T10:15:00+00:00", "phrase": "friday at 2"}
RIGHT = {"from": "2026-11-27T14:00:00+00:00", "to": "2026-11-27T14:30:00+00:00"}
LATER = {"from": "2026-11-27T14:00:00+00:00", "to": "2026-11-27T15:00:00+00:00"}


@pytest.mark.parametrize(
    ("phrase", "expect", "right"),
    [
        ("friday at 2", RIGHT, True),
        ("friday at 2", [RIGHT], True),
        ("friday at 2", {"from": "2026-11-27T15:00:00+01:00", "to": "2026-11-27T14:30:00Z"}, True),
        ("friday at 2", LATER, False),
        ("friday at 2", [RIGHT, LATER], False),
        ("friday at 2", {"none": True, "why": "?"}, False),
        ("after assembly", {"none": True, "why": "?"}, True),
        ("after assembly", RIGHT, False),
    ],
)
def test_windows_are_right_when_every_instant_is_equal(
    phrase: str, expect: Any, *, right: bool
) -> None:
    assert read_row({**ROW, "phrase": phrase, "expect": expect}, CALENDAR).right is right


def test_a_row_that_expects_nothing_is_not_called_right() -> None:
    assert not read_row(ROW, CALENDAR).right


def test_the_report_counts_and_shows_windows_as_instants() -> None:
    rows = [{**ROW, "expect": RIGHT}, {**ROW, "id": "y", "expect": LATER}]
    summary = report([read_row(row, CALENDAR) for row in rows])
    assert (summary["total"], summary["right"]) == (2, 1)
    assert [row["right"] for row in summary["rows"]] == [True, False]
    assert summary["rows"][0]["windows"] == [RIGHT]


def test_a_line_says_two_windows_and_counts_the_rest() -> None:
    reading = read_row({**ROW, "phrase": "half three"}, CALENDAR).reading
    said = say_windows(reading.windows)
    assert said.startswith("Tue 24 Nov 15:30 to 16:00; Wed 25 Nov")
    assert said.endswith("and 8 more")
    assert say_windows(()) == "none"
