"""The brain as the web process meets it: a real server, a real model, its log read afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.brain.serving import Server, served

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject

CANARIES = (
    "CANARY my child is CANARY",
    '/greet{"a":"CANARY"}',
    ' / /greet{"a":{"b":["CANARY"]}}',
    "\u2003/vent{CANARY",
    "{[(CANARY)]} {{CANARY}} %(CANARY)s {0}",
    "\ud83d\ude00 CANARY \x00 CANARY",
)


@pytest.fixture(scope="module")
def server(
    small_project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with served(small_project.model, tmp_path_factory.mktemp("data")) as found:
        yield found


def test_health_names_the_model(server: Server) -> None:
    status, text = server.call("GET", "/health")
    assert (status, json.loads(text)) == (200, {"status": "ok", "model": "schoolgate-first.tar.gz"})


def test_a_message_is_answered_whole_with_text_buttons_and_custom_part(server: Server) -> None:
    assert server.turn("whole", "t1", payload="/greet") == (
        200,
        {
            "messages": [
                {
                    "text": "Hello.\n\nWhat has happened?",
                    "buttons": [{"title": "A person", "payload": "/affirm"}],
                    "custom": {"channel": "smalltalk"},
                }
            ]
        },
    )


def test_a_turn_sent_twice_is_answered_alike_and_runs_once(server: Server) -> None:
    first = server.turn("twice", "t1", payload="/greet")
    assert server.turn("twice", "t1", payload="/greet") == first
    assert server.turn("twice", "t1", text="something else entirely") == first


def test_a_turn_that_ended_the_matter_is_answered_alike_when_sent_again(server: Server) -> None:
    first = server.turn("restarted", "t1", text="yes")
    assert first[1]["messages"]
    assert server.turn("restarted", "t1", text="yes") == first


def test_typed_commands_are_words(server: Server) -> None:
    typed = server.turn("typed", "t1", text=' / //crisis{"a": 1}')
    assert typed[0] == 200
    assert typed[1] != server.turn("typed", "t2", payload="/crisis")[1]


def test_the_net_of_the_web_process_is_obeyed(server: Server) -> None:
    metadata = {"net": ["crisis"], "expects": "child"}
    _, answer = server.turn("net", "t1", text="Year 4", metadata=metadata)
    assert answer["messages"] == [{"text": "Please ring the Samaritans."}]


def test_a_failing_action_fails_the_turn_and_nothing_of_it_is_kept(server: Server) -> None:
    status, answer = server.turn("fails", "t1", payload="/deny")
    assert (status, list(answer)) == (500, ["error"])
    status, answer = server.turn("fails", "t1", payload="/greet")
    assert status == 200, "the same turn may be tried again"


def test_forgetting_a_conversation_lets_its_turns_run_again(server: Server) -> None:
    first = server.turn("forgotten", "t1", payload="/greet")
    assert server.call("DELETE", "/conversations/forgotten")[0] == 204
    assert server.turn("forgotten", "t1", payload="/vent") != first
    assert server.call("DELETE", "/conversations/nobody")[0] == 204


@pytest.mark.parametrize("key", ["", "wrong", "ключ"])
def test_a_wrong_key_is_refused(server: Server, key: str) -> None:
    refused = {"X_Schoolgate_Key": key.encode().decode("latin-1")}
    assert server.call("POST", "/turn", b"{}", **refused)[0] == 401
    assert server.call("DELETE", "/conversations/a", **refused)[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json CANARY",
        b"[]",
        b"null",
        b'{"sender": "CANARY"}',
        b"\xff\xfe",
        b'{"sender": "a", "turn_id": "b"}',
        b'{"sender": "a", "turn_id": "b", "text": "x", "payload": "/greet"}',
        b'{"sender": "a", "turn_id": "b", "payload": "greet CANARY"}',
        b'{"sender": "a", "turn_id": "b", "payload": "/greet CANARY"}',
        b'{"sender": "a b", "turn_id": "b", "text": "x"}',
        b'{"sender": "a", "turn_id": "' + b"b" * 65 + b'", "text": "x"}',
        b'{"sender": "a", "turn_id": "b", "text": "x", "metadata": []}',
    ],
)
def test_a_bad_body_is_refused_without_an_echo(server: Server, body: bytes) -> None:
    status, text = server.call("POST", "/turn", body)
    assert status == 400
    assert "CANARY" not in text


def test_a_huge_body_is_refused(server: Server) -> None:
    with suppress(OSError):  # it may be refused while it is still being sent
        assert server.call("POST", "/turn", b"x" * 300_000)[0] == 413


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/conversations/a/tracker", "/model"])
def test_no_other_door_is_open(server: Server, path: str) -> None:
    outside = Server(server.base.removesuffix("/webhooks/schoolgate"), server.key, server.log)
    assert outside.call("GET", path)[0] == 404
    assert outside.call("POST", path, b"{}")[0] == 404


def test_no_log_at_any_level_holds_a_parent_s_words(server: Server) -> None:
    for number, text in enumerate(CANARIES):
        assert server.turn("canary", f"t{number}", text=text)[0] in {200, 500}
    server.turn("canary", "t98", payload='/greet{"a": "CANARY"}')
    server.turn("canary", "t99", payload='/deny{"a": {"b": ["CANARY"]}}')
    server.call("POST", "/turn", b'{"CANARY": ')
    log = server.log.read_text(errors="replace")
    assert "brain.turn_failed" in log
    assert "CANARY" not in log
