"""Check the trainers' files, train, and make the model current unless it is worse."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.progress import say, step
from assistant.bootstrap.training import is_current, mark_refused, mark_trained, training_digest
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.evaluation.acceptance import Acceptance, Sets

ENVIRONMENT = "brain"
ACCEPTANCE = ROOT / "data" / "acceptance"
REFUSED_REPORT = "refused.report"
CURRENT, FORCED, REFUSED = "current", "forced", "refused"
STAYS = "It was not made current; the model in use stays as it is."
ADVICE = """
What to do: look at the lines that were added or changed last. Examples that are too general draw
other messages to them: make them more particular, or take some out, and train again. All that got
worse stands in {report}.
If it shall be used all the same: python3 -m assistant train --force "why"
"""


@dataclass(frozen=True)
class Trained:
    """A model that was trained from the content with ``digest``, and the pointer it is for."""

    pointer: Path
    model: Path
    digest: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two options."""
    parser.add_argument("--again", action="store_true", help="train even if nothing has changed")
    parser.add_argument(
        "--force",
        metavar="REASON",
        type=_reason,
        help="make the model current even if it is worse or misses a safety message; is logged",
    )


def main(arguments: argparse.Namespace) -> int:
    """Train if needed; 1 with sentences for the trainer when a file or the model is not right."""
    from assistant.evaluation.acceptance import read_sets

    settings = Settings.load()
    if is_current(settings.model) and not arguments.again:
        say("The model is current: nothing it is trained from has changed.")
        return 0
    sets = read_sets(ACCEPTANCE)
    digest = training_digest()
    with step("Loading Rasa"):
        from assistant.brain.quiet import quieten

        quieten("critical")
        from assistant.brain.training_data import find_problems
    with step("Checking domain.yml, data/ and config.yml"):
        problems = find_problems(ROOT)
    if problems:
        say("The training data needs mending first; the model in use stays as it is:")
        say("\n".join(f"  - {problem}" for problem in problems))
        return 1
    return train(settings.model, digest, sets, arguments.force)


def train(pointer: Path, digest: str, sets: Sets, forced: str | None) -> int:
    """Train a model, let it answer the acceptance sets, and make it current if it may be."""
    from assistant.brain.training import TrainingError, train_candidate, workshop
    from assistant.evaluation.acceptance_report import score_table, worst_shortly

    with workshop(pointer.parent) as folder:
        try:
            with step("Training"):
                model = train_candidate(ROOT, folder, f"schoolgate-{digest[:12]}")
        except TrainingError as problem:
            say(f"{problem} {STAYS}")
            return 1
        with step(f"Reading {len(sets.texts)} messages that it never learned from"):
            new, present = answered(model, sets), scores_in_use(pointer, sets)
        say(f"\n{score_table(new, present)}\n\nThe worst confusions:\n{worst_shortly(new)}\n")
        return settle(Trained(pointer, model, digest), new, present, forced)


def settle(
    trained: Trained, new: Acceptance, present: dict[str, Any] | None, forced: str | None
) -> int:
    """Make the model current, or refuse it; a line in the log tells which and why."""
    from assistant.brain.training import report_of
    from assistant.evaluation.acceptance import objections
    from assistant.evaluation.acceptance_report import as_scores, summary, write_report
    from assistant.evaluation.training_log import note_training

    write_report(report_of(trained.model), new, present)
    against = objections(new, present)
    outcome = CURRENT if not against else FORCED if forced else REFUSED
    (refuse if outcome == REFUSED else accept)(trained)
    note_training(
        trained.pointer.parent,
        model=trained.model.name,
        outcome=outcome,
        against=against,
        reason=forced if outcome == FORCED else None,
        scores=summary(as_scores(new)),
    )
    return tell(trained, against, outcome, new, present)


def accept(trained: Trained) -> None:
    """Let the pointer lead to the new model; what was refused before it is told no more."""
    from assistant.brain.training import make_current, report_of

    make_current(trained.pointer, trained.model, report_of(trained.model))
    shutil.rmtree(trained.pointer.with_name(REFUSED_REPORT), ignore_errors=True)
    mark_trained(trained.pointer, trained.digest)


def refuse(trained: Trained) -> None:
    """Keep the report of the new model and let the model itself go."""
    from assistant.brain.training import keep_report, report_of

    keep_report(report_of(trained.model), trained.pointer.with_name(REFUSED_REPORT))
    mark_refused(trained.pointer, trained.digest)


def tell(
    trained: Trained,
    against: list[str],
    outcome: str,
    new: Acceptance,
    present: dict[str, Any] | None,
) -> int:
    """Say what became of the model, and return the exit code."""
    from assistant.evaluation.acceptance_report import what_got_worse

    if outcome == REFUSED:
        report = trained.pointer.with_name(REFUSED_REPORT)
        worse = what_got_worse(new, present)
        say("\n".join([f"{STAYS} Why:", *against, worse, ADVICE.format(report=report)]))
        return 1
    say("\n".join([*against, f"The model is {trained.model.name}."]))
    return 0


def answered(model: Path, sets: Sets) -> Acceptance:
    """Let a model answer both sets."""
    from assistant.brain.acceptance import Served
    from assistant.evaluation.acceptance import judge

    return judge(sets, Served(model).answer_all(sets.texts))


def scores_in_use(pointer: Path, sets: Sets) -> dict[str, Any] | None:
    """Return what the present model scored on these very sets; it is read anew if it never was."""
    from assistant.brain.training import report_of
    from assistant.evaluation.acceptance_report import as_scores, read_scores

    if not pointer.exists():
        return None
    model = pointer.resolve()
    kept = read_scores(report_of(model), sets.digest)
    try:
        return kept or as_scores(answered(model, sets))
    except Exception as problem:  # noqa: BLE001 - whatever an older model lacks, training goes on
        say(f"  {model.name} cannot be read any more ({type(problem).__name__}): not compared.")
        return None


def _reason(given: str) -> str:
    if not given.strip():
        message = "give the reason in a few words; it is written into the log"
        raise argparse.ArgumentTypeError(message)
    return given.strip()
