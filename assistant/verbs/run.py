"""Start Schoolgate: the chat page, the desk, the brain and the action server."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.progress import say, step
from assistant.settings import Settings, variable

if TYPE_CHECKING:
    import argparse

    from assistant.services.desk import Desk

ENVIRONMENT = "app"
OPTIONS = ("port", "data", "school", "now")
INNER_PORTS = ("brain_port", "actions_port")
WELCOME = """
  Chat   {url}/
  Desk   {url}{login}
         (a login for {name} that works once)
{clock}{mail}
  Stop with Ctrl-C.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `run`; each stands for the setting of its name."""
    parser.add_argument("--port", help="the port of the chat page and the desk (8080)")
    parser.add_argument("--data", type=Path, help="the folder of databases and keys")
    parser.add_argument("--school", help="primary, secondary, or the path of a school's TOML")
    parser.add_argument("--now", help="a fixed clock for demonstrations, as 2026-11-24T10:15")


def main(arguments: argparse.Namespace) -> int:
    """Fill the databases, train if needed, run until Ctrl-C or SIGTERM; 0 after a clean stop."""
    from assistant.running.databases import fill_databases
    from assistant.running.ending import ended_by_signals, wait_for_ever
    from assistant.running.model import train_if_needed
    from assistant.running.programs import programs
    from assistant.running.supervisor import Supervisor

    settings = settle_ports(load_settings(arguments))
    with ended_by_signals(), ExitStack() as running:
        desk = fill_databases(settings)  # a mistake in the school file is told before a training
        train_if_needed(settings)
        with step("Starting the action server, the brain and the web process"):
            running.enter_context(Supervisor(programs(settings), say))
        running.callback(say, "\nStopping …")
        sys.stdout.write(welcome(desk))
        sys.stdout.flush()
        wait_for_ever()
    say(f"Stopped. Everything that was recorded is kept in {settings.data}.")
    return 0


def load_settings(arguments: argparse.Namespace) -> Settings:
    """Read the settings; an option given on the command line wins over its variable."""
    given = {name: getattr(arguments, name) for name in OPTIONS}
    chosen = {variable(name): str(value) for name, value in given.items() if value is not None}
    return Settings.load(os.environ | chosen)


def settle_ports(settings: Settings) -> Settings:
    """Return settings whose three ports can be had, before anything is started.

    The inner ports are nobody's business: where one is taken and was not chosen, any other does.
    Raises `PortTakenError` with a sentence for a port that somebody chose.
    """
    from assistant.running.ports import LOOPBACK, free_ports, is_free, refuse_taken_port

    refuse_taken_port(settings.host, settings.port, choose="Choose another with --port.")
    settled: dict[str, Any] = {}
    for name, other in zip(INNER_PORTS, free_ports(len(INNER_PORTS)), strict=True):
        if variable(name) in os.environ:
            choose = f"Choose another with the variable {variable(name)}."
            refuse_taken_port(LOOPBACK, getattr(settings, name), choose=choose)
        elif not is_free(LOOPBACK, getattr(settings, name)):
            settled[name] = other
    return replace(settings, **settled)


def welcome(desk: Desk) -> str:
    """Return the addresses for the person at the terminal, with a fresh one-time desk login."""
    from assistant.services.issue_desk_login import issue_desk_login

    settings = desk.settings
    login, staff_id = issue_desk_login(desk)
    clock = f"  Clock  stands at {settings.now:%A %d %B %Y %H:%M}\n" if settings.now else ""
    outbox = settings.data / "outbox.log"
    return WELCOME.format(
        url=settings.public_url,
        login=login,
        name=desk.school.person(staff_id).name,
        clock=clock,
        mail="" if settings.smtp_url else f"  Mail   is written to {outbox}\n",
    )
