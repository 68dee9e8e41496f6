"""The finder of phrases agrees with the obvious, slow way of looking for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.phrase_finder import PhraseFinder
from assistant.casework.phrases import PhraseError, Places, read_phrase

GROUPS = {"a": frozenset({"a", "aa"})}
PHRASES = [
    "a b",
    "{a} .. c",
    "a (b|c)? d",
    "^ b",
    "c $",
    "a ..1 b ..2 c",
    "(a b|c d) a",
    "b",
    "a b? c? d",
    "d .. d",
]
ROWS = [row for phrase in PHRASES for row in read_phrase(phrase, GROUPS)]


def as_expression(places: Places) -> re.Pattern[str]:
    """Write the places as a regular expression over words that each end in a space."""
    parts = []
    for place in places:
        words = "|".join(map(re.escape, sorted(place.words or ()))) or r"(?!not |\^ |\$ )\S+"
        parts.append(f"(?:(?:{words}) ){'?' if place.optional else ''}")
    return re.compile("(?<!\\S)" + "".join(parts) + "$")


@given(st.lists(st.sampled_from(["a", "aa", "b", "c", "d", "not", "x"]), max_size=9))
def test_every_phrase_is_found_wherever_it_ends(words: list[str]) -> None:
    row = ["^", *words, "$"]
    found = {(one.phrase, one.end) for one in PhraseFinder(ROWS, frozenset({"not"})).find(row)}
    expected = {
        (number, end)
        for number, places in enumerate(ROWS)
        for end in range(len(row))
        if as_expression(places).search("".join(f"{word} " for word in row[: end + 1]))
    }
    assert found == expected


def test_many_phrases_at_once_are_found_like_a_few() -> None:
    many = ROWS * 3
    words = ["^", "a", "b", "c", "d", "a", "$"]
    found = {
        (one.phrase % len(ROWS), one.start, one.end)
        for one in PhraseFinder(many, frozenset()).find(words)
    }
    assert found == {
        (one.phrase, one.start, one.end) for one in PhraseFinder(ROWS, frozenset()).find(words)
    }


def test_the_nearest_beginning_is_told() -> None:
    (row,) = read_phrase("a .. c", GROUPS)
    (one,) = PhraseFinder([row], frozenset()).find(["a", "a", "x", "c"])
    assert (one.start, one.end) == (1, 3)


@pytest.mark.parametrize("phrase", ["", "a?", ".. a", "a ..", "{unknown} a"])
def test_a_phrase_that_cannot_be_read_is_refused_in_words(phrase: str) -> None:
    with pytest.raises(PhraseError, match="“"):
        read_phrase(phrase, GROUPS)
