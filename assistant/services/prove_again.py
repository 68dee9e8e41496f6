"""Show once more that it is you, before you change how you sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from assistant.security.passwords import password_matches
from assistant.services.errors import WrongSignIn
from assistant.services.sessions import STAFF, hold_person, session_digest
from assistant.services.tries import SIGN_IN, count_try, it_was_right
from assistant.store.tables import DeskSession, Staff, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def prove_again(desk: Desk, *, staff_id: str, session: str, password: str, network: str) -> None:
    """Note in the session that its owner has just typed the password.

    Counts as a try to sign in. Raises ``WrongSignIn`` and ``TooManySignIns``.
    """
    with desk.unit_of_work(read_only=True) as work:
        email = work.session.get_one(Staff, staff_id).email
        login = work.session.get(StaffLogin, staff_id)
    attempt_id = count_try(desk, SIGN_IN, email, network)
    if not password_matches(login.password_hash if login else None, password):
        raise WrongSignIn
    mine = DeskSession.token_digest == session_digest(desk, session)
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        it_was_right(work, attempt_id)
        proved = update(DeskSession).where(mine, DeskSession.staff_id == staff_id)
        work.session.execute(proved.values(proved_at=desk.machine_clock.now()))
        work.history.append("sign_in.proved", staff_id, STAFF, staff_id)
        work.commit()
