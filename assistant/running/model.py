"""Trains the model when there is none for the present training data."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN, QUIET
from assistant.bootstrap.locking import alone
from assistant.bootstrap.progress import SetupError, say
from assistant.bootstrap.training import is_current, is_refused
from assistant.settings import HOME

if TYPE_CHECKING:
    from assistant.settings import Settings

OTHER_TRAINING = "Another training is running; waiting for it …"
GOES_ON = (
    "No new model came of the present training data, so the MODEL BEFORE IT goes on answering. "
    "`python3 -m assistant train` says what to mend."
)
NOTHING_STARTED = "The model could not be trained; the lines above say why. Nothing was started."


def train_if_needed(settings: Settings) -> None:
    """Run the verb `train` unless the model is current.

    When the training is refused, the model before goes on: a trainer's mistake must not close the
    school's chat. Raises `SetupError` where there is none.
    """
    if is_current(settings.model):
        return
    with alone(HOME / "training.lock", OTHER_TRAINING):
        if not is_current(settings.model):
            _train_or_go_on(settings)


def _train_or_go_on(settings: Settings) -> None:
    had_one = settings.model.exists()
    if (had_one and is_refused(settings.model)) or not _train(settings):
        if not had_one:
            raise SetupError(NOTHING_STARTED)
        say(GOES_ON)


def _train(settings: Settings) -> bool:
    command = [str(BRAIN.python), "-m", "assistant", "train"]
    environment = os.environ | QUIET | settings.as_environment()
    say("There is no model for the present training data yet:")
    # Its words go to standard error, as all progress does: a table may follow on the output.
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    return done.returncode == 0
