"""The neutral words of e-mails about meetings: when, where and a link, nothing of the matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.wording import say_when
from assistant.security.tokens import record_token
from assistant.services.calendar_message import CalendarEntry, Method, calendar_message
from assistant.services.outbox import Message, may_write_to, post
from assistant.services.record_links import MEETING

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork

NEWS = {"booked": "is booked", "moved": "has a new time", "cancelled": "is cancelled"}


@dataclass(frozen=True)
class _Reader:
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


def tell_staff(desk: Desk, work: UnitOfWork, meeting: Meeting, staff_id: str, event: str) -> None:
    """Tell somebody at the school, with a calendar message."""
    body = (
        f"A meeting with you {NEWS[event]}: {_when(meeting)}.\n"
        f"{meeting.place}.\n\n"
        f"Sign in to read more: {desk.settings.public_url}/desk/meetings/{meeting.reference}\n\n"
        "Please do not forward this message or reply to it."
    )
    reader = _Reader(staff_id, desk.school.person(staff_id).email)
    post(desk, work, _message(desk, meeting, reader, event, body))


def tell_parent(
    desk: Desk, work: UnitOfWork, meeting: Meeting, contact: Contact, event: str
) -> None:
    """Write to the parent, if they gave an address that they did not call unsafe."""
    if not may_write_to(contact):
        return
    token = record_token(desk.keys.lookup, MEETING, meeting.id)
    body = (
        f"Your meeting {NEWS[event]}: {_when(meeting)}.\n"
        f"{meeting.place}.\n\n"
        f"Your reference is {meeting.reference}.\n"
        f"See, move or cancel the meeting: {desk.settings.public_url}/r/{token}\n\n"
        f"If the link does not work, ring {desk.school.phone}."
    )
    post(desk, work, _message(desk, meeting, _Reader("parent", contact.email), event, body))


def _message(desk: Desk, meeting: Meeting, reader: _Reader, event: str, body: str) -> Message:
    method: Method = "CANCEL" if event == "cancelled" else "REQUEST"
    return Message(
        idempotency_key=f"{meeting.id}|{meeting.sequence}|{event}|{reader.key}",
        target_kind=MEETING,
        target_id=meeting.id,
        to=reader.address,
        subject=f"A message from {desk.school.short_name}",
        body=body,
        calendar=calendar_message(_entry(desk, meeting, reader.address), method),
        calendar_method=method,
    )


def _entry(desk: Desk, meeting: Meeting, address: str) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{meeting.id}@{desk.settings.mail_from.rpartition('@')[2]}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        written_at=desk.clock.now(),
        place=meeting.place,
        reference=meeting.reference,
        organiser=desk.settings.mail_from,
        attendee=address,
    )


def _when(meeting: Meeting) -> str:
    return say_when(to_london(meeting.starts_at), to_london(meeting.ends_at))
