"""Rants are compared with what a person set apart, whatever spaces lie between."""

from __future__ import annotations

from assistant.evaluation.sorting import Point, compared, points_on, report

ROW = {
    "points": [
        {"words": "Two days in isolation for shoes. ", "doors": ["staff"]},
        {"words": "Also the maths is far too hard.", "doors": ["staff", "headteacher"]},
    ]
}


def test_what_a_person_set_apart_is_all_found() -> None:
    points = [
        Point("Two days in isolation for shoes.", "staff"),
        Point("Also the maths is far too hard.", "headteacher"),
    ]
    assert report([compared(ROW, points)]) == {
        "rants": 1, "counted": 1, "boundaries": 1, "cuts": 1, "found": 1, "points": 2, "doors": 2
    }  # fmt: skip


def test_a_cut_elsewhere_and_another_door_are_wrong() -> None:
    points = [
        Point("Two days in", "governors"),
        Point("isolation for shoes. Also the maths is far too hard.", "staff"),
    ]
    totals = report([compared(ROW, points)])
    assert (totals["counted"], totals["found"], totals["doors"]) == (1, 0, 1)


def test_the_points_are_read_off_the_page() -> None:
    page = (
        '<textarea name="words:1-0">He said &amp; left</textarea>'
        '<input name="door:1-0" value="staff"><input name="door:1-0" value="office" checked>'
        '<textarea name="note">x</textarea>'
    )
    assert points_on(page) == [Point("He said & left", "office")]
