"""Who asks: one person a role, and people who lack what the desk wants to see first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import update

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.school import AT_AN_OPEN_DESK, LATE, SPARE, TAKE_CHATS
from assistant.security.permissions import Permission, Visitor, may
from assistant.security.routes import may_use
from assistant.services.sessions import Way, open_session, session_digest
from assistant.store.tables import DeskSession
from assistant.web.form_token import (
    FIELD,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    link_token,
    visitor_token,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import httpx

    from assistant.evaluation.matrix.fresh import Filled
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.desk import Desk

SIGNED_OUT, NEWCOMER = "signed out", "no password yet"
NO_SECOND_STEP, NO_PROOF = "clerk, second step overdue", "clerk, no fresh proof"
LACKING = (SIGNED_OUT, NEWCOMER, NO_SECOND_STEP, NO_PROOF)
FIRST = (Role.TEACHER, Role.HEADTEACHER, Role.CLERK, Role.SAFEGUARDING_LEAD)
BROWSER = "a-browser"
BEHIND_LINKS = ("r", "meet")
"""Where a form's token belongs to the link of the page, not to the browser."""
SIGNS_OUT = frozenset({"sign_in.leave", "sign_in.first_enter", "sessions.end_all"})
"""What ends the session that it is asked in."""
SIGNING_IN = "a measurement signs in"


@dataclass
class Asker:
    """Asks for one person; ``session`` is empty for somebody who is not signed in."""

    desk: Desk
    client: httpx.Client
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
        return self.client.request(asked.method, path, data=sent, headers=headers)

    def sign_in(self) -> None:
        """Take a session, unless nobody is signed in here."""
        if not self.visitor.staff_id:
            return
        way = Way.PASSWORD if self.visitor.has_own_password else Way.ONE_TIME_LOGIN
        with self.desk.unit_of_work() as work:
            self.session = open_session(self.desk, work, self.staff_id, way).token
            work.commit(unrecorded=SIGNING_IN)
        if not self.visitor.proved_lately:
            self._let_the_proof_grow_old()

    def _let_the_proof_grow_old(self) -> None:
        mine = DeskSession.token_digest == session_digest(self.desk, self.session)
        with self.desk.unit_of_work() as work:
            work.session.execute(update(DeskSession).where(mine).values(proved_at=None))
            work.commit(unrecorded=SIGNING_IN)

    def _token(self, asked: Asked, filled: Filled) -> str:
        key = self.desk.keys.lookup
        if asked.parts[0] in BEHIND_LINKS:
            return link_token(key, filled.value)
        return visitor_token(key, BROWSER, self.session)


def askers_of(desk: Desk, client: httpx.Client, roles: Iterable[Role]) -> list[Asker]:
    """Return one person for each of ``roles`` and those who lack something, all signed in."""
    clerk = (Role.CLERK.value,)
    visitors = {
        SIGNED_OUT: Visitor(),
        NEWCOMER: Visitor(SPARE, roles=(Role.TEACHER.value,), proved_lately=True),
        NO_SECOND_STEP: Visitor(
            LATE, has_own_password=True, roles=clerk, proved_lately=True, lacks_second_step=True
        ),
        NO_PROOF: Visitor(AT_AN_OPEN_DESK, has_own_password=True, roles=clerk),
        **{role.value: visitor_of(role) for role in roles},
    }
    found = [
        Asker(desk, client, name, visitor.staff_id or SPARE, visitor)
        for name, visitor in visitors.items()
    ]
    for asker in found:
        asker.sign_in()
    return found


def visitor_of(role: Role) -> Visitor:
    """Return the person of the role who lacks nothing."""
    return Visitor(
        role.value,
        has_own_password=True,
        roles=(role.value,),
        proved_lately=True,
        takes_chats=role in TAKE_CHATS,
    )


def roles_apart() -> list[Role]:
    """Return the roles that read and decide most, and one of each kind that the map tells apart.

    They find what all of them would find, in a third of the time.
    """
    kinds: dict[tuple[bool, ...], Role] = {}
    for role in (*FIRST, *Role):
        visitor = visitor_of(role)
        kinds.setdefault(tuple(may(visitor, each) for each in Permission), role)
    return list(dict.fromkeys((*FIRST, *kinds.values())))


def some_of(askers: Sequence[Asker], route: str) -> list[Asker]:
    """Return who lacks something, and a few of the roles that may use the route or may not."""
    lacking = [each for each in askers if each.role in LACKING]
    others = [each for each in askers if each.role not in LACKING]
    may_enter = [each for each in others if may_use(each.visitor, route)]
    turned_away = [each for each in others if each not in may_enter]
    return [*lacking, *may_enter[: len(FIRST)], *turned_away]
