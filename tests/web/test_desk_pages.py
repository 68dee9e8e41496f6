"""The desk, over HTTP, with real work on it."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import CaseKind, MeetingMode
from assistant.services.shapes import Child
from tests.web.desk_stage import DEPUTY, HEAD, IDLE, TEACHER, Stage, at

pytestmark = pytest.mark.slow


def test_what_is_late_comes_first_and_says_so_in_words(stage: Stage) -> None:
    fresh = stage.case("order fresh", when=at("2026-11-23"))
    late = stage.case("order late", when=at("2026-10-19"))
    with stage.signed_in(HEAD) as head:
        page = head.get("/desk").text
    assert page.index(late.reference) < page.index(fresh.reference)
    row = page[page.index(late.reference) : page.index(late.reference) + 1200]
    assert "<strong>22 days late</strong>" in row
    assert "Acknowledge by Mon 2 Nov" in row
    assert "late" in page[: page.index("<table")]


def test_an_empty_desk_says_what_would_be_there(stage: Stage) -> None:
    with stage.signed_in(IDLE) as idle:
        for path, words in (
            ("/desk", "Nothing is waiting for you"),
            ("/desk/cases", "Concerns, complaints and call-back requests"),
            ("/desk/meetings", "When a parent books a time with you"),
        ):
            assert words in idle.get(path).text


def test_a_case_shows_the_parents_words_the_dates_and_the_sum_behind_each(stage: Stage) -> None:
    case = stage.case(
        "shown", when=at("2026-10-19"), words="Nobody rang me back.", wanted="A call."
    )
    with stage.signed_in(HEAD) as head:
        page = head.get(f"/desk/cases/{case.reference}").text
    for words in (
        "Nobody rang me back.",
        "A call.",
        "Dana Whitlock",
        "07700 900123",
        "Finn, Year 4",
    ):
        assert words in page
    assert "Monday 2 November 2026" in page
    assert "half term" in page


def test_what_a_parent_typed_is_shown_as_text_and_never_as_markup(stage: Stage) -> None:
    case = stage.case("markup", words="<script>alert(1)</script>", parent="<b>Eve</b>")
    with stage.signed_in(HEAD) as head:
        page = head.get(f"/desk/cases/{case.reference}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Eve" not in page


def test_a_case_behind_the_wall_looks_exactly_like_one_that_does_not_exist(stage: Stage) -> None:
    case = stage.case("about the head", about=frozenset({HEAD}))
    with stage.signed_in(HEAD) as head:
        walled = head.get(f"/desk/cases/{case.reference}")
        missing = head.get("/desk/cases/SG-000-000-000")
        noted = head.submit("/desk", f"/desk/cases/{case.reference}/notes", note="I was here")
        lists = head.get("/desk").text + head.get("/desk/cases").text
    assert walled.status_code == missing.status_code == noted.status_code == 404
    assert walled.content == missing.content
    assert dict(walled.headers) == dict(missing.headers)
    assert case.reference not in lists


def test_a_note_is_added_once_however_often_the_form_is_sent(stage: Stage) -> None:
    case = stage.case("noted")
    page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        fields = head.hidden(page)
        for _ in range(2):
            answer = head.post(f"{page}/notes", data={**fields, "note": "Rang Dana at noon."})
            assert answer.headers["location"] == page
        assert head.get(page).text.count("Rang Dana at noon.") == 1


def test_an_empty_note_is_refused_in_words_and_nothing_is_saved(stage: Stage) -> None:
    case = stage.case("empty note")
    page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        answer = head.submit(page, f"{page}/notes", note="  \u200b ")
    assert answer.status_code == 400
    assert "Write a few words first." in answer.text
    assert "<title>Error: " in answer.text


def test_a_status_changes_only_with_a_reason_and_only_along_a_legal_move(stage: Stage) -> None:
    case = stage.case("moved")
    page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        assert "Withdrawn by the parent" not in head.get(page).text
        bare = head.submit(page, f"{page}/status", status="acknowledged", reason="")
        assert (bare.status_code, "Say why, in one sentence" in bare.text) == (400, True)
        odd = head.submit(page, f"{page}/status", status="withdrawn", reason="They rang")
        assert (odd.status_code, "moved on" in odd.text) == (400, True)
        made_up = head.submit(page, f"{page}/status", status="lost", reason="Why not")
        assert (made_up.status_code, "Choose the new status" in made_up.text) == (400, True)
        head.submit(page, f"{page}/status", status="acknowledged", reason="Letter sent")
        after = head.get(page).text
    assert "changed the status to “Acknowledged”" in after
    assert "Letter sent" in after


def test_a_finished_case_moves_to_the_finished_list_and_owes_nothing(stage: Stage) -> None:
    case = stage.case("closed", when=at("2026-10-19"))
    page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        head.submit(page, f"{page}/status", status="closed", reason="Settled by phone")
        assert case.reference not in head.get("/desk").text
        assert case.reference not in head.get("/desk/cases").text
        cases = head.get("/desk/cases?status=finished").text
    assert case.reference in cases


def test_a_concern_goes_to_the_class_teacher_and_the_head_does_not_see_it(stage: Stage) -> None:
    concern = stage.case("concern", CaseKind.CONCERN, child=Child("Finn", 4, "4B"))
    with stage.signed_in(TEACHER) as teacher, stage.signed_in(DEPUTY) as deputy:
        assert concern.reference in teacher.get("/desk").text
        assert deputy.get(f"/desk/cases/{concern.reference}").status_code == 404


def test_a_meeting_stands_under_its_day_with_what_the_host_must_know(stage: Stage) -> None:
    booked = stage.meeting("diary", host=DEPUTY, mode=MeetingMode.PHONE)
    with stage.signed_in(DEPUTY) as deputy:
        diary = deputy.get("/desk/meetings").text
        page = deputy.get(f"/desk/meetings/{booked.reference}").text
    assert booked.reference in diary
    assert "By phone" in diary
    assert "not safe to write to: ring instead" in page
    assert "Urdu interpreter (booked), brings a supporter" in page
    assert "Say how it went" not in page


def test_a_meeting_that_is_over_asks_how_it_went_and_then_leaves_the_list(stage: Stage) -> None:
    held = stage.meeting("held", host=DEPUTY, when=at("2026-11-17"))
    page = f"/desk/meetings/{held.reference}"
    with stage.signed_in(DEPUTY) as deputy:
        assert "Say how it went" in deputy.get("/desk").text
        assert "Choose how it went" in deputy.submit(page, f"{page}/mark").text
        deputy.submit(page, f"{page}/mark", status="attended")
        assert "Took place" in deputy.get(page).text
        assert held.reference not in deputy.get("/desk").text


def test_a_note_can_be_added_to_a_meeting(stage: Stage) -> None:
    booked = stage.meeting("noted meeting", host=DEPUTY)
    page = f"/desk/meetings/{booked.reference}"
    with stage.signed_in(DEPUTY) as deputy:
        answer = deputy.submit(page, f"{page}/notes", note="Agreed to ring each Friday.")
        assert answer.headers["location"] == page
        assert "Agreed to ring each Friday." in deputy.get(page).text


@pytest.mark.parametrize(
    "path", ["/desk/cases/%00", "/desk/meetings/…", "/desk/alerts/%00", "/desk/x"]
)
def test_an_odd_address_is_simply_not_there(stage: Stage, path: str) -> None:
    with stage.signed_in(HEAD) as head:
        assert head.get(path).status_code == 404


def test_every_page_of_the_desk_is_kept_nowhere_and_framed_by_nobody(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head:
        headers = head.get("/desk").headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"


def test_every_desk_page_leads_to_the_figures_and_the_removals(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head:
        for path in ("/desk", "/desk/availability", f"/desk/availability/{HEAD}", "/desk/password"):
            page = head.get(path).text
            assert 'href="/desk/figures"' in page, path
            assert 'href="/desk/removals"' in page, path
