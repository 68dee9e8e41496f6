"""Which written answer a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.questions import (
    GENERAL,
    OUTSIDE,
    POINTERS,
    Spoken,
    is_sure,
    which_answer,
    which_outside_routes,
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is this confidential or will the teacher be told", "who_reads"),
        ("will it be held against my daughter if I say something", "held_against"),
        ("can I do this anonymously", "anonymous"),
        ("somebody has reported me, who was it", "who_reported"),
        ("what is the difference between a concern and a complaint", "difference"),
        ("how long will it take to get an answer", "how_long"),
        ("what happens at stage 2, is there a panel", "stages"),
        ("can I still complain later if I talk first", "keep_the_right"),
        ("am I allowed to write about it on Facebook", "social_media"),
        ("why shouldnt i just put it on facebook", "why_private"),
        ("why not just post it so everyone knows?", "why_private"),
        ("and why is this better", "why_private"),
        ("can I bring my brother with me", "bring_someone"),
        ("what data do you keep and who deletes it", "data_kept"),
        ("how does it work", GENERAL),
        ("whatever. can I see what the policy says", "policy_link"),
        ("someone's reported my facebook post to you. who was it", "who_reported"),
        ("can you make someone take a post down? what if they say no", "take_down"),
        ("will I be banned for a post on Facebook", "after_posting"),
        ("when was the social media policy last reviewed", "policy_dates"),
        ("is it libel if it's true", "law"),
        ("can i complain without saying who i am", "anonymous"),
        ("can I complain without giving my child’s name", "child_named"),
        ("where's it written down how it works", "stages"),
        ("where's the complaints policy", "stages"),
        ("is possible somebody translate? not our son, he is child", "interpreter"),
        ("do you have someone who does sign language", "interpreter"),
        ("does it have to be in writing, I'd rather ring", "writing"),
        ("i cant spell, can somebody help me write it", "other_ways"),
        ("who reads this", "who_reads"),
        ("does it go straight to the headteacher", "who_reads"),
        ("what happens after I send it", "after_sending"),
        ("who is on the panel", "panel"),
        ("can I bring my mum", "bring_someone"),
        ("does it cost anything", "cost"),
        ("what if I'm not happy with the answer", "not_happy"),
        ("who is above the governors", "beyond_school"),
        ("will my child be treated differently", "held_against"),
        ("does the clock stop at Christmas", "days_counted"),
        ("can I withdraw a complaint once it's in", "withdraw"),
        ("can a grandparent complain", "who_may"),
        ("can two parents complain about the same thing", "together"),
        ("what do I need to put in it", "what_to_put"),
        ("is an AI deciding about my child", "people_decide"),
        ("who deals with it if the complaint's about the head", "about_the_head"),
        ("will I be told what happens to the teacher", "outcome_private"),
        ("was the other boy punished", "outcome_private"),
        ("can someone else look into it, not him", "someone_else"),
        ("will the head be in the room", "who_is_there"),
        ("does my son have to come", "who_is_there"),
        ("how long is the meeting", "meeting_length"),
        ("can my ex see what I wrote", "other_parent"),
        ("my husband uses the same tablet", "same_device"),
        ("do you have to tell social services", "safety_passed_on"),
        ("if I complain twice am I vexatious", "more_than_once"),
        ("is it even worth it", "worth_it"),
        ("where is the uniform policy", "other_policy"),
        ("are they allowed to punish the whole class", "other_policy"),
        ("do I have to say why I want a subject access request", "data_reason"),
        ("how long do you get for a freedom of information request", "data_days"),
        ("who is the data protection officer", "data_where"),
    ],
)
def test_a_question_finds_its_written_answer(question: str, answer: str) -> None:
    assert which_answer(question) == answer


@pytest.mark.parametrize(
    "words", ["where's the complaints policy", "who reads this", "can I bring my mum"]
)
def test_some_words_ask_for_one_answer_and_no_other(words: str) -> None:
    assert is_sure(words)


@pytest.mark.parametrize(
    "words", ["my son was hit by a boy in Year 5", "nobody rang me back", "Tuesday at 4", "yes"]
)
def test_an_account_or_a_reply_asks_for_no_written_answer(words: str) -> None:
    assert not is_sure(words)


@pytest.mark.parametrize(
    ("words", "topic", "route"),
    [
        ("we were refused a place and want to appeal the admission", "", "admissions"),
        ("he has been suspended for three days", "", "exclusions"),
        ("the EHCP annual review never happened", "", "send"),
        ("I want a subject access request", "", "data_protection"),
        ("freedom of information request about staffing", "", "data_protection"),
        ("£80 fine for a family holiday", "", "attendance"),
        ("the taxi to school has been stopped", "", "transport"),
        ("can you help", "exams", "exams"),
    ],
)
def test_a_matter_for_another_body_names_it_first(words: str, topic: str, route: str) -> None:
    assert which_outside_routes(words, topic)[0] == route


def test_what_points_nowhere_names_no_body() -> None:
    assert which_outside_routes("my son does not like his sandwiches", "lunch") == []


@given(st.text(max_size=300))
def test_any_text_gets_some_answer(text: str) -> None:
    assert which_answer(text) in {*POINTERS, GENERAL}
    assert which_answer(text, Spoken(answer=GENERAL, posting=True)) in {*POINTERS, "no_more"}
    assert set(which_outside_routes(text, "")) <= set(OUTSIDE)
