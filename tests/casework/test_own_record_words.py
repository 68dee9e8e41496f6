"""Speaking of what one has already, and asking for something new, are not the same."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.own_record_words import first_named, has_one_already, wants_a_change


@pytest.mark.parametrize(
    "words",
    [
        "I've a meeting with the deputy on Monday at 4",
        "we have an appointment booked for the 9th",
        "I booked Mr Vale for tomorrow morning",
        "there's a call booked for noon",
        "my meeting is on Friday",
        "I made a complaint in October",
    ],
)
def test_a_parent_who_has_one_says_so(words: str) -> None:
    assert has_one_already(words)


@pytest.mark.parametrize(
    "words",
    [
        "can I have a meeting with the deputy on Monday",
        "I want a meeting about the trip",
        "I need to book an appointment",
        "the school never answered",
        "who deals with complaints",
    ],
)
def test_a_parent_who_wishes_one_has_none(words: str) -> None:
    assert not has_one_already(words)


def test_a_change_is_asked_for_in_many_words() -> None:
    assert wants_a_change("can it be Thursday instead")
    assert wants_a_change("I can’t make it any more")
    assert not wants_a_change("what time was it again")


def test_the_person_named_first_is_the_one_meant() -> None:
    assert first_named("call off the head's one, the tutor dealt with it") is Channel.HEADTEACHER
    assert first_named("the teacher one, not the head") is Channel.STAFF
    assert first_named("head of year") is Channel.STAFF
    assert first_named("nobody") is None
