"""Every ``turn.say(…)`` of the actions, read from their source: which replies, with which facts.

A name that is put together at run time is expanded from the table that it is taken from; a new
way of putting one together must be taught here (``TABLES``), or the tests fail with its place.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actions.doors import MEETING_DOORS, TITLES
from actions.languages import NAMES, OTHER
from actions.safety import PROTECTIONS, STATE_ACTS
from actions.small_talk import WORDS
from assistant.casework.kinds import Channel
from assistant.casework.questions import GENERAL, POINTERS
from assistant.settings import ROOT

FORMS = {*MEETING_DOORS, Channel.COMPLAINT, Channel.SERVICE}
"""Doors behind which a form begins, without a reply of their own."""


@cache
def topics() -> frozenset[str]:
    """Return every topic that the labelled language can teach, but for the absence of one."""
    files = sorted((ROOT / "data" / "language").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return frozenset(topic for row in rows for topic in row.get("topics", ())) - {"none"}


TABLES: dict[str, Callable[[], set[str]]] = {
    "f'utter_heard_{topic}'": lambda: {f"utter_heard_{topic}" for topic in topics()},
    "f'utter_heard_{reading.act}'": lambda: {"utter_heard_threat_to_post", "utter_heard_posted"},
    "f'utter_door_{chosen.channel.value}'": lambda: {f"utter_door_{one}" for one in MEETING_DOORS},
    "f'utter_picked_{channel.value}'": lambda: {
        f"utter_picked_{channel}" for channel in TITLES if channel not in FORMS
    },
    "f'utter_language_{replies_in(code)}'": lambda: {
        f"utter_language_{code}" for code in (*NAMES, OTHER)
    },
    "f'utter_safety_{replies_in(turn.reading.language)}'": lambda: {
        f"utter_safety_{code}" for code in (*NAMES, OTHER)
    },
    "f'utter_{state}_first'": lambda: {f"utter_{state}_first" for state in STATE_ACTS},
    "f'utter_{state}_goes_on'": lambda: {f"utter_{state}_goes_on" for state in STATE_ACTS},
    "protection.response": lambda: {one.response for one in PROTECTIONS.values()},
    "WORDS.get(turn.intent, 'utter_greet')": lambda: {*WORDS.values()},
    "answer_for(turn)": lambda: {
        f"utter_answer_{name}" for name in (*POINTERS, GENERAL, "no_more")
    },
}
"""Source of an expression to the replies that it may name."""


@dataclass(frozen=True)
class Saying:
    """One call: its place, the replies it may say, the facts it names, and ``**`` sources."""

    place: str
    replies: frozenset[str]
    facts: frozenset[str]
    more_facts: tuple[str, ...]


@cache
def sayings() -> tuple[Saying, ...]:
    """Return every saying of the actions."""
    files = sorted((ROOT / "actions").glob("*.py"))
    return tuple(saying for file in files for saying in _of_file(file))


def _of_file(file: Path) -> Iterator[Saying]:
    module = ast.parse(file.read_text(encoding="utf-8"))
    for call, scopes in _calls(module, ()):
        if ast.unparse(call.func) == "turn.say":
            named = {word.arg for word in call.keywords if word.arg} - {"choices"}
            starred = [word.value for word in call.keywords if word.arg is None]
            yield Saying(
                place=f"{file.name}, line {call.lineno}",
                replies=frozenset(_Names(module, scopes).of(call.args[0])),
                facts=frozenset(named),
                more_facts=tuple(_Names(module, scopes).origin(one) for one in starred),
            )


def _calls(
    node: ast.AST, scopes: tuple[ast.AST, ...]
) -> Iterator[tuple[ast.Call, tuple[ast.AST, ...]]]:
    """Walk the tree; each call comes with the functions that it stands in, innermost first."""
    if isinstance(node, ast.Call):
        yield node, scopes
    inner = (node, *scopes) if isinstance(node, ast.FunctionDef) else scopes
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, inner)


@dataclass(frozen=True)
class _Names:
    """Finds the replies that an expression may name, seen from inside ``scopes``."""

    module: ast.Module
    scopes: tuple[ast.AST, ...]

    def of(self, name: ast.expr) -> set[str]:
        """Return the replies; raises ``LookupError`` for what has to be taught."""
        if isinstance(name, ast.Constant):
            return {str(name.value)}
        if isinstance(name, ast.IfExp):
            return self.of(name.body) | self.of(name.orelse)
        if ast.unparse(name) in TABLES:
            return TABLES[ast.unparse(name)]()
        origins = self._origins(name)
        if not origins:
            message = f"tests/actions/sayings.py must be taught {ast.unparse(name)}"
            raise LookupError(message)
        return set().union(*(self.of(origin) for origin in origins))

    def origin(self, facts: ast.expr) -> str:
        """Return the source of the call that made ``**facts``."""
        if isinstance(facts, ast.Name):
            return ast.unparse(self._origins(facts)[0])
        return ast.unparse(facts)

    def _origins(self, name: ast.expr) -> list[ast.expr]:
        """Return what a variable was given, or what a parameter is called with."""
        if not isinstance(name, ast.Name):
            return []
        for scope in self.scopes:
            given = [
                each.value
                for each in ast.walk(scope)
                if isinstance(each, ast.Assign) and name.id in _targets(each)
            ]
            if given or not isinstance(scope, ast.FunctionDef):
                return given
            if name.id in [one.arg for one in scope.args.args]:
                return self._arguments(scope, name.id)
        return []

    def _arguments(self, function: ast.FunctionDef, parameter: str) -> list[ast.expr]:
        position = [one.arg for one in function.args.args].index(parameter)
        calls = (call for call, _ in _calls(self.module, ()))
        return [call.args[position] for call in calls if ast.unparse(call.func) == function.name]


def _targets(assignment: ast.Assign) -> set[str]:
    return {
        node.id
        for target in assignment.targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name)
    }
