"""Plain data that services take and give; contact, child and needs are stored as their JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

RecordKind = Literal[
    "meeting",
    "feedback",
    "concern",
    "complaint",
    "data_protection",
    "data_complaint",
    "social_media",
    "call_back",
]
"""``meeting`` or the stored value of a ``CaseKind``."""

StoredReply = dict[str, Any]
"""``{"text": str, "choices": [{"title": str, "payload": str}], …}``; payloads never leave us."""


@dataclass(frozen=True)
class Contact:
    """How to reach a parent. ``safe`` is None until they were asked whether e-mail is safe."""

    name: str = ""
    phone: str = ""
    email: str = ""
    safe: bool | None = None


@dataclass(frozen=True)
class Child:
    """The child a matter is about; ``year`` 0 is Reception."""

    name: str = ""
    year: int | None = None
    class_name: str = ""


@dataclass(frozen=True)
class Needs:
    """What makes a meeting possible: ``interpreter`` names a language.

    ``both_parents``: both asked to come together (separate meetings otherwise).
    """

    interpreter: str | None = None
    supporter: bool = False
    step_free: bool = False
    both_parents: bool = False


NO_NEEDS = Needs()


@dataclass(frozen=True)
class Receipt:
    """What a parent is given once a record is committed; ``token`` opens ``/r/<token>``."""

    kind: str
    id: str
    reference: str
    status: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class MeetingReceipt(Receipt):
    """A booked, moved or cancelled meeting; instants are aware UTC."""

    host_name: str
    host_role: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str


@dataclass(frozen=True)
class DeadlineView:
    """A date the school owes an answer by, and the sentence that explains it."""

    name: str
    due_on: date
    sum: str


@dataclass(frozen=True)
class CaseReceipt(Receipt):
    """A case; ``readers`` says in words who can read it."""

    handler_label: str
    stage: str
    deadlines: tuple[DeadlineView, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True)
class LeadView:
    """A safeguarding lead as a parent sees them."""

    name: str
    phone: str
    hours: str


@dataclass(frozen=True)
class AlertReceipt:
    """An alert that is stored; ``read_by`` says honestly when a person will read it."""

    id: str
    leads: tuple[LeadView, ...]
    read_by: str


@dataclass(frozen=True)
class LetterView:
    """What the school wrote to the parent; its author is the school."""

    written_at: datetime
    words: str


@dataclass(frozen=True)
class RecordView:
    """A record as the parent sees it; ``handler`` for a case, ``host_name`` for a meeting."""

    kind: str
    id: str
    reference: str
    status: str
    status_label: str
    summary: str
    with_channel: str
    made_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    host_id: str | None = None
    host_name: str | None = None
    mode: str | None = None
    place: str | None = None
    handler: str | None = None
    stage: str | None = None
    deadlines: tuple[DeadlineView, ...] = ()
    words: tuple[str, ...] = ()
    needs: Needs = NO_NEEDS
    redirected_to: str | None = None
    escalate_by: date | None = None
    lateness: str | None = None
    letters: tuple[LetterView, ...] = ()


@dataclass(frozen=True)
class TimeOfferView:
    """Another time that waits for the parent's answer; instants are aware, by the school's clock.

    ``kind`` is the stored value of a ``TimeOfferKind``.
    """

    id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class PendingTurn:
    """A parent's message that is safely stored and waits for its answer.

    Exactly one of ``text`` and ``payload`` is given; ``expects`` is what the last answer waits
    for, and ``unsure`` that it left open whether a yes was carried out. ``resumed`` tells that
    this message was taken before and may be with the brain already: send it with the same
    ``turn_id``.
    """

    conversation_id: str
    turn_id: str
    number: int
    text: str | None
    payload: str | None
    expects: str | None
    unsure: bool = False
    resumed: bool = False


@dataclass(frozen=True)
class AnsweredTurn:
    """A message and its stored answer."""

    conversation_id: str
    turn_id: str
    number: int
    replies: list[StoredReply]
    channel: str
    alternatives: list[str]
    reason: str
    record: dict[str, str] | None


@dataclass(frozen=True)
class TurnView:
    """One line of a transcript; ``replies`` is empty while the answer is awaited."""

    number: int
    taken_at: datetime
    text: str
    replies: list[StoredReply]
    channel: str | None
    alternatives: list[str]
    reason: str
    record: dict[str, str] | None
