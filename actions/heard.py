"""What earlier turns settled, and the route that this turn leaves to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.doors import MEETING_DOORS
from actions.gathering import details_of
from assistant.casework.kinds import Channel, Role
from assistant.casework.routing import Heard, channel_of

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.routing import Route


def heard_before(turn: Turn) -> Heard:
    """Return what earlier turns settled."""
    door, last = turn.slot("door"), turn.slot("last_channel")
    return Heard(
        about_head=bool(turn.slot("about_head")) or is_about_the_head(turn),
        wanted=wanted_channel(turn),
        door=Channel(door) if door else None,
        last=Channel(last) if last else None,
        refused=frozenset(Channel(one) for one in turn.slot("refused") or ()),
    )


def is_about_the_head(turn: Turn) -> bool:
    """Whether somebody whom the matter is about leads the school."""
    people = turn.desk.school.by_id
    return any(Role.HEADTEACHER in people[one].roles for one in turn.slot("subjects") or ())


def wanted_channel(turn: Turn) -> Channel | None:
    """Return the channel of the person or role that the parent asks to see."""
    role = details_of(turn).get("role_wanted")
    named = turn.desk.school.by_id.get(turn.slot("wanted_staff") or "")
    wanted = named.role if named else Role(role) if role else None
    return channel_of(wanted) if wanted else None


def keep_route(turn: Turn, chosen: Route) -> None:
    """Keep the door for the turns that follow and mark it on this one."""
    turn.steer(chosen.channel, chosen.alternatives, chosen.reason)
    turn.keep(about_head=chosen.about_head, last_channel=chosen.channel.value)
    if chosen.channel in {*MEETING_DOORS, Channel.COMPLAINT}:
        turn.keep(door=chosen.channel.value)
