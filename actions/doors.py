"""The doors: who stands behind a channel, and the choices a parent sees before going through."""

from __future__ import annotations

from actions.gathering import child_of, details_of
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel, Role
from assistant.services.offer_hosts import HostOffer, offer_hosts

MEETING_DOORS = (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS)
"""Channels at which a private talk can be booked."""

TITLE_CALL_BACK = "Ask someone to ring me"

PLURAL_ROLES = frozenset({"governor", "teaching assistant"})
"""Roles of which a school has many; everybody else is *the* headteacher, *the* SENCO."""

TITLES = {
    Channel.STAFF: "Talk to a member of staff",
    Channel.HEADTEACHER: "Talk to the headteacher",
    Channel.GOVERNORS: "Talk to the chair of governors",
    Channel.COMPLAINT: "Make it a formal complaint",
    Channel.SAFEGUARDING: "I'm worried a child isn't safe",
    Channel.EMERGENCY: "Someone is in danger now",
    Channel.STATUTORY: "Is there another route?",
    Channel.POLICY: "How does the school handle this?",
    Channel.SERVICE: "Ask for a call back",
    Channel.WELLBEING: "I'm not coping",
}
"""What the button of each door says."""


def hosts_at(turn: Turn, channel: Channel) -> list[HostOffer]:
    """Return the people who may be offered at a channel, best first, never one it is about."""
    child, known = child_of(turn), details_of(turn)
    role = known.get("role_wanted")
    return offer_hosts(
        turn.desk,
        channel=channel,
        class_name=child.class_name or None,
        year=child.year,
        wanted_role=Role(role) if role else None,
        wanted_staff_id=turn.slot("wanted_staff"),
        subjects=frozenset(turn.slot("subjects") or ()) | refused_people(turn),
    )


def refused_people(turn: Turn) -> frozenset[str]:
    """Return the headteacher's id where the parent asked not to be sent there."""
    if Channel.HEADTEACHER.value not in (turn.slot("refused") or ()):
        return frozenset()
    return frozenset(one.id for one in turn.desk.school.people if Role.HEADTEACHER in one.roles)


def describe(host: HostOffer, *, child_known: bool = True) -> str:
    """Return how a host is named to a parent, such as ``Mrs Okafor, the SENCO``."""
    if host.channel == Channel.STAFF and not child_known:
        return "a member of staff who knows your child"
    through = ", through the clerk to governors" if host.through_clerk else ""
    article = "" if host.role_label in PLURAL_ROLES else "the "
    return f"{host.name}, {article}{host.role_label}{through}"


def door_choice(channel: Channel) -> Choice:
    """Return the button that opens a door."""
    return Choice(TITLES[channel], f'/pick_door{{"door": "{channel.value}"}}')


def other_doors(channels: tuple[Channel, ...]) -> list[Choice]:
    """Return the quieter buttons beside the first door."""
    return [door_choice(channel) for channel in channels if channel in TITLES]
