"""The ears hear a message of one part once, although it is asked about twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.brain.heard import Heard
from assistant.brain.listener import MOST_KEPT, READING, Listener
from assistant.casework.reading import Reading


class CountingReader:
    """Hears the same in every text, and notes what it was asked."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, text: str) -> Heard:
        return self.hear_all([text])[0]

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        self.heard += texts
        reading = Reading(act="vent", confidence=0.5, topics={"uniform": 0.9})
        return [Heard([("vent", 0.9)], reading) for _ in texts]


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


@pytest.fixture
def listener(reader: CountingReader) -> Listener:
    return Listener(None, None, reader)


def test_a_message_of_one_part_is_heard_once(listener: Listener, reader: CountingReader) -> None:
    listener.hear_all(["Two days for shoes."])
    message = Message.build("Two days for shoes.")
    listener.process([message])
    assert reader.heard == ["Two days for shoes."]
    assert message.get(READING)["topics"] == {"uniform": 0.9}


def test_a_later_turn_with_the_same_words_is_heard_again(
    listener: Listener, reader: CountingReader
) -> None:
    listener.hear_all(["Two days for shoes."])
    listener.process([Message.build("Two days for shoes."), Message.build("Two days for shoes.")])
    assert len(reader.heard) == 2


def test_a_message_of_several_parts_is_heard_as_a_whole_too(
    listener: Listener, reader: CountingReader
) -> None:
    listener.hear_all(["Two days for shoes.", "Also his maths set."])
    listener.process([Message.build("Two days for shoes. Also his maths set.")])
    assert len(reader.heard) == 3


def test_what_no_turn_came_for_is_let_go(listener: Listener) -> None:
    for number in range(2 * MOST_KEPT):
        listener.hear_all([f"Message {number}"])
    assert len(listener._kept) == MOST_KEPT
