"""Read a conversation back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.shapes import TurnView
from assistant.services.turns import answer_of, load_conversation
from assistant.store.tables import Turn

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def read_transcript(desk: Desk, conversation_id: str) -> list[TurnView]:
    """Return every turn in order; replies carry payloads, which must not leave the server.

    Raises ``ConversationGone``.
    """
    with desk.unit_of_work(read_only=True) as work:
        load_conversation(work.session, conversation_id)
        mine = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.number)
        return [_view(work, turn) for turn in work.session.scalars(mine)]


def _view(work: UnitOfWork, turn: Turn) -> TurnView:
    return TurnView(
        number=turn.number,
        taken_at=turn.taken_at,
        text=work.unseal(turn, "words"),
        channel=turn.channel,
        alternatives=turn.alternatives,
        **answer_of(work, turn),
    )
