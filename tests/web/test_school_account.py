"""Signing in with the school's own account, over HTTP, against a real provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.services.provider import CLIENT, SECRET, Provider, serving
from tests.web.desk_stage import TEACHER, Stage
from tests.web.running import free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

START, BACK = "/desk/school-account", "/desk/school-account/back"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with serving() as made:
        yield made


@pytest.fixture(scope="module")
def school(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage.build(tmp_path_factory.mktemp("school"))
    given = {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_name": "Google"}
    data = made.desk.settings.data
    with web_process(data, free_port(), oidc_issuer=provider.issuer, **given) as url:
        made.url = url
        yield made


def test_a_member_of_staff_goes_to_the_provider_and_comes_back_to_the_page_they_wanted(
    school: Stage, provider: Provider
) -> None:
    provider.email = school.desk.school.person(TEACHER).email.upper()
    with school.visitor() as teacher:
        assert "Sign in with Google" in teacher.get("/desk/sign-in").text
        out = teacher.get(START, params={"onward": "/desk/meetings"})
        cookie = next(each for each in out.headers.get_list("set-cookie") if "account" in each)
        assert "httponly" in cookie.lower()
        assert "samesite=lax" in cookie.lower()
        assert out.headers["location"].startswith(f"{provider.issuer}/authorize?")
        back = httpx.get(out.headers["location"]).headers["location"]
        assert teacher.get(back).headers["location"] == "/desk/meetings"
        assert teacher.get("/desk/meetings").status_code == 200
        assert "desk-account" not in teacher.cookies
        assert teacher.get(back).status_code == 400, "the way back works once"


def test_everybody_who_is_refused_gets_the_same_page(school: Stage, provider: Provider) -> None:
    pages = set()
    for email in ("nobody@elsewhere.example", school.desk.school.person(TEACHER).email):
        provider.email, provider.claims = email, {"email_verified": email.startswith("nobody")}
        with school.visitor() as visitor:
            out = visitor.get(START).headers["location"]
            answer = visitor.get(httpx.get(out).headers["location"])
            assert answer.status_code == 400
            assert "desk" not in visitor.cookies
            pages.add(answer.text.replace(visitor.hidden("/desk/sign-in")["form_token"], ""))
    provider.claims = {}
    assert len(pages) == 1


def test_a_way_back_that_another_browser_began_opens_nothing(
    school: Stage, provider: Provider
) -> None:
    provider.email = school.desk.school.person(TEACHER).email
    with school.visitor() as mallory, school.visitor() as victim:
        back = httpx.get(mallory.get(START).headers["location"]).headers["location"]
        victim.get(START)
        assert victim.get(back).status_code == 400
        assert "desk" not in victim.cookies


@pytest.mark.parametrize(
    "query", ["", "?state=x", "?code=x&state=", "?error=access_denied", "?state=%00&code=%ED%A0%80"]
)
def test_a_way_back_that_nobody_began_opens_nothing(school: Stage, query: str) -> None:
    with school.visitor() as visitor:
        answer = visitor.get(BACK + query)
        assert answer.status_code == 400
        assert "Sign in to the desk" in answer.text


def test_the_desk_leads_to_no_other_site_afterwards(school: Stage, provider: Provider) -> None:
    provider.email = school.desk.school.person(TEACHER).email
    with school.visitor() as visitor:
        out = visitor.get(START, params={"onward": "https://evil.example"}).headers["location"]
        back = httpx.get(out).headers["location"]
        assert visitor.get(back).headers["location"] == "/desk"


def test_while_the_provider_is_away_the_password_still_opens_the_desk(
    school: Stage, provider: Provider
) -> None:
    with school.visitor() as visitor:
        back = httpx.get(visitor.get(START).headers["location"]).headers["location"]
        provider.moved_to = "/elsewhere"
        answer = visitor.get(back)
        provider.moved_to = ""
        assert answer.status_code == 503
        assert "cannot be reached now" in answer.text
        assert visitor.sign_in(TEACHER, school.desk)
