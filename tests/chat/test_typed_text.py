"""What a parent typed is made safe without losing it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.typed_text import BRAIN_CHARACTERS, for_brain, head_and_tail, tidy


@pytest.mark.parametrize(
    "typed",
    [
        "/greet{}",
        "  //greet{}",
        "\u00a0/greet{}",
        "\u2003/\u3000/greet{}",
        "\u200b/\ufeff/greet{}",
        "\u202e/greet{}",
        "\u200d/greet{}",
        "\x00/greet{}",
    ],
)
def test_a_typed_command_is_only_words_whatever_stands_before_its_slash(typed: str) -> None:
    assert for_brain(typed) == "greet{}"


def test_a_slash_inside_a_sentence_stays() -> None:
    assert for_brain("Year 4/5 teacher") == "Year 4/5 teacher"


def test_bidi_controls_nul_and_lone_surrogates_are_gone_and_the_words_stay() -> None:
    assert tidy("he\u202e said\x00 \u2066no\u2069 \ud800") == "he said no \N{REPLACEMENT CHARACTER}"


def test_a_family_emoji_and_a_persian_joiner_stay_whole() -> None:
    family = "👩\u200d👧"
    persian = "می\u200cخواهم"  # noqa: RUF001 - it is Persian
    assert tidy(family) == family
    assert tidy(persian) == persian


def test_line_ends_of_every_kind_become_one() -> None:
    assert tidy("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_a_run_of_one_symbol_is_shortened_for_the_brain_but_not_in_the_transcript() -> None:
    typed = "why" + "!" * 40
    assert for_brain(typed) == "why" + "!" * 8
    assert tidy(typed) == typed


def test_a_hundred_kilobytes_of_punctuation_are_read_at_once() -> None:
    started = time.perf_counter()
    words = for_brain("!?*#" * 25_000)
    assert len(words) <= 40
    assert time.perf_counter() - started < 1


def test_a_long_rant_keeps_its_beginning_and_its_end_in_whole_sentences() -> None:
    middle = "And then more happened. " * 300
    rant = f"It began in September. {middle}I want an answer by Friday."
    read = for_brain(rant)
    assert len(read) <= BRAIN_CHARACTERS
    assert read.startswith("It began in September. And then")
    assert read.endswith("And then more happened. I want an answer by Friday.")
    assert all(line.endswith(".") for line in read.split("\n"))


def test_a_rant_without_a_full_stop_is_cut_between_words() -> None:
    read = for_brain("word " * 1_000)
    assert len(read) <= BRAIN_CHARACTERS
    assert set(read.split()) == {"word"}


@given(st.text())
def test_nothing_typed_is_ever_a_command_or_too_long(typed: str) -> None:
    read = for_brain(typed)
    assert not read.lstrip().startswith("/")
    assert len(read) <= BRAIN_CHARACTERS
    read.encode("utf-8")


@given(st.text(min_size=1), st.integers(min_value=10, max_value=60))
def test_head_and_tail_never_exceed_the_limit(text: str, limit: int) -> None:
    assert len(head_and_tail(text, limit)) <= max(limit, 1)


@given(st.text())
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)
