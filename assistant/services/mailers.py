"""Ways to send one e-mail: by SMTP, or to the console and a file.

A mailer never raises; what became of the message is an ``Outcome``.
"""

from __future__ import annotations

import smtplib
import ssl
import sys
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path
    from typing import TextIO

    from assistant.settings import Settings

TIMEOUT_SECONDS = 10.0
ACCEPTED = 250
GO_ON = 354
TRY_LATER = range(400, 500)
OUTBOX_FILE = "outbox.log"


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"  # the line broke after the text was handed over
    UNWANTED = "unwanted"  # overtaken by a change, so it was not sent


class Mailer(Protocol):
    """Sends an e-mail."""

    def send(self, message: EmailMessage) -> Outcome:
        """Send to the addresses of the message's ``To``."""


def build_mailer(settings: Settings) -> Mailer:
    """Return the mailer that the settings ask for."""
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url)
    return ConsoleMailer(settings.data / OUTBOX_FILE)


class ConsoleMailer:
    """Appends messages to a file of the data folder and prints that one waits there.

    What is printed may be kept by whoever runs the server, so it names nobody and says nothing.
    """

    def __init__(self, path: Path, stream: TextIO | None = None) -> None:
        """Write to ``path`` and to ``stream``, the standard output when not given."""
        self._path = path
        self._stream = stream or sys.stdout

    def send(self, message: EmailMessage) -> Outcome:
        """Append the message; LATER when the file cannot be written."""
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{message.as_string()}\n{'-' * 72}\n")
        except OSError:
            return Outcome.LATER
        self._stream.write(f"An e-mail waits in {self._path.name}: {message['Message-ID']}\n")
        self._stream.flush()
        return Outcome.SENT


class SmtpMailer:
    """Sends over ``smtp://`` (STARTTLS where it is offered) or ``smtps://``."""

    def __init__(self, url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """Take ``smtp://user:password@host:port``; user and password may be missing."""
        self._url = urlsplit(url)
        self._timeout = timeout_seconds

    def send(self, message: EmailMessage) -> Outcome:
        """Send in a connection of its own."""
        try:
            with _politely(self._connect()) as server:
                self._introduce(server)
                return _hand_over(server, message)
        except (OSError, smtplib.SMTPException):
            return Outcome.LATER  # nothing was handed over yet

    def _connect(self) -> _Server:
        host, port = self._url.hostname or "localhost", self._url.port or 0
        if self._url.scheme != "smtps":
            return _Server(host, port, timeout=self._timeout)
        context = ssl.create_default_context()
        return _SealedServer(host, port, timeout=self._timeout, context=context)

    def _introduce(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))


class _Server(smtplib.SMTP):
    """Remembers the last answer: a line that breaks after 354 may have carried the text over."""

    last_code = 0

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()
        self.last_code = code
        return code, words


class _SealedServer(_Server, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


@contextmanager
def _politely(server: _Server) -> Iterator[_Server]:
    """Take leave at the end; a failed farewell changes nothing about what was sent."""
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _hand_over(server: _Server, message: EmailMessage) -> Outcome:
    """Do the three steps one by one: only a break in the last leaves us unsure."""
    server.ehlo_or_helo_if_needed()
    code, _words = server.mail(message["From"].addresses[0].addr_spec)
    for address in message["To"].addresses:
        if code == ACCEPTED:
            code, _words = server.rcpt(address.addr_spec)
    return _data(server, message) if code == ACCEPTED else _of(code)


def _data(server: _Server, message: EmailMessage) -> Outcome:
    try:
        code, _words = server.data(message.as_bytes())
    except smtplib.SMTPDataError as refusal:
        return _of(refusal.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Outcome.UNSURE if server.last_code == GO_ON else Outcome.LATER
    return _of(code)


def _of(code: int) -> Outcome:
    if code == ACCEPTED:
        return Outcome.SENT
    return Outcome.LATER if code in TRY_LATER else Outcome.REFUSED
