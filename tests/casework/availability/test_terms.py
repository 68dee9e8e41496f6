"""The numbers beside the weekly times."""

from __future__ import annotations

import pytest

from assistant.casework.availability.terms import limits, read_terms, type_out_terms
from assistant.casework.kinds import Role
from assistant.casework.school_shapes import MeetingRules

SCHOOL = MeetingRules((Role.TEACHER,), 15, 5, 4, 60, 5)


def test_numbers_are_read_and_an_empty_field_means_the_schools_rule() -> None:
    reading = read_terms({"minutes": "20", "daily_cap": ""}, SCHOOL, 60)
    assert reading.problems == ()
    assert (reading.rules.minutes, reading.rules.daily_cap) == (20, 5)


def test_the_schools_own_numbers_are_written_out_and_read_back() -> None:
    reading = read_terms(type_out_terms(SCHOOL), SCHOOL, 60)
    assert reading.rules == SCHOOL
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        (
            "minutes",
            "twenty",
            "“A meeting lasts”: “twenty” must be a whole number from 5 to 120 minutes.",
        ),
        ("minutes", "17", "“A meeting lasts”: “17” is not a multiple of 5."),
        ("minutes", "0", "must be a whole number from 5 to 120"),
        ("minutes", "²", "must be a whole number"),
        ("buffer_minutes", "-5", "from 0 to 60 minutes"),
        ("notice_hours", "1.5", "from 0 to 168 hours"),
        ("notice_hours", "9" * 5000, "from 0 to 168 hours"),
        ("horizon_days", "61", "from 1 to 60 days ahead"),
        ("daily_cap", "0", "from 1 to 20 meetings a day"),
    ],
)
def test_a_number_outside_its_limits_is_refused_with_the_limits(
    name: str, typed: str, said: str
) -> None:
    (problem,) = read_terms({name: typed}, SCHOOL, 60).problems
    assert problem.field == name
    assert said in problem.said
    assert len(problem.said) < 150


def test_every_limit_is_a_field_of_the_rules() -> None:
    for limit in limits(60):
        assert limit.least <= getattr(SCHOOL, limit.name) <= limit.most
