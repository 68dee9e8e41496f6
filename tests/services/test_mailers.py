"""Every mailer keeps the same promises: it never raises, and says what became of a message."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from assistant.services.mailers import (
    OUTBOX_FILE,
    ConsoleMailer,
    Mailer,
    Outcome,
    SmtpMailer,
    build_mailer,
)
from assistant.settings import Settings
from tests.services.mail_server import mail_server


def message(body: str = "Please sign in.") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["To"] = Address(addr_spec="ottoline@home.example")
    made["From"] = Address("Thornleigh Green", addr_spec="desk@school.example")
    made["Subject"] = "A message from Thornleigh Green"
    made["Message-ID"] = "<one@school.example>"
    made.set_content(body)
    return made


class TestEveryMailer:
    """One class over all of them."""

    @pytest.fixture(params=["smtp", "console"])
    def mailer(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mailer]:
        if request.param == "console":
            yield ConsoleMailer(tmp_path / OUTBOX_FILE, io.StringIO())
            return
        with mail_server() as postbox:
            yield SmtpMailer(postbox.url)

    def test_a_message_is_sent(self, mailer: Mailer) -> None:
        assert mailer.send(message()) is Outcome.SENT

    def test_words_in_any_script_are_sent(self, mailer: Mailer) -> None:
        assert mailer.send(message("Dziękuję 😡 שלום\n.\n.")) is Outcome.SENT


def test_the_server_gets_the_message_as_it_was() -> None:
    with mail_server() as postbox:
        SmtpMailer(postbox.url).send(message("Dziękuję.\n.\nEnd."))
    (taken,) = postbox.taken
    assert (taken["Message-ID"], taken["To"]) == ("<one@school.example>", "ottoline@home.example")
    assert taken.get_content().replace("\r\n", "\n") == "Dziękuję.\n.\nEnd.\n"


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        ("later", Outcome.LATER),
        ("refuse", Outcome.REFUSED),
        ("later_greeting", Outcome.LATER),
        ("refuse_greeting", Outcome.LATER),  # the server's trouble, and not the message's
        ("hang_greeting", Outcome.LATER),
        ("later_sender", Outcome.LATER),
        ("refuse_sender", Outcome.REFUSED),
        ("later_address", Outcome.LATER),
        ("refuse_address", Outcome.REFUSED),
        ("drop_at_data", Outcome.LATER),
        ("drop", Outcome.UNSURE),
        ("hang", Outcome.UNSURE),
    ],
)
def test_what_the_server_says_is_what_we_know(mood: str, outcome: Outcome) -> None:
    with mail_server(mood) as postbox:
        mailer = SmtpMailer(postbox.url, timeout_seconds=0.5)
        assert mailer.send(message()) is outcome
        assert len(postbox.taken) == (outcome is Outcome.UNSURE)
        assert mailer.send(message()) is Outcome.SENT


def test_a_server_that_is_not_there_means_later() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
        assert SmtpMailer(url).send(message()) is Outcome.LATER


def test_a_server_that_never_speaks_means_later() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        assert SmtpMailer(url, timeout_seconds=0.3).send(message()) is Outcome.LATER


def test_a_server_without_sign_in_means_later_and_not_in_clear() -> None:
    with mail_server() as postbox:
        url = postbox.url.replace("smtp://", "smtp://user:pass%40word@")
        assert SmtpMailer(url).send(message()) is Outcome.LATER
    assert postbox.taken == []


def test_the_console_names_nobody_and_the_file_keeps_all(tmp_path: Path) -> None:
    screen = io.StringIO()
    mailer = ConsoleMailer(tmp_path / OUTBOX_FILE, screen)
    sent = [message("First."), message("Second.")]
    for each in sent:
        mailer.send(each)
    lines = [f"An e-mail waits in {OUTBOX_FILE}: {each['Message-ID']}" for each in sent]
    assert screen.getvalue().splitlines() == lines
    kept = (tmp_path / OUTBOX_FILE).read_text(encoding="utf-8")
    assert kept.index("First.") < kept.index("Second.")


def test_a_file_that_cannot_be_written_means_later(tmp_path: Path) -> None:
    mailer = ConsoleMailer(tmp_path / "no folder" / OUTBOX_FILE, io.StringIO())
    assert mailer.send(message()) is Outcome.LATER


def test_the_settings_choose_the_mailer(tmp_path: Path) -> None:
    plain = {"SCHOOLGATE_DATA": str(tmp_path)}
    assert isinstance(build_mailer(Settings.load(plain)), ConsoleMailer)
    smtp = plain | {"SCHOOLGATE_SMTP_URL": "smtp://127.0.0.1:2525"}
    assert isinstance(build_mailer(Settings.load(smtp)), SmtpMailer)
