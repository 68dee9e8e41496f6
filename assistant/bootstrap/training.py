"""Whether the trained model fits the present training data, told from content alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from assistant.settings import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# What a model is made of: the trainers' files, the brain's own code, and the brain's packages.
FILES = ("config.yml", "domain.yml", "assistant/bootstrap/requirements/brain.txt")
FOLDERS = ("data", "assistant/brain")
LEFT_OUT = ("__pycache__",)
GUIDES = ".md"
REFUSED = "refused"


def training_digest(root: Path = ROOT) -> str:
    """Return a SHA-256 over the names and contents of everything a model is trained from."""
    digest = hashlib.sha256()
    for file in _sources(root):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def is_current(model: Path) -> bool:
    """Whether `model` exists and was trained from exactly what lies here now."""
    stamp = _stamp(model)
    return model.exists() and stamp.exists() and stamp.read_text() == training_digest()


def mark_trained(model: Path, digest: str) -> None:
    """Note beside `model` that it was trained from the content with `digest`."""
    _stamp(model).write_text(digest)
    _stamp(model, REFUSED).unlink(missing_ok=True)


def is_refused(model: Path) -> bool:
    """Whether a training from exactly what lies here now was refused, so that none need try."""
    stamp = _stamp(model, REFUSED)
    return stamp.exists() and stamp.read_text() == training_digest()


def mark_refused(model: Path, digest: str) -> None:
    """Note beside `model` that what was trained from the content with `digest` was refused."""
    _stamp(model, REFUSED).write_text(digest)


def _sources(root: Path) -> list[Path]:
    named = [root / name for name in FILES if (root / name).exists()]
    found = [file for name in FOLDERS for file in (root / name).rglob("*") if file.is_file()]
    return named + sorted(file for file in found if not _is_left_out(file))


def _is_left_out(file: Path) -> bool:
    return bool(set(LEFT_OUT) & set(file.parts)) or file.suffix == GUIDES


def _stamp(model: Path, kind: str = "digest") -> Path:
    return model.with_name(f"{model.name}.{kind}")
