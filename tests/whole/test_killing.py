"""Each process is killed outright in the middle of bookings: nothing acknowledged is lost.

Several parents press yes around the moment of the death, so that it falls before, into and after
the transaction. A client that got no answer sends the same message again under the same key; one
that got an honest "not now" says yes once more.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import httpx
import pytest
from sqlalchemy import func, select

from assistant.casework.kinds import MeetingStatus
from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from assistant.services.verify_history import verify_history
from assistant.store.tables import Cell, Meeting
from tests.whole.parent import Parent, words_of

PROCESSES = ("actions", "brain", "web")
DAYS = {"actions": "thursday 3 december", "brain": "monday 7 december", "web": "tuesday 8 december"}
"""A day for each process, so that no time runs out."""
CLASSES = ("1P", "2C", "3M", "4B", "5A", "6A")
"""Each parent has another class, and so another teacher's diary."""
PAUSE_SECONDS = 0.06
KILLED_AFTER_SECONDS = 0.15
PATIENCE_SECONDS = 120.0


@dataclass
class Booker:
    """A parent with a summary in front of them, and what became of it."""

    parent: Parent
    references: list[str]

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
                attempt += 1
                time.sleep(1)

    def _yes(self, key: str) -> dict[str, dict[str, str]] | None:
        try:
            answer = self.parent.send({"text": "yes", "idempotency_key": key})
        except httpx.HTTPError:
            return None
        return answer.json() if answer.status_code == 200 else None


def at_the_summary(stack: Stack, process: str, school_class: str, phone: int) -> Booker:
    """Bring a parent up to the summary of a booking."""
    parent = Parent.at(stack.url)
    parent.tell("can I see my son's teacher about his spellings", f"Jonah Peake {school_class}")
    summary = parent.tell(f"{DAYS[process]} after school", f"Carly Peake 07700 900{phone}")
    assert "Shall I book it?" in words_of(summary)
    return Booker(parent, [])


@pytest.mark.parametrize("process", PROCESSES)
def test_a_death_in_the_middle_loses_nothing_and_doubles_nothing(
    process: str, stack: Stack, desk: Desk
) -> None:
    bookers = [
        at_the_summary(stack, process, school_class, 700 + number)
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
        booker.parent.http.close()
        records = find_records(desk, conversation_id=booker.parent.conversation)
        assert [record.reference for record in records] == booker.references
        assert records[0].status == MeetingStatus.BOOKED.value
    assert_no_time_is_doubled(desk)
    assert verify_history(desk) == ()


@pytest.mark.parametrize("process", PROCESSES)
def test_a_death_at_the_summary_leaves_it_to_be_confirmed(
    process: str, stack: Stack, desk: Desk
) -> None:
    booker = at_the_summary(stack, process, "2C", 710)
    stack.kill(process)
    booker.press_yes(0)
    stack.wait_until_healthy("web")
    records = find_records(desk, conversation_id=booker.parent.conversation)
    booker.parent.http.close()
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
