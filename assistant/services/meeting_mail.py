"""The neutral words of e-mails about meetings: when, where and a link, nothing of the matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.wall import school_wall
from assistant.casework.wording import say_when
from assistant.security.tokens import record_token
from assistant.services.calendar_message import calendar_message
from assistant.services.meeting_entry import entry_of, staff_place
from assistant.services.meetings import reader_ids, subjects_of
from assistant.services.outbox import DO_NOT_FORWARD, Message, may_write_to, post
from assistant.services.record_links import MEETING

if TYPE_CHECKING:
    from assistant.services.calendar_message import Method
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

NEWS = {
    "booked": "is booked",
    "moved": "has a new time",
    "cancelled": "is cancelled",
    "rehosted": "is now with {host}",
    "passed_on": "is now with a colleague",
}
"""What happened, to the person who reads it; ``passed_on`` is for the host before the present one.

The calendar of who reads that, or that it is cancelled, forgets the meeting.
"""
ENDS = frozenset({"cancelled", "passed_on"})


@dataclass(frozen=True)
class Reader:
    """Whom a letter is for: ``key`` sets apart the letters about one event."""

    key: str
    address: str


def place_of(desk: Desk, mode: MeetingMode, room_id: str | None = None) -> str:
    """Return where people meet, in words for a parent: the name of the room, if one is booked."""
    if mode is MeetingMode.IN_PERSON:
        rooms = {room.id: room.name for room in desk.school.rooms}
        return f"{desk.school.short_name}, {rooms.get(room_id or '', desk.school.meeting_place)}"
    if mode is MeetingMode.PHONE:
        return "By phone: the school rings you"
    return "By video call: the school sends you a link"


def tell_readers(desk: Desk, work: UnitOfWork, meeting: Meeting, event: str) -> None:
    """Tell everybody who may see the meeting, and its interpreter.

    The wall is asked again before each letter.
    """
    walled = school_wall(desk.school, subjects_of(work, meeting.id))
    for staff_id in reader_ids(work, meeting.id):
        if staff_id not in walled:
            tell_staff(desk, work, meeting, staff_id, event)
    if meeting.interpreter_id:
        tell_interpreter(desk, work, meeting, meeting.interpreter_id, event)


def tell_interpreter(
    desk: Desk, work: UnitOfWork, meeting: Meeting, interpreter_id: str, event: str
) -> None:
    """Tell an interpreter who has an address: when and where, and not with whom or about what."""
    known = {each.id: each for each in desk.school.bookable_interpreters}
    if interpreter_id in known and known[interpreter_id].email:
        reader = Reader(interpreter_id, known[interpreter_id].email)
        when, place = f"{NEWS[event]}: {when_words(meeting)}", staff_place(meeting)
        body = (
            f"A meeting at {desk.school.name} that you interpret {when}.\n{place}.\n\n"
            f"The reference is {meeting.reference}. If you cannot come, ring {desk.school.phone}."
        )
        letter = _letter(desk, meeting, reader, event, body)
        post(desk, work, _with_calendar(desk, meeting, letter, event, place))


def tell_staff(desk: Desk, work: UnitOfWork, meeting: Meeting, staff_id: str, event: str) -> None:
    """Tell somebody at the school, with a calendar message; nobody who has left."""
    reader = staff_reader(desk, staff_id)
    if reader:
        whose = "that you look after" if event == "rehosted" else "with you"
        first = f"A meeting {whose} {_news(desk, meeting, event)}.\n{staff_place(meeting)}."
        words = staff_letter(desk, meeting, reader, event, first)
        post(desk, work, _with_calendar(desk, meeting, words, event, staff_place(meeting)))


def tell_parent(
    desk: Desk, work: UnitOfWork, meeting: Meeting, contact: Contact, event: str
) -> None:
    """Write to the parent, if they gave an address that they did not call unsafe."""
    if may_write_to(contact):
        first = f"Your meeting {_news(desk, meeting, event)}.\n{meeting.place}."
        words = parent_letter(desk, meeting, contact, event, first)
        post(desk, work, _with_calendar(desk, meeting, words, event, meeting.place))


def staff_reader(desk: Desk, staff_id: str) -> Reader | None:
    """Return where to write to somebody at the school, None once they have left."""
    person = desk.school.by_id.get(staff_id)
    return Reader(staff_id, person.email) if person else None


def staff_letter(desk: Desk, meeting: Meeting, reader: Reader, event: str, first: str) -> Message:
    """Return a letter to somebody at the school that begins with ``first``."""
    page = f"{desk.settings.public_url}/desk/meetings/{meeting.reference}"
    more = "" if event == "passed_on" else f"Sign in to read more: {page}\n\n"
    body = f"{first}\n\n{more}{DO_NOT_FORWARD}"
    return _letter(desk, meeting, reader, event, body)


def parent_letter(
    desk: Desk, meeting: Meeting, contact: Contact, event: str, first: str
) -> Message:
    """Return a letter to the parent that begins with ``first`` and ends with their link."""
    token = record_token(desk.keys.lookup, MEETING, meeting.id)
    body = (
        f"{first}\n\n"
        f"Your reference is {meeting.reference}.\n"
        f"See, move or cancel the meeting: {desk.settings.public_url}/r/{token}\n\n"
        f"If the link does not work, ring {desk.school.phone}."
    )
    return _letter(desk, meeting, Reader("parent", contact.email), event, body)


def when_words(meeting: Meeting) -> str:
    """Return ``Wednesday 25 November, 3.30pm to 4pm``."""
    return say_when(to_london(meeting.starts_at), to_london(meeting.ends_at))


def _news(desk: Desk, meeting: Meeting, event: str) -> str:
    host = desk.school.by_id.get(meeting.host_id)
    news = NEWS[event].format(host=host.known_as if host else "a colleague")
    return f"{news}: {when_words(meeting)}"


def _letter(desk: Desk, meeting: Meeting, reader: Reader, event: str, body: str) -> Message:
    return Message(
        idempotency_key=f"{meeting.id}|{meeting.sequence}|{event}|{reader.key}",
        target_kind=MEETING,
        target_id=meeting.id,
        to=reader.address,
        subject=f"A message from {desk.school.short_name}",
        body=body,
    )


def _with_calendar(
    desk: Desk, meeting: Meeting, letter: Message, event: str, place: str
) -> Message:
    method: Method = "CANCEL" if event in ENDS else "REQUEST"
    calendar = calendar_message(entry_of(desk, meeting, place, attendee=letter.to), method)
    return replace(letter, calendar=calendar, calendar_method=method)
