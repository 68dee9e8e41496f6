"""Streams of news: resumed where they were, counted, and over before the server is."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from assistant.services.begin_duty import begin_duty
from assistant.services.say_in_chat import ParentSaid, parent_says
from tests.services.live import OFFICE, session_of
from tests.web.desk_stage import Stage
from tests.web.running import free_port, web_process
from tests.web.test_chat_page import fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

STREAM = {"Accept": "text/event-stream"}
QUICK_END = 6.0
"""Seconds; the process has ten before it is killed, and a stream goes on for ten minutes."""


@contextmanager
def asked(stage: Stage) -> Iterator[httpx.Client]:
    """Give the browser of a parent who waits for a person."""
    desk = stage.desk
    until = desk.clock.now().replace(hour=16, minute=30)
    begin_duty(desk, staff_id=OFFICE, session=session_of(desk, OFFICE), until=until)
    with httpx.Client(base_url=stage.url, timeout=30) as parent:
        form = fields(parent.get("/person").text, 'id="ask"')
        parent.post("/person/ask", data={**form, "words": "Hello"})
        yield parent


def first_event(answer: httpx.Response) -> dict[str, Any]:
    """Return the first event of a stream, and leave the rest."""
    for line in answer.iter_lines():
        if line.startswith("data: "):
            event: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return event
    pytest.fail("the stream ended without an event")


def test_a_stream_goes_on_after_the_last_event_that_came(stage: Stage) -> None:
    with asked(stage) as parent:
        conversation = parent.cookies["chat"].partition(".")[0]
        with parent.stream("GET", "/person/stream", headers=STREAM) as answer:
            first = first_event(answer)
        parent_says(stage.desk, conversation_id=conversation, said=ParentSaid("Again", "k"))
        again = {**STREAM, "Last-Event-ID": str(first["number"])}
        with parent.stream("GET", "/person/stream", headers=again) as answer:
            second = first_event(answer)
    assert "Hello" in first["rows"]
    assert "Again" in second["rows"]
    assert "Hello" not in second["rows"]


def test_one_parent_cannot_hold_open_more_than_a_few(stage: Stage) -> None:
    with asked(stage) as parent:
        parent.get("/person")
        opened = [
            parent.send(parent.build_request("GET", "/person/stream", headers=STREAM), stream=True)
            for _ in range(5)
        ]
        codes = [answer.status_code for answer in opened]
        for answer in opened:
            answer.close()
    assert codes == [200, 200, 200, 200, 503]


def test_a_stranger_gets_no_stream(stage: Stage) -> None:
    with stage.visitor() as stranger:
        assert stranger.get("/person/stream", headers=STREAM).status_code == 204
        assert stranger.get("/desk/chats/stream", headers=STREAM).status_code == 303


def test_an_open_stream_does_not_keep_the_server_from_ending(tmp_path: Path) -> None:
    made, ended = Stage.build(tmp_path / "data"), threading.Event()

    def listen(parent: httpx.Client) -> None:
        request = parent.build_request("GET", "/person/stream", headers=STREAM)
        with suppress(httpx.HTTPError):
            for _ in parent.send(request, stream=True).iter_lines():
                listening.set()
        ended.set()

    listening = threading.Event()
    with ExitStack() as server:
        made.url = server.enter_context(web_process(made.desk.settings.data, free_port()))
        with asked(made) as parent:
            thread = threading.Thread(target=listen, args=(parent,))
            thread.start()
            assert listening.wait(20)
            asked_to_end = time.monotonic()
            server.close()
            took = time.monotonic() - asked_to_end
            assert ended.wait(5)
            thread.join()
    assert took < QUICK_END
