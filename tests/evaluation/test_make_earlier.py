"""What a parent says exists is really made, in real databases, before they speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.grid import cells
from assistant.casework.kinds import Channel, Role
from assistant.casework.times import read_time
from assistant.evaluation.dialogues import held
from assistant.evaluation.earlier import EarlierComplaint
from assistant.evaluation.earlier_meetings import EarlierMeeting
from assistant.evaluation.make_earlier import make_earlier
from assistant.evaluation.outcomes import Ending, Held, Step, ending_of
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.shapes import RecordView
from assistant.services.start_conversation import start_conversation
from assistant.store.meeting_tables import Cell, Meeting
from assistant.store.tables import CaseAccess
from tests.desks import TUESDAY_MORNING

TURNS = ["please cancel it", "Amira Siddiqui, 2C", "Nadia Siddiqui 07700 900511"]


def at(desk: Desk, phrase: str, role: Role, channel: Channel) -> EarlierMeeting:
    windows = read_time(phrase, desk.clock.now(), desk.calendar).windows
    return EarlierMeeting(windows, role, channel)


def made(desk: Desk, *what: EarlierMeeting | EarlierComplaint) -> list[RecordView]:
    conversation_id, _ = start_conversation(desk)
    assert len(make_earlier(desk, conversation_id, what, TURNS)) == len(what)
    return find_records(desk, conversation_id=conversation_id)


def test_a_meeting_stands_with_the_head_at_the_time_that_was_said(desk: Desk) -> None:
    (record,) = made(desk, at(desk, "thursday at 4", Role.HEADTEACHER, Channel.HEADTEACHER))
    assert record.starts_at is not None
    assert to_london(record.starts_at).strftime("%a %H:%M") == "Thu 16:00"
    assert (record.kind, record.status, record.with_channel) == (
        "meeting",
        "booked",
        "headteacher",
    )
    with desk.unit_of_work(read_only=True) as work:
        host = work.session.scalars(select(Meeting.host_id)).one()
    assert Role.HEADTEACHER in desk.school.person(host).roles


def test_a_meeting_at_a_time_that_nobody_has_stands_at_the_nearest(desk: Desk) -> None:
    (record,) = made(desk, at(desk, "saturday at 9", Role.TEACHER, Channel.STAFF))
    assert record.starts_at is not None
    distance = abs(record.starts_at - (TUESDAY_MORNING + timedelta(days=4)))
    assert distance < timedelta(days=4)


@pytest.mark.parametrize(
    ("phrase", "role", "channel"),
    [
        ("tomorrow at 11.10", Role.HEADTEACHER, Channel.HEADTEACHER),
        ("friday at 10.20", Role.TEACHER, Channel.STAFF),
        ("monday at 8.35", Role.SENCO, Channel.STAFF),
    ],
)
def test_a_meeting_stands_at_the_minute_that_was_said_though_its_host_offers_no_such_time(
    desk: Desk, phrase: str, role: Role, channel: Channel
) -> None:
    what = at(desk, phrase, role, channel)
    (record,) = made(desk, what)
    assert record.starts_at == what.windows[0].start
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.scalars(select(Meeting)).one()
        taken = set(work.session.scalars(select(Cell.instant)))
    assert role in desk.school.person(meeting.host_id).roles
    assert set(cells(meeting.starts_at, meeting.ends_at)) <= taken
    assert min(taken) == meeting.starts_at


def test_two_meetings_stand_where_two_are_told_of(desk: Desk) -> None:
    teacher = at(desk, "thursday at 3.45", Role.TEACHER, Channel.STAFF)
    head = at(desk, "friday at 9", Role.HEADTEACHER, Channel.HEADTEACHER)
    records = made(desk, teacher, head)
    assert {(one.with_channel, one.starts_at) for one in records} == {
        ("staff", teacher.windows[0].start),
        ("headteacher", head.windows[0].start),
    }


def test_the_teacher_is_the_one_of_the_year_that_is_told(desk: Desk) -> None:
    conversation_id, _ = start_conversation(desk)
    teacher = at(desk, "thursday at 4", Role.TUTOR, Channel.STAFF)
    make_earlier(
        desk, conversation_id, [teacher], ["it's for Tomos in year 5", "Gwen 07700 900512"]
    )
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.scalars(select(Meeting)).one()
        child, contact = work.unseal_json(meeting, "child"), work.unseal_json(meeting, "contact")
    assert meeting.host_id in {one.teacher for one in desk.school.classes if one.year == 5}
    assert (child["name"], contact["phone"]) == ("Tomos", "07700900512")


@pytest.mark.parametrize(
    ("surname", "host", "channel"),
    [
        ("okafor", "mrs-okafor", "staff"),
        ("ashworth", "mrs-ashworth", "headteacher"),
        ("whitfield", "mr-whitfield", "staff"),
    ],
)
def test_the_meeting_is_with_the_person_who_was_named(
    desk: Desk, surname: str, host: str, channel: str
) -> None:
    thursday = at(desk, "thursday at 2", Role.TEACHER, Channel.STAFF)
    (record,) = made(desk, replace(thursday, surname=surname))
    assert (record.host_id, record.with_channel) == (host, channel)


def test_a_name_that_the_school_does_not_have_leaves_the_kind_of_person(desk: Desk) -> None:
    what = at(desk, "thursday at 2", Role.SENCO, Channel.STAFF)
    (record,) = made(desk, replace(what, surname="nobody"))
    assert record.host_id == "mrs-okafor"


def test_a_time_that_another_meeting_has_is_not_given_twice(desk: Desk) -> None:
    what = at(desk, "thursday at 9.10", Role.HEADTEACHER, Channel.HEADTEACHER)
    (first,), (second,) = made(desk, what), made(desk, what)
    assert first.starts_at == what.windows[0].start
    assert second.starts_at is not None
    assert second.starts_at != first.starts_at


def test_a_complaint_is_as_old_as_was_said_and_is_handled_by_the_school(desk: Desk) -> None:
    what = EarlierComplaint(TUESDAY_MORNING - timedelta(days=7), about_head=False)
    (record,) = made(desk, what)
    assert (record.kind, record.status) == ("complaint", "received")
    assert record.made_at == TUESDAY_MORNING - timedelta(days=7)


def test_a_complaint_about_the_head_cannot_be_read_by_the_head(desk: Desk) -> None:
    what = EarlierComplaint(TUESDAY_MORNING - timedelta(days=7), about_head=True)
    (record,) = made(desk, what)
    heads = {each.id for each in desk.school.with_role(Role.HEADTEACHER)}
    with desk.unit_of_work(read_only=True) as work:
        readers = set(work.session.scalars(select(CaseAccess.staff_id)))
    assert readers
    assert not readers & heads
    assert record.with_channel == "governors"


def test_a_meeting_that_is_then_cancelled_ends_as_cancelled(desk: Desk) -> None:
    conversation_id, _ = start_conversation(desk)
    make_earlier(desk, conversation_id, [EarlierMeeting((), Role.TEACHER, Channel.STAFF)], TURNS)
    before = now_held(desk, conversation_id)
    cancel_meeting(desk, meeting_id=before.id, idempotency_key="off")
    after = now_held(desk, conversation_id)
    ending = ending_of([Step("yes", "service", None, (after,))], [before])
    assert ending == Ending("cancelled", "staff")


def now_held(desk: Desk, conversation_id: str) -> Held:
    (record,) = find_records(desk, conversation_id=conversation_id)
    return held(record, earlier=True)
