"""Signing in to the desk, over HTTP, against the real services."""

from __future__ import annotations

import re

import pytest

from assistant.services.issue_desk_login import issue_desk_login
from tests.web.desk_stage import PASSWORD, TEACHER, Stage, Visitor

pytestmark = pytest.mark.slow

NEWCOMER = "mrs-pickering"
NEW_PASSWORD = "seven quiet herons paint"


def enter(visitor: Visitor, stage: Stage, password: str, **fields: str) -> str:
    """Try to sign in as the teacher; return where it leads, or the page that refuses."""
    email = stage.desk.school.person(TEACHER).email
    answer = visitor.submit(
        "/desk/sign-in", "/desk/sign-in", email=email, password=password, **fields
    )
    return answer.headers.get("location", answer.text)


def test_the_right_password_opens_the_desk(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher:
        page = teacher.get("/desk")
    assert page.status_code == 200
    assert "Luke Bennett" in page.text


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(stage: Stage) -> None:
    with stage.visitor() as visitor:
        wrong = visitor.submit(
            "/desk/sign-in",
            "/desk/sign-in",
            email="mr.rigby@thornleighgreen.example",
            password="no",
        )
        unknown = visitor.submit(
            "/desk/sign-in", "/desk/sign-in", email="nobody@thornleighgreen.example", password="no"
        )
    assert wrong.status_code == unknown.status_code == 400
    assert without_what_was_typed(wrong.text) == without_what_was_typed(unknown.text)


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_the_session_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(stage: Stage) -> None:
    with stage.visitor() as visitor:
        email = stage.desk.school.person(TEACHER).email
        answer = visitor.submit("/desk/sign-in", "/desk/sign-in", email=email, password=PASSWORD)
    cookie = next(each for each in answer.headers.get_list("set-cookie") if "desk=" in each)
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert PASSWORD not in cookie


def test_somebody_on_the_way_to_a_page_goes_on_to_it_after_signing_in(stage: Stage) -> None:
    with stage.visitor() as visitor:
        turned_away = visitor.get("/desk/meetings").headers["location"]
        assert turned_away == "/desk/sign-in?onward=/desk/meetings"
        assert enter(visitor, stage, PASSWORD, onward="/desk/meetings") == "/desk/meetings"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/desk/../x", "/desk@evil", "/desk\\x"]
)
def test_signing_in_never_leads_to_another_site(stage: Stage, elsewhere: str) -> None:
    with stage.visitor() as visitor:
        assert enter(visitor, stage, PASSWORD, onward=elsewhere) == "/desk"


def test_a_form_from_before_signing_in_is_worthless_after(stage: Stage) -> None:
    with stage.visitor() as visitor:
        before = visitor.hidden("/desk/sign-in")
        visitor.sign_in(TEACHER, stage.desk)
        assert visitor.post("/desk/sign-out", data=before).status_code == 403
        assert visitor.get("/desk").status_code == 200


def test_signing_out_ends_the_session_on_the_server_too(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher:
        kept = teacher.cookies["desk"]
        assert teacher.submit("/desk", "/desk/sign-out").headers["location"] == "/desk/sign-in"
        assert "desk" not in teacher.cookies
        teacher.cookies.set("desk", kept)
        assert teacher.get("/desk").status_code == 303


def test_a_one_time_login_works_once_and_only_when_its_button_is_pressed(stage: Stage) -> None:
    path, _ = issue_desk_login(stage.desk, NEWCOMER)
    with stage.visitor() as scanner:
        for _ in range(3):
            assert scanner.get(path).status_code == 200
    with stage.visitor() as newcomer:
        assert newcomer.submit(path, path).headers["location"] == "/desk/password"
    with stage.visitor() as late:
        answer = late.submit(path, path)
        assert answer.status_code == 410
        assert "Nobody has been signed in" in answer.text


def test_nobody_works_at_the_desk_before_choosing_a_password(stage: Stage) -> None:
    path, _ = issue_desk_login(stage.desk, NEWCOMER)
    with stage.visitor() as newcomer:
        newcomer.submit(path, path)
        assert newcomer.get("/desk").headers["location"] == "/desk/password"
        short = newcomer.submit("/desk/password", "/desk/password", password="abc", again="abc")
        assert "at least 12 characters" in short.text
        typo = newcomer.submit(
            "/desk/password", "/desk/password", password=NEW_PASSWORD, again=NEW_PASSWORD + "s"
        )
        assert "not the same" in typo.text
        saved = newcomer.submit(
            "/desk/password", "/desk/password", password=NEW_PASSWORD, again=NEW_PASSWORD
        )
        assert saved.headers["location"] == "/desk"
        assert newcomer.get("/desk").status_code == 200


def test_a_new_password_ends_every_other_session(stage: Stage) -> None:
    with stage.signed_in("miss-kaur") as here, stage.signed_in("miss-kaur") as elsewhere:
        here.submit("/desk/password", "/desk/password", password=PASSWORD, again=PASSWORD)
        assert here.get("/desk").status_code == 200
        assert elsewhere.get("/desk").status_code == 303


def test_too_many_wrong_passwords_are_told_to_wait(stage: Stage) -> None:
    with stage.visitor() as visitor:
        for _ in range(6):
            answer = visitor.submit(
                "/desk/sign-in",
                "/desk/sign-in",
                email="ms.begum@thornleighgreen.example",
                password="x",
            )
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text
