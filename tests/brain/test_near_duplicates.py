"""No two messages to learn from say the same, and none is shared with an evaluation."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.brain.language_data import FOLDER, read_folder
from assistant.brain.near_duplicates import near_duplicates

ROOT = Path(__file__).parents[2]
BLIND = ROOT / "tests" / "blind"
ACCEPTANCE = ROOT / "data" / "acceptance"


def test_the_same_words_in_another_order_are_found_and_a_short_thanks_is_not() -> None:
    texts = ["Who do I ask about the lost blue coat", "about the lost blue coat who do i ask", "ta"]
    assert list(near_duplicates([*texts, "ta"])) == [(0, 1)]


def test_the_labelled_language_has_no_near_duplicates() -> None:
    texts = [row.text for row in read_folder(ROOT / FOLDER)]
    assert len(texts) >= 8000
    assert [(texts[one], texts[other]) for one, other in near_duplicates(texts)] == []


def test_no_message_of_an_evaluation_is_one_that_was_learned_from() -> None:
    learned = [row.text for row in read_folder(ROOT / FOLDER)]
    files = sorted(
        [*BLIND.glob("messages_*.jsonl"), *BLIND.glob("kinds_*.jsonl"), *ACCEPTANCE.glob("*.jsonl")]
    )
    blind = [json.loads(line)["text"] for path in files for line in path.read_text().splitlines()]
    assert len(blind) >= 750
    pairs = near_duplicates([*learned, *blind])
    assert [(learned + blind)[other] for one, other in pairs if other >= len(learned) > one] == []
