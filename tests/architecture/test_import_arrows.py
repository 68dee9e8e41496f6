"""Import arrows point one way; read from the source, so that imports inside functions count."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import ROOT

KERNEL = {"assistant.casework", "assistant.settings"}
INNER = KERNEL | {"assistant.security", "assistant.store", "assistant.services"}
WIRED = INNER | {"assistant.app"}
MAY_IMPORT = {
    "assistant.settings": set(),
    "assistant.casework": set(),
    "assistant.security": KERNEL,
    "assistant.store": KERNEL | {"assistant.security"},
    "assistant.services": KERNEL | {"assistant.security", "assistant.store"},
    "assistant.app": INNER,
    "assistant.chat": WIRED,
    "assistant.web": WIRED | {"assistant.chat"},
    "actions": WIRED,
    "assistant.brain": KERNEL | {"assistant.security.keys", "assistant.bootstrap"},
    "assistant.bootstrap": {"assistant.settings"},
    "assistant.running": WIRED | {"assistant.bootstrap"},
}
"""What each part may import beside itself and packages; `verbs` and the rest sit on top of all."""
BARE = ("assistant.casework", "assistant.settings", "assistant.bootstrap", "assistant.__main__")
"""These run on the standard library alone."""
BRAINS_VERBS = {"assistant.verbs.train", "assistant.verbs.study"}


def modules() -> dict[str, Path]:
    files = [file for top in ("assistant", "actions") for file in (ROOT / top).rglob("*.py")]
    return {module_name(file): file for file in files if "migrations" not in file.parts}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} uses a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lies_in(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def ours(name: str) -> bool:
    return name.partition(".")[0] in {"assistant", "actions"} and name.count(".") > 0


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    allowed = {part, *MAY_IMPORT[part]}
    wrong = [
        f"{module} imports {name}"
        for module, file in modules().items()
        if lies_in(module, part)
        for name in imports_of(file)
        if ours(name) and not any(lies_in(name, each) for each in allowed)
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_imports_the_brain_but_itself_and_the_verbs_of_its_environment() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, file in modules().items()
        if not lies_in(module, "assistant.brain") and module not in BRAINS_VERBS
        for name in imports_of(file)
        if lies_in(name, "assistant.brain")
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", BARE)
def test_what_runs_before_any_environment_imports_the_standard_library(part: str) -> None:
    wrong = [
        f"{module} imports {name}"
        for module, file in modules().items()
        if lies_in(module, part)
        for name in imports_of(file)
        if name.partition(".")[0] not in sys.stdlib_module_names | {"assistant"}
    ]
    assert not wrong, "\n".join(wrong)


def test_rasa_is_imported_by_the_brain_and_its_trainer_alone() -> None:
    wrong = [
        f"{module} imports {name}"
        for module, file in modules().items()
        if not lies_in(module, "assistant.brain") and module not in BRAINS_VERBS
        for name in imports_of(file)
        if name.partition(".")[0] in {"rasa", "tensorflow", "spacy", "onnxruntime"}
    ]
    assert not wrong, "\n".join(wrong)
