"""Run the public web process: ``python -m assistant.web``."""

from __future__ import annotations

import logging
import os
import sys

import structlog

from assistant.app import build_desk, keep_what_stays
from assistant.casework.school import SchoolFileError
from assistant.services.publish_policy import PolicyChanged, publish_policy
from assistant.services.receipts import keep_missing_receipts
from assistant.services.search_index import index_missing
from assistant.settings import Settings, SettingsError
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from assistant.web.app import create_app
from assistant.web.caretaker import employ_caretaker
from assistant.web.postman import employ_postman


def main() -> None:
    """Migrate, seed and serve until told to stop."""
    try:
        settings = Settings.load(os.environ)
        write_logs(settings.log_level)
        migrate_databases(settings)
        desk = build_desk(settings)
        seed_school(desk.unit_of_work, desk.school)
        publish_policy(desk)
        app = create_app(desk)
    except (SettingsError, SchoolFileError, PolicyChanged) as problem:
        sys.exit(str(problem))
    index_missing(desk)
    keep_missing_receipts(desk)
    employ_postman(app, desk)
    employ_caretaker(app)
    keep_what_stays()
    app.run(
        host=settings.host,
        port=settings.port,
        single_process=True,
        access_log=False,
        motd=False,
    )


def write_logs(level: str) -> None:
    """Write one JSON object a line; events have static names and never a parent's words."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
    )


if __name__ == "__main__":
    main()
