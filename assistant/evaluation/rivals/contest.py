"""Trains, serves and asks one contender after the other, so that each has the machine alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import step
from assistant.evaluation.rivals.asking import ask_all
from assistant.evaluation.rivals.figures import Measured
from assistant.evaluation.rivals.hearing import BY_THE_CLASS, hear_all, ranked, strangeness
from assistant.evaluation.rivals.projects import add_stories, write_ours, write_rival
from assistant.evaluation.rivals.serving import served_by_rasa, served_by_us
from assistant.evaluation.rivals.training import Trained, train
from assistant.evaluation.scoring import routed
from assistant.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.evaluation.lines import Row
    from assistant.evaluation.rivals.callers import Given
    from assistant.evaluation.rivals.configurations import Rival
    from assistant.evaluation.rivals.projects import Project
    from assistant.evaluation.scoring import Routed

OURS_WEB, OURS_BRAIN = "ours, web", "ours, brain"
EARS = "models/ears-*.onnx"


def contest(
    rows: Sequence[Row], examples: Sequence[Row], rivals: Sequence[Rival]
) -> list[Measured]:
    """Measure ours and the rivals on the test messages ``rows``, all taught by ``examples``.

    Everything lives in a temporary folder; no process is left, also after an interruption.
    """
    with tempfile.TemporaryDirectory(prefix="schoolgate-rivals-") as name:
        folder = Path(name)
        measured = measure_ours(rows, write_ours(examples, folder / "ours"))
        for rival in rivals:
            project = write_rival(rival, examples, folder / rival.name.replace(" ", "-"))
            measured += measure_rival(rival.name, rows, project)
    return measured


def measure_ours(rows: Sequence[Row], project: Project) -> list[Measured]:
    """Return what was measured through the web process, and of the brain asked directly."""
    trained = _train("ours", project)
    with step("ours: what the doors sound like"), served_by_rasa(project) as (url, _):
        messages = hear_all(url, _texts(rows))
    with step("ours: asking"), served_by_us(project) as (brain, web):
        asked = {name: ask_all(door, _texts(rows))
                 for name, door in ((OURS_WEB, web), (OURS_BRAIN, brain))}  # fmt: skip
    scores = {BY_THE_CLASS: strangeness(messages)[BY_THE_CLASS]}
    results = {name: _routed(rows, each.answers) for name, each in asked.items()}
    return [Measured(name, results[name], results[name], scores, trained, each, _ears_size())
            for name, each in asked.items()]  # fmt: skip


def measure_rival(name: str, rows: Sequence[Row], project: Project) -> list[Measured]:
    """Return what was measured with rules alone, and with stories that put TED to work."""
    with_rules = measure_with_rules(name, rows, project)
    return [with_rules, _measure_with_ted(f"{name} + TED", rows, project, with_rules.trained)]


def measure_with_rules(name: str, rows: Sequence[Row], project: Project) -> Measured:
    """Train, serve and ask a rival whose dialogue is rules alone."""
    return _ask_rival(name, rows, project, _train(name, project))


def _measure_with_ted(
    name: str, rows: Sequence[Row], project: Project, before: Trained
) -> Measured:
    """Train again with stories; what did not change, DIET above all, comes from the cache."""
    add_stories(project)
    more = _train(name, project)
    seconds = before.seconds + more.seconds
    processors = before.processor_seconds + more.processor_seconds
    return _ask_rival(name, rows, project, Trained(seconds, processors, more.size))


def _train(name: str, project: Project) -> Trained:
    with step(f"{name}: training"):
        return train(project)


def _ask_rival(name: str, rows: Sequence[Row], project: Project, trained: Trained) -> Measured:
    texts = _texts(rows)
    with step(f"{name}: asking"), served_by_rasa(project) as (url, door):
        messages = hear_all(url, texts)
        asked = ask_all(door, texts)
    heard = _routed(rows, map(ranked, messages))
    served = _routed(rows, asked.answers)
    return Measured(name, heard, served, strangeness(messages), trained, asked)


def _texts(rows: Sequence[Row]) -> list[str]:
    return [str(row["text"]) for row in rows]


def _routed(rows: Sequence[Row], given: Iterable[Given]) -> list[Routed]:
    return [routed(row, each.channel, each.alternatives)
            for row, each in zip(rows, given, strict=True)]  # fmt: skip


def _ears_size() -> int:
    """Return the bytes of the fine-tuned file that the archive needs beside it."""
    return max((file.stat().st_size for file in ROOT.glob(EARS)), default=0)
