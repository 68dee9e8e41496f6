"""Steps of signing in that are begun on the server and finished soon, once.

A browser holds the step's token, the database its digest. Taking a step removes it, so that of
two who come with the same one only one goes on.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.store.sign_in_tables import SignInStep

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

GOOD_FOR = timedelta(minutes=10)


class StepKind(StrEnum):
    """What was begun."""

    SECOND_STEP = "second_step"
    NEW_CODE_APP = "new_code_app"
    NEW_PASSKEY = "new_passkey"
    PASSKEY_SIGN_IN = "passkey_sign_in"
    SCHOOL_ACCOUNT = "school_account"


def begin_step(
    desk: Desk,
    work: UnitOfWork,
    kind: StepKind,
    staff_id: str | None = None,
    **details: str,
) -> str:
    """Add a step and return its token; steps that ended unfinished go."""
    now, token = desk.machine_clock.now(), new_token()
    work.session.execute(delete(SignInStep).where(SignInStep.expires_at < now))
    digest = _digest(desk, kind, token)
    row = SignInStep(id=digest, kind=kind.value, staff_id=staff_id, expires_at=now + GOOD_FOR)
    work.seal_json(row, "details", details)
    work.session.add(row)
    return token


def step_of(desk: Desk, work: UnitOfWork, kind: StepKind, token: str) -> SignInStep | None:
    """Return the step that runs under the token, or None; it goes on running."""
    row = work.session.get(SignInStep, _digest(desk, kind, token))
    return row if row and row.expires_at >= desk.machine_clock.now() else None


def take_step(
    desk: Desk, work: UnitOfWork, kind: StepKind, token: str
) -> tuple[str | None, dict[str, Any]] | None:
    """End the step; return whose it was and its details, or None when there is none to take."""
    row = step_of(desk, work, kind, token)
    if row is None:
        return None
    found = row.staff_id, work.unseal_json(row, "details")
    mine = delete(SignInStep).where(SignInStep.id == row.id).returning(SignInStep.id)
    return found if work.session.scalars(mine).first() else None


def _digest(desk: Desk, kind: StepKind, token: str) -> str:
    return token_digest(desk.keys.lookup, f"sign-in step {kind.value}", token)
