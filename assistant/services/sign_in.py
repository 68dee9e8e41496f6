"""Sign in to the desk with a password: the first step, and the only one for some.

Unknown names take the same road, time and answer as wrong passwords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.security.passwords import hash_password, needs_new_hash, password_matches
from assistant.services.errors import WrongSignIn
from assistant.services.half_sign_in import Entrance, enter_or_ask_more
from assistant.services.sessions import STAFF, UNKNOWN_DEVICE, Way, hold_person
from assistant.services.tries import SIGN_IN, count_try, it_was_right
from assistant.store.tables import Staff, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import Entered


def sign_in(
    desk: Desk, *, email: str, password: str, network: str, device: str = UNKNOWN_DEVICE
) -> Entered:
    """Return a new session, or what the second step needs; ``network`` is the caller's address.

    Raises:
        WrongSignIn: the address or the password is wrong, never said which.
        TooManySignIns: too many failures for this name, from this network, or altogether.
    """
    name = email.strip().casefold()
    attempt_id = count_try(desk, SIGN_IN, name, network)
    login = _login_of(desk, name)
    if not password_matches(login.password_hash if login else None, password) or login is None:
        raise WrongSignIn
    return _let_in(desk, login, attempt_id, password, device)


def _login_of(desk: Desk, name: str) -> StaffLogin | None:
    known = select(StaffLogin).join(Staff).where(Staff.email == name, Staff.active)
    if not name.isprintable():
        return None  # nobody's address, and a text that not every database takes
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalars(known).first()


def _let_in(desk: Desk, login: StaffLogin, attempt_id: str, password: str, device: str) -> Entered:
    with desk.unit_of_work() as work:
        hold_person(work, login.staff_id)
        stored = work.session.get(StaffLogin, login.staff_id)
        if stored is None or stored.password_hash != login.password_hash:
            raise WrongSignIn  # it was changed while the old one was being compared
        it_was_right(work, attempt_id)
        if needs_new_hash(stored.password_hash):
            stored.password_hash = hash_password(password)
        entered = enter_or_ask_more(desk, work, Entrance(login.staff_id, Way.PASSWORD, device))
        work.history.append("sign_in.first_step", login.staff_id, STAFF, login.staff_id)
        work.commit()
    return entered
