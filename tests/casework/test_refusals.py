"""What a parent rules out in so many words."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.refusals import refused_doors

HEAD, TALK, FORMAL = Channel.HEADTEACHER, Channel.STAFF, Channel.COMPLAINT


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("do NOT send me to the head, last time that made it worse", {HEAD}),
        ("not the head please", {HEAD}),
        ("anyone but the headteacher", {HEAD}),
        ("don’t involve the principal", {HEAD}),
        ("no. no meeting. just log it", {TALK}),
        ("I don't want a meeting so dont offer me one. I want a complaint logged", {TALK}),
        ("no i dont want to book anything. just delete it", {TALK}),
        ("I will not be coming in for a meeting", {TALK}),
        ("i dont want a formal thing, i want to sit down with someone above her", {FORMAL}),
        ("nothing formal", {FORMAL}),
        ("without making it official", {FORMAL}),
        ("no i dont want to meet anyone. or complain. just wanted to know", {TALK, FORMAL}),
    ],
)
def test_words_close_the_door_they_name(text: str, closed: set[Channel]) -> None:
    assert refused_doors(text) == closed


@pytest.mark.parametrize(
    "text",
    [
        "I want the headteacher for this one not someone in his department",
        "he's not the head of year",
        "I haven't had a meeting",
        "no one has met with us",
        "I don't mind a meeting",
        "why can't I have a meeting with the head",
        "she would not meet me",
        "the head did not meet with us",
        "nobody told the head",
        "not happy with the head",
        "formal complaint please",
        "",
    ],
)
def test_words_that_only_sound_like_it_close_nothing(text: str) -> None:
    assert not refused_doors(text)


@pytest.mark.parametrize("text", ["i dont want any forms", "no forms please", "not another form"])
def test_who_wants_no_forms_closes_the_formal_door(text: str) -> None:
    assert refused_doors(text) == {FORMAL}


@pytest.mark.parametrize("text", ["not her form tutor", "no form time today", "not the form room"])
def test_a_form_of_pupils_is_no_form(text: str) -> None:
    assert refused_doors(text) == frozenset()
