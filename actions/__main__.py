"""Run the action server on its loopback port: ``python -m actions``."""

from __future__ import annotations

import os

from actions.server import create_app
from assistant.app import build_desk, keep_what_stays
from assistant.settings import Settings


def main() -> None:
    """Serve until told to stop; one process, loopback only."""
    settings = Settings.load(os.environ)
    app = create_app(build_desk(settings))
    keep_what_stays()
    app.run(
        host="127.0.0.1",
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
