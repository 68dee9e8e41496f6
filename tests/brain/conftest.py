"""The brain's tests run in its own environment, whose pinned libraries warn of their age."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

LIBRARIES = r"(rasa|tensorflow|spacy|pkg_resources|sanic|sqlalchemy|jsonschema|flatbuffers)(\.|$)"

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from assistant.brain.training import make_current, train_candidate, workshop

ROOT = Path(__file__).parents[2]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("filterwarnings", rf"ignore:::{LIBRARIES}")


DOMAIN = """
version: "3.1"
intents: [vent, greet, inform, affirm, deny, crisis, disclose, danger, threat, abuse, ask_info,
  ask_channel, ask_policy, book, complain, status, change, human, delete, threat_to_post, posted,
  bot_question, thanks, nonsense, out_of_scope]
entities: [person]
actions: [action_that_is_not_there]
slots: {}
responses:
  utter_greet:
    - text: "Hello.\\n\\nWhat has happened?"
      buttons: [{title: "A person", payload: "/affirm"}]
      custom: {channel: smalltalk}
  utter_heard: [{text: "That sounds hard."}]
  utter_crisis: [{text: "Please ring the Samaritans."}]
session_config: {session_expiration_time: 30, carry_over_slots_to_new_session: false}
"""
RULES = """
version: "3.1"
rules:
  - {rule: greet, steps: [{intent: greet}, {action: utter_greet}]}
  - {rule: vent, steps: [{intent: vent}, {action: utter_heard}]}
  - {rule: crisis, steps: [{intent: crisis}, {action: utter_crisis}]}
  - {rule: affirm, steps: [{intent: affirm}, {action: utter_heard}, {action: action_restart}]}
  - {rule: deny, steps: [{intent: deny}, {action: utter_heard}, {action: action_that_is_not_there}]}
"""
NLU = """
version: "3.1"
nlu:
  - {intent: greet, examples: "- hello\\n- hi there\\n- good morning\\n- hiya"}
  - {intent: affirm, examples: "- yes\\n- yes please"}
  - {intent: deny, examples: "- no\\n- no thanks"}
"""
EVERY = 12  # of the labelled language: enough to learn from, quick to read


@dataclass(frozen=True)
class SmallProject:
    """A project of a few rules and a twelfth of the labelled language, and its trained model."""

    root: Path
    model: Path


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    root = tmp_path_factory.mktemp("project")
    write_project(root)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        train_as_current(root, root / "models" / "current", "schoolgate-first")
    return SmallProject(root, root / "models" / "current")


def train_as_current(root: Path, pointer: Path, name: str) -> Path:
    with workshop(pointer.parent) as folder:
        return make_current(pointer, train_candidate(root, folder, name))


def write_project(root: Path) -> None:
    for folder in ("data/nlu", "data/rules", "data/language", "models"):
        (root / folder).mkdir(parents=True)
    (root / "domain.yml").write_text(DOMAIN)
    (root / "data" / "rules" / "all.yml").write_text(RULES)
    (root / "data" / "nlu" / "all.yml").write_text(NLU)
    config = yaml.safe_load((ROOT / "config.yml").read_text())
    config["policies"] = [{"name": "RulePolicy"}]
    (root / "config.yml").write_text(yaml.safe_dump(config))
    for file in (ROOT / "data" / "language").glob("*.jsonl"):
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)[::EVERY]
        (root / "data" / "language" / file.name).write_text("".join(rows), encoding="utf-8")
