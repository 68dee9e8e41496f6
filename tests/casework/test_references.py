"""References that survive a telephone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.references import (
    ALPHABET,
    find_reference,
    new_reference,
    normalise_reference,
)

references = st.builds(new_reference)


@given(references)
def test_a_reference_reads_back_as_itself(reference: str) -> None:
    assert normalise_reference(reference) == reference


@given(references)
def test_case_spaces_and_missing_prefix_do_not_matter(reference: str) -> None:
    assert normalise_reference(f"  {reference.lower().replace('-', ' ')} ") == reference
    assert normalise_reference(reference.removeprefix("SG-")) == reference


@given(references)
def test_letters_that_look_like_digits_are_accepted(reference: str) -> None:
    confused = reference.replace("0", "O").replace("1", "l")
    assert normalise_reference(confused) == reference


@given(references, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(reference: str, place: int, letter: str) -> None:
    letters = list(reference.removeprefix("SG-").replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    assert normalise_reference("SG" + "".join(letters)) is None


@given(references, st.integers(0, 8), st.integers(0, 8))
def test_two_swapped_characters_are_noticed(reference: str, one: int, other: int) -> None:
    letters = list(reference.removeprefix("SG-").replace("-", ""))
    if letters[one] == letters[other]:
        return
    letters[one], letters[other] = letters[other], letters[one]
    assert normalise_reference("SG" + "".join(letters)) is None


@given(references)
def test_a_reference_is_found_inside_a_sentence(reference: str) -> None:
    assert find_reference(f"hi, its {reference.lower()}, can i move it?") == reference
    assert find_reference(f"My reference is {reference}.") == reference


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    found = find_reference(text)
    assert found is None or normalise_reference(found) == found


@pytest.mark.parametrize("words", ["important", "something", "SG", "", "SG-AAA-AAA-AAB"])
def test_words_are_not_references(words: str) -> None:
    assert find_reference(words) is None
