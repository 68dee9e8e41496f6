"""The parent's page of a record, over HTTP."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.services.open_link import open_link
from assistant.store.alert_tables import Alert
from tests.desks import stored
from tests.web.desk_stage import DEPUTY, HEAD, Stage, at

pytestmark = pytest.mark.slow


def test_reading_the_page_changes_nothing_however_often(stage: Stage) -> None:
    case = stage.case("read only")
    before = open_link(stage.desk, token=case.token)
    with stage.visitor() as parent:
        for suffix in ("", "?done=withdrawn", "?done=cancelled"):
            page = parent.get(f"/r/{case.token}{suffix}")
            assert page.status_code == 200
            assert "is withdrawn" not in page.text
        for act in ("cancel", "withdraw", "note"):
            assert parent.get(f"/r/{case.token}/{act}").status_code == 404
    assert open_link(stage.desk, token=case.token) == before


def test_a_case_says_where_it_stands_and_what_happens_next_with_dates(stage: Stage) -> None:
    case = stage.case("status", when=at("2026-11-23"))
    with stage.visitor() as parent:
        page = parent.get(f"/r/{case.token}").text
    for words in (
        case.reference,
        "Received",
        "Mrs Ashworth, headteacher",
        "By Monday 30 November 2026",
        "By Monday 14 December 2026",
        "He was kept in at lunch",
    ):
        assert words in page


def test_notes_of_staff_are_not_on_the_parents_page(stage: Stage) -> None:
    case = stage.case("private notes")
    desk_page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        head.submit(desk_page, f"{desk_page}/notes", note="Check with the midday team.")
    with stage.visitor() as parent:
        assert "midday team" not in parent.get(f"/r/{case.token}").text


def test_withdrawing_is_confirmed_in_writing_and_happens_once(stage: Stage) -> None:
    case = stage.case("withdrawn")
    page = f"/r/{case.token}"
    with stage.visitor() as parent:
        fields = parent.hidden(page)
        first = parent.post(f"{page}/withdraw", data=fields)
        assert first.headers["location"] == f"{page}?done=withdrawn"
        written = parent.get(first.headers["location"]).text
        assert "it says so in writing" in written
        assert "Withdrawn by the parent" in written
        assert "Withdraw this" not in written
        again = parent.post(f"{page}/withdraw", data={**fields, "idempotency_key": "another-key"})
        assert "Nothing was changed" in parent.get(again.headers["location"]).text


def test_words_that_a_parent_adds_reach_the_desk(stage: Stage) -> None:
    case = stage.case("added")
    page = f"/r/{case.token}"
    with stage.visitor() as parent:
        answer = parent.submit(page, f"{page}/note", note="It happened again today.")
        assert "has been added" in parent.get(answer.headers["location"]).text
        nothing = parent.submit(page, f"{page}/note", note=" ")
        assert nothing.status_code == 400
        assert "Write a few words first." in nothing.text
        long = parent.submit(page, f"{page}/note", note="word " * 5_000)
        assert "Make it shorter" in long.text
        assert "word word word" in long.text
    with stage.signed_in(HEAD) as head:
        assert "It happened again today." in head.get(f"/desk/cases/{case.reference}").text


def test_a_meeting_shows_time_and_place_and_can_be_cancelled_once(stage: Stage) -> None:
    booked = stage.meeting("cancelled")
    page = f"/r/{booked.token}"
    with stage.visitor() as parent:
        shown = parent.get(page).text
        assert f"{to_london(booked.starts_at):%A %-d %B %Y}" in shown
        assert booked.place in shown
        fields = parent.hidden(page)
        answer = parent.post(f"{page}/cancel", data=fields)
        assert "Your meeting is cancelled" in parent.get(answer.headers["location"]).text
        assert "Cancel this meeting" not in parent.get(page).text
        again = parent.post(f"{page}/cancel", data={**fields, "idempotency_key": "another-key"})
        assert "Nothing was changed" in parent.get(again.headers["location"]).text


def test_a_case_cannot_be_cancelled_nor_a_meeting_withdrawn(stage: Stage) -> None:
    case, booked = stage.case("not cancelled"), stage.meeting("not withdrawn")
    with stage.visitor() as parent:
        answer = parent.submit(f"/r/{case.token}", f"/r/{case.token}/cancel")
        assert "done=nothing" in answer.headers["location"]
        assert parent.submit(f"/r/{booked.token}", f"/r/{booked.token}/withdraw").status_code == 404


def test_a_link_that_opens_nothing_says_what_to_do(stage: Stage) -> None:
    with stage.visitor() as parent:
        for token in ("abc", "A" * 22, "x" * 500, "%00"):
            page = parent.get(f"/r/{token}")
            assert page.status_code == 404
            assert "This link does not work" in page.text
            assert stage.desk.school.phone in page.text


def test_a_form_without_our_token_changes_nothing(stage: Stage) -> None:
    case = stage.case("forged")
    with stage.visitor() as parent:
        answer = parent.post(f"/r/{case.token}/withdraw", data={"idempotency_key": "k" * 20})
        assert answer.status_code == 403
        assert "Withdraw this" in parent.get(f"/r/{case.token}").text


def times_on(page: str) -> list[str]:
    return re.findall(r'type="radio" value="([^"]+)"', page)


def test_a_meeting_moves_and_its_reference_and_link_stay(stage: Stage) -> None:
    booked = stage.meeting("moving", host=DEPUTY)
    page = f"/r/{booked.token}"
    with stage.visitor() as parent:
        new = times_on(parent.get(f"{page}/move").text)[-1]
        answer = parent.submit(f"{page}/move", f"{page}/move", starts_at=new)
        assert answer.headers["location"] == f"{page}?done=moved"
        shown = parent.get(answer.headers["location"]).text
    record = open_link(stage.desk, token=booked.token)
    assert record
    assert record.starts_at
    assert record.starts_at.isoformat() == new
    assert "Your meeting has the time below" in shown
    assert booked.reference in shown


def test_a_move_sent_twice_is_one_move(stage: Stage) -> None:
    booked = stage.meeting("moving twice", host=DEPUTY)
    page = f"/r/{booked.token}/move"
    with stage.visitor() as parent:
        fields = {**parent.hidden(page), "starts_at": times_on(parent.get(page).text)[-1]}
        first, again = parent.post(page, data=fields), parent.post(page, data=fields)
        file = parent.get(f"/r/{booked.token}/calendar")
    assert first.headers["location"] == again.headers["location"]
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert int(event["sequence"]) == 1


def test_a_time_that_has_gone_leaves_the_meeting_where_it_was(stage: Stage) -> None:
    booked = stage.meeting("stays", host=DEPUTY)
    page = f"/r/{booked.token}/move"
    with stage.visitor() as parent:
        fields, wanted = parent.hidden(page), times_on(parent.get(page).text)[0]
        other = stage.meeting("faster", host=DEPUTY)
        assert other.starts_at.isoformat() == wanted
        answer = parent.post(page, data={**fields, "starts_at": wanted})
        assert answer.status_code == 409
        assert "Your meeting is still at its old time" in answer.text
        assert answer.text.count('id="instead-') == 3
        assert parent.post(page, data=fields).status_code == 400
    record = open_link(stage.desk, token=booked.token)
    assert record
    assert record.starts_at == booked.starts_at


def test_every_page_of_the_link_only_shows(stage: Stage) -> None:
    booked = stage.meeting("scanned", host=DEPUTY)
    tables = ("meeting", "cell", "record_note", "done_request", "time_offer")
    before = stored(stage.desk.unit_of_work, *tables)
    with stage.visitor() as parent:
        for _ in range(2):
            for part in ("", "/move", "/calendar", "/cancel", "/note", "/move?part=late"):
                parent.get(f"/r/{booked.token}{part}")
    assert stored(stage.desk.unit_of_work, *tables) == before


def test_a_cancelled_meeting_says_so_and_how_to_book_again(stage: Stage) -> None:
    booked = stage.meeting("off", host=DEPUTY)
    page = f"/r/{booked.token}"
    with stage.visitor() as parent:
        fields = parent.hidden(page)
        parent.post(f"{page}/cancel", data=fields)
        shown = parent.get(page).text
        assert "This meeting is cancelled" in shown
        assert 'href="/meet"' in shown
        assert "/move" not in shown
        moved = parent.get(f"{page}/move")
        assert moved.headers["location"] == f"{page}?done=nothing"
        assert (
            "done=nothing"
            in parent.post(f"{page}/note", data={**fields, "note": "x"}).headers["location"]
        )


def test_words_about_the_reader_of_a_meeting_wait_for_a_yes(stage: Stage) -> None:
    booked = stage.meeting("named", host=DEPUTY)
    page = f"/r/{booked.token}"
    with stage.visitor() as parent:
        asked = parent.submit(page, f"{page}/note", note="Mr Mensah was rude to me.")
        assert asked.status_code == 400
        assert "Mr Mensah was rude to me." in asked.text
        assert "It is not about them" in asked.text
        added = parent.submit(
            page, f"{page}/note", note="Mr Mensah was rude to me.", readers_may="yes"
        )
        assert added.headers["location"] == f"{page}?done=added"


def test_the_pages_of_the_link_need_no_cookie(stage: Stage) -> None:
    booked = stage.meeting("no cookie", host=DEPUTY)
    page = f"/r/{booked.token}"
    with stage.visitor() as parent:
        shown = parent.get(page)
        assert "set-cookie" not in shown.headers
        assert parent.submit(page, f"{page}/cancel").status_code == 303


def test_a_case_has_no_times_and_no_calendar(stage: Stage) -> None:
    case = stage.case("no times")
    with stage.visitor() as parent:
        for part in ("move", "calendar"):
            answer = parent.get(f"/r/{case.token}/{part}")
            assert answer.status_code == 404


def test_danger_in_a_note_is_passed_on_once_and_answered_first(stage: Stage) -> None:
    case = stage.case("danger in a note")
    page, words = f"/r/{case.token}", "break. he has a knife and he is here now, at home"
    with stage.visitor() as parent:
        fields = {**parent.hidden(page), "note": words}
        shown = [parent.post(f"{page}/note", data=fields) for _ in range(2)][-1]
    assert shown.status_code == 200
    assert shown.text.index("Please read this first") < shown.text.index("<h1")
    assert shown.text.count(words) == 1
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        alerts = [work.unseal(row, "words") for row in work.session.scalars(select(Alert))]
    assert alerts.count(words) == 1
