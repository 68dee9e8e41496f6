"""News for pages that are open: server-sent events (WHATWG HTML, section 9.2) from the database.

One task of each web process looks every second whether a talk that somebody here reads has changed,
so that any number of processes may serve the two sides of it. Every few seconds each stream looks
by itself, for what changes with time alone, and that look is the reader's sign of life.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from sanic.response import HTTPResponse

from assistant.services.list_chats import versions_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from sanic import Request, Sanic

    from assistant.services.desk import Desk

    Look = Callable[[int], Awaitable["News | None"]]
    """Takes the number of the last message that was shown."""

EVENTS = "text/event-stream"
ROUND_SECONDS = 1.0
LOOK_SECONDS = 5.0
STREAM_SECONDS = 600.0
"""A stream ends after so long; the browser opens the next one by itself."""
RETRY_MILLISECONDS = 1_500
STREAMS_OF_ONE = 4
STREAMS_OF_ALL = 300
WAITING = ""
"""What is read by who looks at the list of those who wait (see ``versions_of``)."""

log = structlog.get_logger()


@dataclass(frozen=True)
class News:
    """What a page shows next: rows after the last number, the status above, and its state."""

    number: int
    state: str
    rows: str
    status: str

    def to_json(self) -> dict[str, Any]:
        """Return the body of an event, and of an answer to a page that asks instead."""
        return {
            "number": self.number,
            "state": self.state,
            "rows": self.rows,
            "status": self.status,
        }


@dataclass(eq=False)
class Reader:
    """One open stream: what it reads, whose it is, and whether something has happened."""

    what: str
    whose: str
    happened: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> None:
        """Return when something has happened, or after so long."""
        try:
            async with asyncio.timeout(seconds):
                await self.happened.wait()
        except TimeoutError:
            pass
        self.happened.clear()


class Herald:
    """Knows who reads what in this process, and wakes them."""

    def __init__(self, desk: Desk) -> None:
        """Begin with nobody."""
        self._desk = desk
        self._readers: set[Reader] = set()
        self._known: dict[str, int] = {}
        self.closing = False

    def has_room(self, whose: str) -> bool:
        """Tell whether one more stream may be opened, for all and for this one."""
        of_each = Counter(reader.whose for reader in self._readers)
        return len(self._readers) < STREAMS_OF_ALL and of_each[whose] < STREAMS_OF_ONE

    @contextmanager
    def reader(self, what: str, whose: str) -> Iterator[Reader]:
        """Count one stream as long as it is open."""
        made = Reader(what, whose)
        self._readers.add(made)
        try:
            yield made
        finally:
            self._readers.discard(made)

    async def go_round(self) -> None:
        """Look every second as long as the process runs; no failure ends that."""
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            try:
                await self._look()
            except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
                log.warning("herald_stumbled", error=type(problem).__name__)

    def close(self) -> None:
        """Let every stream end."""
        self.closing = True
        for reader in self._readers:
            reader.happened.set()

    async def _look(self) -> None:
        wanted = {reader.what for reader in self._readers}
        if not wanted:
            return
        known = await asyncio.to_thread(versions_of, self._desk, wanted - {WAITING})
        for reader in self._readers:
            if known.get(reader.what) != self._known.get(reader.what):
                reader.happened.set()
        self._known = known


def employ_herald(app: Sanic[Any, Any]) -> None:
    """Let a herald work in the loop that serves; its streams end before the server does."""

    async def start(app: Sanic[Any, Any]) -> None:
        app.ctx.herald = Herald(app.ctx.desk)
        app.ctx.herald_at_work = asyncio.create_task(app.ctx.herald.go_round())

    async def stop(app: Sanic[Any, Any]) -> None:
        app.ctx.herald.close()
        app.ctx.herald_at_work.cancel()
        await asyncio.gather(app.ctx.herald_at_work, return_exceptions=True)

    app.before_server_start(start)
    app.before_server_stop(stop)
    app.after_server_stop(stop)  # a server that is only closed tells nobody before


async def stream(request: Request, what: str, whose: str, look: Look) -> HTTPResponse | None:
    """Send what ``look`` tells, whenever it is something else than before; None ends the stream.

    Whoever does not ask for a stream, as every ``EventSource`` does, gets the first news alone.
    """
    herald: Herald = request.app.ctx.herald
    if herald.closing or not herald.has_room(whose):
        return HTTPResponse(status=503, headers={"Retry-After": "5"})
    with herald.reader(what, whose) as reader:
        headers = {"X-Accel-Buffering": "no"}
        kind = f"{EVENTS}; charset=utf-8"
        connection: Any = request.stream
        connection.keep_alive = False  # else a server that ends waits for the browser to hang up
        response = await request.respond(content_type=kind, headers=headers)
        await response.send(f"retry: {RETRY_MILLISECONDS}\n\n")
        once = EVENTS not in request.headers.get("accept", "")
        await _send(herald, reader, response, look, seen_number(request), once=once)
        await response.eof()
    return None


def seen_number(request: Request) -> int:
    """Return the number of the last message that the page has: by the browser, or by the page."""
    said = request.headers.get("last-event-id") or request.args.get("after") or ""
    digits = said if said.isascii() and said.isdecimal() else "0"
    return int(digits[:9])


async def _send(  # noqa: PLR0913 - what is sent to whom, from where on, and for how long
    herald: Herald,
    reader: Reader,
    response: HTTPResponse,
    look: Look,
    number: int,
    *,
    once: bool,
) -> None:
    end_at, shown = time.monotonic() + STREAM_SECONDS, ("", "")
    while not herald.closing and time.monotonic() < end_at:
        news = await look(number)
        if news is None:
            await response.send("event: gone\ndata: gone\n\n")
            return
        if news.rows or shown != (news.state, news.status):
            await response.send(_event(news))
        else:
            await response.send(": still here\n\n")
        if once:
            return
        number, shown = news.number, (news.state, news.status)
        await reader.wait(LOOK_SECONDS)


def _event(news: News) -> str:
    return f"id: {news.number}\nevent: news\ndata: {json.dumps(news.to_json())}\n\n"
