"""Turns as rows and as shapes; shared by the conversation services."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from assistant.services.errors import ConversationGone
from assistant.services.shapes import AnsweredTurn, PendingTurn
from assistant.store.columns import is_row_id
from assistant.store.tables import Conversation, Turn

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from assistant.store.unit_of_work import UnitOfWork

PENDING = "pending"
ANSWERED = "answered"
PARENT = "parent"
PARTS = "parts"
"""Under this name the answer keeps how the parent's words were read."""
CONFIRM = "confirm"
"""What a summary expects: the yes that has something carried out."""


def load_conversation(
    session: Session, conversation_id: str, *, lock: bool = False
) -> Conversation:
    """Return the conversation; raises ``ConversationGone``, also for ids no row could have.

    ``lock`` makes everybody else who locks it wait until this transaction ends.
    """
    if not is_row_id(conversation_id):
        raise ConversationGone
    known = session.get(Conversation, conversation_id, with_for_update=lock or None)
    if known is None:
        raise ConversationGone
    return known


def stored_key(idempotency_key: str) -> str:
    """Return the digest that stands for a caller's key: any characters, any length."""
    return hashlib.sha256(idempotency_key.encode("utf-8", "surrogatepass")).hexdigest()


def latest_answered(session: Session, conversation_id: str) -> Turn | None:
    """Return the last turn that has an answer."""
    mine = select(Turn).where(Turn.conversation_id == conversation_id, Turn.state == ANSWERED)
    return session.scalars(mine.order_by(Turn.number.desc()).limit(1)).first()


def answer_of(work: UnitOfWork, turn: Turn) -> dict[str, Any]:
    """Return the stored answer: ``replies``, ``reason`` and ``record``."""
    empty: dict[str, Any] = {"replies": [], "reason": "", "record": None}
    stored = work.unseal_json(turn, "answer") if turn.answer else empty
    return {name: value for name, value in stored.items() if name != PARTS}


def parts_kept(work: UnitOfWork, turn: Turn) -> list[list[Any]]:
    """Return ``[start, end, reading]`` for each part of the words; empty when nobody read them."""
    stored = work.unseal_json(turn, "answer") if turn.answer else {}
    return list(stored.get(PARTS, ()))


def as_answered(work: UnitOfWork, turn: Turn) -> AnsweredTurn:
    """Return the shape of an answered turn."""
    return AnsweredTurn(
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        number=turn.number,
        channel=turn.channel or "",
        alternatives=turn.alternatives,
        **answer_of(work, turn),
    )


def as_pending(work: UnitOfWork, turn: Turn, *, resumed: bool = False) -> PendingTurn:
    """Return the shape of a turn that waits for its answer."""
    before, unanswered = _before(work, turn)
    asked = before.get("expects")
    return PendingTurn(
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        number=turn.number,
        text=None if turn.payload else work.unseal(turn, "words"),
        payload=work.unseal(turn, "payload") if turn.payload else None,
        expects=asked,
        unsure=bool(before.get("unsure")) or (unanswered and asked == CONFIRM),
        resumed=resumed,
    )


def _before(work: UnitOfWork, turn: Turn) -> tuple[dict[str, Any], bool]:
    """Return the last reply before this turn, and whether a message since then has no answer.

    What the turn must know rides on that reply. The gateway that took the other message is dead.
    """
    before = latest_answered(work.session, turn.conversation_id)
    replies = answer_of(work, before)["replies"] if before else []
    between = select(Turn.id).where(
        Turn.conversation_id == turn.conversation_id,
        Turn.number > (before.number if before else 0),
        Turn.number < turn.number,
    )
    unanswered = work.session.scalars(between.limit(1)).first() is not None
    return replies[-1] if replies else {}, unanswered
