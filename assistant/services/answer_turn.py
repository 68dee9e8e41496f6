"""Store the answer to a parent's message; the first answer stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.services.errors import ConversationGone
from assistant.services.turns import ANSWERED, PARTS, as_answered
from assistant.store.tables import Turn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.services.desk import Desk
    from assistant.services.shapes import AnsweredTurn, PendingTurn, StoredReply


def answer_turn(  # noqa: PLR0913 - an answer is what it is
    desk: Desk,
    *,
    conversation_id: str,
    turn: PendingTurn,
    replies: Sequence[StoredReply],
    channel: str,
    alternatives: Sequence[str] = (),
    reason: str = "",
    record: Mapping[str, str] | None = None,
    parts: Sequence[Sequence[Any]] = (),
) -> AnsweredTurn:
    """Store and return the answer; a turn answered already keeps and returns its first answer.

    ``parts`` is how the parent's words were read part by part, sealed with the answer.

    Raises ``ConversationGone`` when the parent had the chat forgotten in the meantime.
    """
    with desk.unit_of_work() as work:
        row = work.session.get(Turn, turn.turn_id, with_for_update=True)
        if row is None or row.conversation_id != conversation_id:
            raise ConversationGone
        if row.state == ANSWERED:
            return as_answered(work, row)
        answer = {"replies": list(replies), "reason": reason, "record": record and dict(record)}
        work.seal_json(row, "answer", {**answer, PARTS: [list(part) for part in parts]})
        row.state, row.channel, row.alternatives = ANSWERED, channel, list(alternatives)
        row.answered_at = desk.clock.now()
        work.history.append("turn.answered", "assistant", "conversation", conversation_id)
        work.commit()
        return as_answered(work, row)
