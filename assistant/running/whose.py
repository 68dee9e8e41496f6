"""Find the school whose data a verb of the command line is about."""

from __future__ import annotations

import os
import sys

from assistant.security.keys import KEYS_FILE
from assistant.settings import Settings, variable


def settings_of(folder: str | None, school: str | None = None) -> Settings | None:
    """Return the settings of the school kept in ``folder``, by default where the settings say.

    ``school`` is its file, by default that of the settings. None when no school is kept there,
    which is printed: a verb must not make an empty one.
    """
    given = {variable("data"): folder, variable("school"): school}
    settings = Settings.load({**os.environ, **{name: each for name, each in given.items() if each}})
    if (settings.data / KEYS_FILE).exists():
        return settings
    sys.stdout.write(f"There is no Schoolgate in {settings.data}. Name its folder with --data.\n")
    return None
