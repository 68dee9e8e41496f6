"""A real SMTP server on loopback that takes, puts off, refuses or drops what it is given."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Postbox:
    """What the server does next, and what it has taken.

    ``moods`` is used up one a message: ``take``, ``later``, ``refuse``, ``refuse_address``,
    ``drop`` (takes the text, then hangs up without an answer); afterwards everything is taken.
    """

    moods: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The setting that names this server."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, *_: object
    ) -> str:
        """Answer to the address."""
        if self.moods and self.moods[0] == "refuse_address":
            self.moods.pop(0)
            return "550 5.1.1 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Answer to the text."""
        mood = self.moods.pop(0) if self.moods else "take"
        if mood == "later":
            return "451 4.3.0 Busy, try later"
        if mood == "refuse":
            return "554 5.7.1 Refused"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        if mood == "drop":
            server.transport.abort()
        return "250 OK"


@contextlib.contextmanager
def mail_server(*moods: str) -> Iterator[Postbox]:
    """Run a server for the time of the block."""
    postbox = Postbox(list(moods))
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(postbox, loop=loop), "127.0.0.1", 0)

    server = loop.run_until_complete(start())
    postbox.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield postbox
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    mine = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not mine]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
