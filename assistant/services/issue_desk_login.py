"""Issue a desk login that works once: printed by ``run``, or made at the desk for a colleague.

Whoever makes one for a colleague could use it in their stead. So few may (``permissions``), the
colleague is told by e-mail, their old password stops when it is used, and a second step of theirs
is still asked for, unless the clerk, who stands apart from head and office, says that it is lost.
A clerk who has lost it is let in by the business manager.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.casework.kinds import Role
from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.outbox import Message, post
from assistant.services.sessions import STAFF, hold_person
from assistant.store.tables import OneTimeLogin

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

GOOD_FOR = timedelta(hours=24)
LOGIN_PATH = "/desk/first-login/"
SCHOOLGATE = "schoolgate"


def issue_desk_login(desk: Desk, staff_id: str | None = None) -> tuple[str, str]:
    """Return the address path of a new one-time login, and whose it is: for the terminal.

    Without ``staff_id`` it is the headteacher's. Raises ``KeyError`` for an unknown id.
    """
    person = desk.school.person(staff_id or desk.school.with_role(Role.HEADTEACHER)[0].id)
    return _issue(desk, person, SCHOOLGATE), person.id


def issue_for_colleague(
    desk: Desk, *, by: str, staff_id: str, resets_second_step: bool = False
) -> str:
    """Return the address path of a new one-time login for a colleague, who is told of it.

    Raises ``NotHere`` for nobody and for oneself, and ``NotPossibleNow`` for a lost second step
    unless a clerk says so, or it is a clerk who has lost it.
    """
    person = desk.school.by_id.get(staff_id)
    if person is None or staff_id == by:
        raise NotHere
    if resets_second_step and Role.CLERK not in (*desk.school.person(by).roles, *person.roles):
        raise NotPossibleNow
    return _issue(desk, person, by, resets_second_step=resets_second_step)


def login_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a one-time login."""
    return token_digest(desk.keys.lookup, "one-time login", token)


def put_login(
    desk: Desk, work: UnitOfWork, staff_id: str, by: str, *, resets_second_step: bool = False
) -> str:
    """Write a fresh one-time login in the caller's transaction and return its token.

    Those that the person had end. The caller holds the person.
    """
    token = new_token()
    work.session.execute(delete(OneTimeLogin).where(OneTimeLogin.staff_id == staff_id))
    work.session.add(
        OneTimeLogin(
            token_digest=login_digest(desk, token),
            staff_id=staff_id,
            expires_at=desk.machine_clock.now() + GOOD_FOR,
            resets_second_step=resets_second_step,
        )
    )
    lost = {"second_step_lost": True} if resets_second_step else {}
    work.history.append("desk_login.issued", by, STAFF, staff_id, **lost)
    return token


def _issue(desk: Desk, person: Person, by: str, *, resets_second_step: bool = False) -> str:
    with desk.unit_of_work() as work:
        hold_person(work, person.id)
        token = put_login(desk, work, person.id, by, resets_second_step=resets_second_step)
        if by != SCHOOLGATE:
            _tell(desk, work, person, login_digest(desk, token))
        work.commit()
    return LOGIN_PATH + token


def _tell(desk: Desk, work: UnitOfWork, person: Person, digest: str) -> None:
    """Tell the colleague that the login was made; the login itself goes from hand to hand."""
    body = (
        "A colleague has made a one-time login to the desk for you. It works for 24 hours.\n\n"
        "If you asked for it, they will give it to you. Your password stops when it is used.\n\n"
        f"If you did not ask for it, tell the clerk or ring {desk.school.phone} at once."
    )
    message = Message(
        idempotency_key=f"desk login|{digest}",
        target_kind=STAFF,
        target_id=person.id,
        to=person.email,
        subject="A one-time login to the desk was made for you",
        body=body,
    )
    post(desk, work, message)
