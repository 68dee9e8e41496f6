"""Add an authenticator app (RFC 6238), confirmed by a code of it, and remove it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import delete

from assistant.services.errors import SignInTooSlow, WrongCode
from assistant.services.second_steps import codes_left, fitting_step, make_codes
from assistant.services.sessions import STAFF, end_sessions, hold_person, session_digest
from assistant.services.sign_in_steps import StepKind, begin_step, step_of, take_step
from assistant.store.columns import new_id
from assistant.store.sign_in_tables import CodeApp

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NewApp:
    """What an app is told once: ``secret`` in base 32 and as the ``address`` of a QR code.

    ``step`` is the token that the confirmation sends back.
    """

    step: str = field(repr=False)
    secret: str = field(repr=False)
    address: str = field(repr=False)


def start_code_app(desk: Desk, *, staff_id: str) -> NewApp:
    """Return a fresh secret; it counts for nothing until a code of it was typed."""
    secret = pyotp.random_base32()
    with desk.unit_of_work() as work:
        step = begin_step(desk, work, StepKind.NEW_CODE_APP, staff_id, secret=secret)
        work.commit(unrecorded="an app counts once it is confirmed")
    return _new_app(desk, staff_id, step, secret)


def confirm_code_app(
    desk: Desk, *, staff_id: str, session: str, step: str, code: str
) -> tuple[str, ...]:
    """Take the app for the person, in the place of an older one; every other session ends.

    Returns recovery codes to show once, none when enough are left. Raises ``WrongCode``, after
    which ``app_being_added`` shows the same secret again, and ``SignInTooSlow``.
    """
    now = desk.machine_clock.now()
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        secret = _secret_of(desk, work, staff_id, step)
        fitting = fitting_step(secret, "".join(code.split()), now)
        if fitting is None:
            raise WrongCode
        take_step(desk, work, StepKind.NEW_CODE_APP, step)
        work.session.execute(delete(CodeApp).where(CodeApp.staff_id == staff_id))
        app = CodeApp(id=new_id(), staff_id=staff_id, last_step=fitting, added_at=now)
        work.seal(app, "secret", secret)
        work.session.add(app)
        end_sessions(work, staff_id, but=session_digest(desk, session))
        work.history.append("code_app.added", staff_id, STAFF, staff_id)
        codes = () if codes_left(work, staff_id) else make_codes(desk, work, staff_id)
        work.commit()
    return codes


def app_being_added(desk: Desk, *, staff_id: str, step: str) -> NewApp:
    """Return again what ``start_code_app`` returned; raises ``SignInTooSlow``."""
    with desk.unit_of_work(read_only=True) as work:
        return _new_app(desk, staff_id, step, _secret_of(desk, work, staff_id, step))


def remove_code_app(desk: Desk, *, staff_id: str, session: str) -> None:
    """Remove the app; every other session ends. Without effect when there is none."""
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        gone = delete(CodeApp).where(CodeApp.staff_id == staff_id).returning(CodeApp.id)
        if work.session.scalars(gone).first() is not None:
            end_sessions(work, staff_id, but=session_digest(desk, session))
            work.history.append("code_app.removed", staff_id, STAFF, staff_id)
            work.commit()


def _secret_of(desk: Desk, work: UnitOfWork, staff_id: str, step: str) -> str:
    row = step_of(desk, work, StepKind.NEW_CODE_APP, step)
    if row is None or row.staff_id != staff_id:
        raise SignInTooSlow
    secret: str = work.unseal_json(row, "details")["secret"]
    return secret


def _new_app(desk: Desk, staff_id: str, step: str, secret: str) -> NewApp:
    name, school = desk.school.person(staff_id).email, desk.school.short_name
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=school)
    return NewApp(step, secret, address)
