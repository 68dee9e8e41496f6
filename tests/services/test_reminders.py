"""Reminders go out once, in time, and never for a meeting that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.deliver_outbox import Delivery, deliver_outbox
from assistant.services.desk import Desk
from assistant.services.mailers import Outcome, SmtpMailer
from assistant.services.move_meeting import move_meeting
from assistant.services.reminders import REMINDER
from assistant.services.shapes import Contact, MeetingReceipt
from assistant.store.ledger import Outbox
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book
from tests.services.filings import address_of
from tests.services.mail_server import Postbox, mail_server
from tests.services.offers import FRIDAY_NOON, THURSDAY_NOON, answer, propose

pytestmark = ON_SQLITE

UNSAFE = Contact("Sam", "07700 900123", "sam@parent.example", safe=False)


def planned(desk: Desk) -> list[Outbox]:
    with desk.unit_of_work(read_only=True) as work:
        mine = work.session.query(Outbox).filter(Outbox.target_kind == REMINDER)
        return list(mine.order_by(Outbox.due_at))


def go_round(desk: Desk, postbox: Postbox) -> Delivery:
    return deliver_outbox(desk, SmtpMailer(postbox.url))


def reminders(postbox: Postbox) -> list[EmailMessage]:
    return [each for each in postbox.taken if "A reminder" in each.as_string()]


def cancel(desk: Desk, meeting: MeetingReceipt) -> None:
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")


def test_both_sides_are_reminded_a_day_before_and_once(desk: Desk) -> None:
    meeting = book(desk, "key", THURSDAY_NOON)
    with mail_server() as postbox:
        go_round(desk, postbox)
        assert reminders(postbox) == []
        pass_time(desk, days=1, hours=1, minutes=44)
        go_round(desk, postbox)
        assert reminders(postbox) == []
        pass_time(desk, minutes=1)  # noon on Wednesday
        assert go_round(desk, postbox) == Delivery(sent=2)
        assert go_round(desk, postbox) == Delivery()
    sent = {str(each["To"]): each for each in reminders(postbox)}
    assert set(sent) == {PARENT.email, address_of(desk, HOST)}
    for letter in sent.values():
        assert "Thursday 26 November, 12 noon to 12.15pm" in letter.get_content()
        assert str(letter["Subject"]) == f"A message from {desk.school.short_name}"
    assert f"/r/{meeting.token}" in sent[PARENT.email].get_content()


def test_a_meeting_that_is_booked_late_has_no_reminder(desk: Desk) -> None:
    book(desk, "key", HALF_PAST_NINE)  # a little less than a day ahead
    assert planned(desk) == []


def test_a_school_may_choose_the_hours_or_none(desk: Desk) -> None:
    early = replace(desk, settings=replace(desk.settings, reminder_hours=2))
    book(early, "key", HALF_PAST_NINE)
    assert {row.due_at for row in planned(desk)} == {HALF_PAST_NINE - timedelta(hours=2)}
    never = replace(desk, settings=replace(desk.settings, reminder_hours=0))
    book(never, "other", THURSDAY_NOON)
    assert len(planned(desk)) == 2


def test_only_the_host_is_reminded_when_the_parents_address_is_not_safe(desk: Desk) -> None:
    book(desk, "key", THURSDAY_NOON, contact=UNSAFE)
    (row,) = planned(desk)
    with desk.unit_of_work(read_only=True) as work:
        assert work.unseal(row, "recipient") == address_of(desk, HOST)


def test_the_reminder_of_a_cancelled_meeting_is_never_sent(desk: Desk) -> None:
    meeting = book(desk, "key", THURSDAY_NOON)
    cancel(desk, meeting)
    assert planned(desk) == []
    with mail_server() as postbox:
        pass_time(desk, days=2)
        go_round(desk, postbox)
    assert len(postbox.taken) == 4
    assert reminders(postbox) == []


@pytest.mark.parametrize("way", ["move", "accept"])
def test_a_meeting_that_moved_is_reminded_of_at_its_new_time_only(desk: Desk, way: str) -> None:
    meeting = book(desk, "key", THURSDAY_NOON)
    if way == "move":
        move_meeting(desk, meeting_id=meeting.id, starts_at=FRIDAY_NOON, idempotency_key="m")
    else:
        answer(desk, meeting, propose(desk, meeting, FRIDAY_NOON), accept=True)
    assert [row.due_at for row in planned(desk)] == [FRIDAY_NOON - timedelta(hours=24)] * 2
    with mail_server() as postbox:
        for _hour in range(80):
            pass_time(desk, hours=1)
            go_round(desk, postbox)
    assert len(reminders(postbox)) == 2
    assert all("Friday 27 November" in each.get_content() for each in reminders(postbox))


class Interrupted:
    """A mailer that does something the moment the first letter of a batch is handed over."""

    def __init__(self, postbox: Postbox, act: object) -> None:
        self._mailer, self._act = SmtpMailer(postbox.url), act

    def send(self, message: EmailMessage) -> Outcome:
        act, self._act = self._act, None
        if callable(act):
            act()
        return self._mailer.send(message)


@pytest.mark.parametrize("way", ["cancel", "move"])
def test_a_reminder_that_was_leased_is_not_sent_once_its_meeting_changed(
    desk: Desk, way: str
) -> None:
    """The lease takes a whole batch; the meeting changes while the letter before is sent."""
    meeting = book(desk, "key", THURSDAY_NOON)
    with mail_server() as postbox:
        go_round(desk, postbox)
        pass_time(desk, days=1, hours=1)
        book(desk, "other", london("2026-11-25T16:00"), contact=Contact("Ann", "1", "a@b.example"))
        pass_time(desk, minutes=45)
        before = len(postbox.taken)

        def change() -> None:
            if way == "cancel":
                cancel(desk, meeting)
            else:
                later = london("2026-12-03T12:00")
                move_meeting(desk, meeting_id=meeting.id, starts_at=later, idempotency_key="m")

        done = deliver_outbox(desk, Interrupted(postbox, change))
        assert done == Delivery(sent=2)
        assert len(postbox.taken) == before + 2
        assert reminders(postbox) == []
        assert go_round(desk, postbox) == Delivery(sent=2), "the news of the change"
        pass_time(desk, minutes=10)
        go_round(desk, postbox)
        assert reminders(postbox) == []


def test_a_reminder_that_is_overtaken_by_its_meeting_is_given_up(desk: Desk) -> None:
    book(desk, "key", THURSDAY_NOON)
    with mail_server() as postbox:
        go_round(desk, postbox)
        pass_time(desk, days=2, hours=2)  # nobody went a round until the meeting had begun
        assert go_round(desk, postbox) == Delivery(given_up=2)
        assert go_round(desk, postbox) == Delivery()
    assert reminders(postbox) == []
    with desk.unit_of_work(read_only=True) as work:
        told = {event.kind for row in planned(desk) for event in work.events_of("outbox", row.id)}
    assert told == {"mail.unwanted"}


def test_a_letter_that_was_sent_while_its_row_was_removed_is_in_the_history(desk: Desk) -> None:
    meeting = book(desk, "key", THURSDAY_NOON, contact=UNSAFE)
    with mail_server() as postbox:
        go_round(desk, postbox)
        pass_time(desk, days=1, hours=2)
        (row,) = planned(desk)
        done = deliver_outbox(desk, Interrupted(postbox, lambda: cancel(desk, meeting)))
    assert done == Delivery(sent=1)
    with desk.unit_of_work(read_only=True) as work:
        assert [event.kind for event in work.events_of("outbox", row.id)] == ["mail.sent"]
