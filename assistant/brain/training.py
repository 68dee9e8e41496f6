"""Trains a model from the project's files, and makes one the current one in a single step."""

from __future__ import annotations

import io
import os
import shutil
import time
from contextlib import contextmanager, redirect_stdout, suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rasa.model_training import train
from rasa.shared.exceptions import RasaException

from assistant.settings import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rasa.model_training import TrainingResult

CACHE = HOME / "cache" / "rasa"
KEPT_MODELS = 2
ARCHIVE, REPORT, WORKSHOP = ".tar.gz", ".report", ".training-"
LEFT_BEHIND_AFTER = 24 * 60 * 60  # seconds


class TrainingError(RuntimeError):
    """No model came of the training; the message says what to look at."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Give a folder inside `folder` for a model that is not current yet; gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=WORKSHOP, dir=folder) as inside:
        yield folder / inside


def train_candidate(root: Path, folder: Path, name: str) -> Path:
    """Train from `root` into `folder` and return `name`.tar.gz; raises `TrainingError`."""
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(CACHE))
    with redirect_stdout(io.StringIO()):  # where Rasa names a folder that is not the last one
        result = _train(root, folder, name)
    if result.code or not result.model:
        raise TrainingError("Rasa could not train a model from domain.yml, config.yml and data/.")
    return folder / f"{name}{ARCHIVE}"


def _train(root: Path, folder: Path, name: str) -> TrainingResult:
    try:
        return train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / "data")],
            output=str(folder),
            fixed_model_name=name,
        )
    except RasaException as problem:
        what = str(problem.__cause__ or problem).strip().partition("\n")[0]
        message = f"The training stopped: {what}"
        raise TrainingError(message) from problem


def make_current(pointer: Path, candidate: Path, report: Path | None = None) -> Path:
    """Move a trained model and its report beside `pointer`, and let the pointer lead to it.

    The pointer is a symbolic link that is replaced in one step; a running brain goes over to the
    new model by itself, and keeps the old one when it cannot.
    """
    model = pointer.parent / candidate.name
    candidate.replace(model)
    if report is not None:
        keep_report(report, report_of(model))
    _point(pointer, model)
    _remove_old(pointer.parent, model)
    return model


def report_of(model: Path) -> Path:
    """Return the folder of a model's report."""
    return model.with_name(model.name.removesuffix(ARCHIVE) + REPORT)


def keep_report(report: Path, place: Path) -> None:
    """Put a report in its place; one that stands there goes."""
    shutil.rmtree(place, ignore_errors=True)
    report.rename(place)


def _point(pointer: Path, model: Path) -> None:
    draft = pointer.with_name(f"{pointer.name}.next")
    draft.unlink(missing_ok=True)
    draft.symlink_to(model.name)
    draft.replace(pointer)


def _remove_old(folder: Path, current: Path) -> None:
    others = [path for path in folder.glob(f"schoolgate-*{ARCHIVE}") if path != current]
    newest_first = sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_MODELS - 1 :]:
        shutil.rmtree(report_of(path), ignore_errors=True)
        with suppress(FileNotFoundError):
            path.unlink()
    for path in folder.glob(f"{WORKSHOP}*"):
        if time.time() - path.stat().st_mtime > LEFT_BEHIND_AFTER:
            shutil.rmtree(path, ignore_errors=True)
