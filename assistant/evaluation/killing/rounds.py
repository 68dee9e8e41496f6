"""One death after the other at random moments, and what is true after each.

The oracle: every reference that a parent was told exists once and complete, nothing else exists,
no two meetings share a time, the history is whole, and every letter that is due goes out.
"""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.evaluation.booking.audit import faults_of_time
from assistant.evaluation.chat_client import ChatClient
from assistant.evaluation.killing.parents import COMPLAINT, MEETING, Parent
from assistant.services.deliver_outbox import LEASE
from assistant.services.find_records import find_records
from assistant.services.verify_history import verify_history
from assistant.store.ledger import Outbox
from assistant.store.letter_tables import ReceiptOfCase
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseAccess, CaseDeadline, CaseFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.running.stack import Stack
    from assistant.services.desk import Desk

BRAIN = "brain"
PROCESSES = ("actions", BRAIN, "web")
"""The sender of the mail goes his rounds inside the web process, and dies with it."""
KINDS = (MEETING, MEETING, COMPLAINT)
LATEST_SECONDS, APART_SECONDS = 0.5, 0.1
HISTORY_EVERY = 25
MAIL_SECONDS = LEASE.total_seconds() + 60
"""A sender that dies with letters in hand leaves them to the next one when its lease ends."""


@dataclass
class Tally:
    """What so many deaths came to; ``broken`` are sentences, and none is the promise.

    ``restarts`` holds the seconds from death to health of each process, ``own_start`` those of the
    brain when it starts undisturbed.
    """

    kills: dict[str, int] = field(default_factory=dict)
    restarts: dict[str, list[float]] = field(default_factory=dict)
    told: int = 0
    unanswered: int = 0
    honest: int = 0
    own_start: float = 0.0
    unsent: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Killing:
    """Whom to kill, and where what comes of it is noted."""

    stack: Stack
    desk: Desk
    kills: int
    processes: Sequence[str] = PROCESSES
    tally: Tally = field(default_factory=Tally)

    def __iter__(self) -> Iterator[Tally]:
        """Kill so many times; yield the tally after each death, and once more at the end."""
        drawn = random.Random(self.kills)  # noqa: S311 - moments, no secret
        if BRAIN in self.processes:
            self.tally.own_start = _own_start(self.stack)
        before = _stored(self.desk)
        with ChatClient(self.stack.url) as client:
            for number in range(self.kills):
                self._one_death(_parents(client, number), drawn)
                if number % HISTORY_EVERY == HISTORY_EVERY - 1:
                    self.tally.broken += _faults_of_history(self.desk)
                yield self.tally
        stored = _stored(self.desk) - before
        if stored != self.tally.told:
            told = f"{stored} records are stored and {self.tally.told} were told"
            self.tally.broken.append(told)
        self.tally.broken += _faults_of_history(self.desk)
        self.tally.unsent = _letters_left(self.desk)
        yield self.tally

    def _one_death(self, parents: Sequence[Parent], drawn: random.Random) -> None:
        """Kill one process while the parents say yes, and see what is true once all are told."""
        victim = drawn.choice(self.processes)
        with ThreadPoolExecutor(len(parents)) as hands:
            said = [
                hands.submit(each.say_yes, place * APART_SECONDS)
                for place, each in enumerate(parents)
            ]
            time.sleep(drawn.uniform(0, LATEST_SECONDS))
            self._kill(victim)
            for each in said:
                each.result()
        self.stack.wait_until_healthy("web")
        for parent in parents:
            _note(self.desk, self.tally, parent)
        self.tally.broken += faults_of_time(self.desk)

    def _kill(self, victim: str) -> None:
        self.stack.forgive(victim)
        began = time.monotonic()
        self.stack.kill(victim)
        self.stack.wait_until_healthy(victim)
        self.tally.restarts.setdefault(victim, []).append(time.monotonic() - began)
        self.tally.kills[victim] = self.tally.kills.get(victim, 0) + 1


def _parents(client: ChatClient, number: int) -> list[Parent]:
    return [
        Parent.at_the_summary(client, kind, number * len(KINDS) + place)
        for place, kind in enumerate(KINDS)
    ]


def _own_start(stack: Stack) -> float:
    stack.hold(BRAIN)
    began = time.monotonic()
    stack.forgive(BRAIN)
    stack.release(BRAIN)
    return time.monotonic() - began


def _note(desk: Desk, tally: Tally, parent: Parent) -> None:
    tally.told += len(parent.references)
    tally.unanswered += bool(parent.lost)
    tally.honest += parent.honest
    records = find_records(desk, conversation_id=parent.conversation.id)
    if [each.reference for each in records] != parent.references:
        found = ", ".join(each.reference for each in records) or "nothing"
        told = ", ".join(parent.references) or "nothing"
        tally.broken.append(f"a {parent.kind}: told {told}, stored {found}")
    elif parent.kind == COMPLAINT:
        tally.broken += _faults_of_case(desk, records[0].reference)


def _faults_of_case(desk: Desk, reference: str) -> Iterator[str]:
    """Yield what a complaint lacks of itself: its words, its dates, its readers, its receipt."""
    with desk.unit_of_work(read_only=True) as work:
        case = work.session.scalars(select(CaseFile).where(CaseFile.reference == reference)).one()
        if "kept in at lunch" not in work.unseal(case, "statement"):
            yield f"{reference} lacks its words"
        for table in (CaseDeadline, CaseAccess, ReceiptOfCase):
            count = select(func.count()).select_from(table).where(table.case_id == case.id)
            if not work.session.scalar(count):
                yield f"{reference} lacks its {table.__tablename__}"


def _faults_of_history(desk: Desk) -> list[str]:
    return [f"{wrong.database}: history is broken" for wrong in verify_history(desk)]


def _stored(desk: Desk) -> int:
    with desk.unit_of_work(read_only=True) as work:
        counts = (select(func.count()).select_from(table) for table in (CaseFile, Meeting))
        return sum(work.session.scalar(count) or 0 for count in counts)


def _letters_left(desk: Desk) -> int:
    """Return how many letters that are due have not gone out, after some patience."""
    due = select(func.count()).where(Outbox.delivered_at.is_(None))
    due = due.where(Outbox.due_at <= desk.clock.now())
    give_up_at = time.monotonic() + MAIL_SECONDS
    while True:
        with desk.unit_of_work(read_only=True) as work:
            left = work.session.scalar(due) or 0
        if not left or time.monotonic() > give_up_at:
            return left
        time.sleep(1)
