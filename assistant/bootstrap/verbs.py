"""Reads what a verb says of itself without importing it, because its packages may not exist yet."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "verbs"


@dataclass(frozen=True)
class Verb:
    """A module of `assistant/verbs`.

    `environment` is the module's constant ENVIRONMENT: "app", "brain" or None for the bare
    interpreter; `with_tests` its WITH_TESTS: whether it needs the packages of the tests.
    """

    name: str
    doc: str
    environment: str | None
    with_tests: bool


def find_verbs(folder: Path = FOLDER) -> dict[str, Verb]:
    """Return every verb by name; the first line of a module's docstring is its sentence."""
    files = sorted(file for file in folder.glob("*.py") if not file.stem.startswith("_"))
    return {file.stem: _read(file) for file in files}


def _read(file: Path) -> Verb:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = _constants(tree)
    if "ENVIRONMENT" not in constants:
        message = f"{file.name} does not say in which ENVIRONMENT it runs"
        raise TypeError(message)
    doc = (ast.get_docstring(tree) or "").partition("\n")[0]
    return Verb(file.stem, doc, constants["ENVIRONMENT"], bool(constants.get("WITH_TESTS", False)))


def _constants(tree: ast.Module) -> dict[str, Any]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
