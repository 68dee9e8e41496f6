"""The three processes of Schoolgate, as the supervisor starts them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.bootstrap.environments import BRAIN, QUIET
from assistant.running.child import Program
from assistant.running.ports import LOOPBACK
from assistant.settings import PREFIX

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.settings import Settings

FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""glibc else keeps an arena for each thread, which costs tens of megabytes a process."""


def programs(settings: Settings) -> tuple[tuple[Program, ...], ...]:
    """Return the action server and the brain, then the web process, which asks both of them.

    Run this inside the app environment: its interpreter runs the web process and the actions.
    """
    without = replace(settings, oidc_client_secret="")  # of no use to them
    inner = (_actions(without), _brain(without))
    return inner, (_web(settings),)


def log_file(settings: Settings, name: str) -> Path:
    """Return where the process `name` writes."""
    return settings.data / "logs" / f"{name}.log"


def _actions(settings: Settings) -> Program:
    health = f"http://{LOOPBACK}:{settings.actions_port}/health"
    return _program(settings, "actions", (sys.executable, "-m", "actions"), health)


def _brain(settings: Settings) -> Program:
    health = f"http://{LOOPBACK}:{settings.brain_port}/webhooks/schoolgate/health"
    command = (str(BRAIN.python), "-m", "assistant.brain")
    return _program(settings, "brain", command, health, start_seconds=180.0)


def _web(settings: Settings) -> Program:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    reached_at = {"0.0.0.0": LOOPBACK, "[::]": "[::1]"}.get(host, host)  # noqa: S104 - a comparison
    health = f"http://{reached_at}:{settings.port}/healthz"
    return _program(settings, "web", (sys.executable, "-m", "assistant.web"), health)


def _program(
    settings: Settings,
    name: str,
    command: tuple[str, ...],
    health: str,
    start_seconds: float = 60.0,
) -> Program:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    environment = inherited | QUIET | FEW_ARENAS | settings.as_environment()
    log = log_file(settings, name)
    return Program(name, command, environment, log, health, start_seconds)
