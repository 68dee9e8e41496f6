"""Asks every address as every role for every record, over HTTP, and notes what came of it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.filling import Filled, filled_for, in_the_form
from assistant.evaluation.matrix.forms import FORMS, NEEDS_NONE, complete_form
from assistant.evaluation.matrix.gaps import UntaughtError, asked_of
from assistant.evaluation.matrix.policy import Answer, expected
from assistant.evaluation.matrix.records import Records, stranger_to
from assistant.evaluation.matrix.school import SPARE, build_school
from assistant.evaluation.matrix.serving import served
from assistant.security.permissions import Permission, Visitor, may, may_use
from assistant.services.sessions import Way, open_session
from assistant.settings import Settings, variable
from assistant.web.form_token import (
    FIELD,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    link_token,
    visitor_token,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sanic import Sanic

    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.desk import Desk

NOW = "2026-11-24T10:15"
SIGNED_OUT, NEWCOMER = "signed out", "no password yet"
BROWSER = "a-browser"
SIGN_IN, PASSWORD = "/desk/sign-in", "/desk/password"
ANSWERS = {401: Answer.REFUSED, 403: Answer.REFUSED, 404: Answer.ABSENT, 410: Answer.ABSENT}
SERVER_ERROR = 500
BEHIND_LINKS = ("r", "meet")
"""Where a form's token belongs to the link of the page, not to the browser."""
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
class Asker:
    """Asks for one person; ``session`` is empty for somebody who is not signed in."""

    stage: Stage
    role: str
    staff_id: str
    visitor: Visitor
    session: str = field(default="", repr=False)

    def ask(self, asked: Asked, filled: Filled, fields: dict[str, str]) -> httpx.Response:
        """Send one request, with the form's token that the right page would have had."""
        cookies = f"{VISITOR_COOKIE}={BROWSER}; {SESSION_COOKIE}={self.session}"
        form = {**fields, **filled.form, FIELD: self._token(asked, filled)}
        headers = {"Cookie": cookies, **filled.headers}
        sent = None if asked.method == "GET" else form
        path = asked.path(filled.value)
        answer = self.stage.client.request(asked.method, path, data=sent, headers=headers)
        if asked.name == "sign_in.leave":
            self.sign_in()
        return answer

    def sign_in(self) -> None:
        """Take a session, unless nobody is signed in here."""
        if self.visitor.staff_id:
            self.session = self.stage.open_session(self.visitor.staff_id)

    def _token(self, asked: Asked, filled: Filled) -> str:
        key = self.stage.desk.keys.lookup
        if asked.parts[0] in BEHIND_LINKS:
            return link_token(key, filled.value)
        return visitor_token(key, BROWSER, self.session)


@dataclass
class Stage:
    """The desk that is asked, and who asks it."""

    desk: Desk
    app: Sanic[Any, Any]
    client: httpx.Client
    records: Records
    databases: Sequence[sqlite3.Connection]

    def open_session(self, staff_id: str) -> str:
        """Return the token of a new session."""
        with self.desk.unit_of_work() as work:
            token = open_session(self.desk, work, staff_id, Way.PASSWORD).token
            work.commit(unrecorded="a measurement signs in")
        return token

    def askers(self, roles: Iterable[Role]) -> list[Asker]:
        """Return one person for each of ``roles``, one without a password, one not signed in."""
        found = [Asker(self, SIGNED_OUT, Role.HEADTEACHER.value, Visitor())]
        found.append(Asker(self, NEWCOMER, SPARE, Visitor(SPARE, roles=(Role.TEACHER.value,))))
        for role in roles:
            visitor = Visitor(role.value, has_own_password=True, roles=(role.value,))
            found.append(Asker(self, role.value, role.value, visitor))
        for asker in found:
            asker.sign_in()
        return found

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
    return route in FORMS or route in NEEDS_NONE


@contextmanager
def matrix_stage(data: Path) -> Iterator[Stage]:
    """Build the school, its records and its web application, and give them while it runs."""
    desk = build_school(Settings.load({variable("data"): str(data), variable("now"): NOW}))
    with ExitStack() as running:
        url, app = running.enter_context(served(desk))
        client = running.enter_context(httpx.Client(base_url=url, timeout=60))
        files = (data / "cases.db", data / "alerts.db")
        databases = [running.enter_context(closing(sqlite3.connect(each))) for each in files]
        yield Stage(desk, app, client, Records(desk), databases)


def roles_apart() -> list[Role]:
    """Return the first role of each kind that the permission map tells apart, a lead, a governor.

    They find what all of them would find, in a third of the time.
    """
    kinds: dict[tuple[bool, ...], Role] = {}
    for role in Role:
        visitor = Visitor(role.value, has_own_password=True, roles=(role.value,))
        kinds.setdefault(tuple(may(visitor, each) for each in Permission), role)
    return [*kinds.values(), Role.SAFEGUARDING_LEAD, Role.GOVERNOR]


def ask_everything(stage: Stage, roles: Iterable[Role] = tuple(Role)) -> Iterator[Cell]:
    """Yield a cell for every route, person and record."""
    askers = stage.askers(roles)
    for asked in stage.routes():
        for asker in askers:
            for filled in filled_for(stage.desk, stage.records, asker.staff_id, asked):
                yield _cell(stage, asker, asked, filled)
            if may_use(asker.visitor, asked.name):
                for filled in in_the_form(stage.desk, stage.records, asker.staff_id, asked.name):
                    yield _cell(stage, asker, asked, filled)


def _cell(stage: Stage, asker: Asker, asked: Asked, filled: Filled) -> Cell:
    """Ask with an empty form where the policy opens, with a complete one where it does not."""
    foretold = expected(stage.desk, asker.visitor, asked, filled)
    still = foretold is not Answer.OPEN or bool(filled.form)
    colleague = stranger_to(stage.desk, asker.staff_id)
    fields = complete_form(asked.name, colleague) if still else {}
    before = stage.versions()
    answer = asker.ask(asked, filled, fields)
    wrote = stage.versions() != before
    seen = answer_of(answer, asked.name)
    page = answer.text.replace(asked.path(filled.value), "")
    body = hashlib.sha256(page.encode()).hexdigest()
    return Cell(asked, asker.role, filled.whose, foretold, seen, still, wrote, body)


def answer_of(answer: httpx.Response, route: str) -> Answer:
    """Return what a status and its headers say of the door."""
    onward = answer.headers.get("location", "").partition("?")[0]
    if answer.is_redirect and f"{SESSION_COOKIE}=" not in answer.headers.get("set-cookie", ""):
        if onward == SIGN_IN:
            return Answer.SIGN_IN
        if onward == PASSWORD:
            return Answer.PASSWORD
    if answer.status_code >= SERVER_ERROR and route != MAY_BE_UNWELL:
        return Answer.BROKEN
    return ANSWERS.get(answer.status_code, Answer.OPEN)
