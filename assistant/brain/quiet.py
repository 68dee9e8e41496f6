"""Logs without a parent's words: of a library's log record only where it came from is kept.

Rasa logs messages, payloads and trackers at several levels, and a traceback may quote them. So a
record of ours is written as it is (static event names), and of any other
only its logger, place and the type of its exception.
"""

from __future__ import annotations

import json
import logging
import sys

import structlog

OURS = "assistant"


class WordlessFormatter(logging.Formatter):
    """One JSON object a line; never the message, arguments or traceback of a foreign record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for one record."""
        if record.name.partition(".")[0] == OURS:
            return record.getMessage()
        fields = {
            "event": "library.log",
            "level": record.levelname.lower(),
            "logger": record.name,
            "place": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            fields["problem"] = record.exc_info[0].__name__
        return json.dumps(fields)


def quieten(level: str) -> None:
    """Send all logging, also structlog's and warnings, through one wordless handler on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
