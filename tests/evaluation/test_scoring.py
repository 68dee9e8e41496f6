"""Proposed destinations beside those that are right and those that are harmful."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from assistant.evaluation.confusion_picture import svg_matrix, text_matrix
from assistant.evaluation.scoring import by_best, confusion, report, routed

ROW = {"id": "a", "text": "he is cold in class", "accept": ["staff", "headteacher"],
       "reject": ["emergency"]}  # fmt: skip
RIGHT = routed(ROW, "headteacher", ["staff"])
NEARLY = routed({**ROW, "id": "b"}, "complaint", ["staff", "governors"])
LATE = routed({**ROW, "id": "c"}, "complaint", ["governors", "staff"])
HARMFUL = routed({**ROW, "id": "d"}, "emergency", [])
REFUSED = routed({**ROW, "id": "e"}, "", [])
ALL = [RIGHT, NEARLY, LATE, HARMFUL, REFUSED]


def test_any_accepted_code_is_right_and_only_a_rejected_one_is_harmful() -> None:
    assert [one.accepted for one in ALL] == [True, False, False, False, False]
    assert [one.rejected for one in ALL] == [False, False, False, True, False]


def test_the_first_alternative_counts_as_the_second_door_and_the_next_does_not() -> None:
    assert [one.in_first_two for one in ALL] == [True, True, False, False, False]


def test_the_report_counts_and_keeps_every_row() -> None:
    summary = report(ALL)
    assert (summary["total"], summary["accepted"], summary["rejected"]) == (5, 1, 1)
    assert summary["rows"][1] == {
        "id": "b",
        "text": "he is cold in class",
        "channel": "complaint",
        "alternatives": ["staff", "governors"],
        "accepted": False,
        "rejected": False,
    }


def test_the_table_of_channels_adds_up() -> None:
    assert by_best(ALL) == [("staff", 5, 1, 2, 1)]


def test_an_accepted_second_best_is_no_confusion_and_a_refusal_is_one() -> None:
    counts = confusion(ALL)
    assert counts["staff", "staff"] == 1
    assert counts["staff", "complaint"] == 2
    assert counts["staff", "refused"] == 1
    assert sum(counts.values()) == len(ALL)


def test_the_text_matrix_shows_each_count_in_its_column() -> None:
    lines = text_matrix(confusion(ALL)).splitlines()
    columns = lines[0].split()[3:]
    staff = next(line for line in lines if line.startswith("staff")).split()[1:]
    shown = dict(zip(columns, staff, strict=True))
    assert (shown["compl"], shown["staff"], shown["refus"]) == ("2", "1", "1")


def test_the_picture_is_well_formed_and_holds_every_count() -> None:
    root = ET.fromstring(svg_matrix(confusion(ALL)))  # noqa: S314 - our own picture
    numbers = [text.text for text in root.iter() if (text.text or "").isdigit()]
    assert sorted(numbers) == ["1", "1", "1", "2"]
