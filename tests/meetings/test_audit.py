"""The audit finds each fault that somebody could plant: else its silence would prove nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from assistant.casework.kinds import MeetingMode
from assistant.evaluation.booking.audit import faults, faults_of_time
from assistant.evaluation.booking.filling import fill_with_meetings
from assistant.evaluation.booking.stage import close, engine_of, host_id
from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.hold_slot import hold_slot
from assistant.services.offer_slots import offer_slots
from tests.instants import london
from tests.meetings.staging import CopyStage, MakeStage

NINE, HALF_PAST_TEN = london("2027-03-01T09:00"), london("2027-03-01T10:30")


def a_busy_desk(copy_stage: CopyStage) -> Desk:
    """Return a desk with two meetings, a cancelled one, and a hold."""
    desk = copy_stage().open()
    book_as_parent(desk, host_id(0), "first", NINE)
    book_as_parent(desk, host_id(0), "second", HALF_PAST_TEN)
    gone = book_as_parent(desk, host_id(1), "third", NINE, MeetingMode.PHONE)
    cancel_meeting(desk, meeting_id=gone.id, idempotency_key="off")
    (slot,) = offer_slots(desk, host_ids=[host_id(1)], windows=None, limit=1).matching
    hold_slot(desk, holder="somebody", slot=slot)
    return desk


def test_what_the_services_leave_has_no_fault(copy_stage: CopyStage) -> None:
    assert faults(a_busy_desk(copy_stage)) == []


PLANTED = {
    "overlap": "UPDATE meeting SET starts_at = '2027-03-01 09:05:00.000000' "
    "WHERE starts_at = '2027-03-01 10:30:00.000000'",
    "wrong cells of its host": "DELETE FROM cell WHERE resource LIKE 'staff:%' "
    "AND instant = '2027-03-01 09:15:00.000000'",
    "too little of room": "INSERT INTO cell (resource, instant, meeting_id) "
    "SELECT 'room:cellar', starts_at, id FROM meeting WHERE status = 'booked'",
    "owns cells": "UPDATE cell SET meeting_id = "
    "(SELECT id FROM meeting WHERE status = 'cancelled') WHERE holder IS NOT NULL",
    "has no owner": "UPDATE cell SET holder = NULL WHERE holder IS NOT NULL",
    "holds cells of": "UPDATE cell SET resource = 'room:cellar' WHERE meeting_id IS NOT NULL "
    "AND resource LIKE 'staff:%'",
    "was not told": "DELETE FROM outbox",
    "0 events": "UPDATE history_event SET target_id = 'x'",
    "history is broken": "UPDATE history_event SET actor = 'x' WHERE kind = 'meeting.booked'",
}


@pytest.mark.parametrize(("fault", "statement"), PLANTED.items(), ids=PLANTED)
def test_a_planted_fault_is_found(fault: str, statement: str, copy_stage: CopyStage) -> None:
    desk = a_busy_desk(copy_stage)
    with engine_of(desk.unit_of_work).begin() as connection:
        for trigger in triggers(connection):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        assert connection.execute(text(statement)).rowcount
    found = faults(desk)
    close(desk)
    assert any(fault in sentence for sentence in found), found


def triggers(connection: object) -> list[str]:
    """Return the names of the triggers that keep the history, which a burglar would drop."""
    names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return [row[0] for row in connection.execute(names)]  # type: ignore[attr-defined]


def test_filled_diaries_look_like_booked_ones(make_stage: MakeStage) -> None:
    desk = make_stage(4).open()
    fill_with_meetings(desk, 4, 300)
    assert faults_of_time(desk) == []
    before = offer_slots(desk, host_ids=[host_id(0)], windows=None, limit=1).matching
    book_as_parent(desk, host_id(0), "one more", before[0].starts_at)
    assert faults_of_time(desk) == []
    close(desk)
