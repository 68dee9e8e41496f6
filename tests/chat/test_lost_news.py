"""A yes whose news was lost with the brain is told by the next answer, from the rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.app import build_desk
from assistant.casework.lexicon import Lexicon
from assistant.chat.brain_client import BrainMessage, BrainTurn, BrainUnavailable
from assistant.chat.gateway import Gateway, Said
from assistant.chat.lost_news import NOTHING
from assistant.services.clock import FixedClock
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import take_turn
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from tests.databases import create_file
from tests.desks import TUESDAY_MORNING, close_databases, pass_time, settings_for
from tests.services.filings import file_case
from tests.services.policing import follow_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk
    from assistant.services.shapes import AnsweredTurn

pytestmark = pytest.mark.asyncio

LEXICON = Path(__file__).parents[2] / "data" / "lexicon" / "risk.toml"
SUMMARY = BrainMessage(text="Shall I send it?", custom={"expects": "confirm"})
FORGOT = BrainMessage(text="All right. I am here if there is anything else.")


@dataclass
class ForgetfulBrain:
    """Says what it is given to say, one turn each; None is a death before the answer."""

    script: list[BrainMessage | None]
    heard: list[BrainTurn] = field(default_factory=list)

    async def turn(self, turn: BrainTurn) -> list[BrainMessage]:
        """Give the next answer of the script."""
        self.heard.append(turn)
        said = self.script.pop(0)
        if said is None:
            raise BrainUnavailable("ReadError")
        return [said]

    async def hear(self, texts: list[str]) -> list[dict[str, dict[str, float]]]:
        """Hear nothing in any part."""
        return [{} for _ in texts]

    async def forget(self, conversation_id: str) -> None:
        """Keep everything."""

    async def is_ready(self) -> bool:
        """Be ready."""
        return True


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = settings_for(tmp_path / "data", create_file(tmp_path), create_file(tmp_path))
    migrate_databases(settings)
    made = build_desk(settings)
    seed_school(made.unit_of_work, made.school)
    clock = FixedClock(TUESDAY_MORNING)
    yield replace(made, clock=clock, machine_clock=clock)
    close_databases(made)


def chat(desk: Desk, *script: BrainMessage | None) -> tuple[Gateway, str]:
    gateway = Gateway(desk, ForgetfulBrain(list(script)), Lexicon.load(LEXICON))
    return gateway, start_conversation(desk)[0]


def words(answer: AnsweredTurn) -> str:
    return "\n".join(reply["text"] for reply in answer.replies)


async def test_what_was_saved_before_the_brain_died_is_told_with_its_link_and_receipt(
    desk: Desk,
) -> None:
    gateway, conversation = chat(desk, SUMMARY, None, FORGOT, FORGOT)
    await gateway.say(conversation, Said("1", "send a complaint"))
    unsure = await gateway.say(conversation, Said("2", "yes"))
    made = file_case(desk, conversation_id=conversation)
    told = await gateway.say(conversation, Said("3", "yes"))
    later = await gateway.say(conversation, Said("4", "thank you"))
    assert "I don't know yet" in words(unsure)
    assert unsure.record is None
    assert told.record == {"kind": made.kind, "reference": made.reference, "status": made.status}
    assert f"/r/{made.token}" in words(told)
    assert "receipt" in words(told)
    assert later.record is None
    assert made.reference not in words(later)


async def test_the_doubt_outlasts_a_brain_that_is_still_away(desk: Desk) -> None:
    gateway, conversation = chat(desk, SUMMARY, None, None, FORGOT)
    for number, said in enumerate(("send a complaint", "yes", "yes")):
        await gateway.say(conversation, Said(str(number), said))
    made = file_case(desk, conversation_id=conversation)
    told = await gateway.say(conversation, Said("9", "never mind"))
    assert told.record
    assert told.record["reference"] == made.reference


async def test_a_yes_whose_gateway_died_too_is_looked_up(desk: Desk) -> None:
    gateway, conversation = chat(desk, SUMMARY, FORGOT)
    await gateway.say(conversation, Said("1", "send a complaint"))
    take_turn(desk, conversation_id=conversation, idempotency_key="2", text="yes")
    made = file_case(desk, conversation_id=conversation)
    pass_time(desk, minutes=2)
    told = await gateway.say(conversation, Said("3", "yes"))
    assert told.record
    assert told.record["reference"] == made.reference


async def test_when_nothing_was_saved_that_is_said(desk: Desk) -> None:
    gateway, conversation = chat(desk, SUMMARY, None, FORGOT)
    for number, said in enumerate(("send a complaint", "yes")):
        await gateway.say(conversation, Said(str(number), said))
    told = await gateway.say(conversation, Said("3", "stop"))
    assert told.record is None
    assert NOTHING in words(told)


async def test_a_follow_up_that_the_parent_was_not_told_of_is_no_news(desk: Desk) -> None:
    gateway, conversation = chat(desk, SUMMARY, None, FORGOT)
    for number, said in enumerate(("send a complaint", "yes")):
        await gateway.say(conversation, Said(str(number), said))
    post = follow_up(desk, conversation_id=conversation)
    told = await gateway.say(conversation, Said("3", "stop"))
    assert NOTHING in words(told)
    assert post.reference not in words(told)


async def test_a_brain_that_asks_again_or_knows_the_record_is_left_to_say_so(desk: Desk) -> None:
    record = {"kind": "complaint", "reference": "C-1", "status": "received"}
    knows = BrainMessage(text="It is recorded.", custom={"record": record})
    gateway, conversation = chat(desk, SUMMARY, None, SUMMARY, knows)
    for number, said in enumerate(("send a complaint", "yes")):
        await gateway.say(conversation, Said(str(number), said))
    asked = await gateway.say(conversation, Said("3", "yes"))
    told = await gateway.say(conversation, Said("4", "yes"))
    assert words(asked) == "Shall I send it?"
    assert words(told) == "It is recorded."


async def test_an_ordinary_no_to_a_summary_is_not_looked_up(desk: Desk) -> None:
    gateway, conversation = chat(desk, SUMMARY, FORGOT)
    await gateway.say(conversation, Said("1", "send a complaint"))
    assert words(await gateway.say(conversation, Said("2", "no"))) == FORGOT.text
