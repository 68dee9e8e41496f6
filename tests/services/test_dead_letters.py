"""Messages that were given up are seen and seen to, by those alone who may read the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsFull

from assistant.services.case_step import StepUnclear
from assistant.services.deliver_outbox import WAITS, Delivery, deliver_outbox
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.list_dead_letters import (
    DeadLetter,
    count_dead_letters,
    list_dead_letters,
)
from assistant.services.list_due import list_due
from assistant.services.mailers import Outcome, SmtpMailer
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.send_daily_head import send_daily_head
from assistant.services.settle_dead_letter import Settling, settle_dead_letter
from assistant.services.verify_history import verify_history
from assistant.services.view_alert import view_alert
from assistant.services.view_case import view_case
from assistant.store.ledger import Outbox
from assistant.store.unit_of_work import UnitOfWork
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.bookings import HOST, book
from tests.services.filings import BUSINESS_MANAGER, CHAIR, CLERK, HEAD, PARENT, file_case
from tests.services.mail_server import mail_server
from tests.services.test_deliver_outbox import NOBODY, Scripted
from tests.services.test_raise_alert import LEADS, raise_one


def refuse_everything(desk: Desk) -> None:
    deliver_outbox(desk, Scripted(*[Outcome.REFUSED] * 50))


def see_to(desk: Desk, who: str, letter: DeadLetter, how: Settling = Settling.AGAIN) -> None:
    settle_dead_letter(desk, staff_id=who, letter_id=letter.id, how=how, why="Rang her.")


def test_it_says_whom_what_why_and_since_when_and_no_word_of_a_parent(desk: Desk) -> None:
    case = file_case(desk)
    refuse_everything(desk)
    letters = list_dead_letters(desk, HEAD)
    assert {letter.to for letter in letters} == {"Mrs Ashworth, headteacher", "The parent"}
    for letter in letters:
        assert (letter.kind, letter.reference) == ("A message about a case", case.reference)
        assert (letter.tries, letter.given_up_at) == (1, desk.clock.now())
        assert "refused" in letter.problem
        assert PARENT.email not in repr(letter)
        assert "Zephyrine" not in repr(letter)
    assert list_due(desk, HEAD).dead_letters == 2


def test_only_who_may_read_the_record_finds_it(desk: Desk) -> None:
    file_case(desk, subjects=frozenset({HEAD}))
    book(desk, "meeting")
    raise_one(desk)
    refuse_everything(desk)
    found = {
        person.id: {letter.kind for letter in list_dead_letters(desk, person.id)}
        for person in desk.school.people
    }
    case, meeting = "A message about a case", "A message about a meeting"
    alert = "A message that an alert is waiting"
    assert {who for who, kinds in found.items() if case in kinds} == {CHAIR, CLERK}
    assert {who for who, kinds in found.items() if alert in kinds} == set(LEADS)
    assert HOST in {who for who, kinds in found.items() if meeting in kinds}
    for person in desk.school.people:
        assert count_dead_letters(desk, person.id) == len(list_dead_letters(desk, person.id))


def test_a_letter_about_no_record_is_seen_by_whoever_minds_the_post(desk: Desk) -> None:
    send_daily_head(desk)
    refuse_everything(desk)
    seen = {each.id for each in desk.school.people if list_dead_letters(desk, each.id)}
    assert seen == {CLERK, BUSINESS_MANAGER}


def test_nobody_sees_to_what_they_may_not_know_of(desk: Desk) -> None:
    file_case(desk, subjects=frozenset({HEAD}))
    refuse_everything(desk)
    (letter, *_) = list_dead_letters(desk, CLERK)
    for stranger in (HEAD, BUSINESS_MANAGER, "", "nobody"):
        for how in Settling:
            with pytest.raises(NotHere):
                see_to(desk, stranger, letter, how)
    for odd in ("", "0" * 32, "\x00", "x" * 9_999):
        with pytest.raises(NotHere):
            settle_dead_letter(
                desk, staff_id=CLERK, letter_id=odd, how=Settling.AGAIN, why="It is mended."
            )
    with pytest.raises(StepUnclear):
        settle_dead_letter(desk, staff_id=CLERK, letter_id=letter.id, how=Settling.AGAIN, why=" ")
    assert len(list_dead_letters(desk, CLERK)) == 3


def test_what_is_sent_again_arrives_under_its_own_id(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server("refuse_address") as postbox:
        mailer = SmtpMailer(postbox.url)
        assert deliver_outbox(desk, mailer) == Delivery(given_up=1)
        (letter,) = list_dead_letters(desk, HEAD)
        for _twice in range(2):
            see_to(desk, HEAD, letter)
        assert list_dead_letters(desk, HEAD) == ()
        assert deliver_outbox(desk, mailer) == Delivery(sent=1)
    (taken,) = postbox.taken
    assert letter.id in taken["Message-ID"]
    assert verify_history(desk) == ()


def test_what_is_refused_again_shows_who_had_it_sent_and_why(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    refuse_everything(desk)
    see_to(desk, HEAD, list_dead_letters(desk, HEAD)[0])
    refuse_everything(desk)
    ((before,),) = [letter.before for letter in list_dead_letters(desk, HEAD)]
    assert (before.title, before.words) == (
        "Mrs Ashworth, headteacher, had it sent again",
        "Rang her.",
    )


def test_what_may_have_arrived_is_not_sent_twice_more_by_one_wish(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    mailer = Scripted(*[Outcome.UNSURE] * 9)
    for _days in range(3):
        deliver_outbox(desk, mailer)
        pass_time(desk, days=1)
    assert len(mailer.seen) == 2
    see_to(desk, HEAD, list_dead_letters(desk, HEAD)[0])
    for _days in range(3):
        deliver_outbox(desk, mailer)
        pass_time(desk, days=1)
    assert len(mailer.seen) == 3


def test_what_they_were_told_otherwise_is_gone_and_stands_in_the_story(desk: Desk) -> None:
    case, alert = file_case(desk, contact=NOBODY), raise_one(desk)
    refuse_everything(desk)
    for letter in list_dead_letters(desk, HEAD):
        for _twice in range(2):
            see_to(desk, HEAD, letter, Settling.OTHERWISE)
    assert list_dead_letters(desk, HEAD) == ()
    pass_time(desk, days=3)
    assert deliver_outbox(desk, Scripted()) == Delivery()
    told = "Mrs Ashworth, headteacher, told them otherwise what an e-mail could not"
    titles = [entry.title for entry in view_case(desk, HEAD, case.reference).timeline]
    assert titles.count(told) == 1
    assert [entry.title for entry in view_alert(desk, HEAD, alert.id).timeline].count(told) == 3
    assert verify_history(desk) == ()


def test_an_alert_that_is_refused_time_after_time_is_one_line_for_each_lead(desk: Desk) -> None:
    raise_one(desk)
    for _quarter in range(3):
        refuse_everything(desk)
        pass_time(desk, minutes=15)
        repeat_alerts(desk)
    letters = list_dead_letters(desk, HEAD)
    assert [letter.tries for letter in letters] == [3, 3, 3]
    assert count_dead_letters(desk, HEAD) == 3
    see_to(desk, HEAD, letters[0])
    assert {letter.to for letter in list_dead_letters(desk, HEAD)} == {
        letter.to for letter in letters[1:]
    }


def test_a_server_that_is_down_for_days_makes_a_dead_letter(desk: Desk) -> None:
    file_case(desk, contact=NOBODY)
    for _try in range(len(WAITS) + 1):
        deliver_outbox(desk, Scripted(Outcome.LATER))
        pass_time(desk, days=1)
    (letter,) = list_dead_letters(desk, HEAD)
    assert letter.tries == len(WAITS) + 1
    assert "could not be reached" in letter.problem
    with desk.unit_of_work(read_only=True) as work:
        assert work.session.query(Outbox).one().delivered_at is None


class GoneAfter:
    """Opens the alerts database so many times, and then fails as a full or missing one does."""

    def __init__(self, desk: Desk, times: int, problem: Exception) -> None:
        self.open_work, self.times, self.problem = desk.alerts_unit_of_work, times, problem

    def __call__(self, *, read_only: bool = False) -> UnitOfWork:
        self.times -= 1
        if self.times < 0:
            raise self.problem
        return self.open_work(read_only=read_only)


@ON_SQLITE
@pytest.mark.parametrize("problem", [OperationalError("", {}, OSError()), PoolIsFull("full")])
@pytest.mark.parametrize("times", [0, 1])
def test_whatever_becomes_of_the_alerts_database_the_list_of_cases_stands(
    desk: Desk, times: int, problem: Exception
) -> None:
    file_case(desk)
    raise_one(desk)
    refuse_everything(desk)
    found = list_due(replace(desk, alerts_unit_of_work=GoneAfter(desk, times, problem)), HEAD)
    assert (len(found.cases.rows), found.dead_letters) == (1, 2)
    assert (found.alerts is None) == (times == 0)


def test_counting_reads_no_word_of_any_message(desk: Desk) -> None:
    file_case(desk)
    raise_one(desk)
    refuse_everything(desk)
    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert count_dead_letters(desk, HEAD) == 2 + 3
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert any("outbox" in each for each in asked)
    assert not any("body" in each or "subject," in each for each in asked)
