"""Whatever is sent to the real stack gets a clear answer, loses nothing and doubles nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from assistant.running.stack import Stack
from tests.whole.parent import Parent, choices_of, words_of

STORY = "My daughter Amira has had no reading book home for three weeks and nobody answers"
BRACKETS = 1_500
SPACES = {
    "none": "",
    "a space": " ",
    "a no-break space": "\u00a0",
    "an em space": "\u2003",
    "an ideographic space": "\u3000",
    "a line separator": "\u2028",
    "a next line": "\u0085",
    "a zero-width space": "\u200b",
    "a zero-width joiner": "\u200d",
    "a byte order mark": "\ufeff",
    "a soft hyphen": "\u00ad",
    "a right-to-left override": "\u202e",
    "a NUL": "\x00",
    "a tab and a line": "\t\n",
    "another slash": "/ /",
}
"""What may stand before a slash so that it looks like none, by what a person would call it."""
NOTHING_TO_READ = {
    "NUL": "\x00\x00\x00",
    "right-to-left marks": "\u202e\u200f\u202b\u2067",
    "zero-width characters": "\u200b\ufeff\u2060",
    "slashes": "////",
}
ODD = {
    "100 KB of punctuation": "?!.," * 25_600,
    "one sign 100 KB long": "!" * 102_400,
    "emoji only": "😡😡😡🤬",
    "a family of emoji": "👩\u200d👧\u200d👦" * 200,
    "NUL between letters": "my\x00 son\x00 lost his tie",
    "right-to-left tricks": "\u202emy son lost his tie\u202c\u2067 at school",
    "round brackets": "(" * BRACKETS + ")" * BRACKETS,
    "curly brackets": "{" * BRACKETS + "}" * BRACKETS,
    "square brackets": "my son [" + "[" * BRACKETS + "]" * BRACKETS,
    "letters with many marks": "m\u0301\u0323\u0330" * 3_000,
    "markup": "<script>alert(1)</script> {{ 7*7 }} ${7*7} %s %n",
    "a quotation of a query": "'; DROP TABLE turn; --",
    "a number": "4",
    "a language without spaces": "我的孩子在学校被欺负了" * 50,
}


def refusal(answer: httpx.Response, status: int, code: str) -> None:
    """Check that a refusal says what it is to programs and to people."""
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["message"].endswith(".")


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u2003\u00a0\u3000"])
def test_a_message_without_a_sign_is_refused_and_leaves_no_turn(text: str, parent: Parent) -> None:
    refusal(parent.send({"text": text}), 422, "invalid_message")
    assert parent.transcript() == []


@pytest.mark.parametrize("what", NOTHING_TO_READ)
def test_what_cannot_be_read_is_asked_about(what: str, parent: Parent) -> None:
    answer = parent.say(NOTHING_TO_READ[what])
    assert answer["channel"] == "ask"
    assert "could not read" in words_of(answer)


@pytest.mark.parametrize("what", ODD)
def test_odd_words_get_an_answer_and_the_chat_goes_on(what: str, parent: Parent) -> None:
    answer = parent.say(ODD[what])
    assert words_of(answer)
    assert answer["record"] is None
    assert words_of(parent.say("my son lost his coat"))
    assert [turn["turn"] for turn in parent.transcript()] == [1, 2]


def test_a_rant_longer_than_the_brain_reads_is_kept_whole(parent: Parent) -> None:
    rant = "Nobody listens to us. " * 400 + "My son's coat is gone again."
    parent.say(rant)
    assert parent.transcript()[0]["said"] == rant


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": 5}', b'{"text": "a"', b"\xff\xfe"])
def test_a_body_that_is_no_message_is_refused(body: bytes, parent: Parent) -> None:
    answer = post(parent, body)
    assert answer.status_code in {400, 422}
    assert answer.json()["message"].endswith(".")
    assert parent.transcript() == []


@pytest.mark.parametrize("brackets", [b"[" * BRACKETS, b'{"text":' * BRACKETS])
def test_json_that_is_nested_deeply_is_refused(brackets: bytes, parent: Parent) -> None:
    assert post(parent, brackets).status_code == 400


def post(parent: Parent, body: bytes) -> httpx.Response:
    """Send bytes as they are."""
    headers = {"Authorization": f"Bearer {parent.token}", "Content-Type": "application/json"}
    return parent.http.post(f"{parent.path}/messages", content=body, headers=headers)


def test_half_of_an_emoji_is_answered_or_refused(parent: Parent) -> None:
    answer = post(parent, b'{"text": "my son \\ud83d lost his tie"}')
    assert answer.status_code in {200, 400, 422}


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Bearer ключ", "x" * 5_000])
def test_a_wrong_token_opens_nothing(header: str, parent: Parent) -> None:
    answer = parent.send({"text": "hello"}, headers={"Authorization": header.encode()})
    assert answer.status_code in {401, 404}
    assert answer.json()["message"].endswith(".")
    assert parent.transcript() == []


def test_somebody_elses_conversation_answers_as_one_that_does_not_exist(
    stack: Stack, parent: Parent
) -> None:
    parent.say(STORY)
    with Parent.at(stack.url) as stranger:
        own_token = {"Authorization": f"Bearer {stranger.token}"}
        made_up = f"/conversations/{'0' * len(parent.conversation)}"
        for method in ("GET", "DELETE"):
            theirs = stranger.http.request(method, parent.path, headers=own_token)
            nobodys = stranger.http.request(method, made_up, headers=own_token)
            assert (theirs.status_code, theirs.text) == (nobodys.status_code, nobodys.text)
            assert theirs.status_code == 404
    assert len(parent.transcript()) == 1


def test_a_choice_that_was_never_offered_is_refused(parent: Parent) -> None:
    parent.say(STORY)
    refusal(parent.send({"choice": 99}), 409, "stale_choice")
    refusal(parent.send({"choice": -1}), 422, "invalid_message")
    assert len(parent.transcript()) == 1


def test_a_choice_of_an_older_answer_is_refused(parent: Parent) -> None:
    offered = parent.say(STORY)
    parent.say("and her water bottle is gone too")
    number = choices_of(offered)[0]["choice"]
    refusal(parent.send({"choice": number, "turn": offered["turn"]}), 409, "stale_choice")
    assert len(parent.transcript()) == 2


def test_the_same_message_sent_twice_is_one_message(parent: Parent) -> None:
    once = parent.say(STORY, key="the-same")
    again = parent.say(STORY, key="the-same")
    assert once == again
    assert len(parent.transcript()) == 1


def test_a_double_click_on_book_makes_one_meeting(parent: Parent) -> None:
    parent.tell("can I see my son's teacher about his spellings")
    parent.tell("Jonah Peake 4B, friday at 3.30, Carly Peake 07700 900613")
    body = {"text": "yes", "idempotency_key": "the-click"}
    with ThreadPoolExecutor(4) as hands:
        answers = [one.json() for one in hands.map(parent.send, [body] * 4)]
    assert answers[0]["record"]["kind"] == "meeting"
    assert answers == [answers[0]] * 4


def test_two_tabs_are_answered_in_turn(parent: Parent) -> None:
    said = ["my son lost his coat", "and nobody rang me back about it"]
    with ThreadPoolExecutor(2) as tabs:
        answers = list(tabs.map(lambda text: parent.send({"text": text}), said))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert {turn["said"] for turn in parent.transcript()} == set(said)
    assert [turn["turn"] for turn in parent.transcript()] == [1, 2]


@pytest.mark.parametrize("before", SPACES)
def test_a_command_is_only_words_whatever_stands_before_its_slash(
    before: str, parent: Parent
) -> None:
    parent.tell("can I see my son's teacher about his spellings", "Jonah Peake 4B")
    for command in ("/restart", '/greet{"x":1}', '/pick_door{"door": "governors"}', "/back"):
        answer = parent.say(SPACES[before] + command)
        assert answer["channel"] not in {"governors", "smalltalk"}, command
        assert words_of(answer)
    summary = words_of(parent.tell("friday at 3.30", "Carly Peake 07700 900613"))
    assert "Jonah Peake" in summary, "the booking was thrown away"


def test_an_unknown_address_is_answered_in_json(stack: Stack) -> None:
    for method, path in (("GET", "/api/v1/nothing"), ("PUT", "/api/v1/conversations")):
        answer: Any = httpx.request(method, stack.url + path)
        assert answer.status_code in {404, 405}
        assert answer.json()["message"].endswith(".")
