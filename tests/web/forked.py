"""Server processes that are ready at once, for they are forked from one that has imported all.

Each is a process like any other, with its own memory, sockets, signals and environment: only the
two seconds of imports are spared, which a run of the tests would else pay a hundred times.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import reduction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.context import ForkServerProcess

PRELOADED = ["tests.web.strict_pages", "tests.web.stand_in_brain"]
OUTPUTS = (1, 2)


class _Outputs:
    """Standard output and error of whoever starts the process; they are its own once unpickled."""

    def __getstate__(self) -> list[object]:
        return [reduction.DupFd(number) for number in OUTPUTS]

    def __setstate__(self, duplicates: list[reduction.DupFd]) -> None:
        for number, duplicate in zip(OUTPUTS, duplicates, strict=True):
            given = duplicate.detach()
            os.dup2(given, number)
            os.close(given)


def start(
    environment: Mapping[str, str], serve: Callable[..., None], *arguments: object
) -> ForkServerProcess:
    """Start a process that calls ``serve`` in this environment and prints where this one does."""
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(PRELOADED)
    process = forked.Process(target=_serve, args=(dict(environment), _Outputs(), serve, arguments))
    process.start()
    return process


def _serve(
    environment: dict[str, str],
    _: _Outputs,
    serve: Callable[..., None],
    arguments: tuple[object, ...],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    serve(*arguments)
