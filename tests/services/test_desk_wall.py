"""The conflict wall at the desk: for a person behind it the record does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.casework.kinds import CaseStatus, MeetingStatus
from assistant.casework.school_shapes import Relationship
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.add_note import add_note
from assistant.services.case_lists import list_cases
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.list_due import list_due
from assistant.services.mark_meeting import mark_meeting
from assistant.services.view_alert import view_alert
from assistant.services.view_case import view_case
from assistant.services.view_meeting import view_meeting
from tests.databases import ON_SQLITE
from tests.services.bookings import HOST, book
from tests.services.filings import CHAIR, CLERK, HEAD, file_case

pytestmark = ON_SQLITE

MISSING = "SG-000-000-000"


def note(desk: Desk, staff_id: str, reference: str) -> None:
    add_note(desk, staff_id=staff_id, reference=reference, words="hm", idempotency_key="n")


def close(desk: Desk, staff_id: str, reference: str) -> None:
    change_status(
        desk,
        staff_id=staff_id,
        reference=reference,
        status=CaseStatus.CLOSED,
        idempotency_key="c",
    )


def mark(desk: Desk, staff_id: str, reference: str) -> None:
    mark_meeting(
        desk,
        staff_id=staff_id,
        reference=reference,
        status=MeetingStatus.ATTENDED,
        idempotency_key="m",
    )


ON_A_CASE = [view_case, note, close]
ON_A_MEETING = [view_meeting, note, mark]


def answer(act: Callable[[Desk, str, str], object], *arguments: object) -> tuple[type, str]:
    """Return what somebody is told, which must not depend on why."""
    with pytest.raises(NotHere) as refusal:
        act(*arguments)  # type: ignore[arg-type]
    return type(refusal.value), str(refusal.value)


@pytest.mark.parametrize("act", ON_A_CASE)
def test_everybody_but_its_readers_gets_the_answer_of_a_missing_case(
    desk: Desk, act: Callable[[Desk, str, str], object]
) -> None:
    reference = file_case(desk, subjects=frozenset({HEAD})).reference
    for person in desk.school.people:
        if person.id not in {CHAIR, CLERK}:
            assert answer(act, desk, person.id, reference) == answer(act, desk, person.id, MISSING)


@pytest.mark.parametrize("act", ON_A_MEETING)
def test_everybody_but_its_host_gets_the_answer_of_a_missing_meeting(
    desk: Desk, act: Callable[[Desk, str, str], object]
) -> None:
    reference = book(desk, "key").reference
    for person in desk.school.people:
        if person.id != HOST:
            assert answer(act, desk, person.id, reference) == answer(act, desk, person.id, MISSING)


def test_two_worlds_that_differ_by_a_complaint_about_the_head_look_the_same_to_the_head(
    desk: Desk,
) -> None:
    file_case(desk, "an ordinary one")
    before = list_due(desk, HEAD)
    file_case(desk, "about the head", subjects=frozenset({HEAD}))
    assert list_due(desk, HEAD) == before


def test_a_relationship_declared_later_closes_the_case(desk: Desk) -> None:
    reference = file_case(desk, subjects=frozenset({"mr-bennett"})).reference
    view_case(desk, HEAD, reference)
    ties = (*desk.school.relationships, Relationship(HEAD, "mr-bennett", "cousins"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    assert list_cases(later, HEAD).rows == ()
    for act in ON_A_CASE:
        assert answer(act, later, HEAD, reference) == answer(act, later, HEAD, MISSING)


@pytest.mark.parametrize(
    "act",
    [
        view_alert,
        lambda desk, staff_id, alert_id: acknowledge_alert(
            desk, staff_id=staff_id, alert_id=alert_id
        ),
    ],
)
def test_an_alert_that_is_not_mine_is_an_alert_that_is_not_there(
    desk: Desk, act: Callable[[Desk, str, str], object]
) -> None:
    from tests.services.test_raise_alert import raise_one

    alert = raise_one(desk)
    assert answer(act, desk, "mr-bennett", alert.id) == answer(act, desk, "mr-bennett", "0" * 32)


@pytest.mark.parametrize("reference", ["", "\0", "SG-", "\ud800", "x" * 10_000, "%", "' OR 1=1"])
def test_an_odd_reference_is_simply_not_here(desk: Desk, reference: str) -> None:
    for act in {*ON_A_CASE, *ON_A_MEETING, view_alert}:
        answer(act, desk, HEAD, reference)
