"""No two messages to learn from say the same, and none is shared with an evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.brain.language_data import FOLDER, read_folder
from assistant.brain.near_duplicates import ALIKE, near_duplicates

ROOT = Path(__file__).parents[2]
BLIND = ROOT / "tests" / "blind"
ACCEPTANCE = ROOT / "data" / "acceptance"


def test_the_same_words_in_another_order_are_found_and_a_short_thanks_is_not() -> None:
    texts = ["Who do I ask about the lost blue coat", "about the lost blue coat who do i ask", "ta"]
    assert list(near_duplicates([*texts, "ta"])) == [(0, 1)]


@pytest.mark.parametrize("length", range(10, 60, 5))
def test_just_so_much_in_common_is_found_from_either_side(length: int) -> None:
    words = [f"w{number}" for number in range(length)]
    whole, part = " ".join(words), " ".join(words[: int(length * ALIKE)])
    less = " ".join(words[: int(length * ALIKE) - 1])
    assert list(near_duplicates([whole, part])) == list(near_duplicates([part, whole])) == [(0, 1)]
    assert list(near_duplicates([whole, less])) == []


@pytest.fixture(scope="module")
def learned() -> list[str]:
    return [row.text for row in read_folder(ROOT / FOLDER)]


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Return what the evaluations ask."""
    files = sorted(
        [*BLIND.glob("messages_*.jsonl"), *BLIND.glob("kinds_*.jsonl"), *ACCEPTANCE.glob("*.jsonl")]
    )
    return [json.loads(line)["text"] for path in files for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def pairs(learned: list[str], asked: list[str]) -> list[tuple[int, int]]:
    return list(near_duplicates([*learned, *asked]))


def test_the_labelled_language_has_no_near_duplicates(
    learned: list[str], pairs: list[tuple[int, int]]
) -> None:
    assert len(learned) >= 8000
    assert [(learned[one], learned[other]) for one, other in pairs if other < len(learned)] == []


def test_no_message_of_an_evaluation_is_one_that_was_learned_from(
    learned: list[str], asked: list[str], pairs: list[tuple[int, int]]
) -> None:
    assert len(asked) >= 750
    shared = [other for one, other in pairs if other >= len(learned) > one]
    assert [asked[other - len(learned)] for other in shared] == []
