"""Trains a model from the project's files and makes it the current one in a single step."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from rasa.model_training import train

from assistant.settings import HOME

if TYPE_CHECKING:
    from pathlib import Path

CACHE = HOME / "cache" / "rasa"
KEPT_MODELS = 2


class TrainingError(RuntimeError):
    """No model came of the training; the message says what to look at."""


def train_model(root: Path, pointer: Path, name: str) -> Path:
    """Train from `root`, write `name`.tar.gz beside `pointer`, and let the pointer lead to it.

    The pointer is a symbolic link that is replaced in one step; a running brain keeps its model.
    """
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(CACHE))
    result = train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(pointer.parent),
        fixed_model_name=name,
    )
    if result.code or not result.model:
        raise TrainingError("Rasa could not train a model from domain.yml, config.yml and data/.")
    model = pointer.parent / f"{name}.tar.gz"
    _point(pointer, model)
    _remove_old(pointer.parent, model)
    return model


def _point(pointer: Path, model: Path) -> None:
    draft = pointer.with_name(f"{pointer.name}.next")
    draft.unlink(missing_ok=True)
    draft.symlink_to(model.name)
    draft.replace(pointer)


def _remove_old(folder: Path, current: Path) -> None:
    others = [path for path in folder.glob("schoolgate-*.tar.gz") if path != current]
    newest_first = sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_MODELS - 1 :]:
        with suppress(FileNotFoundError):
            path.unlink()
