"""The parent's page of a record, over HTTP."""

from __future__ import annotations

import pytest

from assistant.casework.calendar import to_london
from assistant.services.open_link import open_link
from tests.web.desk_stage import HEAD, Stage, at

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
