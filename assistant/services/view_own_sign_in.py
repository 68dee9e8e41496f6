"""Show somebody how they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.second_steps import codes_left
from assistant.store.sign_in_tables import CodeApp, Passkey
from assistant.store.tables import StaffLogin

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk


@dataclass(frozen=True)
class PasskeyRow:
    """A passkey as its owner knows it."""

    id: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class OwnSignIn:
    """How somebody signs in; ``app_added_at`` is None without an authenticator app."""

    password_set_at: datetime | None
    app_added_at: datetime | None
    passkeys: tuple[PasskeyRow, ...]
    codes_left: int


def view_own_sign_in(desk: Desk, *, staff_id: str) -> OwnSignIn:
    """Return the person's password, app, passkeys and recovery codes; no secret of any."""
    with desk.unit_of_work(read_only=True) as work:
        login = work.session.get(StaffLogin, staff_id)
        app = work.session.scalars(select(CodeApp).where(CodeApp.staff_id == staff_id)).first()
        theirs = select(Passkey).where(Passkey.staff_id == staff_id)
        passkeys = work.session.scalars(theirs.order_by(Passkey.added_at, Passkey.id)).all()
        left = codes_left(work, staff_id)
    return OwnSignIn(
        login.changed_at if login else None,
        app.added_at if app else None,
        tuple(PasskeyRow(each.id, each.name, each.added_at, each.used_at) for each in passkeys),
        left,
    )
