"""Issue a desk login that works once: printed by ``run``, or made at the desk for a colleague.

Whoever makes one for a colleague could use it in their stead. So few may (``permissions``), and
none for somebody whose mailbox they read or to whom they are close: they could take the warning
away. The colleague, the clerk and the chair are told by e-mail, the old password stops when it is
used, and a second step is still asked for, unless the clerk, who stands apart from head and
office, says that it is lost. A clerk who has lost it is let in by the business manager.

Errors:
NotPossibleNow
└── TooClose  the maker reads the colleague's mailbox, or has declared a tie with them
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.casework.handlers import titled
from assistant.casework.kinds import Role
from assistant.casework.references import new_token
from assistant.casework.wall import school_wall
from assistant.security.tokens import token_digest
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.outbox import Message, post
from assistant.services.sessions import STAFF, hold_person
from assistant.store.tables import OneTimeLogin

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

TOLD = (Role.CLERK, Role.CHAIR)
"""Who hears of every login that a colleague made, beside whose it is."""
GOOD_FOR = timedelta(hours=24)
LOGIN_PATH = "/desk/first-login/"
SCHOOLGATE = "schoolgate"


class TooClose(NotPossibleNow):
    """The maker reads the mailbox of the colleague, or is close to them."""


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

    Raises ``NotHere`` for nobody and for oneself, ``TooClose`` for somebody behind the same wall,
    and ``NotPossibleNow`` for a lost second step unless a clerk says so, or it is a clerk who has
    lost it.
    """
    person = desk.school.by_id.get(staff_id)
    if person is None or staff_id == by:
        raise NotHere
    if by in school_wall(desk.school, {staff_id}):
        raise TooClose
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
            digest = login_digest(desk, token)
            _tell(desk, work, person, digest)
            _tell_others(desk, work, person, by, digest)
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


def _tell_others(desk: Desk, work: UnitOfWork, person: Person, by: str, digest: str) -> None:
    """Tell clerk and chair who made it for whom; neither of those two hears it twice."""
    body = (
        f"{titled(desk.school.person(by))}, has made a one-time login to the desk for "
        f"{titled(person)}. It works for 24 hours.\n\n"
        "You are told of each such login. If it seems wrong to you, ask them both, or ring "
        f"{desk.school.phone}."
    )
    told = {each.id: each for role in TOLD for each in desk.school.with_role(role)}
    for each in (told[staff_id] for staff_id in sorted(told.keys() - {by, person.id})):
        message = Message(
            idempotency_key=f"desk login|{digest}|{each.id}",
            target_kind=STAFF,
            target_id=person.id,
            to=each.email,
            subject="A one-time login to the desk was made",
            body=body,
        )
        post(desk, work, message)
