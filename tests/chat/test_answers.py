"""The brain's messages become one answer, or none at all."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.casework.kinds import Channel
from assistant.chat.answers import merge
from assistant.chat.brain_client import BrainMessage, BrainUnavailable


def messages(*raw: dict[str, Any]) -> list[BrainMessage]:
    return [BrainMessage.model_validate(one) for one in raw]


def test_what_a_later_message_says_wins() -> None:
    answer = merge(
        messages(
            {"text": "One.", "custom": {"channel": "ask", "expects": "child"}},
            {"text": "Two.", "custom": {"channel": "staff", "alternatives": ["headteacher"]}},
        )
    )
    assert answer.channel is Channel.STAFF
    assert answer.alternatives == (Channel.HEADTEACHER,)
    assert answer.expects == "child"
    assert [reply.text for reply in answer.replies] == ["One.", "Two."]


def test_payloads_and_what_comes_next_are_kept_for_the_next_turn() -> None:
    answer = merge(
        messages(
            {
                "text": "Which day?",
                "buttons": [{"title": "Monday", "payload": '/when{"day":"mon"}'}],
                "custom": {"channel": "service", "expects": "when", "help": True},
            }
        )
    )
    (stored,) = answer.replies_to_store()
    assert stored["choices"] == [{"title": "Monday", "payload": '/when{"day":"mon"}'}]
    assert (stored["expects"], stored["help"], stored["ended"]) == ("when", True, False)


@pytest.mark.parametrize(
    "said",
    [
        [],
        [{"text": "  "}],
        [{"custom": {"channel": "staff"}}],
        [{"text": "Hm.", "custom": {"channel": "the moon"}}],
        [{"text": "Done.", "custom": {"channel": "service", "record": {"kind": "meeting"}}}],
        [{"text": "Done.", "custom": {"channel": "service", "record": "TG-1"}}],
        [{"text": "Hm.", "custom": {"channel": ["staff"]}}],
    ],
)
def test_silence_and_nonsense_are_no_answer(said: list[dict[str, Any]]) -> None:
    with pytest.raises(BrainUnavailable):
        merge(messages(*said))
