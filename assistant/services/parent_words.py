"""Give back what the parent typed, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.turns import load_conversation
from assistant.store.tables import Turn

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.services.desk import Desk


def parent_words(
    desk: Desk, conversation_id: str, numbers: Collection[int] | None = None
) -> list[str]:
    """Return the typed messages in order, without pressed choices; only turns ``numbers`` if given.

    Raises ``ConversationGone``.
    """
    typed = select(Turn).where(Turn.conversation_id == conversation_id, Turn.payload.is_(None))
    if numbers is not None:
        typed = typed.where(Turn.number.in_(numbers))
    with desk.unit_of_work(read_only=True) as work:
        load_conversation(work.session, conversation_id)
        turns = work.session.scalars(typed.order_by(Turn.number))
        return [work.unseal(turn, "words") for turn in turns]
