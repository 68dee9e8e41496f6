"""Check the trainers' files and train the model from them; does nothing when it is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.bootstrap.progress import say, step
from assistant.bootstrap.training import is_current, mark_trained, training_digest
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    import argparse

ENVIRONMENT = "brain"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the one option."""
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")


def main(arguments: argparse.Namespace) -> int:
    """Train if needed; 1 with sentences for the trainer when a file must be mended first."""
    settings = Settings.load()
    if is_current(settings.model) and not arguments.force:
        say("The model is current: nothing it is trained from has changed.")
        return 0
    digest = training_digest()
    with step("Loading Rasa"):
        from assistant.brain.quiet import quieten

        quieten("error")
        from assistant.brain.training import train_model
        from assistant.brain.training_data import find_problems
    with step("Checking domain.yml, data/ and config.yml"):
        problems = find_problems(ROOT)
    if problems:
        say("The training data needs mending first; the model in use stays as it is:")
        say("\n".join(f"  - {problem}" for problem in problems))
        return 1
    with step("Training"):
        model = train_model(ROOT, settings.model, f"schoolgate-{digest[:12]}")
    mark_trained(settings.model, digest)
    say(f"The model is {model.name}.")
    return 0
