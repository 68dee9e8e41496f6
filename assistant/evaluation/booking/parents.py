"""A process in which several parents book, move and cancel without end, until it is killed.

It says each step before it is taken and each answer after it was acknowledged. What was said is
on the pipe and outlives the process, as a receipt on a screen outlives the server.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from assistant.evaluation.booking.race import wanted_starts
from assistant.evaluation.booking.stage import host_id
from assistant.evaluation.booking.steps import Answer, Step, carry_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from assistant.evaluation.booking.stage import Stage
    from assistant.services.desk import Desk

PARENTS = 3
ENOUGH = 6
"""With so many meetings of their own, a parent does not book another one."""
SHIFTS = (0, 5, 10)
STARTS = sorted(set(wanted_starts(SHIFTS)))


@dataclass(frozen=True)
class Own:
    """A meeting that a parent has."""

    meeting_id: str
    host: str


def act_until_killed(
    stage: Stage, pipe: Connection, round_number: int, meetings: Sequence[Own]
) -> None:
    """Let the parents act; ``meetings`` are shared out, so that nobody touches another's."""
    desk, saying = stage.open(), Lock()

    def say(said: Step | Answer) -> None:
        with saying:
            pipe.send(said)

    with ThreadPoolExecutor(PARENTS) as hands:
        for number in range(PARENTS):
            name = f"{round_number}-{number}"
            hands.submit(partial(_live, desk, say, name, list(meetings[number::PARENTS])))


def _live(desk: Desk, say: Callable[[Step | Answer], None], name: str, meetings: list[Own]) -> None:
    choice = random.Random(name)  # noqa: S311 - a parent's whims, no secret
    for number in range(1_000_000):
        step = _next_step(choice, f"{name}-{number}", meetings)
        say(step)
        answer = carry_out(desk, step)
        say(answer)
        _remember(meetings, answer)


def _next_step(choice: random.Random, key: str, meetings: Sequence[Own]) -> Step:
    start = choice.choice(STARTS)
    if not meetings or (len(meetings) < ENOUGH and choice.random() < 1 / 2):
        return Step("book", key, host_id(choice.randrange(PARENTS)), start)
    mine = choice.choice(meetings)
    what = choice.choice(("move", "move", "cancel"))
    return Step("move" if what == "move" else "cancel", key, mine.host, start, mine.meeting_id)


def _remember(meetings: list[Own], answer: Answer) -> None:
    step = answer.step
    if answer.receipt and step.what == "book":
        meetings.append(Own(answer.receipt.id, step.host))
    if step.what == "cancel":
        meetings.remove(Own(step.meeting_id, step.host))
