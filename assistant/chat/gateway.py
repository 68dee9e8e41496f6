"""One turn of a parent: taken, screened, understood, answered, in that order and never lost.

Errors are those of the conversation services; the brain's failures become honest answers.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from assistant.chat import fallback, forgetting, in_person, typed_text
from assistant.chat.answers import Answer, merge
from assistant.chat.brain_client import BrainTurn, BrainUnavailable
from assistant.chat.lost_news import with_the_news
from assistant.chat.restricted import is_open_to_all, other_ways
from assistant.chat.sorting import hear_parts, matters_in
from assistant.services.alert_spool import held_kind
from assistant.services.answer_turn import answer_turn
from assistant.services.errors import AlertHeldUp, ConversationBusy
from assistant.services.raise_alert import raise_alert
from assistant.services.restrictions import chat_closed_until
from assistant.services.say_in_chat import said_beside
from assistant.services.shapes import AnsweredTurn, PendingTurn
from assistant.services.take_turn import LEASE_MARGIN_SECONDS, take_turn
from assistant.services.turns import CONFIRM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.lexicon import Lexicon
    from assistant.chat.brain_client import Brain
    from assistant.chat.sorting import KeptPart
    from assistant.services.desk import Desk
    from assistant.services.shapes import AlertReceipt

log = structlog.get_logger()

LOOK_AGAIN_SECONDS = 0.2
NEVER_ASKED = frozenset({"busy", "ConnectError"})
"""Why the brain cannot have carried anything out: it was not asked, or was not there."""


@dataclass(frozen=True)
class Said:
    """What came from the parent: exactly one of ``text`` and ``choice`` (see ``take_turn``).

    ``offered_in`` is the number of the turn whose choices were on the screen, when it is known.
    """

    idempotency_key: str
    text: str | None = None
    choice: int | None = None
    offered_in: int | None = None


@dataclass(frozen=True)
class Gateway:
    """Stands between a page or the API and the brain."""

    desk: Desk
    brain: Brain
    lexicon: Lexicon
    _queues: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def say(
        self, conversation_id: str, said: Said, *, busy: bool = False, may_file: bool = True
    ) -> AnsweredTurn:
        """Answer one message of the parent; the same key always gets the same answer.

        ``busy`` leaves the brain out because the parent's limit is spent; safety still works.
        Without ``may_file`` everything is heard and answered, and no record is made.
        Raises what ``take_turn`` raises.
        """
        async with self._queues.setdefault(conversation_id, asyncio.Lock()):
            turn = await self._take_when_free(conversation_id, said)
            if isinstance(turn, AnsweredTurn):
                return turn
            parts = await hear_parts(self.brain, turn.text) if turn.text and not busy else []
            answer = await self._answer(turn, busy=busy, may_file=may_file, parts=parts)
            answer = await self._as_may_be_said(turn, answer)
            return await asyncio.to_thread(self._keep, turn, answer, parts)

    async def forget(self, conversation_id: str) -> None:
        """Erase the conversation here and in the brain; raises ``ConversationGone``."""
        await forgetting.forget(self.desk, self.brain, conversation_id)

    async def net_of(self, text: str) -> tuple[str, ...]:
        """Return what the reviewed lexicon finds in the whole of ``text``."""
        screening = await asyncio.to_thread(self.lexicon.screen, typed_text.tidy(text))
        return screening.names()

    async def _take_when_free(self, conversation_id: str, said: Said) -> PendingTurn | AnsweredTurn:
        """Wait while another process answers this conversation; its lease ends by itself."""
        patience = self.desk.settings.brain_timeout_seconds + LEASE_MARGIN_SECONDS + 1
        give_up_at = time.monotonic() + patience
        while True:
            try:
                return await asyncio.to_thread(self._take, conversation_id, said)
            except ConversationBusy:
                if time.monotonic() > give_up_at:
                    raise
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _take(self, conversation_id: str, said: Said) -> PendingTurn | AnsweredTurn:
        return take_turn(
            self.desk,
            conversation_id=conversation_id,
            idempotency_key=said.idempotency_key,
            text=None if said.text is None else typed_text.tidy(said.text),
            choice=said.choice,
            offered_in=said.offered_in,
        )

    def _keep(self, turn: PendingTurn, answer: Answer, parts: list[KeptPart]) -> AnsweredTurn:
        return answer_turn(
            self.desk,
            conversation_id=turn.conversation_id,
            turn=turn,
            replies=answer.replies_to_store(),
            channel=answer.channel.value,
            alternatives=[channel.value for channel in answer.alternatives],
            reason=answer.reason,
            record=dict(answer.record) if answer.record else None,
            parts=parts,
        )

    async def _as_may_be_said(self, turn: PendingTurn, answer: Answer) -> Answer:
        """Give the other ways in place of an answer where the chat is closed to the parent."""
        if is_open_to_all(answer):
            return answer
        until = await asyncio.to_thread(chat_closed_until, self.desk, turn.conversation_id)
        return other_ways(self.desk, until) if until else answer

    async def _answer(
        self, turn: PendingTurn, *, busy: bool, may_file: bool, parts: Sequence[KeptPart] = ()
    ) -> Answer:
        net = await self.net_of(turn.text) if turn.text else ()
        words = typed_text.for_brain(turn.text) if turn.text is not None else None
        if words == "":
            return fallback.nothing_readable()
        beside = partial(said_beside, self.desk, conversation_id=turn.conversation_id)
        if await asyncio.to_thread(beside, words=turn.text or ""):
            return await self._beside_a_person(turn, net)
        try:
            if busy:
                raise BrainUnavailable("busy")  # noqa: TRY301 - the one place where both meet
            asking = replace(self._for_brain(turn, words, net), points=_matters(turn, parts))
            answer = merge(await self.brain.turn(replace(asking, may_file=may_file)))
        except BrainUnavailable as problem:
            log.warning("brain_unavailable", turn=turn.turn_id, why=str(problem), net=net)
            asked = turn.resumed or str(problem) not in NEVER_ASKED
            unsure = turn.unsure or (asked and turn.expects == CONFIRM)
            return await self._without_brain(turn, net, unsure=unsure)
        return await asyncio.to_thread(with_the_news, self.desk, turn, answer)

    def _for_brain(self, turn: PendingTurn, words: str | None, net: tuple[str, ...]) -> BrainTurn:
        return BrainTurn(
            sender=turn.conversation_id,
            turn_id=turn.turn_id,
            text=words,
            payload=turn.payload,
            now=self.desk.clock.now(),
            number=turn.number,
            expects=turn.expects,
            net=net,
        )

    async def _without_brain(
        self, turn: PendingTurn, net: tuple[str, ...], *, unsure: bool
    ) -> Answer:
        danger = fallback.worst(net) or await asyncio.to_thread(self._held_up, turn)
        if danger is None:
            public_url = self.desk.settings.public_url
            answer = fallback.without_the_brain(
                self.desk.school, public_url, worried=bool(net), unsure=unsure
            )
            return replace(answer, expects=turn.expects)  # the question before it stays open
        passed_on = await asyncio.to_thread(self._pass_on, turn, danger)
        return fallback.in_danger(self.desk.school, danger, passed_on)

    async def _beside_a_person(self, turn: PendingTurn, net: tuple[str, ...]) -> Answer:
        """Answer without the brain while a person is in the chat; safety works all the same."""
        danger = fallback.worst(net)
        if danger is None:
            answer = in_person.beside_a_person()
            return replace(answer, expects=turn.expects, help=bool(net))
        passed_on = await asyncio.to_thread(self._pass_on, turn, danger)
        return fallback.in_danger(self.desk.school, danger, passed_on)

    def _held_up(self, turn: PendingTurn) -> fallback.Danger | None:
        """Return the danger that the brain heard in the turn and could tell nobody of."""
        kind = held_kind(self.desk, turn.turn_id)
        return next((danger for danger in fallback.Danger if danger.alert is kind), None)

    def _pass_on(self, turn: PendingTurn, danger: fallback.Danger) -> AlertReceipt | AlertHeldUp:
        try:
            return raise_alert(
                self.desk,
                idempotency_key=turn.turn_id,
                conversation_id=turn.conversation_id,
                kind=danger.alert,
                words=turn.text or "",
            )
        except AlertHeldUp as held_up:  # the parent must still be told whom to ring
            return held_up


def _matters(turn: PendingTurn, parts: Sequence[KeptPart]) -> int:
    return matters_in(turn.text, parts) if turn.text else 0
