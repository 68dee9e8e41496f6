"""The school's colour stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.colours import (
    NIGHT,
    READABLE,
    WHITE,
    contrast,
    ink_on,
    readable_on,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_text_on_any_school_colour_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= READABLE


@given(COLOURS, st.sampled_from([WHITE, NIGHT]))
def test_any_school_colour_can_be_used_for_words_once_it_is_moved(colour: str, paper: str) -> None:
    assert contrast(readable_on(colour, paper), paper) >= READABLE


def test_a_colour_that_can_be_read_already_stays_as_the_school_chose_it() -> None:
    assert readable_on("#1d5c4a", WHITE) == "#1d5c4a"


@pytest.mark.parametrize("colour", ["green", "#12345", "#12345g", ""])
def test_what_is_not_a_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match=r"colour|base 16"):
        contrast(colour, WHITE)
