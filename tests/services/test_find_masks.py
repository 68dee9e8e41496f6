"""Other people are found in a text; the person themselves is not hidden from themselves."""

from __future__ import annotations

import time

import pytest

from assistant.casework.masking import segments, what_is_left
from assistant.casework.school import load_school
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.find_masks import finder_for, is_same_name

OTTOLINE = DataSubject(
    "Ottoline Quill", "", "o.quill@home.example", "07700 900123", ("Zephyrine Quill",)
)
FINDER = finder_for(
    load_school("primary"),
    OTTOLINE,
    {"Will Carter": "another child"},
    frozenset({"SG-7K2-M9Q-XR4"}),
)

READ_SECONDS = 2

HIDDEN = {
    "Tyler Marsh hit Zephyrine.": "[a name] hit Zephyrine.",
    "tyler hit her": "[a name] hit her",
    "tyler jayden kayleigh brayden ashton ran": "[a name] [a name] [a name] [a name] [a name] ran",
    "Write to@ x, or xyz.tyler@home.example!": "Write to@ x, or [an e-mail address]!",
    "Will did it, and she will say so.": "[another child] did it, and she will say so.",
    "Zephyrine Carter is in 4B.": "[a name] is in 4B.",
    "Mrs Okafor saw it.": "[SENCO] saw it.",
    "Mrs Okafer saw it.": "[SENCO] saw it.",
    "Kayleigh-Mae's mum rang 07700 900456.": "[a name] mum rang [a phone number].",
    "Mine is 07700 900 123 or +44 7700 900123.": "Mine is 07700 900 123 or +44 7700 900123.",
    "Write to bram@home.example.": "Write to [an e-mail address].",
    "Write to O.Quill@home.example.": "Write to O.Quill@home.example.",
    "Ms Quill and Bram Quill came.": "[a name] and [a name] came.",
    "See SG-7K2-M9Q-XR4 and SG-111-222-333.": "See SG-7K2-M9Q-XR4 and [another record].",
    "On 12/11/2026, or 2026-11-12, at 10:15.": "On 12/11/2026, or 2026-11-12, at 10:15.",
    "The SENCO said that the EHCP is late.": "The SENCO said that the EHCP is late.",
    "Ottoline’s own words.": "Ottoline’s own words.",
    "Łukasz and Zoë Müller laughed.": "[a name] and [a name] laughed.",
}


@pytest.mark.parametrize("text", HIDDEN)
def test_others_are_hidden_and_the_person_is_not(text: str) -> None:
    assert what_is_left(segments(text, FINDER.masks_in(text))) == HIDDEN[text]


@pytest.mark.parametrize("piece", ["A-", "a.b.", "x", "1 ", "tyler ", "mr a ", "@.a"])
def test_a_long_text_is_read_in_good_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    FINDER.masks_in(text)
    assert time.process_time() - started < READ_SECONDS


def test_a_name_that_is_alike_is_not_the_same() -> None:
    assert is_same_name("Quill Ottoline", "ottoline quill")
    assert not is_same_name("Dan Quill", "Dana Quill")
    assert not is_same_name("", "")
