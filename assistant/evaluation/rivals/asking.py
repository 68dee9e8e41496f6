"""Asks a served contender: one caller for the times of turns, eight for the throughput."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evaluation.bench import CALLERS, resident_megabytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.rivals.callers import Caller, Given
    from assistant.evaluation.rivals.serving import Door

WARMING = ("hello", "thanks", "my daughter was sent home without her coat")
"""Said before anything is timed: the first answers load what later ones share."""


@dataclass(frozen=True)
class Asked:
    """The answers in the order of the messages, the milliseconds of each turn, turns a second."""

    answers: tuple[Given, ...]
    milliseconds: tuple[float, ...]
    rate: float
    megabytes: float | None


def ask_all(door: Door, texts: Sequence[str]) -> Asked:
    """Send every text as a first message, once by one caller and once more by eight together."""
    answers, milliseconds = _one_caller(door, texts)
    rate = _eight_callers(door, texts)
    return Asked(answers, milliseconds, rate, resident_megabytes(door.pids))


def _one_caller(door: Door, texts: Sequence[str]) -> tuple[tuple[Given, ...], tuple[float, ...]]:
    with closing(door.caller()) as caller:
        caller.prepare(len(WARMING) + len(texts))
        for text in WARMING:
            caller.ask(text)
        timed = [_timed(caller, text) for text in texts]
    return tuple(given for given, _ in timed), tuple(taken for _, taken in timed)


def _timed(caller: Caller, text: str) -> tuple[Given, float]:
    started = time.perf_counter()
    given = caller.ask(text)
    return given, 1000 * (time.perf_counter() - started)


def _eight_callers(door: Door, texts: Sequence[str]) -> float:
    """Return the turns a second; opening conversations is not timed, as with one caller."""
    shares = [texts[place::CALLERS] for place in range(CALLERS)]
    with ExitStack() as open_callers, ThreadPoolExecutor(CALLERS) as pool:
        callers = [open_callers.enter_context(closing(door.caller())) for _ in shares]
        for caller, share in zip(callers, shares, strict=True):
            caller.prepare(len(share))
        started = time.perf_counter()
        list(pool.map(_ask_share, callers, shares))
        return len(texts) / (time.perf_counter() - started)


def _ask_share(caller: Caller, texts: Sequence[str]) -> None:
    for text in texts:
        caller.ask(text)
