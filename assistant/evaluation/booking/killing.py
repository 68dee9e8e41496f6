"""Kills a process in the middle of bookings, again and again, and counts what that broke.

The oracle: a meeting that a parent was told of exists, once, at the time they were told, with its
cells, its messages and its history; and nothing else exists.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.kinds import MeetingStatus
from assistant.evaluation.booking.audit import faults, faults_of_time
from assistant.evaluation.booking.parents import Own, act_until_killed
from assistant.evaluation.booking.stage import close
from assistant.evaluation.booking.steps import Answer, Step, carry_out
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from multiprocessing.connection import Connection

    from assistant.evaluation.booking.stage import Stage
    from assistant.services.desk import Desk

MOST_STEPS, MOST_SECONDS = 12, 0.1
"""A process dies after some of its lines, and then some time into whatever it does."""
PRELOADED = ["assistant.evaluation.booking.parents"]


@dataclass
class Deaths:
    """What so many deaths came to; ``broken`` are sentences, and none is the promise."""

    database: str
    kills: int = 0
    in_flight: int = 0
    acknowledged: int = 0
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class _Promises:
    """What parents were told last of each meeting: when it is, and whether it stands."""

    standing: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)

    def hear(self, answer: Answer) -> None:
        """Note a receipt; a refusal promises nothing."""
        if answer.receipt:
            told = answer.receipt
            self.standing[told.id] = told.starts_at, told.status
            self.hosts[told.id] = answer.step.host

    @property
    def booked(self) -> list[Own]:
        """The meetings that stand."""
        stand = MeetingStatus.BOOKED.value
        booked = (key for key, (_, status) in self.standing.items() if status == stand)
        return [Own(meeting_id, self.hosts[meeting_id]) for meeting_id in booked]


def kill_again_and_again(stage: Stage, database: str, kills: int) -> Deaths:
    """Kill a child process at ``kills`` random moments on a stage of three hosts."""
    began, deaths, promises = time.perf_counter(), Deaths(database), _Promises()
    desk, moments = stage.open(), random.Random(kills)  # noqa: S311 - no secret
    for number in range(kills):
        moment = moments.randint(1, MOST_STEPS), moments.uniform(0, MOST_SECONDS)
        said = _one_life(stage, number, promises.booked, *moment)
        _settle(desk, deaths, promises, said)
        deaths.broken += [*_broken_promises(desk, promises), *faults_of_time(desk)]
    deaths.broken += faults(desk)
    close(desk)
    deaths.seconds = time.perf_counter() - began
    return deaths


def _one_life(
    stage: Stage, number: int, meetings: list[Own], lines: int, seconds: float
) -> list[Step | Answer]:
    """Start a process, kill it ``seconds`` after so many lines, and return all that it said."""
    context = multiprocessing.get_context("forkserver")  # a clean process, ready at once
    context.set_forkserver_preload(PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=act_until_killed, args=(stage, theirs, number, meetings))
    child.start()
    theirs.close()
    first = [ours.recv() for _ in range(lines)]
    time.sleep(seconds)
    child.kill()
    child.join()
    return [*first, *_rest(ours)]


def _rest(pipe: Connection) -> Iterator[Step | Answer]:
    while True:
        try:
            yield pipe.recv()
        except EOFError:
            return


def _settle(desk: Desk, deaths: Deaths, promises: _Promises, said: list[Step | Answer]) -> None:
    """Hear what was acknowledged, and send again whatever was never answered, as parents do."""
    answers = [each for each in said if isinstance(each, Answer)]
    answered = {answer.step for answer in answers}
    unanswered = [each for each in said if isinstance(each, Step) and each not in answered]
    for answer in (*answers, *(carry_out(desk, step) for step in unanswered)):
        promises.hear(answer)
    deaths.kills += 1
    deaths.in_flight += bool(unanswered)
    deaths.acknowledged += len(answers)


def _broken_promises(desk: Desk, promises: _Promises) -> Iterator[str]:
    """Yield what was lost, what stands otherwise than told, and what nobody was told of."""
    with desk.unit_of_work(read_only=True) as work:
        for meeting_id, told in promises.standing.items():
            row = work.session.get(Meeting, meeting_id)
            if row is None or (row.starts_at, row.status) != told:
                yield f"{meeting_id} is not as its parent was told"
        stored = work.session.scalar(select(func.count()).select_from(Meeting))
    if stored != len(promises.standing):
        yield f"{stored} meetings are stored and {len(promises.standing)} were told"
