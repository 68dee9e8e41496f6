"""A private web process alone, on a database of its own: no question of these needs the brain."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import SetupError
from assistant.evaluation.place import DEMONSTRATION_NOW, MANY_PARENTS
from assistant.evaluation.timing.asking import PROXY
from assistant.running.child import Child
from assistant.running.databases import fill_databases
from assistant.running.ports import LOOPBACK, free_ports
from assistant.running.programs import programs
from assistant.settings import Settings, variable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.services.desk import Desk

WAIT_SECONDS = 120.0


@contextmanager
def web_alone(folder: Path) -> Iterator[tuple[Desk, str]]:
    """Give its databases and its address; raises ``SetupError`` when it does not start."""
    port = str(free_ports(1)[0])
    chosen = {"data": str(folder), "port": port, "now": DEMONSTRATION_NOW, **MANY_PARENTS}
    settings = Settings.load({variable(name): value for name, value in chosen.items()})
    desk = fill_databases(settings)
    url = f"http://{LOOPBACK}:{port}"
    program = programs(settings)[-1][0]
    environment = program.environment | PROXY
    child = Child(replace(program, environment=environment, health=f"{url}/embed.js"))
    child.start()
    try:
        _wait_for(child)
        yield desk, url
    finally:
        child.stop()


def _wait_for(child: Child) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not child.is_healthy():
        if child.exit_code is not None or time.monotonic() > give_up_at:
            message = f"The web process did not start:\n{child.last_words()}"
            raise SetupError(message)
        time.sleep(0.1)
