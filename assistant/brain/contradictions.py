"""Rules and stories that want different things at one point, told by name and place.

Rasa finds them in training its rules, which takes a second; its long sentences are read here.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.core.policies.rule_policy import InvalidRule, RulePolicy
from rasa.core.training.story_conflict import find_story_conflicts
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.generator import TrainingDataGenerator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasa.core.training.story_conflict import StoryConflict
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.training_data.structures import StoryGraph

    from assistant.brain.trainers_files import Names

_AGAINST = re.compile(
    r"the prediction of the action '(?P<action>[^']+)' in (?P<kind>rule|story) '(?P<name>.+?)' is "
    r"contradicting with rule\(s\) '(?P<others>.+?)'"
    r"(?: which predicted action '(?P<other>[^']+)')?\."
)
_INCOMPLETE = re.compile(
    r"the (?:action|form) '(?P<action>[^']+)' in rule '(?P<name>.+?)' does not set"
    r".*?: ?'(?P<missing>[^']*)'\. Please"
)
_TOO_LONG = re.compile(r"Found rules '(?P<names>.+?)' that contain more than")


def contradictions(
    graph: StoryGraph, domain: Domain, config: dict[str, Any], blocks: Names
) -> list[str]:
    """Return a sentence or two for each; ``blocks`` says where each rule and story stands."""
    trackers = TrainingDataGenerator(graph, domain, augmentation_factor=0).generate()
    try:
        _train_rules(trackers, domain, config)
    except InvalidRule as problem:
        return list(dict.fromkeys(_told(str(problem), blocks)))
    stories = [tracker for tracker in trackers if not tracker.is_rule_tracker]
    return [_two_ways(each, blocks) for each in find_story_conflicts(stories, domain)]


def _train_rules(trackers: list[Any], domain: Domain, config: dict[str, Any]) -> None:
    given = [each for each in config.get("policies") or () if each["name"] == RulePolicy.__name__]
    settings = {**RulePolicy.get_default_config(), **(given[0] if given else {})}
    context = ExecutionContext(GraphSchema({}))
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        policy = RulePolicy.create(settings, storage, Resource("rules"), context)
        policy.train(trackers, domain)


def _told(message: str, blocks: Names) -> Iterator[str]:
    told = set()
    for found in _AGAINST.finditer(message):
        name, others = found["name"], found["others"].split(", ")
        other = found["other"] or "nothing"
        if frozenset({name, *others}) in told:
            continue  # Rasa tells of two rules from the side of each
        told.add(frozenset({name, *others}))
        yield (
            f"{_where(name, blocks)}the {found['kind']} {name!r} goes on with {found['action']} "
            f"where {_named(others, blocks)} goes on with {other}. Let both do the same, or take "
            "the step out of one of them."
        )
    for found in _INCOMPLETE.finditer(message):
        yield (
            f"{_where(found['name'], blocks)}in the rule {found['name']!r}, {found['action']} "
            f"leaves out what it sets in other rules ({found['missing']}). Add that step after it, "
            "as the other rules have it."
        )
    for found in _TOO_LONG.finditer(message):
        for name in found["names"].split(", "):
            yield (
                f"{_where(name, blocks)}the rule {name!r} holds more than one message of a parent. "
                "Make it a story, in data/stories."
            )


def _two_ways(conflict: StoryConflict, blocks: Names) -> str:
    ways = [
        f"{action} in {_named(sorted(set(stories)), blocks)}"
        for action, stories in sorted(conflict._conflicting_actions.items())  # noqa: SLF001
    ]
    return (
        f"Stories go on in two ways from the same point: {'; '.join(ways)}. Let them do the same, "
        "or make what comes before differ."
    )


def _named(names: list[str], blocks: Names) -> str:
    return " and ".join(
        f"{name!r} ({blocks[name]})" if name in blocks else repr(name) for name in names
    )


def _where(name: str, blocks: Names) -> str:
    return f"{blocks[name]}: " if name in blocks else ""
