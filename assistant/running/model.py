"""Trains the model when there is none for the present training data."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN, QUIET
from assistant.bootstrap.locking import alone
from assistant.bootstrap.progress import SetupError, say
from assistant.bootstrap.training import is_current
from assistant.settings import HOME

if TYPE_CHECKING:
    from assistant.settings import Settings

OTHER_TRAINING = "Another training is running; waiting for it …"


def train_if_needed(settings: Settings) -> None:
    """Run the verb `train` unless the model is current; raise `SetupError` when it fails."""
    if is_current(settings.model):
        return
    with alone(HOME / "training.lock", OTHER_TRAINING):
        if not is_current(settings.model):
            _train(settings)


def _train(settings: Settings) -> None:
    command = [str(BRAIN.python), "-m", "assistant", "train"]
    environment = os.environ | QUIET | settings.as_environment()
    say("There is no model for the present training data yet:")
    # Its words go to standard error, as all progress does: a table may follow on the output.
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    if done.returncode:
        message = "The model could not be trained; the lines above say why. Nothing was started."
        raise SetupError(message)
