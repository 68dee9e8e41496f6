"""The trainers' guide is followed to the letter on a copy of the project: train, talk, undo."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.settings import HOME, ROOT

GUIDE = ROOT / "data" / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEW_FILE = re.compile(r"# (\S+), a new file\n")
BELOW = re.compile(r'# (\S+), below "(.+)"\n')
COPIED = ("actions", "assistant", "config.yml", "data", "domain.yml")
EVERY = 8
"""Of the labelled language, and of the acceptance sets: enough, and a training takes seconds."""
SAID = "You: "
A_LONG_TIME = 3600  # seconds, on a busy machine


@dataclass(frozen=True)
class Copy:
    """A copy of the project in which the guide has been followed as far as training."""

    root: Path
    trained: subprocess.CompletedProcess[str]


def blocks(kind: str) -> list[str]:
    return [
        text for found, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")) if found == kind
    ]


def apply(root: Path, block: str) -> None:
    head, _, content = block.partition("\n")
    if new := NEW_FILE.fullmatch(f"{head}\n"):
        assert not (root / new[1]).exists()
        (root / new[1]).write_text(content, encoding="utf-8")
        return
    place = BELOW.fullmatch(f"{head}\n")
    assert place, f"the guide does not say where this goes: {head}"
    before = (root / place[1]).read_text(encoding="utf-8")
    assert before.count(f"\n{place[2]}\n") == 1
    after = before.replace(f"\n{place[2]}\n", f"\n{place[2]}\n{content}")
    (root / place[1]).write_text(after, encoding="utf-8")


def copy_project(root: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".training-*")
            shutil.copytree(source, root / name, symlinks=True, ignore=ignored)
        else:
            shutil.copy2(source, root / name)
    (root / "models").mkdir()
    for ears in (ROOT / "models").glob("*.onnx"):
        (root / "models" / ears.name).symlink_to(ears)
    for file in (root / "data").glob("[al]*/*.jsonl"):
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(rows[::EVERY]), encoding="utf-8")
    (root / HOME.name).mkdir()
    for made in ("envs", *(path.name for path in HOME.glob("front*"))):
        (root / HOME.name / made).symlink_to((HOME / made).resolve())


def run(root: Path, verb: str, said: str = "") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if "SCHOOLGATE" not in key}
    return subprocess.run(
        [sys.executable, "-m", "assistant", verb],
        cwd=root,
        env=environment,
        input=said,
        capture_output=True,
        text=True,
        timeout=A_LONG_TIME,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("trainer")
    copy_project(root)
    for block in blocks("yaml"):
        apply(root, block)
    return Copy(root, run(root, "train"))


@pytest.mark.slow
def test_what_the_guide_adds_is_trained_and_taken(copy: Copy) -> None:
    assert copy.trained.returncode == 0, copy.trained.stderr
    line = json.loads((copy.root / "models/trainings.jsonl").read_text().splitlines()[-1])
    assert (line["outcome"], line["scores"]["missed"]) == ("current", 0)
    report = (copy.root / "models/current").resolve().with_suffix("").with_suffix(".report")
    assert {file.name for file in report.iterdir()} == {
        "scores.json", "scores.txt", "confusions.svg", "worst.txt"
    }  # fmt: skip


@pytest.mark.slow
def test_the_trained_assistant_says_what_the_guide_promises(copy: Copy) -> None:
    (dialogue,) = blocks("text")
    lines = dialogue.splitlines()
    said = [line.removeprefix(SAID) for line in lines if line.startswith(SAID)]
    promised = [line for line in lines if not line.startswith(SAID)]
    assert len(said) == len(promised) == 2
    talked = run(copy.root, "talk", "\n".join([*said, ""]))
    heard = " ".join(talked.stdout.split())
    places = [heard.find(reply) for reply in promised]
    assert -1 not in places, talked.stdout + talked.stderr
    assert places == sorted(places)


def test_the_guide_names_only_files_and_commands_that_there_are() -> None:
    assert blocks("sh") == ["python3 -m assistant train\n", "python3 -m assistant talk\n"]
    text = GUIDE.read_text(encoding="utf-8")
    named = {
        name for name in re.findall(r"`((?:data|models)/[\w/.-]+)`", text) if "menu" not in name
    }
    made = {"models/refused.report/worst.txt", "models/trainings.jsonl"}
    assert named >= made
    assert [name for name in sorted(named - made) if not (ROOT / name).exists()] == []
    assert "(data/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
