"""What a lead may do with an alert, and who is told next; all of it without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.casework.alert_clock import lado_deadline
from assistant.casework.alert_leads import (
    FRONT_DOOR,
    LADO,
    bodies_of,
    colleagues,
    is_out_of_hours,
    leads_for,
    next_told,
)
from assistant.casework.alert_steps import (
    NEXT,
    AlertState,
    AlertStep,
    may_agree,
    state_after,
    steps_from,
)
from assistant.casework.calendar import SchoolCalendar
from assistant.casework.school import load_school
from assistant.casework.school_check import check_school
from assistant.casework.school_shapes import Body, Cover
from assistant.casework.tables import TableError

SCHOOL = load_school("primary")
CALENDAR = SchoolCalendar.from_school(SCHOOL)
LEADS = ("mr-mensah", "mrs-doyle", "mrs-ashworth")
IN_TERM, IN_THE_HOLIDAYS = date(2026, 11, 24), date(2026, 12, 22)


def test_every_state_has_its_moves_and_every_state_is_reached() -> None:
    assert set(NEXT) == set(AlertState)
    reached = {after for moves in NEXT.values() for after in moves.values()}
    assert reached == set(AlertState) - {AlertState.WAITING}


def test_nothing_but_an_acknowledgement_comes_first() -> None:
    assert steps_from(AlertState.WAITING) == (AlertStep.ACKNOWLEDGE,)


def test_what_was_judged_to_be_less_is_closed_only_by_an_agreement() -> None:
    assert state_after(AlertState.DOWNGRADED, AlertStep.CLOSE) is None
    assert state_after(AlertState.DOWNGRADED, AlertStep.AGREE) is AlertState.CLOSED
    assert state_after(AlertState.CLOSED, AlertStep.REOPEN) is AlertState.ACTING


def test_a_second_lead_agrees_wherever_there_is_one() -> None:
    assert not may_agree("one", "one", frozenset({"one", "two"}))
    assert may_agree("two", "one", frozenset({"one", "two"}))
    assert may_agree("one", "one", frozenset({"one"}))


def test_the_next_told_are_each_role_once_and_never_one_behind_the_wall() -> None:
    told = set(LEADS)
    rungs = []
    while further := next_told(SCHOOL, {"ms-whitaker"}, told):
        rungs.append(further)
        told |= set(further)
    assert rungs == [("dr-siddiqui",), ("mr-thorpe",)]  # chair, vice-chair; the clerk is named
    assert next_told(SCHOOL, {"mrs-ashworth"}, {"mr-mensah", "mrs-doyle"}) == ("dr-siddiqui",)


def test_a_colleague_who_may_be_brought_in_is_no_teacher_and_not_named() -> None:
    found = colleagues(SCHOOL, {"dr-siddiqui"}, {"mr-mensah"})
    assert found[:2] == ["mrs-doyle", "mrs-ashworth"]
    assert not {"dr-siddiqui", "mr-mensah", "mr-bennett"} & set(found)


def test_whoever_is_on_cover_is_told_first_with_the_number_of_those_days() -> None:
    assert [lead.staff for lead in leads_for(SCHOOL, set(), IN_TERM)] == list(LEADS)
    first = leads_for(SCHOOL, set(), IN_THE_HOLIDAYS)[0]
    assert (first.staff, first.hours) == ("mrs-doyle", "until noon on working days")
    assert leads_for(SCHOOL, {"mrs-doyle"}, IN_THE_HOLIDAYS)[0].staff == "mr-mensah"


def test_who_is_passed_over_is_told_only_if_no_other_lead_is_free() -> None:
    over = {"mrs-ashworth"}
    told = [lead.staff for lead in leads_for(SCHOOL, set(), IN_TERM, over)]
    assert told == [each for each in LEADS if each not in over]
    alone = {"mr-mensah", "mrs-doyle"}
    assert [lead.staff for lead in leads_for(SCHOOL, alone, IN_TERM, over)] == ["mrs-ashworth"]


@pytest.mark.parametrize(
    ("at", "closed"),
    [
        (datetime(2026, 11, 24, 10, 15, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 16, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 22, 12, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 7, 30, tzinfo=UTC), True),  # before the first known term
        (datetime(2027, 6, 8, 7, 30, tzinfo=UTC), False),  # half past eight in London
    ],
)
def test_the_school_is_closed_by_its_days_and_its_hours(at: datetime, *, closed: bool) -> None:
    assert is_out_of_hours(SCHOOL, CALENDAR, at) is closed


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 10, 27, 9, 0, tzinfo=UTC), date(2026, 10, 28)),  # half term
        (datetime(2026, 12, 18, 17, 0, tzinfo=UTC), date(2026, 12, 21)),  # last day of term
        (datetime(2026, 12, 24, 22, 0, tzinfo=UTC), date(2026, 12, 29)),
        (datetime(2027, 8, 4, 9, 0, tzinfo=UTC), date(2027, 8, 5)),
    ],
)
def test_the_one_working_day_goes_on_in_the_holidays_and_shows_its_sum(
    raised: datetime, due: date
) -> None:
    found = lado_deadline(raised, CALENDAR)
    assert found.due_on == due
    assert f"{due:%A} {due.day} {due:%B %Y}" in found.sum
    assert "Keeping Children Safe in Education" in found.sum


def test_where_to_refer_begins_with_the_councils_two_doors() -> None:
    assert [body.id for body in bodies_of(SCHOOL)][:3] == [FRONT_DOOR, LADO, "police"]
    assert SCHOOL.safeguarding.lado in bodies_of(SCHOOL)[1].contact


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"escalate_after_repeats": 0}, "must be 1 or more"),
        ({"bodies": (Body("lado", "Another", "1"),)}, "is there twice"),
        ({"cover": (Cover(IN_TERM, IN_TERM, "nobody", "1", ""),)}, "nobody on the staff list"),
        (
            {"cover": (Cover(IN_THE_HOLIDAYS, IN_TERM, "mr-mensah", "1", ""),)},
            "ends before it starts",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_one_sentence(changed: dict[str, object], words: str) -> None:
    safeguarding = replace(SCHOOL.safeguarding, **changed)  # type: ignore[arg-type]
    with pytest.raises(TableError, match=words):
        check_school(replace(SCHOOL, safeguarding=safeguarding))
