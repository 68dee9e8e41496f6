"""The client against a small real server that keeps the public contract."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.evaluation.chat_client import ChatClient, Choice, NoAnswerError

TURN = {"turn": 1, "channel": "staff", "alternatives": ["headteacher"], "reason": "because",
        "replies": [{"text": "Hello", "choices": [{"choice": 0, "title": "Yes"}]}],
        "record": None}  # fmt: skip


class School(BaseHTTPRequestHandler):
    """Opens one conversation, is busy once, and refuses the word "bad"."""

    got: list[tuple[str, Any, str | None]]
    busy: bool

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length) or "null")
        self.got.append((self.path, body, self.headers.get("Authorization")))
        if self.path.endswith("/conversations"):
            self.answer(201, {"conversation": "c1", "token": "t1", "replies": TURN["replies"]})
        elif type(self).busy:
            type(self).busy = False
            self.answer(429, {"error": "too_many", "message": "Wait."})
        elif body == {"text": "bad"}:
            self.answer(422, {"error": "too_long", "message": "Send it in parts."})
        else:
            self.answer(200, TURN)

    def answer(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


@pytest.fixture
def school() -> Iterator[tuple[str, type[School]]]:
    handler = type("Handler", (School,), {"got": [], "busy": False})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
        server.shutdown()


def test_words_and_choices_are_sent_with_the_token(school: tuple[str, type[School]]) -> None:
    with ChatClient(f"{school[0]}/") as client:
        conversation = client.start()
        said = client.say(conversation, "hello")
        client.choose(conversation, 0)
    path = "/api/v1/conversations/c1/messages"
    assert school[1].got[1:] == [
        (path, {"text": "hello"}, "Bearer t1"),
        (path, {"choice": 0}, "Bearer t1"),
    ]
    assert (said.channel, said.alternatives) == ("staff", ("headteacher",))
    assert said.replies[0].choices == (Choice(0, "Yes"),)
    assert "t1" not in repr(conversation)


def test_a_refused_message_is_told_and_not_raised(school: tuple[str, type[School]]) -> None:
    with ChatClient(school[0]) as client:
        said = client.say(client.start(), "bad")
    assert (said.channel, said.refused) == ("", "Send it in parts.")


def test_a_busy_server_is_asked_once_more(school: tuple[str, type[School]]) -> None:
    school[1].busy = True
    with ChatClient(school[0]) as client:
        assert client.say(client.start(), "hello").channel == "staff"


def test_an_address_where_nobody_answers_is_a_sentence() -> None:
    with ChatClient("http://127.0.0.1:9") as client, pytest.raises(NoAnswerError, match="answer"):
        client.start()
