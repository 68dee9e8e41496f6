"""Codes as second steps: six digits of an authenticator app, or a recovery code from paper.

TOTP (RFC 6238) with 30 seconds a step and one step of tolerance; recovery codes are 50 bits in
Crockford's base 32, kept as HMAC-SHA256. A code that fits is used up at once, in a transaction of
its own, whatever becomes of the sign-in it was typed for (SecureDrop: a token seen over a shoulder
must not be good for a second try).
"""

from __future__ import annotations

import hmac
import re
import secrets
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import delete, func, select, update

from assistant.casework.receipts import normalised_letters
from assistant.casework.references import ALPHABET
from assistant.security.tokens import token_digest
from assistant.services.sessions import STAFF
from assistant.store.sign_in_tables import CodeApp, Passkey, RecoveryCode

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
CODE_LETTERS = 10
RECOVERY = "recovery_code"
APP = "code_app"

_APP_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


def use_code(desk: Desk, staff_id: str, typed: str) -> str | None:
    """Use the code up; return whether it was of the ``APP`` or ``RECOVERY``, None if wrong."""
    digits = "".join(typed.split())
    with desk.unit_of_work() as work:
        if _APP_CODE.fullmatch(digits):
            used = APP if _use_app_code(desk, work, staff_id, digits) else None
        else:
            used = RECOVERY if _use_recovery_code(desk, work, staff_id, typed) else None
        if used:
            work.history.append(f"{used}.used", staff_id, STAFF, staff_id)
            work.commit()
    return used


def fitting_step(secret: str, digits: str, now: datetime) -> int | None:
    """Return the step whose code the digits are, at most one before or after ``now``."""
    codes, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    steps = (present - 1, present, present + 1)
    found = [step for step in steps if hmac.compare_digest(codes.generate_otp(step), digits)]
    return found[-1] if found else None


def make_codes(desk: Desk, work: UnitOfWork, staff_id: str) -> tuple[str, ...]:
    """Return fresh recovery codes, to be shown once; the older ones stop working."""
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    now = desk.machine_clock.now()
    digests = (_digest(desk, staff_id, code) for code in codes)
    rows = (RecoveryCode(digest=each, staff_id=staff_id, made_at=now) for each in digests)
    work.session.add_all(rows)
    work.history.append("recovery_codes.made", staff_id, STAFF, staff_id)
    return codes


def codes_left(work: UnitOfWork, staff_id: str) -> int:
    """Return how many recovery codes still work."""
    unused = RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None)
    return work.session.scalar(select(func.count()).where(*unused)) or 0


def remove_every_second_step(work: UnitOfWork, staff_id: str, by: str) -> None:
    """Remove app, passkeys and recovery codes, as ``by`` asks; the caller holds the person."""
    for table in (CodeApp, Passkey, RecoveryCode):
        work.session.execute(delete(table).where(table.staff_id == staff_id))
    work.history.append("second_step.reset", by, STAFF, staff_id)


def _use_app_code(desk: Desk, work: UnitOfWork, staff_id: str, digits: str) -> bool:
    app = work.session.scalars(select(CodeApp).where(CodeApp.staff_id == staff_id)).first()
    if app is None:
        return False
    step = fitting_step(work.unseal(app, "secret"), digits, desk.machine_clock.now())
    if step is None:
        return False
    fresh = CodeApp.id == app.id, CodeApp.last_step < step
    burn = update(CodeApp).where(*fresh).values(last_step=step).returning(CodeApp.id)
    return work.session.scalars(burn).first() is not None


def _use_recovery_code(desk: Desk, work: UnitOfWork, staff_id: str, typed: str) -> bool:
    digest = _digest(desk, staff_id, _spelled(normalised_letters(typed)))
    unused = RecoveryCode.digest == digest, RecoveryCode.used_at.is_(None)
    burn = update(RecoveryCode).where(*unused).values(used_at=desk.machine_clock.now())
    return work.session.scalars(burn.returning(RecoveryCode.digest)).first() is not None


def _new_code() -> str:
    return _spelled("".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS)))


def _spelled(letters: str) -> str:
    return f"{letters[: CODE_LETTERS // 2]}-{letters[CODE_LETTERS // 2 :]}"


def _digest(desk: Desk, staff_id: str, code: str) -> str:
    return token_digest(desk.keys.lookup, "recovery code", f"{staff_id}|{code}")
