"""How long records are kept, with the sum in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.kinds import CaseKind
from assistant.casework.retention import (
    Matter,
    RecordFacts,
    RetentionRules,
    in_words,
    keep_until,
    school_year_end,
)
from assistant.casework.school import load_school

RULES = RetentionRules()
ENDED = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "matter", "until", "asks"),
    [
        (None, Matter.ORDINARY, date(2028, 8, 31), False),
        (CaseKind.CONCERN, Matter.ORDINARY, date(2028, 8, 31), False),
        (CaseKind.FEEDBACK, Matter.ORDINARY, date(2028, 8, 31), False),
        (CaseKind.COMPLAINT, Matter.ORDINARY, date(2032, 11, 24), True),
        (CaseKind.DATA_PROTECTION, Matter.ORDINARY, date(2032, 11, 24), True),
        (CaseKind.COMPLAINT, Matter.NEGLIGENCE, date(2041, 11, 24), True),
        (CaseKind.CONCERN, Matter.SAFEGUARDING, date(2066, 11, 24), True),
    ],
)
def test_each_kind_has_its_time(
    kind: CaseKind | None, matter: Matter, until: date, *, asks: bool
) -> None:
    kept = keep_until(RecordFacts(kind, ENDED, matter), RULES)
    assert (kept.until, kept.asks) == (until, asks)
    assert not kept.is_over(until)
    assert kept.is_over(date(until.year, until.month, until.day).replace(year=until.year + 1))


def test_the_sum_says_each_step() -> None:
    assert keep_until(RecordFacts(None, ENDED), RULES).sum == (
        "It was on 24 November 2026. That school year ends on 31 August 2027. "
        "Kept for 1 year after that, until 31 August 2028. Then it is removed."
    )
    assert keep_until(RecordFacts(CaseKind.COMPLAINT, ENDED), RULES).sum == (
        "Finished on 24 November 2026. Kept for 6 years after that, until 24 November 2032. "
        "Then a person decides."
    )


def test_what_is_open_is_kept_for_as_long_as_it_is() -> None:
    kept = keep_until(RecordFacts(CaseKind.COMPLAINT, None), RULES)
    assert kept.until is None
    assert not kept.is_over(date(2100, 1, 1))


def test_a_day_that_other_years_lack_becomes_the_day_before() -> None:
    leap = RecordFacts(CaseKind.COMPLAINT, date(2028, 2, 29))
    assert keep_until(leap, RULES).until == date(2034, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_a_school_year_ends_on_the_next_last_of_august(day: date) -> None:
    end = school_year_end(day)
    assert (end.month, end.day) == (8, 31)
    assert 0 <= (end - day).days < 366


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.sampled_from([None, *CaseKind]))
def test_nothing_is_removed_before_the_fewest_years(day: date, kind: CaseKind | None) -> None:
    until = keep_until(RecordFacts(kind, day), RULES).until
    assert until is not None
    assert (until.year, until.month, until.day) >= (day.year + RULES.fewest_years, 1, 1)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"chat_days": 8}, "retention, chat_days"),
        ({"chat_days": 0}, "retention, chat_days"),
        ({"complaint_years": 5}, "retention, complaint_years"),
        ({"negligence_years": 41}, "retention"),
    ],
)
def test_a_rule_that_cannot_be_is_named(changed: dict[str, int], where: str) -> None:
    assert [place for place, _ in replace(RULES, **changed).problems()] == [where]


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_parents_read_what_the_school_file_says(name: str) -> None:
    rules = replace(load_school(name).retention, complaint_years=9, chat_days=1)
    words = dict(in_words(rules))
    assert words["A complaint"].startswith("9 years after")
    assert words["A chat"] == "1 day after its last message"
