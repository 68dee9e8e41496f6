"""Which written answer a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.questions import (
    GENERAL,
    OUTSIDE,
    POINTERS,
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
        ("can I bring my brother with me", "bring_someone"),
        ("what data do you keep and who deletes it", "data_kept"),
        ("how does it work", GENERAL),
    ],
)
def test_a_question_finds_its_written_answer(question: str, answer: str) -> None:
    assert which_answer(question) == answer


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
    assert set(which_outside_routes(text, "")) <= set(OUTSIDE)
