"""The second step, the page of how you sign in, sessions and one-time logins, over HTTP."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from urllib.parse import urlencode

import pyotp
import pytest

from assistant.services.code_app import confirm_code_app, start_code_app
from assistant.services.desk import Desk
from assistant.services.set_password import set_password
from assistant.store.sign_in_tables import SecondStepGrace
from assistant.store.tables import DeskSession
from tests.web.desk_stage import (
    CLERK,
    DEPUTY,
    IDLE,
    MANAGER,
    PASSWORD,
    SENCO,
    TEACHER,
    Stage,
    Visitor,
)

pytestmark = pytest.mark.slow

SECRET = re.compile(r'class="code-key words">([A-Z2-7 ]+)<')
CODE = re.compile(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>")


def app_of(desk: Desk, staff_id: str) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Give somebody an app, confirmed with the code before this one."""
    session = set_password(desk, staff_id=staff_id, password=PASSWORD).token
    new = start_code_app(desk, staff_id=staff_id)
    codes = pyotp.TOTP(new.secret)
    before = codes.at(int(time.time()) - 30)
    whose = {"staff_id": staff_id, "session": session, "step": new.step}
    return codes, confirm_code_app(desk, **whose, code=before)


def password_step(visitor: Visitor, stage: Stage, staff_id: str, onward: str = "/desk") -> str:
    fields = {"email": stage.desk.school.person(staff_id).email, "password": PASSWORD}
    answer = visitor.submit("/desk/sign-in", "/desk/sign-in", onward=onward, **fields)
    return answer.headers["location"]


def code_step(visitor: Visitor, page: str, code: str, onward: str = "/desk") -> str:
    answer = visitor.submit(page, "/desk/second-step", code=code, onward=onward)
    return answer.headers.get("location", answer.text)


def test_the_second_step_stands_between_the_password_and_the_desk(stage: Stage) -> None:
    app, codes = app_of(stage.desk, DEPUTY)
    with stage.visitor() as visitor:
        page = password_step(visitor, stage, DEPUTY, "/desk/meetings")
        assert page == "/desk/second-step?onward=/desk/meetings"
        assert "One step is done." in visitor.get(page).text
        assert "desk" not in visitor.cookies
        assert visitor.get("/desk").headers["location"].startswith("/desk/sign-in")
        assert "not right" in code_step(visitor, page, "000000")
        assert code_step(visitor, page, app.now(), "/desk/meetings") == "/desk/meetings"
        assert visitor.get("/desk/meetings").status_code == 200
        assert "desk-step" not in visitor.cookies
    with stage.visitor() as visitor:
        page = password_step(visitor, stage, DEPUTY)
        assert code_step(visitor, page, codes[0].lower()) == "/desk"


def test_the_page_of_the_second_step_is_for_who_took_the_first(stage: Stage) -> None:
    with stage.visitor() as visitor:
        assert visitor.get("/desk/second-step").headers["location"].startswith("/desk/sign-in")
        before = visitor.hidden("/desk/sign-in")
        answer = visitor.post("/desk/second-step", data={**before, "code": "000000"})
        assert answer.headers["location"].startswith("/desk/sign-in")


def test_an_app_is_set_up_on_the_pages_and_recovery_codes_are_shown_once(stage: Stage) -> None:
    with stage.signed_in(IDLE) as idle:
        page = idle.submit("/desk/security", "/desk/security/app").text
        found = SECRET.search(page)
        assert found
        assert "<svg" in page
        step = dict(re.findall(r'name="(step|form_token)" value="([^"]+)"', page))
        wrong = idle.post("/desk/security/app/confirm", data={**step, "code": "000000"})
        assert wrong.status_code == 400
        assert found[1] in wrong.text, "the same key may be tried again"
        code = pyotp.TOTP(found[1].replace(" ", "")).now()
        shown = idle.post("/desk/security/app/confirm", data={**step, "code": code})
        codes = CODE.findall(shown.text)
        assert len(codes) == 10
        assert shown.headers["cache-control"] == "no-store"
        again = idle.get("/desk/security").text
        assert "10 are left" in again
        assert not any(each in again for each in codes)


def test_changing_how_one_signs_in_asks_for_the_password_again(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher:
        forget_the_proof(stage.desk, TEACHER)
        for path in ("/desk/security/app", "/desk/security/codes", "/desk/security/passkeys"):
            answer = teacher.submit("/desk/security", path)
            assert answer.headers["location"] == "/desk/prove?onward=/desk/security"
        assert teacher.get("/desk/password").headers["location"].startswith("/desk/prove")
        wrong = teacher.submit("/desk/prove", "/desk/prove", password="wrong")
        assert wrong.status_code == 400
        fields = {"password": PASSWORD, "onward": "/desk/security"}
        right = teacher.submit("/desk/prove", "/desk/prove", **fields)
        assert right.headers["location"] == "/desk/security"
        assert teacher.submit("/desk/security", "/desk/security/app").status_code == 200


def forget_the_proof(desk: Desk, staff_id: str) -> None:
    with desk.unit_of_work() as work:
        work.session.query(DeskSession).filter_by(staff_id=staff_id).update({"proved_at": None})
        work.commit(unrecorded="a test")


def test_where_you_are_signed_in_tells_devices_and_ends_them(stage: Stage) -> None:
    firefox = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}
    with stage.signed_in(TEACHER) as here, stage.visitor() as there:
        there.headers.update(firefox)
        there.sign_in(TEACHER, stage.desk)
        page = here.get("/desk/security/sessions").text
        assert "Firefox on Linux" in page
        ends = re.findall(r'action="(/desk/security/sessions/[0-9a-f]+/end)"', page)
        for path in ends:
            assert here.submit("/desk/security/sessions", path).status_code == 303
        assert there.get("/desk").status_code == 303
        assert here.get("/desk").status_code == 200
        answer = here.submit("/desk/security/sessions", "/desk/security/sessions/end-all")
        assert answer.headers["location"] == "/desk/sign-in"
        assert here.get("/desk").status_code == 303


def test_the_clerk_lets_a_colleague_in_and_the_teacher_cannot(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher:
        assert teacher.get("/desk/colleagues").status_code == 404
    with stage.signed_in(MANAGER) as manager:
        lost = {"who": "mr-thorpe", "lost": "yes"}
        refused = manager.submit("/desk/colleagues", "/desk/colleagues", **lost)
        assert refused.status_code == 400
        assert "Ask the clerk" in refused.text
        shared = manager.submit("/desk/colleagues", "/desk/colleagues", who="mrs-ashworth")
        assert shared.status_code == 400
        assert "whose mailbox you do not read" in shared.text
    with stage.signed_in(CLERK) as clerk:
        for who in ("", CLERK, "nobody", "\0", "x" * 9000):
            refused = clerk.submit("/desk/colleagues", "/desk/colleagues", who=who)
            assert refused.status_code == 400
        made = clerk.submit("/desk/colleagues", "/desk/colleagues", who="mr-thorpe").text
        found = re.search(r"(/desk/first-login/[\w-]+)<", made)
        assert found
    with stage.visitor() as thorpe:
        assert thorpe.submit(found[1], found[1]).headers["location"] == "/desk/password"


def test_after_the_days_of_grace_only_the_way_to_a_second_step_is_open(stage: Stage) -> None:
    with stage.signed_in(SENCO) as senco:
        page = senco.get("/desk")
        assert "Set up a second step by" in page.text
        with stage.desk.unit_of_work() as work:
            work.session.get_one(SecondStepGrace, SENCO).since -= timedelta(days=15)
            work.commit(unrecorded="a test")
        for path in ("/desk", "/desk/cases", "/desk/alerts/x", "/desk/calendar"):
            assert senco.get(path).headers["location"] == "/desk/security"
        page = senco.get("/desk/security")
        assert "The desk opens again once you have a second step" in page.text
        assert "desk-nav" not in page.text
        assert senco.submit("/desk/security", "/desk/security/app").status_code == 200


def test_a_school_without_such_accounts_has_no_such_page(stage: Stage) -> None:
    with stage.visitor() as visitor:
        for path in ("/desk/school-account", "/desk/school-account/back"):
            assert visitor.get(path).status_code == 404
        assert "Sign in with" not in visitor.get("/desk/sign-in").text


@pytest.mark.parametrize("code", ["", "\0", "\ud800", "9" * 90_000])
def test_nothing_that_is_typed_as_a_code_breaks_the_page(stage: Stage, code: str) -> None:
    app_of(stage.desk, DEPUTY)
    with stage.visitor() as visitor:
        page = password_step(visitor, stage, DEPUTY)
        typed = code.encode("utf-8", "surrogatepass")
        sent = urlencode({**visitor.hidden(page), "code": typed})
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = visitor.post("/desk/second-step", content=sent, headers=form)
        assert answer.status_code in {400, 429}
