"""Speaking of what one has already, and asking for something new, are not the same."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.own_record_words import (
    day_said_once,
    first_named,
    has_one_already,
    tells_which,
    wants_a_change,
)


@pytest.mark.parametrize(
    "words",
    [
        "I've a meeting with the deputy on Monday at 4",
        "we have an appointment booked for the 9th",
        "I booked Mr Vale for tomorrow morning",
        "there's a call booked for noon",
        "my meeting is on Friday",
        "I made a complaint in October",
        "i booked a meeting on here yesterday with my sons form tutor",
        "need to move a meeting booked on here, its with the SENCO",
        "got a slot with the head on monday at 9",
        "I've an appointment with miss kaur thursday 3.45",
        "my meeting tomorrow with mrs okafor",
        "put in a complaint last week, hows it going",
        "can I cancel thursday",
        "does she know im coming, ive got the 3.30 with the senco on friday",
        "we're meant to be seeing the headteacher on friday at 9",
        "I was given a meeting with the head of year",
        "you booked me in with the deputy for tuesday",
        "can we shift our 4 oclock on thursday with the chair",
        "I'd like to stop the complaint I put in about mr croft",
        "running late for my 10.30 with mrs ashworth",
        "need another day for my meeting",
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
        "can i book a slot with the senco for friday",
        "is it possible to see mrs kaur on thursday",
        "I want to make a complaint about the trip",
        "someone posted it in the class group chat",
        "we had a chat with his teacher and nothing changed",
        "hes got detention thursday 3.30 and i want it moved",
        "that is not the case",
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


def test_the_new_time_does_not_tell_which_meeting_is_meant() -> None:
    assert tells_which("move my monday meeting to thursday") == "move my monday meeting to"
    assert tells_which("cancel thursday") == "cancel thursday"


def test_a_day_that_is_said_again_with_its_date_is_one_day() -> None:
    assert day_said_once("sorry wednesday. wednesday the 2nd") == "sorry wednesday the 2nd"
    assert day_said_once("wednesday or thursday the 3rd") == "wednesday or thursday the 3rd"
