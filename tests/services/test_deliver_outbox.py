"""The outbox: at least once, one Message-ID, never twice without need, alerts first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.app import build_desk
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.deliver_outbox import WAITS, Delivery, deliver_outbox
from assistant.services.desk import Desk
from assistant.services.mailers import Outcome, SmtpMailer
from assistant.services.shapes import Contact
from assistant.store.ledger import Outbox
from tests.desks import close_databases, pass_time
from tests.services.bookings import book
from tests.services.filings import HEAD, PARENT, address_of, file_case
from tests.services.mail_server import mail_server
from tests.services.test_raise_alert import raise_one

NOBODY = Contact()


class Scripted:
    """A mailer that does as it is told, for failures that a server cannot be asked for."""

    def __init__(self, *outcomes: Outcome | BaseException) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> Outcome:
        self.seen.append(message)
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome.SENT
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


def test_every_message_arrives_once_with_neutral_words(desk: Desk) -> None:
    receipt = file_case(desk)
    with mail_server() as postbox:
        mailer = SmtpMailer(postbox.url)
        assert deliver_outbox(desk, mailer) == Delivery(sent=2)
        assert deliver_outbox(desk, mailer) == Delivery()
    by_address = {str(each["To"]): each for each in postbox.taken}
    assert set(by_address) == {address_of(desk, HEAD), PARENT.email}
    for taken in postbox.taken:
        assert str(taken["From"]) == f"{desk.school.short_name} <desk@school.example>"
        assert taken["Auto-Submitted"] == "auto-generated"
        assert receipt.reference in taken.get_content()
        assert "Zephyrine" not in taken.as_string()


def test_an_invitation_travels_with_its_method(desk: Desk) -> None:
    book(desk, "key")
    with mail_server() as postbox:
        deliver_outbox(desk, SmtpMailer(postbox.url))
    for taken in postbox.taken:
        (part,) = [each for each in taken.walk() if each.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        assert "BEGIN:VEVENT" in part.get_content()


def test_a_cancellation_travels_with_its_method(desk: Desk) -> None:
    """Without it a calendar keeps the event, and goes on reminding of it."""
    meeting = book(desk, "key")
    with mail_server() as postbox:
        deliver_outbox(desk, SmtpMailer(postbox.url))
        postbox.taken.clear()
        cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
        deliver_outbox(desk, SmtpMailer(postbox.url))
    assert len(postbox.taken) == 2
    for taken in postbox.taken:
        (part,) = [each for each in taken.walk() if each.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "CANCEL"
        assert "METHOD:CANCEL" in part.get_content()


def test_what_is_put_off_comes_later_under_the_same_id(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server("later") as postbox:
        mailer = SmtpMailer(postbox.url)
        assert deliver_outbox(desk, mailer) == Delivery(put_off=1)
        assert deliver_outbox(desk, mailer) == Delivery()
        pass_time(desk, minutes=1)
        assert deliver_outbox(desk, mailer) == Delivery(sent=1)


def test_a_line_cut_after_the_text_means_one_repeat_with_the_same_id(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server("drop", "drop") as postbox:
        mailer = SmtpMailer(postbox.url)
        assert deliver_outbox(desk, mailer) == Delivery(put_off=1)
        pass_time(desk, minutes=1)
        assert deliver_outbox(desk, mailer) == Delivery(given_up=1)
        pass_time(desk, days=2)
        assert deliver_outbox(desk, mailer) == Delivery()
    first, second = postbox.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_a_refused_address_is_given_up_at_once(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server("refuse_address") as postbox:
        assert deliver_outbox(desk, SmtpMailer(postbox.url)) == Delivery(given_up=1)


@pytest.mark.parametrize(
    ("address", "given_up"),
    [
        ("not an address", 1),
        ("a@b.example, c@d.example", 1),
        ("a@b.example\r\nBcc: x@y.example", 0),  # nothing is ever written to it
        ("@", 1),
    ],
)
def test_what_a_parent_typed_can_add_no_recipient_and_no_header(
    desk: Desk, address: str, given_up: int
) -> None:
    file_case(desk, contact=Contact(email=address))
    with mail_server() as postbox:
        done = deliver_outbox(desk, SmtpMailer(postbox.url))
    assert done == Delivery(sent=1, given_up=given_up)
    assert [str(each["To"]) for each in postbox.taken] == [address_of(desk, HEAD)]


def test_a_message_that_always_fails_is_given_up_after_days_not_for_ever(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    mailer = Scripted(*[Outcome.LATER] * 50)
    for _try in range(20):
        deliver_outbox(desk, mailer)
        pass_time(desk, days=1)
    assert len(mailer.seen) == len(WAITS) + 1


def test_a_process_that_dies_while_sending_leaves_the_message_to_the_next(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    mailer = Scripted(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        deliver_outbox(desk, mailer)
    assert deliver_outbox(desk, mailer) == Delivery()
    pass_time(desk, minutes=6)
    assert deliver_outbox(desk, mailer) == Delivery(sent=1)
    first, second = mailer.seen
    assert first["Message-ID"] == second["Message-ID"]


def test_a_message_that_cannot_be_made_does_not_hold_up_the_others(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    file_case(desk, "other", contact=NOBODY)
    with desk.unit_of_work() as work:
        work.session.query(Outbox).first().body = b"broken"
        work.commit(unrecorded="a test")
    assert deliver_outbox(desk, Scripted()) == Delivery(sent=1, put_off=1)


def test_four_workers_send_each_message_once(desk: Desk) -> None:
    for number in range(6):
        file_case(desk, str(number))
    mailer = Scripted()
    with ThreadPoolExecutor(4) as pool:
        deliveries = list(pool.map(lambda _: deliver_outbox(desk, mailer), range(4)))
    assert sum(each.sent for each in deliveries) == 12
    assert len({each["Message-ID"] for each in mailer.seen}) == len(mailer.seen) == 12


def test_alerts_go_first(desk: Desk) -> None:
    file_case(desk)
    raise_one(desk)
    mailer = Scripted()
    deliver_outbox(desk, mailer)
    subjects = [each["Subject"] for each in mailer.seen]
    assert subjects[:3] == ["Please sign in to Schoolgate now"] * 3
    assert len(subjects) == 5


def test_alerts_are_sent_while_the_case_database_is_missing(desk: Desk, tmp_path: Path) -> None:
    raise_one(desk)
    gone = replace(desk.settings, database_url=f"sqlite:///{tmp_path / 'no folder' / 'gone.db'}")
    without_cases = build_desk(gone)
    assert deliver_outbox(without_cases, Scripted()) == Delivery(sent=3)
    close_databases(without_cases)


def test_every_try_is_in_the_history(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    mailer = Scripted(Outcome.LATER)
    deliver_outbox(desk, mailer)
    pass_time(desk, minutes=1)
    deliver_outbox(desk, mailer)
    with desk.unit_of_work(read_only=True) as work:
        (row,) = work.session.query(Outbox)
        assert [event.kind for event in work.events_of("outbox", row.id)] == [
            "mail.later",
            "mail.sent",
        ]
