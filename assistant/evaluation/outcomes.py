"""Works out how a conversation ended from the records that were really made in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MEETING, COMPLAINT, RESCHEDULED = "meeting", "complaint", "rescheduled"
CANCELLED, HANDOFF, SIGNPOST, NONE = "cancelled", "handoff", "signpost", "none"

REQUESTS = frozenset({"call_back", "data_protection"})
"""Records by which a person of the school will act: a call-back, a deletion."""

CASES = frozenset({"complaint", "concern", "feedback", "social_media"})
CALLED_OFF = frozenset({"cancelled", "withdrawn"})
ALERT_CHANNELS = {
    "safeguarding": "safeguarding",
    "emergency": "emergency",
    "wellbeing": "wellbeing",
    "threat": "moderation",
}
SIGNPOSTS = frozenset(
    {"policy", "statutory", "emergency", "wellbeing", "safeguarding", "moderation", "service"}
)
"""Channels in which a parent is told where to go or how things stand."""

FORM_QUESTIONS = frozenset(
    {"child", "when", "contact", "reference", "statement", "outcome", "confirm"}
)
"""What the assistant waits for in the middle of a form."""

_GOVERNORS = re.compile(r"\b(governors?|chair|vice-chair|clerk|trustees?)\b", re.IGNORECASE)
_LEAVES = re.compile(
    r"^\W*(?:no|nah|stop|leave it|forget it|never ?mind|don'?t bother|cancel (?:that|it|this)|"
    r"not now|i'?ll leave it|changed my mind|thanks|thank you|ta|cheers|bye)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Held:
    """A record as it stood after a turn; ``earlier``: it was there before the first turn."""

    kind: str
    id: str
    reference: str
    status: str
    channel: str
    handler: str = ""
    starts_at: datetime | None = None
    earlier: bool = False


@dataclass(frozen=True)
class Step:
    """One turn: what was said, the answer's channel, and everything on record after it.

    ``expects`` is what the assistant waits for next, where the transcript tells it; ``alerts``
    the kinds of all alerts of the conversation so far.
    """

    said: str
    channel: str
    expects: str | None = None
    records: tuple[Held, ...] = ()
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """An outcome, and the channel code of whom it is with (None where none applies)."""

    outcome: str
    with_channel: str | None


@dataclass
class _Seen:
    records: dict[str, Held] = field(default_factory=dict)
    alerts: int = 0


def ending_of(steps: Sequence[Step], before: Sequence[Held] = ()) -> Ending:
    """Return how it ended: the last thing done counts; nothing done is a signpost or none."""
    seen = _Seen({one.id: one for one in before})
    last: Ending | None = None
    for step in steps:
        last = _done_in(step, seen) or last
    return last or _nothing_done(steps)


def _done_in(step: Step, seen: _Seen) -> Ending | None:
    """Return what one turn did, and remember how things stand after it."""
    done: Ending | None = None
    if len(step.alerts) > seen.alerts:
        done = Ending(HANDOFF, ALERT_CHANNELS.get(step.alerts[-1], "safeguarding"))
        seen.alerts = len(step.alerts)
    for record in step.records:
        done = _change(seen.records.get(record.id), record, step) or done
        seen.records[record.id] = record
    return done


def _change(before: Held | None, now: Held, step: Step) -> Ending | None:
    if now.status in CALLED_OFF:
        fresh = before is None or before.status not in CALLED_OFF
        return Ending(CANCELLED, recipient(now)) if fresh else None
    if before is None:
        return _made(now, step)
    if now.starts_at != before.starts_at:
        return Ending(RESCHEDULED if now.earlier else MEETING, recipient(now))
    return None


def _made(record: Held, step: Step) -> Ending:
    if record.kind == MEETING:
        return Ending(MEETING, recipient(record))
    if record.kind in REQUESTS:
        return Ending(HANDOFF, step.channel or record.channel)
    return Ending(COMPLAINT if record.kind == COMPLAINT else HANDOFF, recipient(record))


def recipient(record: Held) -> str:
    """Return whom a record is with; a case with the governors or their clerk is `governors`."""
    if record.kind not in CASES:
        return record.channel
    if record.channel == "governors" or _GOVERNORS.search(record.handler):
        return "governors"
    return COMPLAINT if record.kind == COMPLAINT else record.channel


def _nothing_done(steps: Sequence[Step]) -> Ending:
    """Tell a parent who was told where to go from one who stopped in the middle of a form.

    A talk that was only offered is no form: who then leaves was told where to go before.
    """
    told = [place for place, step in enumerate(steps) if _tells_where_to_go(step)]
    asked = [place for place, step in enumerate(steps) if step.expects in FORM_QUESTIONS]
    if not told or (asked and asked[-1] >= told[-1]):
        return Ending(NONE, None)
    return Ending(SIGNPOST, steps[told[-1]].channel)


def _tells_where_to_go(step: Step) -> bool:
    return step.channel in SIGNPOSTS and not _LEAVES.search(step.said)
