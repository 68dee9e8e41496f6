"""The routing table: from what was heard to a channel, with a reason a parent can read.

Rules are those of school practice in England: the closest person first, the headteacher for
what is serious, unresolved or whole-school, the chair through the clerk for anything about the
head, the formal route when it is asked for, and a child's safety before everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.about_head import ASKING_FOR, closed_to_the_head, is_about_head
from assistant.casework.kinds import Channel, Role
from assistant.casework.reasons import reason_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.casework.reading import Reading

    Doors = Mapping[Channel, float]

WORRY_AT = 0.28
"""From this probability of a risk to a child one gentle safety question is asked."""
BESIDE_AT = 0.12
"""A door is offered beside the first from this probability."""
MOST_ALTERNATIVES = 3

CLEAR_TOPIC_AT = 0.4
"""From this probability a reason names what the message is about."""
PLAINLY = 0.99
"""The confidence of an act that was read by rule: the parent said it in so many words."""
BOOKS_AT = 0.4
"""From this probability of a person's door a wish to book is one for a talk with that person."""
A_SERVICE_AT = 0.8
"""From this probability a wish to book is one for an interpreter, a call or the like."""
SURE_AT = 0.5
"""From this probability a later turn moves the door that an earlier one opened."""

LEAVES_A_COMPLAINT_AT = 0.8
"""From this probability a later fragment of a complaint is for a body outside the school."""

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

A_MATTER_FROM = 10
"""Words from which a message is no fragment of what stood before."""

FOR_THE_HEAD = frozenset({"racism_discrimination"})
"""Topics that the headteacher records and answers for, however they are told."""

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

EVERYDAY = frozenset({*LADDER, Channel.ASK, Channel.SERVICE, Channel.POLICY, Channel.SMALLTALK})
"""Doors to which what is not for a school is taken by mistake."""
BEYOND_AT, DOUBTFUL_BELOW = 0.1, 0.6
"""From the first probability, with every other door below the second, a first message is none of
the school's. Chosen on 110 messages out of scope (85 % known) and 862 others (99 % kept)."""

SPEAKING = frozenset({Channel.SMALLTALK, Channel.OUT_OF_SCOPE, Channel.SERVICE})
"""Channels at which no school door stands beside the first."""


@dataclass(frozen=True)
class Heard:
    """What is settled beside the reading: whom it is about, who is asked for, which door is open.

    ``last`` is the channel of the answer before, which a fragment goes on from; ``refused`` the
    doors that the parent ruled out; ``named`` whether a few words, after a door was offered, name
    whom the parent wants instead.
    """

    about_head: bool = False
    wanted: Channel | None = None
    door: Channel | None = None
    last: Channel | None = None
    refused: frozenset[Channel] = frozenset()
    named: bool = False


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
    about_head = heard.about_head or is_about_head(
        reading, heard.wanted, later=heard.last is not None
    )
    doors = {Channel(door): score for door, score in reading.doors.items()}
    if about_head:
        doors = closed_to_the_head(doors)
    doors = {door: score for door, score in doors.items() if door not in closed_by(heard)}
    channel = _first_door(reading, doors, heard)
    worry = is_worrying(reading)
    others = _beside(channel, doors, about_head=about_head, worry=worry)
    others = tuple(door for door in others if door not in closed_by(heard))
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


def asks_formally(reading: Reading) -> bool:
    """Whether the formal route is asked for, and not only something complained about."""
    wish = max(reading.doors.get(Channel.COMPLAINT, 0.0), reading.wanted.get("formal", 0.0))
    return reading.act == "complain" and (wish >= SURE_AT or reading.confidence >= PLAINLY)


def closed_by(heard: Heard) -> frozenset[Channel]:
    """Return the doors that the parent closed; no talk wanted closes no person's door."""
    return heard.refused - {Channel.STAFF}


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


def _is_graver(reading: Reading, doors: Doors) -> bool:
    """Whether a matter that sounds everyday is one that the headteacher must know of."""
    graver = max((reading.topics.get(name, 0.0) for name in FOR_THE_HEAD), default=0.0)
    return graver >= SURE_AT and doors.get(Channel.HEADTEACHER, 0.0) >= BESIDE_AT


def _is_beyond_school(best: Channel, doors: Doors, heard: Heard) -> bool:
    """Whether a first message is likelier no matter of the school's than its doors tell apart."""
    opening = heard.door is None and heard.last is None and heard.wanted is None
    doubtful = best in EVERYDAY and doors.get(best, 0.0) < DOUBTFUL_BELOW
    return opening and doubtful and doors.get(Channel.OUT_OF_SCOPE, 0.0) >= BEYOND_AT


def _first_door(reading: Reading, doors: Doors, heard: Heard) -> Channel:
    best = max(doors, key=lambda door: doors[door], default=Channel.ASK)
    if best is Channel.STAFF and _is_graver(reading, doors):
        best = Channel.HEADTEACHER
    if _is_beyond_school(best, doors, heard):
        return Channel.OUT_OF_SCOPE
    asked = _asked_for(reading, best, doors, heard)
    if asked:
        return asked
    before = heard.last if heard.last in ANSWERING and not tells_a_matter(reading) else heard.door
    if before and reading.act in TELLING_ON and not _points_up(before, best, doors.get(best, 0.0)):
        return before
    if best is Channel.ASK and (heard.door or heard.last in ANSWERING):
        return heard.door or Channel.STAFF
    return best


def _asked_for(reading: Reading, best: Channel, doors: Doors, heard: Heard) -> Channel | None:
    """Return the door that the parent asks for in so many words, whatever it sounds like."""
    act = reading.act
    asks = act in ASKING_FOR or (heard.named and act in TELLING_ON)
    if heard.wanted and doors.get(heard.wanted, 0.0) > 0 and asks:
        return heard.wanted
    if (
        asks_formally(reading)
        and Channel.COMPLAINT not in heard.refused
        and doors.get(best, 0.0) < STRONGER_THAN_A_COMPLAINT.get(best, 1.1)
    ):
        leads = Channel.GOVERNORS in {best, heard.door}
        return Channel.GOVERNORS if leads else Channel.COMPLAINT
    likeliest = max(LADDER, key=lambda door: doors.get(door, 0.0))
    told = best in {Channel.SERVICE, Channel.ASK} and doors.get(likeliest, 0.0) >= BOOKS_AT
    if act == "book" and best not in LADDER and (told or doors.get(best, 0.0) < A_SERVICE_AT):
        return likeliest
    return None


def _points_up(before: Channel, best: Channel, score: float) -> bool:
    """Whether a later fragment is clear enough to leave the door that stands open."""
    if best in LADDER and before in LADDER:
        return LADDER.index(best) > LADDER.index(before) and score >= SURE_AT
    if before is Channel.COMPLAINT and best is Channel.STATUTORY:
        return score >= LEAVES_A_COMPLAINT_AT
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
