"""The front-end packages: installed by npm from their lock file, scripts of packages not run."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap import commands
from assistant.bootstrap.environments import Environment, Layer
from assistant.bootstrap.progress import step
from assistant.settings import HOME, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = ROOT / "assistant" / "web" / "front"
FILES = ("package.json", "package-lock.json")
CURRENT = HOME / "front"
NODE = Environment("node", (Layer("node", "Node.js, which brings npm"),))
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")


def folder() -> Path:
    """Return the folder of the present lock file; another lock file has another folder."""
    content = b"".join((SOURCE / name).read_bytes() for name in FILES)
    return HOME / f"front-{hashlib.sha256(content).hexdigest()[:12]}"


def is_ready() -> bool:
    """Whether the packages of the present lock file are installed and served."""
    return (CURRENT / "node_modules").is_dir() and CURRENT.resolve() == folder().resolve()


def make(find_python: Callable[[], Path]) -> None:
    """Install beside, give the finished folder its name, then point `.schoolgate/front` at it."""
    target = folder()
    if not target.is_dir():
        incomplete = HOME / "front.incomplete"
        shutil.rmtree(incomplete, ignore_errors=True)
        incomplete.mkdir(parents=True)
        for name in FILES:
            shutil.copy(SOURCE / name, incomplete)
        npm = _npm(find_python)
        with step("Installing the packages of the pages"):
            failing = "The packages of the pages could not be installed."
            commands.run([npm, *NPM_CI], failing=failing, cwd=incomplete)
        incomplete.rename(target)
    _point_at(target)


def _npm(find_python: Callable[[], Path]) -> Path:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return Path(found)
    if not NODE.is_ready():
        NODE.make(find_python())
    return NODE.path / "bin" / "npm"


def _point_at(target: Path) -> None:
    """Swap the link in one move, so that a running web process never finds nothing."""
    link = HOME / "front.link"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(CURRENT)
