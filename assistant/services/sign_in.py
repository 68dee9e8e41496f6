"""Sign in to the desk with a password.

Unknown names take the same road, time and answer as wrong passwords. Each try is counted, and
committed, before the password is looked at.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.security.passwords import hash_password, needs_new_hash, password_matches
from assistant.security.tokens import token_digest
from assistant.services.errors import TooManySignIns, WrongSignIn
from assistant.services.sessions import STAFF, open_session
from assistant.store.columns import new_id
from assistant.store.tables import SignInAttempt, Staff, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession
    from assistant.store.unit_of_work import UnitOfWork

WINDOW = timedelta(minutes=15)
MOST_FOR_A_NAME = 5
MOST_FOR_A_NETWORK = 30  # a school's staff room is one network


def sign_in(desk: Desk, *, email: str, password: str, network: str) -> OpenedSession:
    """Return a new session; ``network`` is the caller's address, of which a digest is kept.

    Raises:
        WrongSignIn: the address or the password is wrong, never said which.
        TooManySignIns: too many failures in ``WINDOW`` for this name or from this network.
    """
    name = email.strip().casefold()
    attempt_id = _count(desk, name, network)
    login = _login_of(desk, name)
    if not password_matches(login.password_hash if login else None, password) or login is None:
        raise WrongSignIn
    return _let_in(desk, login, attempt_id, password)


def _count(desk: Desk, name: str, network: str) -> str:
    now = desk.clock.now()
    attempt = SignInAttempt(
        id=new_id(),
        name_digest=token_digest(desk.keys.lookup, "sign-in name", name),
        network_digest=token_digest(desk.keys.lookup, "sign-in network", network),
        at=now,
        succeeded=False,
    )
    with desk.unit_of_work() as work:
        _refuse_too_many(work, attempt)
        work.session.add(attempt)
        work.history.append("sign_in.tried", "visitor", STAFF, attempt.name_digest)
        work.commit()
    return attempt.id


def _refuse_too_many(work: UnitOfWork, attempt: SignInAttempt) -> None:
    recent = select(func.count()).where(
        SignInAttempt.at > attempt.at - WINDOW, SignInAttempt.succeeded.is_(False)
    )
    for same, most in (
        (SignInAttempt.name_digest == attempt.name_digest, MOST_FOR_A_NAME),
        (SignInAttempt.network_digest == attempt.network_digest, MOST_FOR_A_NETWORK),
    ):
        if (work.session.scalar(recent.where(same)) or 0) >= most:
            raise TooManySignIns(int(WINDOW.total_seconds() // 60))


def _login_of(desk: Desk, name: str) -> StaffLogin | None:
    known = select(StaffLogin).join(Staff).where(Staff.email == name, Staff.active)
    if not name.isprintable():
        return None  # nobody's address, and a text that not every database takes
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalars(known).first()


def _let_in(desk: Desk, login: StaffLogin, attempt_id: str, password: str) -> OpenedSession:
    with desk.unit_of_work() as work:
        work.session.get_one(SignInAttempt, attempt_id).succeeded = True
        if needs_new_hash(login.password_hash):
            stored = work.session.get_one(StaffLogin, login.staff_id)
            stored.password_hash = hash_password(password)
        opened = open_session(desk, work, login.staff_id)
        work.history.append("sign_in.succeeded", login.staff_id, STAFF, login.staff_id)
        work.commit()
    return opened
