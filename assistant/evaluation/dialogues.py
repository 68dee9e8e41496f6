"""Plays dialogues: a parent's turns in order, whatever the assistant says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from assistant.evaluation.earlier import earlier_records
from assistant.evaluation.make_earlier import make_earlier
from assistant.evaluation.outcomes import Ending, Held, Step, ending_of
from assistant.services.find_records import find_records
from assistant.services.read_transcript import read_transcript
from assistant.store.alert_tables import Alert

if TYPE_CHECKING:
    from assistant.evaluation.chat_client import ChatClient, Conversation, Reply, Said
    from assistant.evaluation.lines import Row
    from assistant.services.desk import Desk
    from assistant.services.shapes import RecordView

ALERT_OF_CHANNEL = {"safeguarding": "safeguarding", "emergency": "emergency",
                    "wellbeing": "wellbeing"}  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """What the parent said and what was answered."""

    text: str
    answer: Said


@dataclass
class Dialogue:
    """A dialogue that was played: its words, how it stood after each turn, how it ended."""

    id: str
    goal: str
    expected: Ending
    greeting: tuple[Reply, ...] = ()
    made_before: tuple[str, ...] = ()
    turns: list[Turn] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    before: tuple[Held, ...] = ()

    @property
    def ending(self) -> Ending:
        """The outcome and the recipient, worked out from the records."""
        return ending_of(self.steps, self.before)

    @property
    def outcome_right(self) -> bool:
        """Whether it ended as expected."""
        return self.ending.outcome == self.expected.outcome

    @property
    def with_right(self) -> bool:
        """Whether it ended as expected and with whom was expected."""
        return self.ending == self.expected


def play(client: ChatClient, desk: Desk | None, row: Row) -> Dialogue:
    """Play one dialogue. ``desk`` (the private stack's databases) shows the real records.

    Without a desk nothing can be made beforehand, and records are what the API tells of.
    """
    expect = row.get("expect", {})
    expected = Ending(str(expect.get("outcome", "")), expect.get("with"))
    dialogue = Dialogue(str(row["id"]), str(row.get("goal", "")), expected)
    conversation = client.start()
    dialogue.greeting = conversation.greeting
    if desk:
        _prepare(desk, conversation.id, dialogue, row["turns"])
    for text in row["turns"]:
        dialogue.turns.append(Turn(text, client.say(conversation, text)))
        dialogue.steps.append(_step(desk, conversation, dialogue))
    return dialogue


def _prepare(desk: Desk, conversation_id: str, dialogue: Dialogue, turns: list[str]) -> None:
    records = earlier_records(turns[0], desk.clock.now(), desk.calendar)
    if records:
        dialogue.made_before = make_earlier(desk, conversation_id, records, turns)
        dialogue.before = tuple(
            held(record, earlier=True)
            for record in find_records(desk, conversation_id=conversation_id)
        )


def _step(desk: Desk | None, conversation: Conversation, dialogue: Dialogue) -> Step:
    if desk is None:
        return step_told_by_the_api(dialogue.turns, dialogue.steps)
    said = dialogue.turns[-1]
    earlier = {one.id for one in dialogue.before}
    records = find_records(desk, conversation_id=conversation.id)
    return Step(
        said.text,
        said.answer.channel,
        _expects(desk, conversation.id),
        tuple(held(record, earlier=record.id in earlier) for record in records),
        in_the_order_seen(
            dialogue.steps[-1].alerts if dialogue.steps else (), _alerts(desk, conversation.id)
        ),
    )


def step_told_by_the_api(turns: list[Turn], steps: list[Step]) -> Step:
    """Make out how things stand from answers alone: their records, and channels of danger."""
    said = turns[-1].answer
    records = {one.id: one for one in (steps[-1].records if steps else ())}
    if said.record:
        told = said.record
        reference = told["reference"]
        records[reference] = Held(told["kind"], reference, reference, told["status"], said.channel)
    alerts = steps[-1].alerts if steps else ()
    kind = ALERT_OF_CHANNEL.get(said.channel)
    if kind and kind not in alerts:
        alerts = (*alerts, kind)
    return Step(turns[-1].text, said.channel, None, tuple(records.values()), alerts)


def held(record: RecordView, *, earlier: bool) -> Held:
    """Take from a record what decides an outcome."""
    return Held(
        record.kind,
        record.id,
        record.reference,
        record.status,
        record.with_channel,
        record.handler or "",
        record.starts_at,
        earlier,
    )


def _expects(desk: Desk, conversation_id: str) -> str | None:
    turns = read_transcript(desk, conversation_id)
    replies = turns[-1].replies if turns else []
    return replies[-1].get("expects") if replies else None


def in_the_order_seen(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """Return the alerts of ``now``, those of ``before`` first: a fixed clock tells no order."""
    return (*before, *(Counter(now) - Counter(before)).elements())


def _alerts(desk: Desk, conversation_id: str) -> tuple[str, ...]:
    with desk.alerts_unit_of_work(read_only=True) as work:
        mine = select(Alert.kind).where(Alert.conversation_id == conversation_id)
        return tuple(work.session.scalars(mine.order_by(Alert.raised_at, Alert.id)))


def report(dialogues: list[Dialogue]) -> dict[str, Any]:
    """Return counts and one row a dialogue, as plain JSON."""
    return {
        "total": len(dialogues),
        "outcome_right": sum(one.outcome_right for one in dialogues),
        "with_right": sum(one.with_right for one in dialogues),
        "rows": [_row(one) for one in dialogues],
    }


def _row(dialogue: Dialogue) -> dict[str, Any]:
    ending = dialogue.ending
    return {
        "id": dialogue.id,
        "outcome": ending.outcome,
        "with": ending.with_channel,
        "outcome_right": dialogue.outcome_right,
        "with_right": dialogue.with_right,
        "expected": {
            "outcome": dialogue.expected.outcome,
            "with": dialogue.expected.with_channel,
        },
        "made_before": list(dialogue.made_before),
        "transcript": [_turn(turn) for turn in dialogue.turns],
        "records": [_record(one) for one in _last_records(dialogue)],
        "alerts": list(dialogue.steps[-1].alerts) if dialogue.steps else [],
    }


def _last_records(dialogue: Dialogue) -> tuple[Held, ...]:
    return dialogue.steps[-1].records if dialogue.steps else dialogue.before


def _turn(turn: Turn) -> dict[str, Any]:
    answer = turn.answer
    return {
        "said": turn.text,
        "channel": answer.channel,
        "alternatives": list(answer.alternatives),
        "reason": answer.reason,
        "replies": [
            {"text": reply.text, "choices": [choice.title for choice in reply.choices]}
            for reply in answer.replies
        ],
        "record": answer.record,
        **({"refused": answer.refused} if answer.refused else {}),
    }


def _record(one: Held) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "reference": one.reference,
        "status": one.status,
        "channel": one.channel,
        "handler": one.handler,
        "starts_at": one.starts_at.isoformat() if one.starts_at else None,
        "made_before": one.earlier,
    }
