"""Who at the school is told of a meeting, and who no longer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from icalendar import Calendar
from sqlalchemy import select

from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.school_shapes import Relationship
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_mail import tell_staff
from assistant.services.move_meeting import move_meeting
from assistant.services.shapes import Needs
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import Meeting
from tests.databases import ON_SQLITE
from tests.instants import london
from tests.services.bookings import HOST, PARENT, book
from tests.services.filings import CHAIR, CLERK, HEAD, address_of, mail

pytestmark = ON_SQLITE

MONDAY = london("2026-11-30T17:30")
TEN = london("2026-11-25T10:00")


def with_the_chair(desk: Desk) -> str:
    """Book a meeting about the headteacher with the chair of governors; return its id."""
    return book(
        desk, "key", MONDAY, host_id=CHAIR, channel=Channel.GOVERNORS, subjects=frozenset({HEAD})
    ).id


def told(desk: Desk, words: str) -> set[str]:
    return {to for to, _, body in mail(desk) if words in body}


def test_the_host_the_clerk_and_the_parent_are_told(desk: Desk) -> None:
    with_the_chair(desk)
    everybody = {address_of(desk, CHAIR), address_of(desk, CLERK), PARENT.email}
    assert told(desk, "is booked") == everybody


def test_a_reader_whom_the_wall_shuts_out_later_hears_nothing_more(desk: Desk) -> None:
    meeting_id = with_the_chair(desk)
    ties = (*desk.school.relationships, Relationship(CLERK, HEAD, "sisters"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    cancel_meeting(later, meeting_id=meeting_id, idempotency_key="c")
    assert told(desk, "is cancelled") == {address_of(desk, CHAIR), PARENT.email}


def test_the_interpreter_is_told_when_and_where_and_nothing_of_whom_or_what(desk: Desk) -> None:
    urdu, senco = Needs(interpreter="Urdu"), "mrs-okafor"
    meeting = book(desk, "key", TEN, host_id=senco, needs=urdu)
    half_past = TEN + timedelta(minutes=30)
    move_meeting(desk, meeting_id=meeting.id, starts_at=half_past, idempotency_key="m")
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    letters = [body for to, _, body in mail(desk) if to == "rehman@interpreters.example"]
    news = ("is booked", "has a new time", "is cancelled")
    lead = f"A meeting at {desk.school.name} that you interpret"
    assert sorted(each.partition(":")[0] for each in letters) == sorted(
        f"{lead} {each}" for each in news
    )
    for letter in letters:
        for secret in (PARENT.name, PARENT.phone, "/desk/", "/r/", desk.school.person(senco).name):
            assert secret not in letter


def test_a_meeting_with_somebody_who_has_left_can_still_be_cancelled(desk: Desk) -> None:
    meeting = book(desk, "key")
    people = tuple(person for person in desk.school.people if person.id != HOST)
    without = replace(desk, school=replace(desk.school, people=people))
    cancel_meeting(without, meeting_id=meeting.id, idempotency_key="c")
    assert told(desk, "is cancelled") == {PARENT.email}


def test_the_host_before_is_told_to_forget_it(desk: Desk) -> None:
    meeting = book(desk, "key")
    with desk.unit_of_work() as work:
        row = work.session.get_one(Meeting, meeting.id)
        row.sequence += 1
        tell_staff(desk, work, row, HOST, "passed_on")
        work.commit(unrecorded="a test")
    assert told(desk, "is now with a colleague") == {address_of(desk, HOST)}
    with desk.unit_of_work(read_only=True) as work:
        mine = select(Outbox).where(Outbox.calendar_method == "CANCEL")
        (letter,) = work.session.scalars(mine)
        (event,) = Calendar.from_ical(work.unseal(letter, "calendar")).events
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)


def test_staff_read_how_people_meet_and_parents_read_who_rings(desk: Desk) -> None:
    book(desk, "key", mode=MeetingMode.PHONE)
    bodies = {to: body for to, _, body in mail(desk)}
    assert "\nBy phone.\n" in bodies[address_of(desk, HOST)]
    assert "By phone: the school rings you" in bodies[PARENT.email]
