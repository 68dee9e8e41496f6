"""Each process is killed outright in the middle of bookings: nothing acknowledged is lost.

Several parents press yes around the moment of the death, so that it falls before, into and after
the transaction. A client that got no answer sends the same message again under the same key; one
that got an honest "not now" says yes once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from assistant.casework.kinds import MeetingStatus
from assistant.evaluation.killing.rounds import Killing
from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.turns import PENDING
from assistant.services.verify_history import verify_history
from assistant.store.meeting_tables import Cell, Meeting
from assistant.store.tables import Turn
from tests.whole.parent import Parent, words_of

Arrive = Callable[[], Parent]
PROCESSES = ("actions", "brain", "web")
AT_THE_SUMMARY = ("actions", "web", pytest.param("brain", marks=pytest.mark.long))
"""The brain takes long to come back, and dies in other tests here."""
DAYS = {"actions": "thursday 3 december", "brain": "monday 7 december", "web": "tuesday 8 december"}
"""A day for each process, so that no time runs out."""
CLASSES = ("1P", "2C", "3M", "4B", "5A", "6A")
"""Each parent has another class, and so another teacher's diary."""
PAUSE_SECONDS = 0.06
KILLED_AFTER_SECONDS = 0.15
PATIENCE_SECONDS = 120.0
UNTIL_THE_ACTION_WAITS_SECONDS = 2.5
"""Long enough for a busy machine, and half of what a writer waits for a lock."""


@dataclass
class Booker:
    """A parent with a summary in front of them, and what became of it."""

    parent: Parent
    references: list[str] = field(default_factory=list)
    honest_words: str = ""

    def press_yes(self, number: int) -> None:
        """Say yes until a booking is acknowledged; the first yes always under one key."""
        time.sleep(number * PAUSE_SECONDS)
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        attempt = 0
        while not self.references and time.monotonic() < give_up_at:
            answer = self._yes(f"yes-{attempt}")
            if answer is None:
                time.sleep(0.3)
            elif answer["record"]:
                self.references.append(answer["record"]["reference"])
            else:
                self.honest_words += words_of(answer)
                attempt += 1
                time.sleep(1)

    def _yes(self, key: str) -> dict[str, Any] | None:
        try:
            answer = self.parent.send({"text": "yes", "idempotency_key": key})
        except httpx.HTTPError:
            return None
        return answer.json() if answer.status_code == 200 else None


@pytest.fixture
def arrive(stack: Stack) -> Iterator[Arrive]:
    """Return a function that opens a chat; all are closed at the end."""
    with ExitStack() as parents:
        yield lambda: parents.enter_context(Parent.at(stack.url))


def at_the_summary(parent: Parent, process: str, school_class: str, phone: int) -> Booker:
    """Bring a parent up to the summary of a booking."""
    parent.tell("can I see my son's teacher about his spellings", f"Jonah Peake {school_class}")
    summary = parent.tell(f"{DAYS[process]} after school", f"Carly Peake 07700 900{phone}")
    assert "Shall I book it?" in words_of(summary)
    return Booker(parent)


def about_to_complain(parent: Parent) -> Booker:
    """Bring a parent up to the summary of a complaint."""
    parent.tell("I want to make a formal complaint. My son was kept in at lunch for two weeks")
    summary = parent.tell("I want it taken off his record", "Ryan Coyle 5A, Lo Coyle 07700 900721")
    assert "Shall I send it?" in words_of(summary)
    return Booker(parent)


@pytest.mark.parametrize("process", PROCESSES)
def test_a_death_in_the_middle_loses_nothing_and_doubles_nothing(
    process: str, arrive: Arrive, stack: Stack, desk: Desk
) -> None:
    bookers = [
        at_the_summary(arrive(), process, school_class, 700 + number)
        for number, school_class in enumerate(CLASSES)
    ]
    with ThreadPoolExecutor(len(bookers)) as hands:
        pressed = [hands.submit(each.press_yes, number) for number, each in enumerate(bookers)]
        time.sleep(KILLED_AFTER_SECONDS)
        stack.kill(process)
        for each in pressed:
            each.result()
    stack.wait_until_healthy("web")
    for booker in bookers:
        records = find_records(desk, conversation_id=booker.parent.conversation)
        assert [record.reference for record in records] == booker.references
        assert records[0].status == MeetingStatus.BOOKED.value
    assert_no_time_is_doubled(desk)
    assert verify_history(desk) == ()


@pytest.mark.parametrize("process", AT_THE_SUMMARY)
def test_a_death_at_the_summary_leaves_it_to_be_confirmed(
    process: str, arrive: Arrive, stack: Stack, desk: Desk
) -> None:
    booker = at_the_summary(arrive(), process, "2C", 710)
    stack.kill(process)
    booker.press_yes(0)
    stack.wait_until_healthy("web")
    records = find_records(desk, conversation_id=booker.parent.conversation)
    assert [record.reference for record in records] == booker.references
    assert len(records) == 1


def assert_no_time_is_doubled(desk: Desk) -> None:
    """Check that no two booked meetings of a host overlap, and that each one holds its cells."""
    with desk.unit_of_work(read_only=True) as work:
        booked = select(Meeting).where(Meeting.status == MeetingStatus.BOOKED.value)
        meetings = work.session.scalars(booked.order_by(Meeting.host_id, Meeting.starts_at)).all()
        for earlier, later in pairwise(meetings):
            assert earlier.host_id != later.host_id or earlier.ends_at <= later.starts_at
        count = select(func.count()).select_from(Cell)
        for meeting in meetings:
            assert work.session.scalar(count.where(Cell.meeting_id == meeting.id))


def test_deaths_at_random_moments_break_no_promise(stack: Stack, desk: Desk) -> None:
    """A few of what ``bench --kills`` does by the hundred; the brain's are above."""
    *_, tally = Killing(stack, desk, kills=3, processes=("actions", "web"))
    assert tally.broken == []
    assert sum(tally.kills.values()) == 3
    assert (tally.told, tally.unsent) == (9, 0)


@pytest.mark.parametrize("kind", [pytest.param("meeting", marks=pytest.mark.long), "complaint"])
def test_what_was_saved_after_the_brain_died_is_found_by_the_next_yes(
    kind: str, arrive: Arrive, stack: Stack, desk: Desk
) -> None:
    """The action waits for the database, the brain dies, and then the record is committed."""
    meeting = kind == "meeting"
    booker = (
        at_the_summary(arrive(), "brain", "RP", 720) if meeting else about_to_complain(arrive())
    )
    with ThreadPoolExecutor(1) as hand:
        pressed = hand.submit(booker.press_yes, 0)
        with nobody_else_writing(desk, booker.parent.conversation):
            time.sleep(UNTIL_THE_ACTION_WAITS_SECONDS)
            stack.kill("brain")
        pressed.result()
    assert "I don't know yet whether your yes went through" in booker.honest_words
    records = find_records(desk, conversation_id=booker.parent.conversation)
    assert [(record.kind, record.reference) for record in records] == [(kind, *booker.references)]


@pytest.mark.parametrize("process", ["web", pytest.param("brain", marks=pytest.mark.long)])
def test_news_lost_right_after_the_record_is_told_by_another_yes(
    process: str, arrive: Arrive, stack: Stack, desk: Desk
) -> None:
    """The parent says yes anew, under another key, to a brain that may take it for told."""
    booker = about_to_complain(arrive())
    with ThreadPoolExecutor(1) as hand:
        pressed = hand.submit(booker._yes, "first")
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while not find_records(desk, conversation_id=booker.parent.conversation):
            assert time.monotonic() < give_up_at
        stack.kill(process)
        first = pressed.result()
    stack.wait_until_healthy("web")
    if first and first["record"]:
        booker.references.append(first["record"]["reference"])
    booker.press_yes(0)
    records = find_records(desk, conversation_id=booker.parent.conversation)
    assert [record.reference for record in records] == booker.references


@contextmanager
def nobody_else_writing(desk: Desk, conversation: str) -> Iterator[None]:
    """Hold the write lock of the case database from the moment a message of this chat waits."""
    pending = select(Turn.id).where(Turn.conversation_id == conversation, Turn.state == PENDING)
    while True:
        with desk.unit_of_work(read_only=True) as work:
            if work.session.scalar(pending):
                break
    with desk.unit_of_work() as work:
        work.session.execute(pending)
        yield
