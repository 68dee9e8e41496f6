"""The routing table: from what was heard to a channel, with a reason a parent can read.

Rules are those of school practice in England: the closest person first, the headteacher for
what is serious, unresolved or whole-school, the chair through the clerk for anything about the
head, the formal route when it is asked for, and a child's safety before everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Role
from assistant.casework.reasons import reason_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.casework.reading import Reading

    Doors = Mapping[Channel, float]

ABOUT_HEAD_AT = 0.25
"""From this probability a grievance is about the headteacher, who is then never offered.

Low, because a wrong door to the chair costs a day and a wrong door to the head costs trust.
"""
ASKING_FOR_HEAD_AT = 0.5
"""The same for a message that asks to see somebody: there the head is often only the one wanted."""
WORRY_AT = 0.28
"""From this probability of a risk to a child one gentle safety question is asked."""
BESIDE_AT = 0.12
"""A door is offered beside the first from this probability."""
MOST_ALTERNATIVES = 3

CLEAR_TOPIC_AT = 0.4
"""From this probability a reason names what the message is about."""
SURE_AT = 0.5
"""From this probability a later turn moves the door that an earlier one opened."""

TELLING_ON = frozenset({"vent", "inform", "nonsense", "go_on", "correct"})
"""Acts that add to what was told; by themselves they seldom mean another door."""

ANSWERING = frozenset({Channel.POLICY, Channel.STATUTORY})
"""Channels of an answer that fragments go on from."""

STRONGER_THAN_A_COMPLAINT: Mapping[Channel, float] = {
    Channel.SAFEGUARDING: 0.5,
    Channel.EMERGENCY: 0.5,
    Channel.WELLBEING: 0.5,
    Channel.STATUTORY: 0.5,
}
"""From these probabilities a door comes before the formal route that was asked for."""

ASKING_FOR = frozenset({"book", "ask_channel", "human"})
"""Acts by which a parent asks for somebody by role; they then go to that door."""

A_MATTER_FROM = 10
"""Words from which a message is no fragment of what stood before."""

NO_MATTER = frozenset({"none", "social_media"})
"""Topics of a question about the school's ways rather than of something that happened."""

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

CHANNEL_OF_ROLE: Mapping[Role, Channel] = {
    Role.HEADTEACHER: Channel.HEADTEACHER,
    Role.EXECUTIVE_HEAD: Channel.GOVERNORS,
    Role.CHAIR: Channel.GOVERNORS,
    Role.VICE_CHAIR: Channel.GOVERNORS,
    Role.GOVERNOR: Channel.GOVERNORS,
    Role.CLERK: Channel.GOVERNORS,
}
"""Where somebody who is asked for by role is met; everybody else is staff."""

LADDER = (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS)
"""The doors of a private talk, closest person first."""

SPEAKING = frozenset({Channel.SMALLTALK, Channel.OUT_OF_SCOPE, Channel.SERVICE})
"""Channels at which no school door stands beside the first."""


@dataclass(frozen=True)
class Heard:
    """What is settled beside the reading: whom it is about, who is asked for, which door is open.

    ``last`` is the channel of the answer before, which a fragment goes on from.
    """

    about_head: bool = False
    wanted: Channel | None = None
    door: Channel | None = None
    last: Channel | None = None


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
        first, *after = FIXED[reading.act]
        return Route(first, tuple(after), reason_for(first))
    about_head = heard.about_head or is_about_head(reading)
    doors = {Channel(door): score for door, score in reading.doors.items()}
    if about_head:
        doors = _closed_to_the_head(doors)
    channel = _first_door(reading, doors, heard)
    worry = is_worrying(reading)
    others = _beside(channel, doors, about_head=about_head, worry=worry)
    return Route(channel, others, why(channel, reading), worry, about_head)


def why(channel: Channel, reading: Reading) -> str:
    """Return the reason for a door, as far as the message is clear about what it is about."""
    clear = [name for name, score in reading.topics.items() if score >= CLEAR_TOPIC_AT]
    topics = sorted(clear, key=lambda name: -reading.topics[name])
    tried = max((reading.tried.get(whom, 0.0) for whom in ("staff", "head")), default=0.0)
    return reason_for(channel, topics, tried=tried >= SURE_AT)


def tells_a_matter(reading: Reading) -> bool:
    """Whether the message itself says what it is about, and is no mere fragment."""
    named = [score for name, score in reading.topics.items() if name not in NO_MATTER]
    return reading.words >= A_MATTER_FROM or max(named, default=0.0) >= SURE_AT


def is_about_head(reading: Reading) -> bool:
    """Whether the grievance is about the headteacher."""
    least = ASKING_FOR_HEAD_AT if reading.act in ASKING_FOR else ABOUT_HEAD_AT
    return reading.about.get("headteacher", 0.0) >= least


def is_worrying(reading: Reading) -> bool:
    """Whether a sign of risk to a child is possible, but not clear."""
    heard = max(reading.risk.get("concern", 0.0), reading.doors.get(Channel.SAFEGUARDING, 0.0))
    return heard >= WORRY_AT or "disclosure?" in reading.net


def channel_of(role: Role) -> Channel:
    """Return the channel at which somebody with this role is met."""
    return CHANNEL_OF_ROLE.get(role, Channel.STAFF)


def beside(channel: Channel) -> tuple[Channel, ...]:
    """Return the usual next doors beside a channel."""
    return () if channel in SPEAKING else BESIDE.get(channel, ())


def raises_the_door(heard: Heard, chosen: Route) -> bool:
    """Whether later words point past the door that was offered, up the school."""
    if heard.door not in LADDER or chosen.channel not in LADDER:
        return False
    return LADDER.index(chosen.channel) > LADDER.index(heard.door)


def _closed_to_the_head(doors: Doors) -> dict[Channel, float]:
    """Give what points to the head, or to staff under the head, to the governors."""
    moved = (Channel.GOVERNORS, Channel.HEADTEACHER, Channel.STAFF)
    others = {door: score for door, score in doors.items() if door not in moved}
    return {**others, Channel.GOVERNORS: sum(doors.get(door, 0.0) for door in moved)}


def _first_door(reading: Reading, doors: Doors, heard: Heard) -> Channel:
    best = max(doors, key=lambda door: doors[door], default=Channel.ASK)
    asked = _asked_for(reading.act, best, doors, heard)
    if asked:
        return asked
    before = heard.last if heard.last in ANSWERING and not tells_a_matter(reading) else heard.door
    if before and reading.act in TELLING_ON and not _points_up(before, best, doors.get(best, 0.0)):
        return before
    if best is Channel.ASK and (heard.door or heard.last in ANSWERING):
        return heard.door or Channel.STAFF
    return best


def _asked_for(act: str, best: Channel, doors: Doors, heard: Heard) -> Channel | None:
    """Return the door that the parent asks for in so many words, whatever it sounds like."""
    if heard.wanted and doors.get(heard.wanted, 0.0) > 0 and act in ASKING_FOR:
        return heard.wanted
    if act == "complain" and doors.get(best, 0.0) < STRONGER_THAN_A_COMPLAINT.get(best, 1.1):
        leads = Channel.GOVERNORS in {best, heard.door}
        return Channel.GOVERNORS if leads else Channel.COMPLAINT
    if act == "book" and best not in LADDER:
        return max(LADDER, key=lambda door: doors.get(door, 0.0))
    return None


def _points_up(before: Channel, best: Channel, score: float) -> bool:
    """Whether a later fragment is clear enough to leave the door that stands open."""
    if best in LADDER and before in LADDER:
        return LADDER.index(best) > LADDER.index(before) and score >= SURE_AT
    clear = best not in {Channel.ASK, Channel.SMALLTALK, Channel.OUT_OF_SCOPE, Channel.SERVICE}
    return score >= SURE_AT and clear and (before in ANSWERING or best not in LADDER)


def _beside(
    channel: Channel, doors: Doors, *, about_head: bool, worry: bool
) -> tuple[Channel, ...]:
    likely = sorted(doors, key=lambda door: -doors[door])
    heard = [door for door in likely if doors[door] >= BESIDE_AT]
    safety = [Channel.SAFEGUARDING] if worry else []
    closed = {channel} | ({Channel.HEADTEACHER, Channel.STAFF} if about_head else set())
    offered = dict.fromkeys([*safety, *heard, *beside(channel)])
    return tuple(door for door in offered if door not in closed)[:MOST_ALTERNATIVES]
