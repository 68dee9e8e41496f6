"""Whatever a parent types is cut without losing, doubling or breaking anything."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.parts import LONGEST, MOST, goes_over, parts_of

FAMILY = "\U0001f469\u200d\U0001f467"
SPOKEN = st.lists(
    st.sampled_from(
        ["and", "he", "was crying", "because", "also", "the maths", "then", "so", FAMILY, "שלום"]
    ),
    max_size=400,
).map(" ".join)
ANYTHING = st.one_of(
    st.text(max_size=2_000), SPOKEN, st.text("aéא😀🏽\u200d\u0301🇬🇧 .\n", max_size=900)
)


@given(ANYTHING)
@settings(max_examples=300)
def test_the_parts_are_the_whole_text_once(text: str) -> None:
    spans = parts_of(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@given(st.text("aéא😀🏽👩👧\u200d\u0301\ufe0f🇬🇧", min_size=LONGEST, max_size=1_500))
def test_no_drawn_character_is_cut_in_two(text: str) -> None:
    for start, _ in parts_of(text)[1:]:
        assert not unicodedata.category(text[start]).startswith("M")
        assert text[start] not in "\u200d\ufe0f🏽"
        assert text[start - 1] != "\u200d"


def test_two_thousand_words_without_a_full_stop_are_cut_between_words() -> None:
    said = "he came home crying again and nobody rang me because they never do so i rang "
    text = (said * 140).strip()
    spans = parts_of(text)
    assert len(text.split()) > 2_000
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(text[start - 1] == " " or text[start] == " " for start, _ in spans[1:])


def test_fifty_thousand_characters_come_to_parts_that_can_all_be_read() -> None:
    for text in ("My son was kept in at lunch again. " * 1_430, "x" * 50_000, "no " * 16_667):
        assert len(text) >= 50_000
        assert len(parts_of(text)) <= 2 * MOST


def test_the_next_matter_begins_where_people_say_so() -> None:
    text = "she lost her coat again and nobody cares also the maths is far too hard for her"
    assert [text[start:end] for start, end in parts_of(text)] == [
        "she lost her coat again and nobody cares ",
        "also the maths is far too hard for her",
    ]


def test_a_number_in_a_sentence_is_no_new_matter() -> None:
    assert goes_over("2. Why is there no teacher")
    assert goes_over("Also the bus")
    assert not goes_over("Is there a club")
    assert len(parts_of("It is a 12. He is in year 2.")) == 2


@pytest.mark.parametrize("piece", ["!", ".", "and ", "oh ", '."', "\n", " ", "\u0301", "😡", ", "])
def test_a_hundred_thousand_of_the_same_are_cut_at_once(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    assert parts_of(text)[-1][1] == len(text)
    assert time.process_time() - began < 2
