"""Questions that only what was said before explains."""

from __future__ import annotations

import pytest

from assistant.casework.questions import (
    GENERAL,
    NOT_KNOWN,
    POINTERS,
    Spoken,
    follows_up_status,
    goes_on_from,
    outside_answer,
    which_answer,
)

DATA = Spoken(answer=outside_answer("data_protection"))
POLICY = Spoken(answer="social_media")
POSTED = Spoken(posting=True)
UNNAMED = Spoken(answer="anonymous")


@pytest.mark.parametrize(
    ("question", "before", "answer"),
    [
        ("whatever. can I see what the policy says", POLICY, "policy_link"),
        ("wheres the policy that says i cant", POLICY, "policy_link"),
        ("what's the actual rule", POLICY, "policy_link"),
        ("what's the actual rule", POSTED, "policy_link"),
        ("can you actually make me take it down", POLICY, "take_down"),
        ("what if I say no", POLICY, "take_down"),
        ("and if i dont", Spoken(answer="take_down"), "take_down"),
        ("am i going to get in trouble for naming her", POSTED, "after_posting"),
        ("will you ban me", POLICY, "after_posting"),
        ("so who told you then", POLICY, "who_reported"),
        ("where's the complaints policy", POLICY, "stages"),
        ("would they actually look into it with no name or not", UNNAMED, "anonymous_again"),
        ("do they know it was me", UNNAMED, "anonymous_again"),
        ("do i have to say why i want it", DATA, "data_reason"),
        ("how long do you get", DATA, "data_days"),
        ("what if they don't", DATA, "data_ignored"),
        ("who do i send it to", DATA, "data_where"),
        ("does it cost anything", DATA, "data_cost"),
        ("is that for my son's file too", DATA, "data_child"),
        ("how much is it", Spoken(answer=outside_answer("attendance")), "days_attendance"),
        ("how long have i got", Spoken(answer=outside_answer("admissions")), "days_admissions"),
        ("how long have i got", Spoken(topic="ehcp", channel="statutory"), "days_send"),
        ("what does it cost", Spoken(answer="interpreter"), "interpreter"),
        ("ok and then what", Spoken(answer="stages"), "not_happy"),
    ],
)
def test_a_short_question_goes_on_from_what_was_said(
    question: str, before: Spoken, answer: str
) -> None:
    assert which_answer(question, before) == answer
    assert goes_on_from(question, before) or answer == "stages"


@pytest.mark.parametrize(
    ("question", "before", "answer"),
    [
        ("how long does a complaint take", DATA, "how_long"),
        ("how long do you keep this chat", DATA, "data_kept"),
        ("who reads this", POLICY, "who_reads"),
        ("can I bring my mum", UNNAMED, "bring_someone"),
        ("is this confidential", DATA, "who_reads"),
    ],
)
def test_a_question_about_something_else_leaves_what_was_said(
    question: str, before: Spoken, answer: str
) -> None:
    assert which_answer(question, before) == answer
    assert not goes_on_from(question, before)


def test_nothing_goes_on_from_nothing() -> None:
    assert not goes_on_from("what if they don't", Spoken())
    assert not goes_on_from("how long have i got", Spoken(topic="ehcp", channel="staff"))


def test_the_same_question_straight_after_its_answer_is_answered_in_other_words() -> None:
    again = {
        name: which_answer(question, Spoken(answer=name))
        for name, question in {
            "anonymous": "so can it be anonymous",
            "who_reported": "come on, who was it",
            "who_reads": "but who reads this",
            "social_media": "what is your policy on facebook",
        }.items()
    }
    assert not set(again) & set(again.values())
    assert set(again.values()) <= set(POINTERS)


def test_only_the_general_question_itself_repeated_has_no_more_to_it() -> None:
    told = Spoken(answer=GENERAL)
    assert which_answer("but how does it work", told) == "no_more"
    assert which_answer("can grandparents film the assembly", told) == NOT_KNOWN
    assert which_answer("can grandparents film the assembly", POLICY) == GENERAL


@pytest.mark.parametrize(
    "words",
    [
        "who has actually got it now",
        "who's dealing with it",
        "how long do they have",
        "how long have they got",
        "where do i go when i get there",
        "which room is it",
        "has anyone looked at it yet",
        "has the head read it",
        "any news",
        "when will i hear",
        "who am i seeing",
        "what time was it again",
        "what happens next",
        "where's the meeting",
    ],
)
def test_a_question_after_a_status_asks_on_about_the_record(words: str) -> None:
    assert follows_up_status(words)


@pytest.mark.parametrize(
    "words",
    [
        "my son has been hit again today",
        "how long do you keep this chat",
        "who do i complain to about the bus",
        "how long does a complaint take",
        "where's the complaints policy",
        "can i bring my mum",
        "thanks",
    ],
)
def test_other_words_do_not_ask_on_about_a_record(words: str) -> None:
    assert not follows_up_status(words)
