"""Who has a second step, who must have one, and how long they may still go without."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select

from assistant.casework.second_step import needs_second_step
from assistant.services.desk_shapes import SecondStep
from assistant.store.sign_in_tables import CodeApp, Passkey, SecondStepGrace

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.tables import Staff
    from assistant.store.unit_of_work import UnitOfWork


def has_second_step(work: UnitOfWork, staff_id: str) -> bool:
    """Tell whether the person has an authenticator app or a passkey."""
    app = exists().where(CodeApp.staff_id == staff_id)
    passkey = exists().where(Passkey.staff_id == staff_id)
    return bool(work.session.scalar(select(or_(app, passkey))))


def second_step_of(desk: Desk, work: UnitOfWork, staff: Staff) -> SecondStep:
    """Return whether the person has one, and else until when they may go without (aware)."""
    if has_second_step(work, staff.id):
        return SecondStep(has_one=True)
    if not needs_second_step(desk.school, staff.roles):
        return SecondStep()
    grace = work.session.get(SecondStepGrace, staff.id)
    since = grace.since if grace else desk.machine_clock.now()
    needed_by = since + timedelta(days=desk.school.sign_in.grace_days)
    return SecondStep(needed_by=needed_by, is_late=needed_by <= desk.machine_clock.now())


def begin_grace(desk: Desk, work: UnitOfWork, staff_id: str, now: datetime) -> None:
    """Note when somebody who needs a second step first came in; the caller holds the person.

    It stays when a second step is given up again, so that giving it up wins no new days.
    """
    person = desk.school.by_id.get(staff_id)
    roles = [role.value for role in person.roles] if person else []
    if needs_second_step(desk.school, roles) and not work.session.get(SecondStepGrace, staff_id):
        work.session.add(SecondStepGrace(staff_id=staff_id, since=now))
