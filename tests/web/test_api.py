"""The JSON API, driven over HTTP against a real web process and database."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.running import brain_process, free_port, stack, web_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.running import Running

pytestmark = pytest.mark.slow

IN_DANGER = "break. he has a knife and he is here now"
TOO_MANY = 61


@dataclass(frozen=True)
class Parent:
    """Somebody with a conversation."""

    url: str
    id: str
    token: str

    @classmethod
    def starting(cls, url: str) -> Parent:
        answer = httpx.post(f"{url}/api/v1/conversations")
        assert answer.status_code == 201
        return cls(url, answer.json()["conversation"], answer.json()["token"])

    @property
    def address(self) -> str:
        return f"{self.url}/api/v1/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, **body: Any) -> httpx.Response:
        return httpx.post(f"{self.address}/messages", json=body, headers=self.headers, timeout=60)

    def transcript(self) -> list[dict[str, Any]]:
        turns: list[dict[str, Any]] = httpx.get(self.address, headers=self.headers).json()["turns"]
        return turns


@pytest.fixture
def parent(served: Running) -> Parent:
    return Parent.starting(served.url)


def test_a_vent_gets_a_channel_a_reason_and_choices(parent: Parent) -> None:
    answer = parent.say(text="2 days for SHOES").json()
    assert answer["turn"] == 1
    assert answer["channel"] == "staff"
    assert answer["alternatives"] == ["headteacher", "complaint"]
    assert answer["reason"]
    assert answer["replies"][0]["choices"][0] == {"choice": 0, "title": "Book a private talk"}
    assert answer["record"] is None


def test_a_choice_makes_the_record_and_its_payload_never_leaves_the_server(
    parent: Parent, served: Running
) -> None:
    first = parent.say(text="shoes")
    booked = parent.say(choice=0, turn=1).json()
    assert booked["record"] == {"kind": "meeting", "reference": "TG-7K2M-9QXR", "status": "booked"}
    assert "/book_meeting" not in first.text
    assert "/book_meeting" not in json.dumps(parent.transcript())
    assert served.seen_by_brain(parent.id)[1]["payload"] == "/book_meeting"


def test_the_transcript_is_numbered_and_says_what_was_chosen(parent: Parent) -> None:
    parent.say(text="shoes")
    parent.say(choice=1)
    turns = parent.transcript()
    assert [(turn["turn"], turn["said"]) for turn in turns] == [(1, "shoes"), (2, "Make it formal")]
    assert turns[1]["channel"] == "complaint"


def test_what_the_next_message_should_be_travels_to_the_brain(
    parent: Parent, served: Running
) -> None:
    parent.say(text="shoes")
    parent.say(choice=1)
    parent.say(text="An apology.")
    sent = served.seen_by_brain(parent.id)[2]
    assert sent["metadata"]["expects"] == "outcome"  # type: ignore[index]
    assert sent["metadata"]["now"].startswith("2026-11-24T10:15")  # type: ignore[index]


def test_a_double_submit_is_answered_once(parent: Parent, served: Running) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: parent.say(text="shoes", idempotency_key="k1").json(), range(4))
        )
    assert all(answer == answers[0] for answer in answers)
    assert len(parent.transcript()) == len(served.seen_by_brain(parent.id)) == 1


def test_a_choice_sent_twice_with_one_key_is_not_stale(parent: Parent) -> None:
    parent.say(text="shoes")
    first = parent.say(choice=0, turn=1, idempotency_key="k2")
    again = parent.say(choice=0, turn=1, idempotency_key="k2")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()


def test_two_tabs_that_write_at_once_are_both_answered_in_turn(parent: Parent) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda n: parent.say(text=f"message {n}"), range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert sorted(answer.json()["turn"] for answer in answers) == [1, 2, 3]


@pytest.mark.parametrize("body", [{"choice": 7}, {"choice": 0, "turn": 999}])
def test_a_choice_that_is_not_on_offer_is_a_conflict(parent: Parent, body: dict[str, int]) -> None:
    parent.say(text="shoes")
    refused = parent.say(**body)
    assert (refused.status_code, refused.json()["error"]) == (409, "stale_choice")


def test_a_choice_of_an_older_turn_is_refused_even_if_its_number_exists(parent: Parent) -> None:
    parent.say(text="shoes")
    parent.say(text="shoes again")
    assert parent.say(choice=0, turn=1).status_code == 409


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ("{", 400, "invalid_json"),
        ('{"text": "\\ud800"}', 400, "invalid_json"),
        ("[]", 422, "invalid_message"),
        ("{}", 422, "invalid_message"),
        ('{"text": "a", "choice": 1}', 422, "invalid_message"),
        ('{"text": ""}', 422, "invalid_message"),
        ('{"text": " \\t\\n "}', 422, "invalid_message"),
        ('{"choice": "0"}', 422, "invalid_message"),
        ('{"choice": -1}', 422, "invalid_message"),
        ('{"text": "a", "sender": "someone"}', 422, "invalid_message"),
        ('{"text": "' + "a" * 200_001 + '"}', 422, "too_long"),
        ('{"text": "' + "a" * 1_100_000 + '"}', 413, "too_large"),
    ],
)
def test_a_body_that_cannot_be_used_gets_a_code_and_a_sentence(
    parent: Parent, sent: str, status: int, code: str
) -> None:
    headers = {**parent.headers, "Content-Type": "application/json"}
    refused = httpx.post(f"{parent.address}/messages", content=sent, headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (status, code)
    assert refused.json()["message"].endswith((".", "}."))
    assert parent.transcript() == []


def test_a_body_that_is_not_json_is_refused(parent: Parent) -> None:
    refused = httpx.post(f"{parent.address}/messages", data={"text": "a"}, headers=parent.headers)
    assert refused.status_code == 415


@pytest.mark.parametrize(
    ("text", "for_the_brain"),
    [
        ("😡😡😡", "😡😡😡"),
        ("a\x00b", "ab"),
        ("\u202ereversed\u202c", "reversed"),
        ('/book_meeting{"a": 1}', 'book_meeting{"a": 1}'),
        ("\u2003\u200b//go_on", "go_on"),
        ("!" * 100_000, "!" * 8),
    ],
)
def test_odd_text_is_a_real_turn_and_never_a_command(
    parent: Parent, served: Running, text: str, for_the_brain: str
) -> None:
    assert parent.say(text=text).status_code == 200
    (seen,) = served.seen_by_brain(parent.id)
    assert (seen["text"], seen["payload"]) == (for_the_brain, None)


@pytest.mark.parametrize("text", ["////", "\u200b\u200b.".replace(".", "\x00"), "\u202e\u2066"])
def test_text_without_anything_to_read_gets_a_gentle_question(
    parent: Parent, served: Running, text: str
) -> None:
    answer = parent.say(text=text)
    assert (answer.status_code, answer.json()["channel"]) == (200, "ask")
    assert served.seen_by_brain(parent.id) == []


def test_a_long_letter_is_kept_whole_and_the_brain_reads_its_ends(
    parent: Parent, served: Running
) -> None:
    letter = "It began in May. " + "Then it went on. " * 600 + "I want an answer."
    parent.say(text=letter)
    assert parent.transcript()[0]["said"] == letter
    read = str(served.seen_by_brain(parent.id)[0]["text"])
    assert len(read) <= 2_000
    assert read.startswith("It began in May.")
    assert read.endswith("I want an answer.")


@pytest.mark.parametrize(
    "header",
    [{}, {"Authorization": "Bearer made-up"}, {"Authorization": "Bearer a.00"}],
)
def test_without_a_token_that_we_gave_out_nothing_is_told(
    parent: Parent, header: dict[str, str]
) -> None:
    refused = httpx.get(parent.address, headers=header)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
def test_somebody_elses_conversation_is_exactly_one_that_does_not_exist(
    served: Running, parent: Parent, method: str
) -> None:
    stranger = Parent.starting(served.url)
    missing = Parent(served.url, "0" * 32, stranger.token)
    other = Parent(served.url, parent.id, stranger.token)
    suffix = "/messages" if method == "POST" else ""
    body = {"text": "a"} if method == "POST" else None
    answers = [
        httpx.request(method, one.address + suffix, headers=one.headers, json=body)
        for one in (missing, other)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert _steady(answers[0]) == _steady(answers[1])


def test_a_forgotten_conversation_is_gone_here_and_in_the_brain(
    served: Running, parent: Parent
) -> None:
    parent.say(text="shoes")
    assert httpx.delete(parent.address, headers=parent.headers).status_code == 204
    assert httpx.get(parent.address, headers=parent.headers).status_code == 404
    assert served.seen_by_brain(parent.id) == []


@pytest.mark.parametrize("steer", ["break", "say nothing", "say nonsense", "be slow"])
def test_a_brain_that_fails_in_any_way_becomes_an_honest_sentence(
    steer: str, impatient: Running
) -> None:
    answer = Parent.starting(impatient.url).say(text=f"please {steer}").json()
    said = answer["replies"][0]["text"]
    assert answer["channel"] == "service"
    assert "01632 960300" in said
    assert f"{impatient.url}/call-back" in said
    assert "not been sent" in said
    assert answer["record"] is None


def test_danger_while_the_brain_is_down_is_answered_with_999_and_an_alert(
    served: Running, parent: Parent
) -> None:
    before = _alerts(served.data)
    answer = parent.say(text=IN_DANGER, idempotency_key="danger").json()
    assert answer["channel"] == "emergency"
    assert "999" in answer["replies"][0]["text"]
    assert "Mr Mensah" in answer["replies"][-1]["text"]
    assert parent.say(text=IN_DANGER, idempotency_key="danger").json() == answer
    assert _alerts(served.data) == before + 1


def test_too_many_messages_are_refused_but_never_one_about_danger(
    served: Running, parent: Parent
) -> None:
    answers = [parent.say(text="shoes") for _ in range(TOO_MANY)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"
    before = _alerts(served.data)
    answer = parent.say(text=IN_DANGER)
    assert (answer.status_code, answer.json()["channel"]) == (200, "emergency")
    assert _alerts(served.data) == before + 1


def test_an_address_that_is_not_there_and_a_method_that_is_not_taken(served: Running) -> None:
    missing = httpx.get(f"{served.url}/api/v1/nothing")
    wrong = httpx.put(f"{served.url}/api/v1/conversations")
    assert (missing.status_code, missing.json()["error"]) == (404, "not_found")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")


def test_a_message_taken_before_a_crash_is_answered_under_its_own_key(tmp_path: Path) -> None:
    """The web process dies while the brain thinks; the next one asks the brain again."""
    port = free_port()
    with brain_process(port, tmp_path) as brain_url, ThreadPoolExecutor(1) as pool:
        with web_process(tmp_path, port, crashes=True) as url:
            parent = Parent.starting(url)
            lost = pool.submit(_lose, parent)
            _wait_until_seen(brain_url, parent.id)
        lost.result()
        with web_process(tmp_path, port, brain_timeout_seconds="1") as url:
            survivor = Parent(url, parent.id, parent.token)
            answer = survivor.say(text="please be slow", idempotency_key="crash")
            turns = httpx.get(f"{brain_url}/seen/{parent.id}").json()
    assert answer.status_code == 200
    assert answer.json()["turn"] == 1
    assert len(turns) == 1


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with stack(tmp_path_factory.mktemp("impatient"), brain_timeout_seconds="1") as running:
        yield running


def _lose(parent: Parent) -> None:
    with pytest.raises(httpx.HTTPError):
        parent.say(text="please be slow", idempotency_key="crash").raise_for_status()


def _wait_until_seen(brain_url: str, conversation: str) -> None:
    for _ in range(200):
        if httpx.get(f"{brain_url}/seen/{conversation}").json():
            return
    pytest.fail("the message never reached the brain")


def _steady(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


def _alerts(data: Path) -> int:
    with sqlite3.connect(data / "alerts.db") as alerts:
        return int(alerts.execute("SELECT count(*) FROM alert").fetchone()[0])
