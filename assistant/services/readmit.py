"""Let somebody in again who has lost every second step, and whom no colleague can help.

The only clerk cannot ask a clerk. Whoever runs the server does it from the terminal: everything
that opened the desk to the person ends, and a one-time login takes its place. It is no quiet way
in: the person and the chair hear of it by e-mail, and the history keeps it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.casework.kinds import Role
from assistant.services.issue_desk_login import LOGIN_PATH, login_digest, put_login
from assistant.services.outbox import Message, post
from assistant.services.second_steps import remove_every_second_step
from assistant.services.sessions import STAFF, end_sessions, end_ways_in, hold_person
from assistant.store.tables import StaffLogin
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

OPERATOR = "operator"
WITNESSES = (Role.CHAIR, Role.VICE_CHAIR, Role.CLERK, Role.HEADTEACHER)
SUBJECT = "How somebody signs in to the desk was changed"


def readmit(desk: Desk, staff_id: str) -> str:
    """End password, second steps and sessions; return the address path of a one-time login.

    Raises ``KeyError`` for an unknown id and ``WrongSignIn`` for somebody who has left.
    """
    return settled(partial(_readmit, desk, desk.school.person(staff_id)))


def witness_of(desk: Desk, staff_id: str) -> Person | None:
    """Return who else hears of it: the chair, or who comes next where it is the chair."""
    others = (each for role in WITNESSES for each in desk.school.with_role(role))
    return next((each for each in others if each.id != staff_id), None)


def _readmit(desk: Desk, person: Person) -> str:
    with desk.unit_of_work() as work:
        hold_person(work, person.id)
        remove_every_second_step(work, person.id, OPERATOR)
        work.session.execute(delete(StaffLogin).where(StaffLogin.staff_id == person.id))
        end_ways_in(work, person.id)
        ended = end_sessions(work, person.id)
        token = put_login(desk, work, person.id, OPERATOR)
        work.history.append("staff.readmitted", OPERATOR, STAFF, person.id, sessions_ended=ended)
        _tell_both(desk, work, person, login_digest(desk, token))
        work.commit()
    return LOGIN_PATH + token


def _tell_both(desk: Desk, work: UnitOfWork, person: Person, once: str) -> None:
    doubt = f"If this is not right, ring {desk.school.phone} at once."
    to_them = (
        "Whoever runs Schoolgate has ended your password, your second step and everywhere you were "
        "signed in, because you asked for it. They give you a one-time login that works for 24 "
        f"hours. Then choose a password and set up a second step again.\n\n{doubt}"
    )
    to_witness = (
        f"Whoever runs Schoolgate has let {person.name}, {person.role.label}, in again, who had "
        "lost their second step. Their old password and second step no longer work.\n\n"
        f"Please ask them whether they wanted this. {doubt}"
    )
    witness = witness_of(desk, person.id)
    for reader, body in ((person, to_them), (witness, to_witness)):
        if reader is not None:
            post(desk, work, _letter(person, reader, body, once))


def _letter(person: Person, reader: Person, body: str, once: str) -> Message:
    return Message(
        idempotency_key=f"readmitted|{once}|{reader.id}",
        target_kind=STAFF,
        target_id=person.id,
        to=reader.email,
        subject=SUBJECT,
        body=body,
    )
