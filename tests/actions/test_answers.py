"""Written answers: the facts that a school fills in, and what was spoken of before."""

from __future__ import annotations

from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from actions.answer_facts import facts_of_school
from actions.answers import spoken_before
from assistant.casework.questions import GENERAL, POINTERS, Spoken
from assistant.casework.school import load_school
from assistant.settings import ROOT

REPLIES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
NAMES = sorted({*POINTERS, GENERAL, "no_more"})
FROM_THE_TURN = {"school": "the school", "school_phone": "01632 960000"}


def said(name: str, school: str) -> str:
    """Return a written answer as a school says it."""
    text = str(REPLIES[f"utter_answer_{name}"][0]["text"])
    return text.format(**FROM_THE_TURN, **facts_of_school(load_school(school)))


@pytest.mark.parametrize("school", ["primary", "secondary"])
@pytest.mark.parametrize("name", NAMES)
def test_a_school_fills_every_blank_of_a_written_answer(name: str, school: str) -> None:
    facts = facts_of_school(load_school(school))
    text = REPLIES[f"utter_answer_{name}"][0]["text"]
    blanks = {blank for _, blank, _, _ in Formatter().parse(text) if blank} - set(FROM_THE_TURN)
    assert all(str(facts[blank]).strip() for blank in blanks)
    assert "{" not in said(name, school)


def test_where_schools_differ_the_answer_differs() -> None:
    for name in ("panel", "who_may", "data_where", "after_sending", "days_counted"):
        assert said(name, "primary") != said(name, "secondary")


def test_a_request_for_data_goes_to_the_data_protection_officer() -> None:
    assert "dpo@thornleighgreen.example" in said("data_where", "primary")


def test_what_was_spoken_of_is_read_from_the_slots_and_the_chat() -> None:
    slots = {"last_answer": "anonymous", "topic": None, "last_channel": "policy"}
    heard = [{"event": "user", "parse_data": {"intent": {"name": "posted"}}}, {"event": "slot"}]
    tracker = SimpleNamespace(events=heard)
    turn: Any = SimpleNamespace(slot=slots.get, tracker=tracker)
    assert spoken_before(turn) == Spoken("anonymous", "", "policy", posting=True)
    tracker.events = [{"event": "user", "parse_data": None}]
    assert not spoken_before(turn).posting
