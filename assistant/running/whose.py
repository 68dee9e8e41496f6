"""Find the school whose data a verb of the command line is about."""

from __future__ import annotations

import os
import sys

from assistant.security.keys import KEYS_FILE
from assistant.settings import Settings, variable


def settings_of(folder: str | None) -> Settings | None:
    """Return the settings of the school kept in ``folder``, by default where the settings say.

    None when no school is kept there, which is printed: a verb must not make an empty one.
    """
    given = {variable("data"): folder} if folder else {}
    settings = Settings.load({**os.environ, **given})
    if (settings.data / KEYS_FILE).exists():
        return settings
    sys.stdout.write(f"There is no Schoolgate in {settings.data}. Name its folder with --data.\n")
    return None
