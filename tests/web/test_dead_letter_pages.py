"""E-mails that could not be delivered, at the desk."""

from __future__ import annotations

import re

import pytest

from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.mailers import Outcome
from tests.services.test_deliver_outbox import Scripted
from tests.web.desk_stage import HEAD, TEACHER, Stage

pytestmark = pytest.mark.slow

ACTION = re.compile(r'action="(/desk/mail/[0-9a-f]{32})"')


def test_they_are_seen_and_seen_to_by_who_may_read_the_record(stage: Stage) -> None:
    case = stage.case("refused", words="Private words of Dana")
    deliver_outbox(stage.desk, Scripted(*[Outcome.REFUSED] * 50))
    with stage.signed_in(HEAD) as head, stage.signed_in(TEACHER) as teacher:
        assert "2 e-mails could not be delivered" in head.get("/desk").text
        page = head.get("/desk/mail").text
        assert case.reference in page
        assert "The parent" in page
        assert "Private words" not in page
        assert "dana" not in page.casefold()
        first, second = ACTION.findall(page)
        assert case.reference not in teacher.get("/desk/mail").text
        assert "Every e-mail that you may know of" in teacher.get("/desk/mail").text
        theirs = teacher.submit("/desk", first, how="again", why="Mended.")
        assert theirs.status_code == 404
        for fields, said in (({"how": "again"}, "Say in one"), ({"why": "x"}, "Choose one")):
            answer = head.submit("/desk/mail", first, **fields)
            assert answer.status_code == 400
            assert said in answer.text
        for path, how in ((first, "again"), (second, "otherwise")):
            sent = head.submit("/desk/mail", path, how=how, why="Rang her, and she knows.")
            assert sent.headers["location"] == "/desk/mail"
        assert "could not be delivered.</strong>" not in head.get("/desk").text
        assert "Rang her, and she knows." in head.get(f"/desk/cases/{case.reference}").text
