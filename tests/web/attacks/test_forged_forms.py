"""Forged forms (CSRF): no mutation happens without the token of the very page and session."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.asking import Stage, matrix_stage
from assistant.evaluation.matrix.filling import filled_for
from assistant.evaluation.matrix.forms import complete_form
from assistant.evaluation.matrix.fresh import Filled
from assistant.evaluation.matrix.gaps import Asked
from assistant.evaluation.matrix.people import BEHIND_LINKS, BROWSER, Asker
from assistant.evaluation.matrix.proving import OF_CHATS
from assistant.evaluation.matrix.records import stranger_to
from assistant.security.routes import ROUTES
from assistant.web.form_token import FIELD, SESSION_COOKIE, VISITOR_COOKIE, visitor_token

pytestmark = pytest.mark.slow

EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
OF_THE_DRAFT = {
    f"check.{act}_{how}" for act in ("keep", "send", "talk") for how in ("full", "framed")
}
OF_A_PERSON = frozenset(name for name in ROUTES if name.startswith(("person.", "person_framed.")))
WITHOUT_TOKENS = OF_THE_DRAFT | OF_A_PERSON | {"chat.say_full", "chat.say_framed", "leaving.forget"}
"""The chat's own forms work without cookies, and are told apart by where they were sent from."""
READ_ONLY = frozenset({"leaving.transcript", "case_lists.search"})
FORGERIES = ("no token", "another session's token", "another browser's token", "another site")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with matrix_stage(tmp_path_factory.mktemp("forged") / "data") as stage:
        yield stage


@pytest.fixture(scope="module")
def askers(school: Stage) -> dict[str, Asker]:
    return {each.role: each for each in school.askers([Role.CLERK, Role.OFFICE])}


@pytest.fixture
def clerk(askers: dict[str, Asker]) -> Asker:
    """Somebody who may use every form of the desk but those of chats."""
    return askers[Role.CLERK.value]


def mutations(school: Stage) -> list[Asked]:
    """Return every form that changes something; the API takes no cookie, so nothing to forge."""
    return [
        each
        for each in school.routes()
        if each.method == "POST" and each.parts[0] != "api" and each.name not in READ_ONLY
    ]


def own(school: Stage, who: Asker, asked: Asked) -> Filled:
    """Return a record that the person may change."""
    return next(iter(filled_for(school.desk, school.records, who.staff_id, asked)))


def forge(school: Stage, who: Asker, asked: Asked, filled: Filled, how: str) -> httpx.Response:
    """Send the complete form with all that a forger could know."""
    key = school.desk.keys.lookup
    tokens = {
        "another session's token": visitor_token(key, BROWSER, "a session that ended"),
        "another browser's token": visitor_token(key, "another browser", who.session),
    }
    fields = complete_form(asked.name, stranger_to(school.desk, who.staff_id))
    headers = {
        "Cookie": f"{VISITOR_COOKIE}={BROWSER}; {SESSION_COOKIE}={who.session}",
        **(EVIL if how == "another site" or asked.name in WITHOUT_TOKENS else {}),
    }
    sent = fields | ({FIELD: tokens[how]} if how in tokens else {})
    return school.client.post(asked.path(filled.value), data=sent, headers=headers)


@pytest.mark.parametrize("how", FORGERIES)
def test_no_forged_form_changes_anything(school: Stage, askers: dict[str, Asker], how: str) -> None:
    asked = mutations(school)
    assert len(asked) > 40
    for each in asked:
        who = askers[(Role.OFFICE if each.name in OF_CHATS else Role.CLERK).value]
        filled = own(school, who, each)
        before = school.versions()
        answer = forge(school, who, each, filled, how)
        assert answer.status_code == 403, (each.name, how, answer.status_code)
        assert school.versions() == before, (each.name, how)


def test_the_same_form_with_its_token_is_taken(school: Stage, clerk: Asker) -> None:
    """Else a refusal of everything would pass the test above."""
    (asked,) = (each for each in mutations(school) if each.name == "desk.note")
    filled = own(school, clerk, asked)
    before = school.versions()
    assert clerk.ask(asked, filled, {"note": "Our own form."}).status_code == 303
    assert school.versions() != before


def test_no_page_may_be_read_or_framed_by_another_site(school: Stage, clerk: Asker) -> None:
    cookie = {"Cookie": f"{SESSION_COOKIE}={clerk.session}"}
    for path in ("/desk", "/desk/cases", "/meet", "/come-back", "/api/v1/openapi.json"):
        answer = school.client.get(path, headers={**cookie, **EVIL})
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_links_and_sessions_have_tokens_of_their_own(school: Stage) -> None:
    assert {each.parts[0] for each in mutations(school)} >= {*BEHIND_LINKS, "desk"}
