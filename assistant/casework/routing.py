"""The routing table: from what was heard to a channel, with a reason a parent can read.

Rules are those of school practice in England: the closest person first, the headteacher for
what is serious, unresolved or whole-school, the chair through the clerk for anything about the
head, the formal route when it is asked for, and a child's safety before everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.casework.kinds import Channel
from assistant.casework.reading import Reading, Scores
from assistant.casework.reasons import reason_for

ABOUT_HEAD_AT = 0.5
"""From this probability a grievance is about the headteacher, who is then never offered."""
WORRY_AT = 0.30
"""From this probability of a risk to a child one gentle safety question is asked."""
BESIDE_AT = 0.12
"""A door is offered beside the first from this probability."""
MOST_ALTERNATIVES = 3

SURE_AT = 0.5
"""From this probability a later turn moves the door that an earlier one opened."""

TELLING_ON = frozenset({"vent", "inform", "nonsense", "go_on", "correct"})
"""Acts that add to what was told; by themselves they seldom mean another door."""

ASKING_FOR = frozenset({"book", "ask_channel", "human"})
"""Acts by which a parent asks for somebody by role; they then go to that door."""

FIXED: Mapping[str, tuple[Channel, ...]] = {
    "danger": (Channel.EMERGENCY, Channel.SAFEGUARDING),
    "disclose": (Channel.SAFEGUARDING, Channel.EMERGENCY),
    "crisis": (Channel.WELLBEING, Channel.EMERGENCY),
    "threat": (Channel.MODERATION, Channel.SAFEGUARDING, Channel.HEADTEACHER),
    "abuse": (Channel.MODERATION, Channel.HEADTEACHER, Channel.STAFF),
}
"""Acts that decide the channel by themselves: safety and the boundary come first."""

BESIDE: Mapping[Channel, tuple[Channel, ...]] = {
    Channel.STAFF: (Channel.HEADTEACHER, Channel.COMPLAINT),
    Channel.HEADTEACHER: (Channel.COMPLAINT, Channel.STAFF),
    Channel.GOVERNORS: (Channel.COMPLAINT,),
    Channel.COMPLAINT: (Channel.HEADTEACHER,),
    Channel.STATUTORY: (Channel.HEADTEACHER,),
    Channel.POLICY: (Channel.STAFF,),
    Channel.ASK: (Channel.STAFF,),
}
"""The usual next doors, offered when the message itself points to no other."""

LADDER = (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS)
"""The doors of a private talk, closest person first."""

SPEAKING = frozenset({Channel.SMALLTALK, Channel.OUT_OF_SCOPE, Channel.SERVICE})
"""Channels at which no school door stands beside the first."""


@dataclass(frozen=True)
class Heard:
    """What is settled beside the reading: whom it is about, who is asked for, which door is open."""

    about_head: bool = False
    wanted: Channel | None = None
    door: Channel | None = None


@dataclass(frozen=True)
class Route:
    """Where to steer a parent: the channel, the doors beside it best first, and why."""

    channel: Channel
    alternatives: tuple[Channel, ...] = ()
    reason: str = ""
    worry: bool = False
    about_head: bool = field(default=False)


def route(reading: Reading, heard: Heard = Heard()) -> Route:
    """Choose the channel for one message.

    A pure table: the same reading always gives the same door. The headteacher's door is closed
    to any matter about the headteacher; a possible risk adds safeguarding beside the door.
    """
    if reading.act in FIXED:
        first, *others = FIXED[reading.act]
        return Route(first, tuple(others), reason_for(first, reading.topics))
    about_head = heard.about_head or is_about_head(reading)
    doors = _closed_to_the_head(reading.doors) if about_head else dict(reading.doors)
    channel = _first_door(reading, doors, heard)
    worry = is_worrying(reading)
    others = _beside(channel, doors, about_head=about_head, worry=worry)
    return Route(channel, others, reason_for(channel, reading.topics), worry, about_head)


def is_about_head(reading: Reading) -> bool:
    """Whether the grievance is about the headteacher."""
    return reading.about.get("headteacher", 0.0) >= ABOUT_HEAD_AT


def is_worrying(reading: Reading) -> bool:
    """Whether a sign of risk to a child is possible, but not clear."""
    return reading.risk.get("concern", 0.0) >= WORRY_AT or "disclosure?" in reading.net


def beside(channel: Channel) -> tuple[Channel, ...]:
    """Return the usual next doors beside a channel."""
    return () if channel in SPEAKING else BESIDE.get(channel, ())


def raises_the_door(heard: Heard, chosen: Route) -> bool:
    """Whether later words point past the door that was offered, up the school."""
    if heard.door not in LADDER or chosen.channel not in LADDER:
        return False
    return LADDER.index(chosen.channel) > LADDER.index(heard.door)


def _closed_to_the_head(doors: Scores) -> dict[Channel, float]:
    opened = {door: score for door, score in doors.items() if door != Channel.HEADTEACHER}
    moved = doors.get(Channel.HEADTEACHER, 0.0) + doors.get(Channel.STAFF, 0.0)
    opened[Channel.GOVERNORS] = doors.get(Channel.GOVERNORS, 0.0) + moved
    opened[Channel.STAFF] = 0.0
    return opened


def _first_door(reading: Reading, doors: Scores, heard: Heard) -> Channel:
    if not doors:
        return heard.door or Channel.ASK
    best = Channel(max(doors, key=lambda door: doors[door]))
    if heard.wanted and doors.get(heard.wanted, 0.0) > 0 and reading.act in ASKING_FOR:
        return heard.wanted
    if reading.act == "complain" and best in LADDER:
        return Channel.GOVERNORS if best is Channel.GOVERNORS else Channel.COMPLAINT
    if heard.door and reading.act in TELLING_ON and not _points_up(heard.door, best, doors[best]):
        return heard.door
    return best


def _points_up(before: Channel, best: Channel, score: float) -> bool:
    """Whether a later fragment is clear enough to leave the door that stands open."""
    if best in LADDER and before in LADDER:
        return LADDER.index(best) > LADDER.index(before) and score >= SURE_AT
    return best in {Channel.SAFEGUARDING, Channel.EMERGENCY, Channel.COMPLAINT} and score >= SURE_AT


def _beside(
    channel: Channel, doors: Scores, *, about_head: bool, worry: bool
) -> tuple[Channel, ...]:
    likely = sorted(doors, key=lambda door: -doors[door])
    heard = [Channel(door) for door in likely if doors[door] >= BESIDE_AT]
    safety = [Channel.SAFEGUARDING] if worry else []
    closed = {channel} | ({Channel.HEADTEACHER, Channel.STAFF} if about_head else set())
    return tuple(_unique([*safety, *heard, *beside(channel)], without=closed))[:MOST_ALTERNATIVES]


def _unique(channels: Iterable[Channel], *, without: set[Channel]) -> list[Channel]:
    return [channel for channel in dict.fromkeys(channels) if channel not in without]
