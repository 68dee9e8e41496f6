"""Where a measurement speaks to: an address that was given, or a private stack of its own."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.app import build_desk
from assistant.bootstrap.progress import step
from assistant.running.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk

DEMONSTRATION_NOW = "2026-11-24T10:15"
"""Tuesday 24 November 2026 in term: the clock of a private stack unless another is given."""

MANY_PARENTS = {"filings_an_hour": "1000000"}
"""A measurement is a flood that is wanted."""


@dataclass(frozen=True)
class Place:
    """An address, and for a private stack its databases (``desk``) and processes (``stack``)."""

    url: str
    desk: Desk | None = None
    stack: Stack | None = None


@contextmanager
def place_of(url: str | None, now: str | None = DEMONSTRATION_NOW) -> Iterator[Place]:
    """Give the address, or start a private stack whose clock stands at ``now`` (None: runs)."""
    if url:
        yield Place(url.rstrip("/"))
        return
    with ExitStack() as running:
        with step("Starting a private Schoolgate"):
            stack = running.enter_context(Stack(now=now, settings=MANY_PARENTS))
        yield Place(stack.url, build_desk(stack.settings), stack)
