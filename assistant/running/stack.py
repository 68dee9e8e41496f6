"""A private Schoolgate on free loopback ports, for tests, measurements and the terminal chat."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assistant.bootstrap.prepare import prepare
from assistant.running.databases import fill_databases
from assistant.running.model import train_if_needed
from assistant.running.ports import LOOPBACK, free_ports
from assistant.running.programs import log_file, programs
from assistant.running.supervisor import Supervisor
from assistant.security.keys import Keys
from assistant.settings import Settings, variable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.running.child import Child


class Stack:
    """Start all three processes on entering, stop them on leaving.

    `data` is kept when given and temporary otherwise; `now` is a fixed clock; `settings` holds
    further settings by their names in the table, as text. The machine's own SCHOOLGATE variables
    are not read. Raises `SetupError` with a sentence when a process will not start.
    """

    def __init__(
        self,
        *,
        data: Path | None = None,
        now: datetime | str | None = None,
        school: str = "primary",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._exit = ExitStack()
        self._chosen = {"school": school, **(settings or {})}
        if now:
            self._chosen["now"] = now.isoformat() if isinstance(now, datetime) else now
        self._data = data

    def __enter__(self) -> Self:
        """Prepare what is missing, train if needed, fill the databases and start."""
        prepare()
        with ExitStack() as exit_stack:
            self.settings = self._load_settings(exit_stack)
            train_if_needed(self.settings)
            fill_databases(self.settings)
            self.keys = Keys.load_or_create(self.settings.data)
            self._supervisor = exit_stack.enter_context(
                Supervisor(programs(self.settings), self._log)
            )
            self._exit = exit_stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the processes and remove a temporary data folder."""
        self._exit.close()

    @property
    def url(self) -> str:
        """The address of the web process, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.settings.port}"

    @property
    def processes(self) -> dict[str, Child]:
        """The processes `actions`, `brain` and `web` by name."""
        return self._supervisor.children

    def kill(self, name: str) -> None:
        """Kill a process outright, as a fault would; it is started again at once."""
        self._supervisor.kill(name)

    def forgive(self, name: str) -> None:
        """Forget earlier deaths of a process, so that killing it often does not delay its start."""
        self._supervisor.forgive(name)

    def hold(self, name: str) -> None:
        """Stop a process and leave it stopped, until `release`."""
        self._supervisor.hold(name)

    def release(self, name: str, seconds: float = 180.0) -> None:
        """Start a held process again and wait until it is well."""
        self._supervisor.release(name)
        self.wait_until_healthy(name, seconds)

    def wait_until_healthy(self, name: str, seconds: float = 180.0) -> None:
        """Wait until a process answers its health address, at most `seconds`."""
        self._supervisor.wait_until_healthy(name, seconds)

    def _load_settings(self, exit_stack: ExitStack) -> Settings:
        data = self._data or Path(
            exit_stack.enter_context(tempfile.TemporaryDirectory(prefix="schoolgate-"))
        )
        names = ("port", "brain_port", "actions_port")
        ports = {name: str(port) for name, port in zip(names, free_ports(3), strict=True)}
        chosen = {"host": LOOPBACK, "data": str(data), **ports, **self._chosen}
        return Settings.load({variable(name): value for name, value in chosen.items()})

    def _log(self, sentence: str) -> None:
        with log_file(self.settings, "supervisor").open("a", encoding="utf-8") as log:
            log.write(f"{sentence}\n")
