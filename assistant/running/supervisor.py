"""Starts processes in order, starts one again that dies, and leaves none behind.

One thread starts every child, because the kernel ties a child to the thread that made it
(prctl(2)); the caller's thread only waits and asks.
"""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING, Self

from assistant.running.child import Child, ProcessFailedError, Program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOOK_SECONDS = 0.1
STEADY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0


class Pause:
    """How long to wait before a process is started again: nothing, then 1, 2, 4 … 30 seconds."""

    def __init__(self) -> None:
        self._deaths = 0
        self._started = time.monotonic()

    def started(self) -> None:
        """Note a start."""
        self._started = time.monotonic()

    def after_death(self) -> float:
        """Return the seconds to wait; a process that ran steadily before starts at once."""
        if time.monotonic() - self._started > STEADY_SECONDS:
            self._deaths = 0
        self._deaths += 1
        return 0.0 if self._deaths == 1 else min(LONGEST_PAUSE_SECONDS, 2.0 ** (self._deaths - 2))


class Supervisor:
    """A context manager around processes; `waves` start one after the other, each when healthy."""

    def __init__(
        self, waves: Sequence[Sequence[Program]], report: Callable[[str], object] = print
    ) -> None:
        self.children = {each.name: Child(each) for wave in waves for each in wave}
        self._waves = [[each.name for each in wave] for wave in waves]
        self._report = report
        self._pauses = {name: Pause() for name in self.children}
        self._due: dict[str, float] = {}
        self._held: set[str] = set()
        self._settled = threading.Event()
        self._stopping = threading.Event()
        self._failure: ProcessFailedError | None = None
        self._thread = threading.Thread(target=self._live, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        """Start everything; raise `ProcessFailedError` quoting the log of what would not start."""
        self._thread.start()
        try:
            self._settled.wait()
        except BaseException:  # an interrupt while starting leaves nothing behind either
            self.stop()
            raise
        if self._failure:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self.stop()

    def stop(self) -> None:
        """End every process, the last wave first, and wait until all are gone."""
        self._stopping.set()
        self._thread.join()

    def kill(self, name: str) -> None:
        """Kill one process outright, as a fault would; it is started again."""
        self.children[name].kill()

    def forgive(self, name: str) -> None:
        """Forget earlier deaths of a process: its next start waits for nothing."""
        self._pauses[name] = Pause()

    def hold(self, name: str) -> None:
        """Stop one process and leave it stopped until `release`."""
        self._held.add(name)
        self.children[name].stop()

    def release(self, name: str) -> None:
        """Let a held process be started again."""
        self._held.discard(name)

    def wait_until_healthy(self, name: str, seconds: float = 60.0) -> None:
        """Wait for a process to be well again; raise `ProcessFailedError` after `seconds`."""
        deadline = time.monotonic() + seconds
        while not self.children[name].is_healthy():
            if time.monotonic() > deadline:
                raise self._failed(name, f"did not become ready within {seconds:.0f} seconds")
            time.sleep(LOOK_SECONDS)

    def _live(self) -> None:
        try:
            for wave in self._waves:
                self._start_wave(wave)
            self._settled.set()
            while not self._stopping.wait(LOOK_SECONDS):
                self._look()
        except ProcessFailedError as failure:
            self._failure = failure
        finally:
            for wave in reversed(self._waves):
                self._stop_wave(wave)
            self._settled.set()

    def _start_wave(self, names: list[str]) -> None:
        started = time.monotonic()
        for name in names:
            self._start(name)
        waiting = list(names)
        while waiting and not self._stopping.wait(LOOK_SECONDS):
            for name in waiting:
                self._refuse_a_false_start(name, time.monotonic() - started)
            waiting = [name for name in waiting if not self.children[name].is_healthy()]

    def _refuse_a_false_start(self, name: str, seconds: float) -> None:
        child = self.children[name]
        if child.exit_code is not None:
            raise self._failed(name, f"ended with code {child.exit_code} while it was starting")
        if seconds > child.program.start_seconds:
            raise self._failed(name, f"was not ready after {seconds:.0f} seconds")

    def _failed(self, name: str, what: str) -> ProcessFailedError:
        child = self.children[name]
        log = f"The end of its log, {child.program.log}:\n{child.last_words()}"
        return ProcessFailedError(f"The process {name} {what}. {log}")

    def _start(self, name: str) -> None:
        self._pauses[name].started()
        self.children[name].start()

    def _stop_wave(self, names: list[str]) -> None:
        for name in names:
            self.children[name].send(signal.SIGTERM)
        for name in names:
            self.children[name].stop()

    def _look(self) -> None:
        for name, child in self.children.items():
            if child.exit_code is None or name in self._held:
                self._due.pop(name, None)
            elif name not in self._due:
                pause = self._pauses[name].after_death()
                self._due[name] = time.monotonic() + pause
                self._report(
                    f"The process {name} ended with code {child.exit_code}; "
                    f"it is started again {f'in {pause:.0f} s' if pause else 'now'}."
                )
            elif time.monotonic() >= self._due[name]:
                del self._due[name]
                self._start(name)
