"""Asks every address as every role for every record, over HTTP, and notes what came of it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any

import httpx

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.deciding import THEIRS
from assistant.evaluation.matrix.filling import filled_for, in_the_form
from assistant.evaluation.matrix.forms import FORMS, NEEDS_NONE
from assistant.evaluation.matrix.gaps import UntaughtError, asked_of
from assistant.evaluation.matrix.making import MADE, whole_form
from assistant.evaluation.matrix.opening import close_visits
from assistant.evaluation.matrix.people import SIGNS_OUT, askers_of, some_of
from assistant.evaluation.matrix.policy import Answer, expected
from assistant.evaluation.matrix.records import Records
from assistant.evaluation.matrix.school import build_school
from assistant.evaluation.matrix.serving import served
from assistant.security.permissions import Visitor
from assistant.security.routes import may_use
from assistant.settings import Settings, variable
from assistant.web.form_token import SESSION_COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sanic import Sanic

    from assistant.evaluation.matrix.fresh import Filled
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.evaluation.matrix.people import Asker
    from assistant.services.desk import Desk

NOW = "2026-11-24T10:15"
ADDRESS = "http://localhost:8080"
"""Where passkeys would work, as they do not at a bare number."""
SECOND_STEP = "/desk/security"
ONWARD = {
    "/desk/sign-in": Answer.SIGN_IN,
    "/desk/password": Answer.PASSWORD,
    "/desk/prove": Answer.PROVE,
}
ANSWERS = {401: Answer.REFUSED, 403: Answer.REFUSED, 404: Answer.ABSENT, 410: Answer.ABSENT}
SERVER_ERROR = 500
MAY_BE_UNWELL = "health.healthz"


@dataclass(frozen=True)
class Cell:
    """One question and its answer; ``body`` is a digest of the page without what was asked for.

    ``still``: nothing may be written; ``wrote`` tells whether something was.
    """

    asked: Asked
    role: str
    whose: str
    foretold: Answer
    seen: Answer
    still: bool
    wrote: bool
    body: str

    @property
    def is_right(self) -> bool:
        """Whether the answer is the one that was foretold, and a refusal changed nothing."""
        return self.seen is self.foretold and not (self.still and self.wrote)

    def __str__(self) -> str:
        """Return the cell as a person reads it."""
        what = f"{self.asked.method} {self.asked.name} as {self.role}, {self.whose or 'no record'}"
        wrote = ", and something was written" if self.still and self.wrote else ""
        return f"{what}: {self.foretold.name} was foretold, {self.seen.name} came{wrote}"


@dataclass
class Stage:
    """The desk that is asked, and who asks it."""

    desk: Desk
    app: Sanic[Any, Any]
    client: httpx.Client
    records: Records
    databases: Sequence[sqlite3.Connection]

    def askers(self, roles: Iterable[Role]) -> list[Asker]:
        """Return one person for each of ``roles``, and those who lack something."""
        return askers_of(self.desk, self.client, roles)

    def routes(self) -> list[Asked]:
        """Return every route of the running application; raises ``UntaughtError``."""
        found = [asked for route in self.app.router.routes for asked in asked_of(route)]
        for asked in found:
            may_be_refused = not may_use(Visitor(), asked.name)
            if asked.method != "GET" and may_be_refused and not _has_form(asked.name):
                message = f"Add the complete form of {asked.name} to forms.py of the matrix."
                raise UntaughtError(message)
        return sorted(found, key=lambda asked: (asked.name, asked.method))

    def versions(self) -> tuple[int, ...]:
        """Return numbers that change whenever anything is written (SQLite's data_version)."""
        asked = (each.execute("PRAGMA data_version").fetchone() for each in self.databases)
        return tuple(int(row[0]) for row in asked)


def _has_form(route: str) -> bool:
    return route in FORMS or route in NEEDS_NONE or route in MADE


@contextmanager
def matrix_stage(data: Path) -> Iterator[Stage]:
    """Build the school, its records and its web application, and give them while it runs."""
    where = {"data": str(data), "now": NOW, "public_url": ADDRESS}
    desk = build_school(Settings.load({variable(name): each for name, each in where.items()}))
    close_visits(desk)
    with ExitStack() as running:
        url, app = running.enter_context(served(desk))
        client = running.enter_context(httpx.Client(base_url=url, timeout=60))
        files = (data / "cases.db", data / "alerts.db")
        databases = [running.enter_context(closing(sqlite3.connect(each))) for each in files]
        yield Stage(desk, app, client, Records(desk), databases)


def ask_everything(
    stage: Stage, roles: Iterable[Role] = tuple(Role), *, apart: bool = False
) -> Iterator[Cell]:
    """Yield a cell for every route, person and record; whom the gate stops, one of each route.

    With ``apart``, a few of the roles that may use a route stand for all of them.
    """
    askers = stage.askers(roles)
    for asked in stage.routes():
        for asker in some_of(askers, asked.name) if apart else askers:
            may = may_use(asker.visitor, asked.name)
            found = filled_for(stage.desk, stage.records, asker.staff_id, asked)
            for filled in found if may else islice(found, 1):
                yield _cell(stage, asker, asked, filled)
            if may:
                for filled in in_the_form(stage.desk, stage.records, asker.staff_id, asked.name):
                    yield _cell(stage, asker, asked, filled)


def _cell(stage: Stage, asker: Asker, asked: Asked, filled: Filled) -> Cell:
    """Ask with an empty form where the policy opens, with a complete one where it does not."""
    foretold = expected(stage.desk, asker.visitor, asked, filled)
    still = foretold is not Answer.OPEN or bool(filled.form)
    whose = stage.desk, stage.records, asker.staff_id
    fields = whole_form(*whose, asked.name, filled) if still else {}
    before = stage.versions()
    answer = asker.ask(asked, filled, fields)
    wrote = stage.versions() != before
    if asked.name in SIGNS_OUT:
        asker.sign_in()
    seen = answer_of(answer, asked.name)
    page = answer.text.replace(asked.path(filled.value), "")
    body = hashlib.sha256(page.encode()).hexdigest()
    return Cell(asked, asker.role, filled.whose, foretold, seen, still, wrote, body)


def answer_of(answer: httpx.Response, route: str) -> Answer:
    """Return what a status and its headers say of the door."""
    location = answer.headers.get("location", "")
    if answer.is_redirect and f"{SESSION_COOKIE}=" not in answer.headers.get("set-cookie", ""):
        if location == SECOND_STEP:  # what was done there is told behind a question mark
            return Answer.SECOND_STEP
        if route in THEIRS and location.endswith("/policy"):
            return Answer.BACK
        return ONWARD.get(location.partition("?")[0], Answer.OPEN)
    if route in THEIRS and answer.status_code == HTTPStatus.CONFLICT:
        return Answer.BACK
    if answer.status_code >= SERVER_ERROR and route != MAY_BE_UNWELL:
        return Answer.BROKEN
    return ANSWERS.get(answer.status_code, Answer.OPEN)
