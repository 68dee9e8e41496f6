"""Which topic the first words name."""

from __future__ import annotations

from assistant.casework.first_words import topic_to_name


def test_a_grave_topic_is_named_before_a_lighter_one_that_is_clearer() -> None:
    assert topic_to_name({"pe_kit": 0.8, "racism_discrimination": 0.35}) == "racism_discrimination"


def test_a_clear_topic_is_named() -> None:
    assert topic_to_name({"homework": 0.7, "lunch": 0.6}) == "homework"


def test_nothing_is_named_when_nothing_is_clear() -> None:
    assert topic_to_name({"homework": 0.4, "none": 0.9}) == ""
    assert topic_to_name({}) == ""
