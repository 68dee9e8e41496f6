"""The doors at which a point of a draft can be handed in, and which one it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, Channel, Labelled, Role
from assistant.casework.reasons import reason_for
from assistant.casework.routing import LADDER, Heard, route, why
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from assistant.casework.handlers import Matter
    from assistant.casework.reading import Reading
    from assistant.casework.school import School


class PointDoor(Labelled):
    """Where a point goes; the label is what the parent chooses."""

    STAFF = "staff", "Somebody who works with your child"
    HEADTEACHER = "headteacher", "The headteacher"
    GOVERNORS = "governors", "The chair of governors, through the clerk"
    COMPLAINT = "complaint", "Make it a formal complaint"
    OFFICE = "office", "The school office, to pass it on and ring you"
    TALK = "talk", "Do not write: book a private talk about it"


UNDER_THE_HEAD = frozenset({PointDoor.STAFF, PointDoor.HEADTEACHER, PointDoor.OFFICE})
KINDS = {PointDoor.COMPLAINT: CaseKind.COMPLAINT, PointDoor.OFFICE: CaseKind.CALL_BACK}
CHANNELS = {
    PointDoor.STAFF: Channel.STAFF,
    PointDoor.HEADTEACHER: Channel.HEADTEACHER,
    PointDoor.GOVERNORS: Channel.GOVERNORS,
    PointDoor.COMPLAINT: Channel.COMPLAINT,
    PointDoor.OFFICE: Channel.STAFF,
}
SENDABLE = frozenset(CHANNELS.values())
NOBODY_READ_IT = (
    "Choose who should read it. If you are not sure, the school office will pass it on."
)


def doors_open(school: School, subjects: frozenset[str]) -> tuple[PointDoor, ...]:
    """Return the doors that the wall leaves open for a matter about ``subjects``."""
    walled = school_wall(school, subjects)
    heads = {person.id for person in school.with_role(Role.HEADTEACHER)}
    leads = bool(heads & walled)
    return tuple(door for door in PointDoor if not (leads and door in UNDER_THE_HEAD))


def door_for(
    reading: Reading, opened: tuple[PointDoor, ...], *, about_head: bool
) -> tuple[PointDoor, str]:
    """Return the door of a point and the reason; a point that nobody read goes to the office."""
    if not reading.doors:
        door = PointDoor.OFFICE if PointDoor.OFFICE in opened else PointDoor.GOVERNORS
        return door, NOBODY_READ_IT
    chosen = route(reading, Heard(about_head=about_head))
    channel = chosen.channel
    if channel not in SENDABLE:
        scores = {door: reading.doors.get(door, 0.0) for door in LADDER}
        channel = max(scores, key=lambda door: scores[door])
    door = PointDoor(channel.value)
    if door not in opened:
        return PointDoor.GOVERNORS, reason_for(Channel.GOVERNORS)
    reason = why(channel, reading)
    outside = chosen.channel is Channel.STATUTORY
    return door, f"{reason} {reason_for(Channel.STATUTORY)}" if outside else reason


def matter_of(door: PointDoor, about: Matter, *, led: bool) -> Matter:
    """Return what opens the case of a point; ``led`` is a matter about the headteacher.

    The parent chooses the label: a complaint is one, everything else a concern. Of ``about`` the
    people and the class are taken.
    """
    channel = CHANNELS[door]
    if led and door is PointDoor.COMPLAINT:
        channel = Channel.GOVERNORS
    return replace(about, kind=KINDS.get(door, CaseKind.CONCERN), channel=channel)
