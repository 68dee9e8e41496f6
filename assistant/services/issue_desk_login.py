"""Issue a desk login that works once: printed by ``run``, or handed out by an administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.kinds import Role
from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.sessions import STAFF
from assistant.store.tables import OneTimeLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk

GOOD_FOR = timedelta(hours=24)
LOGIN_PATH = "/desk/first-login/"


def issue_desk_login(desk: Desk, staff_id: str | None = None) -> tuple[str, str]:
    """Return the address path of a new one-time login, and whose it is.

    Without ``staff_id`` it is the headteacher's. Raises ``KeyError`` for an unknown id.
    """
    person = desk.school.person(staff_id or desk.school.with_role(Role.HEADTEACHER)[0].id)
    token = new_token()
    with desk.unit_of_work() as work:
        work.session.add(
            OneTimeLogin(
                token_digest=login_digest(desk, token),
                staff_id=person.id,
                expires_at=desk.clock.now() + GOOD_FOR,
            )
        )
        work.history.append("desk_login.issued", "schoolgate", STAFF, person.id)
        work.commit()
    return LOGIN_PATH + token, person.id


def login_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a one-time login."""
    return token_digest(desk.keys.lookup, "one-time login", token)
