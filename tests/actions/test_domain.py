"""The actions, the domain and the trainers' rules name the same things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from actions.registry import ACTIONS
from assistant.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
BUILT_IN = {"action_deactivate_loop", "action_listen", "action_restart"}


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every step of every rule and story with the name of its file."""
    for part in ("rules", "stories"):
        for file in sorted((ROOT / "data" / part).glob("*.yml")):
            written = yaml.safe_load(file.read_text(encoding="utf-8"))
            for one in written[part]:
                for step in (*one.get("condition", ()), *one["steps"]):
                    yield file.name, step


def named(kind: str) -> set[str]:
    """Return what the steps name as ``intent``, ``action`` or ``active_loop``."""
    return {step[kind] for _, step in steps() if step.get(kind)}


def test_every_action_of_the_registry_is_in_the_domain_and_the_reverse() -> None:
    names = [action.called for action in ACTIONS]
    assert len(names) == len(set(names))
    assert set(names) == set(DOMAIN["actions"])


def test_every_intent_of_the_rules_is_in_the_domain() -> None:
    assert named("intent") <= set(DOMAIN["intents"])


def test_every_intent_has_a_rule() -> None:
    """What a form takes by itself needs none, yet must not fall into silence outside one."""
    assert set(DOMAIN["intents"]) <= named("intent")


def test_every_action_of_the_rules_is_known() -> None:
    known = {*DOMAIN["actions"], *DOMAIN["forms"], *DOMAIN["responses"], *BUILT_IN}
    assert named("action") <= known
    assert named("active_loop") <= set(DOMAIN["forms"])


def test_no_slot_takes_a_message_whole() -> None:
    """``from_text`` would swallow a cry for help as an answer to whatever was asked."""
    mappings = {
        name: [mapping["type"] for mapping in slot["mappings"]]
        for name, slot in DOMAIN["slots"].items()
    }
    assert {kind for kinds in mappings.values() for kind in kinds} <= {"custom", "from_entity"}


def test_every_slot_of_a_form_is_kept() -> None:
    needed = {slot for form in DOMAIN["forms"].values() for slot in form["required_slots"]}
    assert needed <= set(DOMAIN["slots"])


def test_a_form_has_a_validator() -> None:
    assert {f"validate_{form}" for form in DOMAIN["forms"]} <= set(DOMAIN["actions"])


def test_nothing_is_carried_into_the_next_session() -> None:
    assert DOMAIN["session_config"]["carry_over_slots_to_new_session"] is False
