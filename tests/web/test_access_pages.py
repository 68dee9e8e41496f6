"""Who may read a case, changed at the desk: every form, what it leads to, and what it refuses."""

from __future__ import annotations

import re

import pytest

from tests.web.desk_stage import DEPUTY, HEAD, TEACHER, Stage, Visitor

pytestmark = pytest.mark.slow

WHY = "She knows the family."


def readers(visitor: Visitor, reference: str) -> str:
    """Return the page that says who may read the case."""
    page = visitor.get(f"/desk/access/case/{reference}")
    assert page.status_code == 200
    return page.text


def change(visitor: Visitor, reference: str, how: str, **fields: str) -> object:
    """Send one of the page's forms; return where it leads, or the status of a refusal."""
    page = f"/desk/access/case/{reference}"
    answer = visitor.submit(page, f"{page}/{how}", **fields)
    return answer.headers.get("location", answer.status_code)


def may_read(stage: Stage, staff_id: str, reference: str) -> bool:
    with stage.signed_in(staff_id) as visitor:
        return visitor.get(f"/desk/cases/{reference}").status_code == 200


def test_a_colleague_is_let_in_and_shut_out_again_and_both_stay_on_record(stage: Stage) -> None:
    reference = stage.case("access-1").reference
    name = stage.desk.school.person(DEPUTY).known_as
    assert not may_read(stage, DEPUTY, reference)
    with stage.signed_in(HEAD) as head:
        page = f"/desk/access/case/{reference}"
        assert change(head, reference, "grant", colleague=DEPUTY, why=WHY) == page
        assert name in readers(head, reference)
        assert may_read(stage, DEPUTY, reference)
        assert change(head, reference, "revoke", colleague=DEPUTY, why="Done.") == page
        assert "Who could read it before" in readers(head, reference)
    assert not may_read(stage, DEPUTY, reference)


def test_without_a_reason_nothing_changes_and_the_message_leads_to_the_field(stage: Stage) -> None:
    reference = stage.case("access-2").reference
    page = f"/desk/access/case/{reference}"
    with stage.signed_in(HEAD) as head:
        answer = head.submit(page, f"{page}/grant", colleague=DEPUTY, why=" ")
        assert answer.status_code == 400
        (link,) = re.findall(r'<li><a href="#([^"]+)">Say why', answer.text)
        assert re.search(rf'<textarea[^>]* id="{link}" name="why"', answer.text)
    assert not may_read(stage, DEPUTY, reference)


def test_nobody_is_let_in_until_somebody_is_chosen(stage: Stage) -> None:
    reference = stage.case("access-8").reference
    page = f"/desk/access/case/{reference}"
    with stage.signed_in(HEAD) as head:
        offered = readers(head, reference)
        for how in ("grant", "hand-over"):
            assert re.search(rf'id="{how}-colleague"[^>]*>\s*<option value=""', offered)
            answer = head.submit(page, f"{page}/{how}", colleague="", why=WHY)
            assert answer.status_code == 400
            assert f'<a href="#{how}-colleague">Choose a colleague</a>' in answer.text
        assert "Who could read it before" not in readers(head, reference)


def test_somebody_the_matter_is_about_is_neither_offered_nor_let_in(stage: Stage) -> None:
    reference = stage.case("access-3", about=frozenset({TEACHER})).reference
    with stage.signed_in(HEAD) as head:
        assert f'value="{TEACHER}"' not in readers(head, reference)
        assert change(head, reference, "grant", colleague=TEACHER, why=WHY) == 400
    assert not may_read(stage, TEACHER, reference)


def test_who_steps_back_is_led_away_and_finds_nothing_there_any_more(stage: Stage) -> None:
    reference = stage.case("access-4").reference
    with stage.signed_in(HEAD) as head:
        assert change(head, reference, "recuse", why="I know them well.") == "/desk"
        assert head.get(f"/desk/cases/{reference}").status_code == 404
        assert head.get(f"/desk/access/case/{reference}").status_code == 404
        assert reference not in head.get("/desk").text


def test_a_case_of_others_has_no_readers_page(stage: Stage) -> None:
    reference = stage.case("access-5").reference
    with stage.signed_in(TEACHER) as teacher:
        closed = teacher.get(f"/desk/access/case/{reference}")
        missing = teacher.get("/desk/access/case/SG-000-000-000")
    assert closed.status_code == missing.status_code == 404


def test_several_cases_are_handed_over_at_once_and_the_barred_one_is_named(stage: Stage) -> None:
    free = stage.case("access-6").reference
    barred = stage.case("access-7", about=frozenset({DEPUTY})).reference
    with stage.signed_in(HEAD) as head:
        page = "/desk/access/many"
        assert head.submit(page, page, case=free, colleague=DEPUTY, why="").status_code == 400
        answer = head.submit(page, page, case=[free, barred], colleague=DEPUTY, why=WHY)
        assert f"{free}: handed over" in answer.text
        assert f"{barred}: handed over" not in answer.text
        assert barred in answer.text
    assert may_read(stage, DEPUTY, free)
    assert not may_read(stage, DEPUTY, barred)
