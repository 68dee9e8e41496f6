"""Writes each contender as a small Rasa project into a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel
from assistant.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.evaluation.lines import Row
    from assistant.evaluation.rivals.configurations import Rival

FALLBACK = "nlu_fallback"
"""What Rasa's FallbackClassifier hears where it is not sure."""
REPLIES = {f"The right place for this is: {channel.value}.": channel.value for channel in Channel}
"""Each reply of a rival, and the channel code that it stands for."""


@dataclass(frozen=True)
class Project:
    """A folder that ``rasa train`` can be run in; the model is ``<name>.tar.gz`` inside it."""

    name: str
    folder: Path

    @property
    def model(self) -> Path:
        """Where training puts the archive."""
        return self.folder / "models" / f"{self.name}.tar.gz"


def write_rival(rival: Rival, rows: Sequence[Row], folder: Path) -> Project:
    """Write the stock kind of project: a class for each destination, a rule and a reply for it."""
    (folder / "data").mkdir(parents=True)
    files = {
        "config.yml": rival.configuration,
        "domain.yml": _domain(),
        "data/rules.yml": _rules(),
        "data/nlu.yml": _messages(rows),
        "credentials.yml": "rest:\n",
        "endpoints.yml": "{}\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Project("rival", folder)


def add_stories(project: Project) -> None:
    """Add two stories for each destination: policies that learn, as TED, learn nothing of rules."""
    told = [f"- story: {each}\n  steps:\n{_step(each)}" for each in Channel]
    greeted = [
        f"- story: {each} after a greeting\n  steps:\n{_step(Channel.SMALLTALK)}{_step(each)}"
        for each in Channel
    ]
    text = f'version: "3.1"\nstories:\n{"".join(told + greeted)}'
    (project.folder / "data" / "stories.yml").write_text(text, encoding="utf-8")


def write_ours(rows: Sequence[Row], folder: Path, root: Path = ROOT) -> Project:
    """Copy our trainers' files, with these rows as the labelled language."""
    shutil.copytree(root / "data", folder / "data", ignore=shutil.ignore_patterns("language"))
    for name in ("config.yml", "domain.yml"):
        shutil.copy(root / name, folder / name)
    (folder / "data" / "language").mkdir()
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    (folder / "data" / "language" / "part.jsonl").write_text(lines, encoding="utf-8")
    for name in ("credentials.yml", "endpoints.yml"):
        (folder / name).write_text("{}\n", encoding="utf-8")
    return Project("ours", folder)


def _domain() -> str:
    intents = "".join(f"- {channel.value}\n" for channel in Channel)
    replies = "".join(
        f"  utter_{channel}:\n  - text: '{text}'\n" for text, channel in REPLIES.items()
    )
    return f'version: "3.1"\nintents:\n{intents}responses:\n{replies}'


def _rules() -> str:
    steps = {channel.value: channel.value for channel in Channel}
    steps[FALLBACK] = Channel.ASK.value  # as Rasa's manual answers it: by asking once more
    rules = "".join(
        f"- rule: {intent}\n  steps:\n{_step(intent, channel)}" for intent, channel in steps.items()
    )
    return f'version: "3.1"\nrules:\n{rules}'


def _step(intent: str, channel: str | None = None) -> str:
    return f"  - intent: {intent}\n  - action: utter_{channel or intent}\n"


def _messages(rows: Sequence[Row]) -> str:
    examples: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        examples[row["channel"]].append(f"    - {_plain(row['text'])}\n")
    intents = "".join(
        f"- intent: {channel}\n  examples: |\n{''.join(lines)}"
        for channel, lines in examples.items()
    )
    return f'version: "3.1"\nnlu:\n{intents}'


def _plain(text: str) -> str:
    """Return the words on one line, without what Rasa would read as the mark of an entity."""
    words = " ".join(text.split())
    return words.replace("](", "] (").replace("]{", "] {").replace("][", "] [")
