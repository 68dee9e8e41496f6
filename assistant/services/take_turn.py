"""Take a parent's message: stored, sealed and durable before anybody is asked to answer it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.services.errors import ConversationBusy, StaleChoice, TextTooLong
from assistant.services.turns import (
    ANSWERED,
    PARENT,
    PENDING,
    answer_of,
    as_answered,
    as_pending,
    latest_answered,
    load_conversation,
    stored_key,
)
from assistant.store.columns import new_id
from assistant.store.tables import Turn
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import AnsweredTurn, PendingTurn
    from assistant.store.unit_of_work import UnitOfWork

MOST_CHARACTERS = 200_000
LEASE_MARGIN_SECONDS = 5.0


def take_turn(  # noqa: PLR0913 - a message and how it came
    desk: Desk,
    *,
    conversation_id: str,
    idempotency_key: str,
    text: str | None = None,
    choice: int | None = None,
    offered_in: int | None = None,
) -> PendingTurn | AnsweredTurn:
    """Store the message (typed ``text``, or the number of a ``choice``) and return its turn.

    ``choice`` counts from 0 through all choices of the latest answer; ``offered_in``, where known,
    is the number of the turn whose choices the parent saw. A repeated key returns the answered
    turn, or the pending one with ``resumed`` and the same ``turn_id``.

    Raises:
        ConversationGone: there is no such conversation.
        ConversationBusy: another message of it is being answered at this moment.
        StaleChoice: the choice is not one of the latest answer's.
        TextTooLong: more than ``MOST_CHARACTERS``.
    """
    if len(text or "") > MOST_CHARACTERS:
        raise TextTooLong
    attempt = _Attempt(desk, conversation_id, stored_key(idempotency_key))
    return settled(partial(attempt.take, text, choice, offered_in))


class _Attempt:
    def __init__(self, desk: Desk, conversation_id: str, key: str) -> None:
        self._desk = desk
        self._conversation_id = conversation_id
        self._key = key

    def take(
        self, text: str | None, choice: int | None, offered_in: int | None
    ) -> PendingTurn | AnsweredTurn:
        with self._desk.unit_of_work() as work:
            conversation = load_conversation(work.session, self._conversation_id, lock=True)
            earlier = self._same_key(work)
            if earlier is not None:
                return self._again(work, earlier)
            self._refuse_while_busy(work)
            words, payload = (
                (text or "", None) if choice is None else self._pick(work, choice, offered_in)
            )
            turn = self._store(work, words, payload)
            conversation.last_turn_at = turn.taken_at
            work.history.append("turn.taken", PARENT, "conversation", self._conversation_id)
            pending = as_pending(work, turn)  # a look after the commit would wait for writers
            work.commit()
            return pending

    def _same_key(self, work: UnitOfWork) -> Turn | None:
        mine = select(Turn).where(Turn.conversation_id == self._conversation_id)
        return work.session.scalars(mine.where(Turn.idempotency_key == self._key)).first()

    def _again(self, work: UnitOfWork, turn: Turn) -> PendingTurn | AnsweredTurn:
        if turn.state == ANSWERED:
            return as_answered(work, turn)
        turn.leased_until = self._desk.machine_clock.now() + self._lease()
        pending = as_pending(work, turn, resumed=True)
        work.commit(unrecorded="a lease ends by itself")
        return pending

    def _refuse_while_busy(self, work: UnitOfWork) -> None:
        """Look at leases only: a message whose gateway died must not close the conversation."""
        now = self._desk.machine_clock.now()
        others = select(func.max(Turn.leased_until)).where(
            Turn.conversation_id == self._conversation_id, Turn.state == PENDING
        )
        until = work.session.scalar(others)
        if until and until > now:
            raise ConversationBusy((until - now).total_seconds())

    def _pick(self, work: UnitOfWork, choice: int, offered_in: int | None) -> tuple[str, str]:
        latest = latest_answered(work.session, self._conversation_id)
        if latest is None or offered_in not in (None, latest.number):
            raise StaleChoice
        offered = [
            (one["title"], one["payload"])
            for reply in answer_of(work, latest)["replies"]
            for one in reply.get("choices", ())
        ]
        if not 0 <= choice < len(offered):
            raise StaleChoice
        return offered[choice]

    def _store(self, work: UnitOfWork, words: str, payload: str | None) -> Turn:
        turn = Turn(
            id=new_id(),
            conversation_id=self._conversation_id,
            number=self._next_number(work),
            idempotency_key=self._key,
            state=PENDING,
            alternatives=[],
            taken_at=self._desk.clock.now(),
            leased_until=self._desk.machine_clock.now() + self._lease(),
        )
        work.seal(turn, "words", words)
        if payload is not None:
            work.seal(turn, "payload", payload)
        work.session.add(turn)
        return turn

    def _next_number(self, work: UnitOfWork) -> int:
        mine = select(func.max(Turn.number)).where(Turn.conversation_id == self._conversation_id)
        return (work.session.scalar(mine) or 0) + 1

    def _lease(self) -> timedelta:
        seconds = self._desk.settings.brain_timeout_seconds + LEASE_MARGIN_SECONDS
        return timedelta(seconds=seconds)
