"""What the assistant may say: replies exist, are said, have their facts, and keep to the house."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from actions.answers import facts_of
from actions.languages import NAMES
from actions.safety import lead_facts
from actions.turn import Turn
from assistant.app import build_desk
from assistant.services.shapes import AlertReceipt
from assistant.settings import ROOT, Settings
from tests.actions.sayings import sayings

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
REPLIES = {
    name: [variant["text"] for variant in variants]
    for name, variants in DOMAIN["responses"].items()
}
FOREIGN = {f"utter_{kind}_{code}" for kind in ("language", "safety") for code in NAMES}
ENGLISH = {name: texts for name, texts in REPLIES.items() if name not in FOREIGN}
NEVER_SAID = {
    "an apology, which admits fault": r"\b(?:sorry|apolog\w+|regret)\b|\bthe school's fault\b",
    "a promise of secrecy": r"\b(?:confidential\w*|in confidence|secret\w*|nobody will know)\b",
    "a threat": r"\b(?:police|solicitors?|lawyers?|legal action|banned|ban|sue)\b",
    "a verdict": r"\byou(?: are|'re) (?:wrong|right)\b|\b(?:unreasonable|vexatious)\b",
    "cheer": r"!|\b(?:great news|happy to|no worries)\b",
    "a picture for a word": "[\U0001f300-\U0001faff\u2600-\u27bf]",
}
LONGEST_SENTENCE = 28
SENTENCE_ON_AVERAGE = 11
"""Words; short sentences are most of what makes a text readable at the age of ten."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return the facts that each source of ``**facts`` gives, as it really gives them."""
    data = tmp_path_factory.mktemp("facts")
    desk = build_desk(Settings.load({"SCHOOLGATE_DATA": str(data)}))
    turn: Any = SimpleNamespace(desk=desk)
    receipt = AlertReceipt("id", (), "read by")
    return {
        "answer_for(turn)": set(facts_of(turn)),
        "lead_facts(turn, receipt)": set(lead_facts(turn, receipt)),
        "school": set(Turn._school_facts(turn)),
    }


def blanks(reply: str) -> set[str]:
    """Return the names in curly brackets of every wording of a reply."""
    return {name for text in REPLIES[reply] for _, name, _, _ in Formatter().parse(text) if name}


def asked_by_forms() -> set[str]:
    """Return the questions that Rasa asks by itself: no action of ours asks for that slot."""
    return {
        f"utter_ask_{form}_{slot}"
        for form, shape in DOMAIN["forms"].items()
        for slot in shape["required_slots"]
        if f"action_ask_{form}_{slot}" not in DOMAIN["actions"]
    }


def test_every_reply_that_an_action_says_is_in_the_domain() -> None:
    missing = [
        f"{saying.place} says {name}"
        for saying in sayings()
        for name in sorted(saying.replies - set(REPLIES))
    ]
    assert not missing, "\n".join(missing)


def test_every_reply_in_the_domain_is_said() -> None:
    said = {name for saying in sayings() for name in saying.replies}
    rules = "".join(file.read_text(encoding="utf-8") for file in rule_files())
    unused = set(REPLIES) - said - asked_by_forms() - set(re.findall(r"utter_\w+", rules))
    assert not unused, f"nothing says {', '.join(sorted(unused))}"


def test_every_question_of_a_form_has_words_and_needs_no_facts() -> None:
    for reply in asked_by_forms():
        assert reply in REPLIES, f"a form asks {reply}, which the domain lacks"
        assert not blanks(reply), f"{reply} is said by Rasa itself, which knows no facts"


def test_every_blank_of_a_reply_is_filled(facts: dict[str, set[str]]) -> None:
    empty = [
        f"{saying.place}: {reply} lacks {blank}"
        for saying in sayings()
        for reply in saying.replies & set(REPLIES)
        for blank in blanks(reply)
        - saying.facts
        - facts["school"]
        - set().union(*(facts[source] for source in saying.more_facts))
    ]
    assert not empty, "\n".join(empty)


@pytest.mark.parametrize("what", NEVER_SAID)
def test_no_reply_holds(what: str) -> None:
    found = [
        f"{name}: {match.group()!r}"
        for name, texts in REPLIES.items()
        for text in texts
        for match in [re.search(NEVER_SAID[what], text, re.IGNORECASE)]
        if match
    ]
    assert not found, f"{what} stands in " + "; ".join(found)


@pytest.mark.parametrize("reply", ENGLISH)
def test_a_reply_has_no_long_sentence(reply: str) -> None:
    assert max(sentence_lengths(reply)) <= LONGEST_SENTENCE


def test_sentences_are_short_on_the_whole() -> None:
    lengths = [length for reply in ENGLISH for length in sentence_lengths(reply)]
    assert sum(lengths) / len(lengths) <= SENTENCE_ON_AVERAGE


def sentence_lengths(reply: str) -> list[int]:
    """Return the words of each sentence of every wording of a reply."""
    sentences = [one for text in REPLIES[reply] for one in re.split(r"(?<=[.?!:])\s+", text)]
    return [len(sentence.split()) for sentence in sentences]


def rule_files() -> list[Path]:
    """Return the trainers' rules and stories."""
    return [file for part in ("rules", "stories") for file in (ROOT / "data" / part).glob("*.yml")]
