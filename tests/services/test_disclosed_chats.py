"""A copy holds the chat from which a record came, unless it could tell somebody what is walled."""

from __future__ import annotations

import json

import pytest

from assistant.services.answer_turn import answer_turn
from assistant.services.desk import Desk
from assistant.services.disclosed_chats import ALSO_ELSEWHERE
from assistant.services.disclosed_records import BY_ANOTHER
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.draft_disclosure import view_draft
from assistant.services.errors import AlertHeldUp, NotPossibleNow
from assistant.services.forget_conversation import forget_conversation
from assistant.services.purge import purge
from assistant.services.seal_disclosure import seal_disclosure
from assistant.services.shapes import PendingTurn
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import take_turn
from assistant.services.view_case import view_case
from tests.databases import ON_SQLITE
from tests.desks import close_databases, pass_time
from tests.services.disclosing import begin_part, request_data, seal
from tests.services.filings import HEAD, file_case
from tests.services.test_held_alerts import without_alerts
from tests.services.test_raise_alert import raise_one

pytestmark = ON_SQLITE


def say(desk: Desk, chat: str, words: str, answer: str, channel: str = "staff") -> None:
    turn = take_turn(desk, conversation_id=chat, idempotency_key=words, text=words)
    assert isinstance(turn, PendingTurn)
    answer_turn(desk, conversation_id=chat, turn=turn, replies=[{"text": answer}], channel=channel)
    pass_time(desk, minutes=1)


def chatted(desk: Desk, *words: str, channel: str = "staff") -> str:
    """Return a chat in which these words were said, each answered."""
    chat, _token = start_conversation(desk)
    for each in words or ("Nobody rang me back.",):
        say(desk, chat, each, f"You said: {each}", channel)
    return chat


def asked_for(desk: Desk, chat: str, **changed: object) -> str:
    """Return a request for the data of whoever made a case in the chat, both ticked."""
    case = file_case(desk, conversation_id=chat, **changed)
    asked = request_data(desk)
    begin_part(desk, asked.reference, case.reference, asked.reference)
    return asked.reference


def shown(desk: Desk, reference: str) -> str:
    return json.dumps(seal(desk, reference).records)


def test_messages_and_answers_are_in_the_copy_in_order_with_others_hidden(desk: Desk) -> None:
    chat = chatted(desk, "Tyler Marsh took her bag.", "Ring me on 07700 900999.")
    (copied,) = [
        each for each in seal(desk, asked_for(desk, chat)).records if each["what"] == "Chat"
    ]
    said = [(each["title"], each["words"]) for each in copied["words"]]
    assert said == [
        ("The parent wrote", "[a name] took her bag."),
        ("The program answered", "You said: [a name] took her bag."),
        ("The parent wrote", "Ring me on [a phone number]."),
        ("The program answered", "You said: Ring me on [a phone number]."),
    ]
    times = [each["at"] for each in copied["words"]]
    assert times == sorted(times)


def test_a_chat_is_looked_at_and_handed_over_with_a_trace_in_its_history(desk: Desk) -> None:
    chat = chatted(desk)
    seal(desk, asked_for(desk, chat))
    with desk.unit_of_work(read_only=True) as work:
        kinds = [event.kind for event in work.events_of("conversation", chat)]
    assert kinds[-2:] == ["conversation.read", "conversation.disclosed"]


@pytest.mark.parametrize("by_whom", ["the parent", "time"])
def test_the_record_says_that_its_chat_is_gone(desk: Desk, by_whom: str) -> None:
    chat = chatted(desk)
    reference = asked_for(desk, chat)
    if by_whom == "time":
        pass_time(desk, days=8)
        purge(desk)
    else:
        forget_conversation(desk, chat)
    records = view_draft(desk, HEAD, reference).records
    assert "Chat" not in [each.what for each in records]
    gone = [
        passage.title
        for record in records
        for passage in record.passages
        if "chat" in passage.title
    ]
    assert gone == ["The chat from which this came was deleted"]


def test_a_chat_that_changed_since_it_was_read_is_not_handed_over(desk: Desk) -> None:
    chat = chatted(desk)
    reference = asked_for(desk, chat)
    digest = view_draft(desk, HEAD, reference).digest
    say(desk, chat, "One more thing.", "Yes?")
    with pytest.raises(NotPossibleNow):
        seal_disclosure(desk, staff_id=HEAD, reference=reference, digest=digest)


def test_who_may_not_read_one_record_of_a_chat_is_shown_nothing_of_it(desk: Desk) -> None:
    chat = chatted(desk, "It is about a person.")
    file_case(desk, "walled", conversation_id=chat, subjects=frozenset({HEAD}))
    assert "It is about a person." not in shown(desk, asked_for(desk, chat))


def test_who_is_named_in_a_chat_is_shown_nothing_of_it(desk: Desk) -> None:
    chat = chatted(desk, "Mrs Ashworth shouted at her.", "It was at the gate.")
    assert "at the gate" not in shown(desk, asked_for(desk, chat))


@pytest.mark.parametrize("channel", ["safeguarding", "emergency", "wellbeing"])
def test_a_chat_about_somebody_s_safety_is_for_the_leads(desk: Desk, channel: str) -> None:
    chat = chatted(desk, "He has bruises.", channel=channel)
    say(desk, chat, "And the shoes.", "I see.")
    assert "shoes" not in shown(desk, asked_for(desk, chat))


def test_a_chat_with_an_alert_or_one_on_its_way_or_with_nobody_to_ask_is_not_shown(
    desk: Desk,
) -> None:
    chat = chatted(desk, "The shoes again.")
    reference = asked_for(desk, chat)
    assert "shoes again" in shown(desk, reference)
    broken = without_alerts(desk)
    assert "shoes again" not in shown(broken, reference)
    with pytest.raises(AlertHeldUp):
        raise_one(broken, "held", "She is afraid.", conversation_id=chat)
    assert "shoes again" not in shown(desk, reference)
    raise_one(desk, "held", "She is afraid.", conversation_id=chat)
    assert "shoes again" not in shown(desk, reference)
    close_databases(broken)


def test_a_chat_of_somebody_else_or_with_a_record_that_is_not_ticked_is_held_back(
    desk: Desk,
) -> None:
    chat = chatted(desk)
    case = file_case(desk, "ticked", conversation_id=chat)
    file_case(desk, "not ticked", conversation_id=chat)
    asked = request_data(desk)
    begin_part(desk, asked.reference, case.reference)
    (draft,) = [each for each in view_draft(desk, HEAD, asked.reference).records
                if each.what == "Chat"]  # fmt: skip
    assert {each.held for each in draft.passages} == {ALSO_ELSEWHERE}
    assert draft.left_out
    other = DataSubject("Somebody Else", "", "", "", ())
    begin_part(desk, asked.reference, case.reference, person=other)
    with desk.unit_of_work(read_only=True):
        records = view_draft(desk, HEAD, asked.reference).records
    assert {p.held for each in records for p in each.passages if each.what == "Chat"} <= {
        BY_ANOTHER
    }
    assert view_case(desk, HEAD, case.reference).row.reference == case.reference
