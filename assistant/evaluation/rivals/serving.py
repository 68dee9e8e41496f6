"""Serves a trained contender on loopback and ends its processes with the block, however it ends."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN
from assistant.bootstrap.progress import say
from assistant.bootstrap.training import mark_trained, training_digest
from assistant.evaluation.place import DEMONSTRATION_NOW
from assistant.evaluation.rivals.callers import BrainCaller, RivalCaller, WebCaller
from assistant.evaluation.rivals.training import rasa_environment
from assistant.running.child import Program
from assistant.running.ports import LOOPBACK, free_ports
from assistant.running.programs import FEW_ARENAS
from assistant.running.stack import Stack
from assistant.running.supervisor import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from assistant.evaluation.rivals.callers import Caller
    from assistant.evaluation.rivals.projects import Project
    from assistant.running.child import Child

START_SECONDS = 600.0


@dataclass(frozen=True)
class Door:
    """One way to ask a served contender, and the processes that stand behind it."""

    caller: Callable[[], Caller]
    pids: tuple[int, ...]


@contextmanager
def served_by_rasa(project: Project) -> Iterator[tuple[str, Door]]:
    """Give the address of Rasa's own server with this model, and its stock REST channel."""
    port = free_ports(1)[0]
    url = f"http://{LOOPBACK}:{port}"
    with Supervisor([[_rasa(project, port)]], say) as supervisor:
        yield url, Door(partial(RivalCaller, url), _pids(supervisor.children.values()))


@contextmanager
def served_by_us(project: Project) -> Iterator[tuple[Door, Door]]:
    """Give the doors of our whole stack with this model: the brain alone, and the web process."""
    pointer = project.model.with_name("current")
    pointer.symlink_to(project.model.name)
    mark_trained(pointer, training_digest())  # or the stack would train once more
    with Stack(now=DEMONSTRATION_NOW, settings={"model": str(pointer)}) as stack:
        brain_url = f"http://{LOOPBACK}:{stack.settings.brain_port}"
        children = stack.processes
        inner = [children["brain"], children["actions"]]
        brain = partial(BrainCaller, brain_url, stack.keys.brain_key, stack.url)
        yield (
            Door(brain, _pids(inner)),
            Door(partial(WebCaller, stack.url), _pids(children.values())),
        )


def _rasa(project: Project, port: int) -> Program:
    folder = project.folder
    server = ("-m", "rasa", "run", "--enable-api", "--interface", LOOPBACK, "--port", str(port))
    model = ("--model", str(project.model))
    files = ("--credentials", str(folder / "credentials.yml"))
    return Program(
        "rasa",
        (str(BRAIN.python), *server, *model, *files, "--endpoints", str(folder / "endpoints.yml")),
        rasa_environment(project) | FEW_ARENAS,
        folder / "serving.log",
        f"http://{LOOPBACK}:{port}/status",
        START_SECONDS,
    )


def _pids(children: Iterable[Child]) -> tuple[int, ...]:
    return tuple(child.pid for child in children if child.pid)
