"""The promises of a conversation: nothing lost, nothing doubled, nothing mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.services.answer_turn import answer_turn
from assistant.services.authenticate_conversation import authenticate_conversation
from assistant.services.desk import Desk
from assistant.services.errors import ConversationBusy, ConversationGone, StaleChoice, TextTooLong
from assistant.services.forget_conversation import forget_conversation
from assistant.services.parent_words import parent_words
from assistant.services.read_transcript import read_transcript
from assistant.services.shapes import AnsweredTurn, PendingTurn
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import MOST_CHARACTERS, take_turn
from assistant.store.tables import Turn
from tests.desks import pass_time

CHOICES = [
    {"text": "One door.", "choices": [{"title": "Book a talk", "payload": "/affirm"}]},
    {
        "text": "Or another.",
        "choices": [{"title": "Make it formal", "payload": '/ask_channel{"to": "complaint"}'}],
        "expects": "when",
    },
]


@pytest.fixture
def conversation(desk: Desk) -> str:
    return start_conversation(desk)[0]


def take(
    desk: Desk, conversation: str, key: str, text: str = "Nobody rang me back."
) -> PendingTurn:
    turn = take_turn(desk, conversation_id=conversation, idempotency_key=key, text=text)
    assert isinstance(turn, PendingTurn)
    return turn


def answer(desk: Desk, turn: PendingTurn, replies: list | None = None) -> AnsweredTurn:
    return answer_turn(
        desk,
        conversation_id=turn.conversation_id,
        turn=turn,
        replies=replies or [{"text": "That sounds worrying.", "choices": []}],
        channel="staff",
        alternatives=["headteacher"],
        reason="It was not raised before.",
        record={"kind": "concern", "reference": "SG-1", "status": "received"},
    )


def test_only_its_own_token_opens_a_conversation(desk: Desk) -> None:
    mine, token = start_conversation(desk)
    other, others_token = start_conversation(desk)
    assert authenticate_conversation(desk, mine, token)
    assert not authenticate_conversation(desk, mine, others_token)
    assert not authenticate_conversation(desk, other, token)
    assert not authenticate_conversation(desk, "no such id\0", token)


def test_a_form_that_is_sent_again_finds_the_conversation_that_it_began(desk: Desk) -> None:
    begun = start_conversation(desk, "a key of a page|Two days for shoes")
    assert start_conversation(desk, "a key of a page|Two days for shoes") == begun
    assert start_conversation(desk, "a key of a page|Three days") != begun
    assert start_conversation(desk) != start_conversation(desk)


def test_a_form_that_is_sent_four_times_at_once_begins_one_conversation(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        begun = set(pool.map(lambda _: start_conversation(desk, "a key|and words"), range(4)))
    assert len(begun) == 1


def test_the_words_are_stored_and_sealed_before_anybody_answers(
    desk: Desk, conversation: str
) -> None:
    take(desk, conversation, "first", "He came home in tears")
    with desk.unit_of_work(read_only=True) as work:
        (turn,) = work.session.query(Turn)
        assert turn.state == "pending"
        assert b"tears" not in turn.words
    assert parent_words(desk, conversation) == ["He came home in tears"]


def test_a_message_of_any_characters_comes_back_whole(desk: Desk, conversation: str) -> None:
    words = "\0 \ud800 \u202e 😡 " + "!" * (MOST_CHARACTERS - 10)
    take(desk, conversation, "key with \0 and \ud800" * 50, words)
    assert parent_words(desk, conversation) == [words]


def test_a_longer_message_is_refused_and_not_cut(desk: Desk, conversation: str) -> None:
    with pytest.raises(TextTooLong):
        take(desk, conversation, "long", "x" * (MOST_CHARACTERS + 1))
    assert parent_words(desk, conversation) == []


def test_the_same_key_returns_the_answer_that_was_given(desk: Desk, conversation: str) -> None:
    given = answer(desk, take(desk, conversation, "same"))
    again = take_turn(desk, conversation_id=conversation, idempotency_key="same", text="other")
    assert again == given
    assert len(read_transcript(desk, conversation)) == 1


def test_a_turn_whose_gateway_died_is_resumed_under_the_same_id(
    desk: Desk, conversation: str
) -> None:
    first = take(desk, conversation, "same")
    again = take(desk, conversation, "same")
    assert (again.turn_id, again.text, again.resumed) == (first.turn_id, first.text, True)
    assert not first.resumed


def test_a_second_message_waits_for_the_answer_to_the_first(desk: Desk, conversation: str) -> None:
    first = take(desk, conversation, "first")
    with pytest.raises(ConversationBusy) as refused:
        take(desk, conversation, "second")
    assert 0 < refused.value.seconds <= 13
    answer(desk, first)
    assert take(desk, conversation, "second").number == 2


def test_a_message_that_nobody_answers_does_not_close_the_conversation(
    desk: Desk, conversation: str
) -> None:
    take(desk, conversation, "abandoned")
    pass_time(desk, minutes=1)
    assert take(desk, conversation, "next").number == 2


def test_twenty_messages_at_once_make_one_turn(desk: Desk, conversation: str) -> None:
    def send(number: int) -> str:
        try:
            return take(desk, conversation, f"key {number}").turn_id
        except ConversationBusy:
            return "busy"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, range(20)))
    assert outcomes.count("busy") == 19
    assert len(parent_words(desk, conversation)) == 1


def test_twenty_times_the_same_message_at_once_make_one_turn(desk: Desk, conversation: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda _: take(desk, conversation, "same"), range(20)))
    assert len({turn.turn_id for turn in turns}) == 1
    assert [turn.resumed for turn in turns].count(False) == 1


def test_a_choice_is_the_payload_behind_its_number(desk: Desk, conversation: str) -> None:
    answer(desk, take(desk, conversation, "first"), CHOICES)
    turn = take_turn(
        desk, conversation_id=conversation, idempotency_key="c", choice=1, offered_in=1
    )
    assert isinstance(turn, PendingTurn)
    assert (turn.text, turn.payload) == (None, '/ask_channel{"to": "complaint"}')
    assert turn.expects == "when"
    assert read_transcript(desk, conversation)[-1].text == "Make it formal"
    assert parent_words(desk, conversation) == ["Nobody rang me back."]


@pytest.mark.parametrize("number", [-1, 2, 10**9])
def test_an_unknown_choice_is_refused(desk: Desk, conversation: str, number: int) -> None:
    answer(desk, take(desk, conversation, "first"), CHOICES)
    with pytest.raises(StaleChoice):
        take_turn(desk, conversation_id=conversation, idempotency_key="c", choice=number)


def test_a_choice_of_an_earlier_answer_is_stale(desk: Desk, conversation: str) -> None:
    answer(desk, take(desk, conversation, "first"), CHOICES)
    answer(desk, take(desk, conversation, "second"))
    for offered_in in (None, 1):
        with pytest.raises(StaleChoice):
            take_turn(
                desk,
                conversation_id=conversation,
                idempotency_key=f"c{offered_in}",
                choice=0,
                offered_in=offered_in,
            )


def test_the_first_answer_stays(desk: Desk, conversation: str) -> None:
    turn = take(desk, conversation, "first")
    first = answer(desk, turn)
    assert answer(desk, turn, CHOICES) == first


def test_another_conversations_turn_cannot_be_answered(desk: Desk, conversation: str) -> None:
    turn = take(desk, start_conversation(desk)[0], "first")
    with pytest.raises(ConversationGone):
        answer_turn(desk, conversation_id=conversation, turn=turn, replies=CHOICES, channel="staff")


def test_the_transcript_has_everything_in_order(desk: Desk, conversation: str) -> None:
    answer(desk, take(desk, conversation, "a", "one"))
    answer(desk, take(desk, conversation, "b", "two"), CHOICES)
    first, second = read_transcript(desk, conversation)
    assert [(first.number, first.text), (second.number, second.text)] == [(1, "one"), (2, "two")]
    assert (first.channel, first.alternatives) == ("staff", ["headteacher"])
    assert first.record == {"kind": "concern", "reference": "SG-1", "status": "received"}
    assert second.replies == CHOICES


def test_only_the_turns_asked_for_are_given_back(desk: Desk, conversation: str) -> None:
    answer(desk, take(desk, conversation, "a", "one"))
    answer(desk, take(desk, conversation, "b", "two"))
    assert parent_words(desk, conversation, {2}) == ["two"]
    assert parent_words(desk, conversation, set()) == []


def test_a_forgotten_conversation_leaves_no_words(desk: Desk, conversation: str) -> None:
    turn = take(desk, conversation, "a")
    forget_conversation(desk, conversation)
    for ask in (read_transcript, parent_words, forget_conversation):
        with pytest.raises(ConversationGone):
            ask(desk, conversation)
    with pytest.raises(ConversationGone):
        answer(desk, turn)
    with desk.unit_of_work(read_only=True) as work:
        assert work.session.query(Turn).count() == 0
