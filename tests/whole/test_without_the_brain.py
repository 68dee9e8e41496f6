"""With the brain dead, danger is met in full, and nothing is promised that was not done."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.store.alert_tables import Alert
from tests.whole.parent import Parent, words_of

PROMISES = ("is booked", "is recorded", "have booked", "have recorded", "reference is")
IN_FRONT_OF_THE_SUMMARY = (
    "can I see my son's teacher about his spellings",
    "Jonah Peake 4B, wednesday at 3.45, Carly Peake 07700 900614",
)
DANGERS = {
    "danger now": ("there is a man with a knife in the playground right now", "emergency", "999"),
    "a disclosure": ("his stepdad hits him with a belt", "safeguarding", "999"),
    "despair": ("I'm going to kill myself tonight", "wellbeing", "116 123"),
}


@pytest.fixture(scope="module")
def at_the_summary(stack: Stack) -> Iterator[Parent]:
    """Bring a booking to its summary while the brain still lives."""
    with Parent.at(stack.url) as parent:
        assert "Shall I book it?" in words_of(parent.tell(*IN_FRONT_OF_THE_SUMMARY))
        yield parent


@pytest.fixture(scope="module")
def brainless(stack: Stack, at_the_summary: Parent) -> Iterator[Stack]:
    """Hold the brain down for these tests."""
    del at_the_summary
    stack.hold("brain")
    yield stack
    stack.release("brain")
    stack.wait_until_healthy("web")


@pytest.mark.parametrize("what", DANGERS)
def test_what_is_openly_said_raises_an_alert_and_gives_the_number(
    what: str, brainless: Stack, parent: Parent, desk: Desk
) -> None:
    del brainless
    said, kind, number = DANGERS[what]
    answer = parent.say(said)
    assert answer["channel"] == kind
    assert number in words_of(answer)
    with desk.alerts_unit_of_work(read_only=True) as work:
        mine = select(Alert).where(Alert.conversation_id == parent.conversation)
        alert = work.session.scalars(mine).one()
        assert (alert.kind, work.unseal(alert, "words")) == (kind, said)


def test_an_everyday_message_gets_an_honest_sentence(
    brainless: Stack, parent: Parent, desk: Desk
) -> None:
    del brainless
    answer = parent.say("my daughter has lost her reading book again")
    assert desk.school.phone in words_of(answer)
    assert "/call-back" in words_of(answer)
    assert "not been sent" in words_of(answer)
    assert not promised(words_of(answer))


def test_a_yes_to_the_summary_books_nothing_and_says_so(
    brainless: Stack, at_the_summary: Parent, desk: Desk
) -> None:
    del brainless
    answer = at_the_summary.say("yes")
    assert answer["record"] is None
    assert not promised(words_of(answer))
    assert find_records(desk, conversation_id=at_the_summary.conversation) == []


def test_health_names_the_part(brainless: Stack) -> None:
    answer = httpx.get(f"{brainless.url}/healthz", timeout=30)
    assert answer.status_code == 503
    assert answer.json()["parts"]["brain"] == "unavailable"


def test_the_booking_goes_on_when_the_brain_is_back(
    brainless: Stack, at_the_summary: Parent
) -> None:
    brainless.release("brain")
    brainless.wait_until_healthy("web")
    assert at_the_summary.say("yes")["record"]["kind"] == "meeting"


def promised(words: str) -> list[str]:
    """Return what the words claim was done."""
    return [promise for promise in PROMISES if promise in words.lower()]
