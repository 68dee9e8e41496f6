"""A real SMTP server on loopback that takes, puts off, refuses, hangs or drops what it is given."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

LONG = 60.0


@dataclass
class Postbox:
    """What the server does next, and what it has taken.

    ``moods`` is used up one a message, and afterwards everything is taken:

    - ``take``, ``later``, ``refuse``: the answer to the text;
    - ``later_greeting``, ``refuse_greeting``, ``hang_greeting``: at the very start;
    - ``later_sender``, ``refuse_sender``, ``later_address``, ``refuse_address``: in between;
    - ``drop_at_data``: hangs up when the text is announced, before it may be sent;
    - ``drop``, ``hang``: takes the text, then hangs up or says nothing for a long time.
    """

    moods: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    lines: list[asyncio.BaseTransport] = field(default_factory=list)

    def is_in(self, *moods: str) -> str:
        """Use the next mood up if it is one of these; return it, or nothing."""
        return self.moods.pop(0) if self.moods and self.moods[0] in moods else ""

    @property
    def url(self) -> str:
        """The setting that names this server."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, *_: object
    ) -> str:
        """Answer to the address."""
        if mood := self.is_in("later_address", "refuse_address"):
            return "450 4.2.1 Full" if mood == "later_address" else "550 5.1.1 Nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, *_: object
    ) -> str:
        """Answer to the sender."""
        if mood := self.is_in("later_sender", "refuse_sender"):
            return "451 4.7.1 Try later" if mood == "later_sender" else "550 5.7.1 Not you"
        envelope.mail_from = address
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
        if mood == "hang":
            await asyncio.sleep(LONG)
        return "250 OK"


class MoodyServer(SMTP):
    """The server of one connection, with what a handler cannot do."""

    def __init__(self, postbox: Postbox, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(postbox, loop=loop)
        self._postbox = postbox

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the line, to close it in the end."""
        self._postbox.lines.append(transport)
        super().connection_made(transport)

    async def push(self, status: str) -> None:  # type: ignore[override]
        """Send a line; the first one is the greeting."""
        if status.startswith("220"):
            mood = self._postbox.is_in("later_greeting", "refuse_greeting", "hang_greeting")
            if mood == "hang_greeting":
                await asyncio.sleep(LONG)
            status = {"later_greeting": "421 Busy", "refuse_greeting": "554 No"}.get(mood, status)
        await super().push(status)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name
        """Take the text, or hang up before it can be sent."""
        if self._postbox.is_in("drop_at_data"):
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@contextlib.contextmanager
def mail_server(*moods: str) -> Iterator[Postbox]:
    """Run a server for the time of the block."""
    postbox = Postbox(list(moods))
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        return await loop.create_server(lambda: MoodyServer(postbox, loop), "127.0.0.1", 0)

    server = loop.run_until_complete(start())
    postbox.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield postbox
    finally:
        asyncio.run_coroutine_threadsafe(_close(server, postbox), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server, postbox: Postbox) -> None:
    server.close()
    mine = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not mine]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for line in postbox.lines:
        line.abort()  # type: ignore[attr-defined]
    await asyncio.sleep(0)  # the loop closes them on its next turn
