"""What earlier turns settled, and the route that this turn leaves to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.doors import MEETING_DOORS
from actions.gathering import details_of
from assistant.casework.details.roles import find_role
from assistant.casework.kinds import Channel, Role
from assistant.casework.routing import Heard, channel_of, closed_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.turn import Turn
    from assistant.casework.routing import Route

NAMING_WORDS = 10
"""Words up to which a message that names a role answers who it shall be."""

UNDER_THE_HEAD = frozenset({Channel.STAFF, Channel.HEADTEACHER})
"""The doors that stay closed to a matter about the headteacher."""


def heard_before(turn: Turn) -> Heard:
    """Return what earlier turns settled."""
    door, last = turn.slot("door"), turn.slot("last_channel")
    return Heard(
        about_head=bool(turn.slot("about_head")) or is_about_the_head(turn),
        wanted=wanted_channel(turn),
        door=Channel(door) if door else None,
        last=Channel(last) if last else None,
        refused=frozenset(Channel(one) for one in turn.slot("refused") or ()),
        named=bool(door)
        and turn.reading.words <= NAMING_WORDS
        and find_role(turn.text) is not None,
    )


def names_somebody_shortly(turn: Turn) -> bool:
    """Whether a few words name the role that the parent wants."""
    return turn.reading.words <= NAMING_WORDS and find_role(turn.text) is not None


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


def open_doors(turn: Turn, doors: Iterable[Channel]) -> tuple[Channel, ...]:
    """Return ``doors`` without those that the parent closed, best first, and never none.

    In a matter about the headteacher the governors' door stands for those under the head.
    """
    heard = heard_before(turn)
    moved = UNDER_THE_HEAD if heard.about_head else frozenset()
    others = [door for door in doors if door not in closed_by(heard)] or [Channel.STAFF]
    return tuple(dict.fromkeys(Channel.GOVERNORS if one in moved else one for one in others))


def keep_route(turn: Turn, chosen: Route) -> None:
    """Keep the door for the turns that follow and mark it on this one."""
    turn.steer(chosen.channel, chosen.alternatives, chosen.reason)
    turn.keep(about_head=chosen.about_head, last_channel=chosen.channel.value)
    if chosen.channel in {*MEETING_DOORS, Channel.COMPLAINT}:
        turn.keep(door=chosen.channel.value)
