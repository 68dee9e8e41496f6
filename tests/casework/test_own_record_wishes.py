"""What parents want of a meeting or a complaint that they have, in their own words."""

from __future__ import annotations

import pytest

from assistant.casework.own_record_wishes import Wanted, wanted_of_record

SAID: dict[Wanted, tuple[str, ...]] = {
    Wanted.KEEP: (
        "no thats all, dont change anything",
        "leave it as it is then",
        "no need to cancel it",
        "keep the meeting",
        "i don’t want to move it",
        "ok I'll be there",
    ),
    Wanted.WAIT: (
        "ok i'll wait. just wanted to know it didnt vanish",
        "im happy to wait",
        "just wanted to check you had it",
    ),
    Wanted.LATE: (
        "running late",
        "im gonna be 10 minutes late for the meeting",
        "we're stuck in traffic",
        "running about ten mins late",
    ),
    Wanted.NUMBER: (
        "need to change the number on my booking",
        "my number's changed",
        "ive got a new mobile, can you update it",
        "you've got the wrong email for me",
    ),
    Wanted.COMPANY: (
        "can my mum come too",
        "can i bring my sister to it",
        "is it ok if my husband comes as well",
    ),
    Wanted.MODE: (
        "can it be by phone instead",
        "could we do it over zoom",
        "can you ring me instead",
        "can we do it by video",
        "id rather do it in person instead",
    ),
    Wanted.ADD: (
        "add something to my complaint",
        "I'd like to add that it happened again",
        "forgot to mention the bus",
        "there's something to add",
    ),
    Wanted.OFF: (
        "withdraw it",
        "we've sorted it, bin the complaint",
        "can I cancel thursday",
        "call it off",
        "i want to take it back",
        "dont need the meeting any more",
        "drop my complaint please",
        "cancel my 3.30 with the senco",
        "pls cancel thursdays meeting, kid is ill",
        "i dont want to take it further",
    ),
    Wanted.MOVE: (
        "need to move a meeting",
        "can we do tuesday 2nd december",
        "i cant make thursday",
        "dont cancel it, just move it to friday",
        "need another day",
        "something's come up",
        "can we shift our 4 oclock",
        "could she do friday",
        "can it be later",
        "need to cancel my meeting friday, can i do monday",
    ),
    Wanted.PLACE: (
        "where do i go when i get there",
        "which room",
        "whereabouts is it",
        "what entrance do i use",
        "how do i get in",
    ),
    Wanted.KNOWN: (
        "does she know im coming",
        "is he expecting me",
        "has mrs okafor been told",
    ),
    Wanted.HANDLER: (
        "who has actually got it now",
        "who's dealing with it",
        "has anyone looked at it",
        "whose desk is it on",
    ),
    Wanted.DATES: (
        "how long do they have",
        "when will i hear",
        "whats the deadline",
        "what happens next",
        "by when",
    ),
    Wanted.TIME: ("what time was it again", "when is my meeting", "what day is it on"),
    Wanted.STATUS: (
        "is it still on",
        "any news",
        "hows it going",
        "did it go through",
        "chasing my complaint",
        "ive lost the reference",
        "still waiting on an answer",
    ),
}


@pytest.mark.parametrize(
    ("wanted", "words"), [(wanted, words) for wanted, all_ in SAID.items() for words in all_]
)
def test_what_is_wanted_is_heard_in_many_words(wanted: Wanted, words: str) -> None:
    assert wanted_of_record(words) is wanted


@pytest.mark.parametrize(
    "words",
    [
        "he hit my son again today",
        "i want to see the head",
        "can i have a meeting with the deputy",
        "why has nobody rung me",
        "they changed the menu",
        "she was late to school",
        "i need to make a complaint",
        "the teacher keeps moving him to another table and its not fair",
        "my son has been moved to a different set",
        "he lost his phone and nobody cared",
        "they cancelled the trip",
        "cheers",
        "he cant make the football team",
    ],
)
def test_what_is_no_wish_about_a_record_is_none(words: str) -> None:
    assert wanted_of_record(words) is None


def test_every_kind_of_wish_has_its_sentences() -> None:
    assert set(SAID) == set(Wanted)
