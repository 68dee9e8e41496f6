"""What staff do at the desk with what they may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.casework.kinds import CaseStatus, MeetingStatus
from assistant.services.add_note import add_note
from assistant.services.case_lists import list_cases
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import NotPossibleNow, TextTooLong
from assistant.services.list_alerts import list_alerts
from assistant.services.list_due import list_due
from assistant.services.mark_meeting import mark_meeting
from assistant.services.shapes import Needs
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.view_case import view_case
from assistant.services.view_meeting import view_meeting
from assistant.store.alert_tables import Alert
from assistant.store.tables import RecordNote
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.bookings import HOST, book
from tests.services.filings import CHILD, HEAD, PARENT, STATEMENT, file_case, mail, rows_of

pytestmark = ON_SQLITE


def move(desk: Desk, reference: str, status: CaseStatus, key: str = "key", why: str = "") -> None:
    change_status(
        desk, staff_id=HEAD, reference=reference, status=status, idempotency_key=key, why=why
    )


def test_the_list_shows_what_is_mine(desk: Desk) -> None:
    case, meeting = file_case(desk), book(desk, "key")
    assert [row.reference for row in list_cases(desk, HEAD).rows] == [case.reference]
    assert [row.reference for row in list_due(desk, HOST).meetings] == [meeting.reference]
    assert list_cases(desk, "mr-lund").rows == list_due(desk, "mr-lund").meetings == ()


def test_a_case_shows_everything_to_its_handler(desk: Desk) -> None:
    view = view_case(desk, HEAD, file_case(desk).reference)
    assert (view.statement, view.outcome_wanted) == (STATEMENT, "An apology and a plan.")
    assert (view.row.contact, view.row.child.name) == (PARENT, CHILD)
    assert view.needs == Needs(interpreter="Polish")
    assert view.deemed_received_on == date(2026, 11, 24)
    assert [(entry.voice, entry.words) for entry in view.timeline] == [("parent", STATEMENT)]


def test_every_reading_is_in_the_history(desk: Desk) -> None:
    case = file_case(desk)
    view_case(desk, HEAD, case.reference)
    view_case(desk, HEAD, case.reference)
    with desk.unit_of_work(read_only=True) as work:
        events = [(event.kind, event.actor) for event in work.events_of("case", case.id)]
    assert events == [("case.opened", "parent"), ("case.read", HEAD), ("case.read", HEAD)]


def test_a_note_is_on_the_timeline_once_however_often_it_is_sent(desk: Desk) -> None:
    reference = file_case(desk).reference
    pass_time(desk, minutes=1)
    for _twice in range(2):
        add_note(
            desk, staff_id=HEAD, reference=reference, words="I rang them.", idempotency_key="n"
        )
    last = view_case(desk, HEAD, reference).timeline[-1]
    assert (last.voice, last.title, last.words) == (
        "staff",
        "Mrs Ashworth, headteacher",
        "I rang them.",
    )
    assert rows_of(desk.unit_of_work, RecordNote) == 1


def test_a_note_that_is_too_long_is_refused_whole(desk: Desk) -> None:
    reference = file_case(desk).reference
    with pytest.raises(TextTooLong):
        add_note(
            desk,
            staff_id=HEAD,
            reference=reference,
            words="x" * (MOST_CHARACTERS + 1),
            idempotency_key="n",
        )


def test_a_change_of_status_says_who_and_why_and_keeps_its_date(desk: Desk) -> None:
    reference = file_case(desk).reference
    pass_time(desk, minutes=1)
    move(desk, reference, CaseStatus.ACKNOWLEDGED, why="Wrote to them.")
    view = view_case(desk, HEAD, reference)
    assert view.row.status_label == "Acknowledged"
    assert view.timeline[-1].title == (
        "Mrs Ashworth, headteacher, changed the status to “Acknowledged”"
    )
    assert view.timeline[-1].words == "Wrote to them."
    assert {each.name: each.met_at is not None for each in view.row.deadlines} == {
        "Acknowledge": True,
        "Reply": False,
    }


def test_the_parent_hears_that_there_is_news_but_not_which(desk: Desk) -> None:
    reference = file_case(desk).reference
    for _twice in range(2):
        move(desk, reference, CaseStatus.ACKNOWLEDGED, why="A secret reason")
    news = [body for to, _subject, body in mail(desk) if to == PARENT.email and "news" in body]
    assert len(news) == 1
    assert "cknowledged" not in news[0]
    assert "secret" not in news[0]


@pytest.mark.parametrize("status", [CaseStatus.RECEIVED, CaseStatus.WITHDRAWN])
def test_a_case_cannot_go_where_the_procedure_does_not(desk: Desk, status: CaseStatus) -> None:
    reference = file_case(desk).reference
    with pytest.raises(NotPossibleNow):
        move(desk, reference, status)


def test_a_case_passed_to_safeguarding_raises_an_alert_with_the_parents_words(desk: Desk) -> None:
    reference = file_case(desk).reference
    move(desk, reference, CaseStatus.DIVERTED)
    (row,) = list_alerts(desk, "mr-mensah")
    with desk.alerts_unit_of_work(read_only=True) as work:
        assert work.unseal(work.session.get_one(Alert, row.id), "words") == STATEMENT
    assert view_case(desk, HEAD, reference).next_statuses == ()


def test_a_meeting_is_marked_once_it_has_begun(desk: Desk) -> None:
    meeting = book(desk, "key")
    mark = {"staff_id": HOST, "reference": meeting.reference, "idempotency_key": "m"}
    assert view_meeting(desk, HOST, meeting.reference).marks == ()
    with pytest.raises(NotPossibleNow):
        mark_meeting(desk, status=MeetingStatus.ATTENDED, **mark)
    desk.clock.instant = meeting.starts_at + timedelta(minutes=20)
    for _twice in range(2):
        mark_meeting(desk, status=MeetingStatus.ATTENDED, **mark)
    view = view_meeting(desk, HOST, meeting.reference)
    assert view.row.status_label == "Took place"
    assert view.marks == ("not_attended", "phoned")
    assert view.timeline[-1].title == "Mr Bennett, class teacher, marked the meeting “Took place”"


def test_a_meeting_shows_what_the_parent_wants_to_talk_about(desk: Desk) -> None:
    meeting = book(desk, "key")
    view = view_meeting(desk, HOST, meeting.reference)
    assert view.note == "about reading at home"
    assert view.readers == ("Mr Bennett, class teacher",)
    add_note(desk, staff_id=HOST, reference=meeting.reference, words="Agreed.", idempotency_key="n")
    assert view_meeting(desk, HOST, meeting.reference).timeline[-1].words == "Agreed."
