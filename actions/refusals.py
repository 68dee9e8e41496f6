"""The doors that a parent ruled out: kept from turn to turn, until one is asked for after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.details.roles import find_role
from assistant.casework.kinds import Channel, Role
from assistant.casework.refusals import refused_doors
from assistant.services.who_is_meant import who_is_meant

if TYPE_CHECKING:
    from actions.turn import Turn

ASKED_BY_ACT = {"complain": Channel.COMPLAINT, "book": Channel.STAFF}
"""Acts that ask for a door by themselves."""


def keep_refusals(turn: Turn) -> None:
    """Keep the doors that were ruled out, until the parent asks for one of them after all."""
    before = set(turn.slot("refused") or ())
    now = {door.value for door in refused_doors(turn.text)}
    if before or now:
        turn.keep(refused=sorted((before - asked_after_all(turn)) | now))


def asked_after_all(turn: Turn) -> set[str]:
    """Return the doors that this message asks for, by its act, by a role or by a name."""
    by_act = ASKED_BY_ACT.get(turn.intent)
    asked = {by_act.value} if by_act else set()
    return asked | ({Channel.HEADTEACHER.value} if asks_for_the_head(turn) else set())


def asks_for_the_head(turn: Turn) -> bool:
    """Whether the message asks to see the headteacher, by title or by name."""
    meant = who_is_meant(turn.desk, text=turn.text, reading=turn.reading)
    named = turn.desk.school.by_id.get(meant.wanted or "")
    by_name = named is not None and Role.HEADTEACHER in named.roles
    return by_name or find_role(turn.text) is Role.HEADTEACHER
