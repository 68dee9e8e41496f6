"""`python -m assistant.brain`: serves the trained model on loopback, to the web process only."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import structlog
from sanic import Sanic
from threadpoolctl import threadpool_limits

from assistant.brain.agent import load_agent
from assistant.brain.connector import SchoolgateChannel
from assistant.brain.quiet import quieten
from assistant.brain.successor import Succession
from assistant.security.keys import Keys
from assistant.settings import Settings, SettingsError

LOOPBACK = "127.0.0.1"
BODY_LIMIT = 256 * 1024  # bytes
KEEP_DAYS = 30
"""A conversation without a message for so long is forgotten at the next start."""
_log = structlog.get_logger(__name__)


def main() -> int:
    """Load and serve until told to stop; 1 with a sentence when it cannot start."""
    try:
        settings = Settings.load()
    except SettingsError as problem:
        return _refuse(str(problem))
    quieten(settings.log_level)
    if not settings.model.is_file():
        return _refuse("There is no trained model: run `python3 -m assistant train` first.")
    app = create_app(settings, Keys.load_or_create(settings.data))
    _log.info("brain.ready", model=settings.model.resolve().name, port=settings.brain_port)
    threadpool_limits(1)  # one message is too little to share; waiting threads cost the others
    app.run(host=LOOPBACK, port=settings.brain_port, workers=1, access_log=False, debug=False)
    return 0


def create_app(settings: Settings, keys: Keys) -> Sanic[Any, Any]:
    """Return the server with a loaded agent and our one channel; raises when it cannot load."""
    app = Sanic("schoolgate_brain", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = load_agent(settings, keys, settings.model.resolve())
    app.ctx.agent.tracker_store.purge(KEEP_DAYS)
    app.add_task(Succession(settings.model, partial(load_agent, settings, keys)).watch(app))
    channel = SchoolgateChannel(keys.brain_key)
    app.blueprint(
        channel.blueprint(app.ctx.agent.handle_message), url_prefix=f"/webhooks/{channel.name()}"
    )
    return app


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
