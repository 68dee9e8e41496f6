"""Every route has a policy, and the policy holds when nobody is signed in."""

from __future__ import annotations

import pytest

from assistant.security.permissions import Visitor
from assistant.security.routes import ROUTES, may_use
from assistant.web.app import create_app
from tests.web.desk_stage import CLERK, DEPUTY, Stage


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Name, method and a path with something in each gap, of every route of the real app."""
    app = create_app(Stage.build(tmp_path_factory.mktemp("routes")).desk)
    return [
        (route.name.partition(".")[2], method, "/" + "/".join(map(_filled, route.parts)))
        for route in app.router.routes
        for method in sorted(route.methods)
    ]


def _filled(part: str) -> str:
    return "SG-000-000-000" if part.startswith("<") else part


def test_every_route_has_a_policy_and_every_policy_has_a_route(
    routes: list[tuple[str, str, str]],
) -> None:
    assert {name for name, _, _ in routes} == set(ROUTES)


@pytest.mark.slow
def test_a_route_of_the_desk_sends_whoever_is_not_signed_in_to_the_sign_in_page(
    routes: list[tuple[str, str, str]], stage: Stage
) -> None:
    guarded = [route for route in routes if not may_use(Visitor(), route[0])]
    assert len(guarded) > 12
    with stage.visitor() as visitor:
        for name, method, path in guarded:
            answer = visitor.request(method, path)
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/desk/sign-in"), name


@pytest.mark.slow
def test_no_form_of_ours_is_taken_from_another_site(
    routes: list[tuple[str, str, str]], stage: Stage
) -> None:
    forms = [
        (name, path)
        for name, method, path in routes
        if method == "POST"
        and name.startswith(
            (
                *("desk", "access.", "availability.", "reassign.", "record.", "meet."),
                *("sign_in.", "second_step.", "own_sign_in.", "sessions.", "colleague_login."),
                *(
                    "passkeys.",
                    "their_data.",
                    "campaigns.",
                    "desk_mail.",
                    "desk_alerts.",
                    "keeping.",
                    "chats.",
                ),
            )
        )
    ]
    with stage.signed_in(CLERK) as clerk, stage.signed_in(DEPUTY) as deputy:
        for name, path in forms:
            sender = deputy if name.startswith("chats.") else clerk
            answer = sender.post(
                path, data={"form_token": "0" * 64, "note": "x", "status": "closed"}
            )
            assert answer.status_code == 403, name
            assert "Nothing has been changed" in answer.text, name
