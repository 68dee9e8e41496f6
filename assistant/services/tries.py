"""Count tries to sign in before what was typed is looked at, and refuse too many.

Three limits (OWASP Authentication Cheat Sheet): an account, an address, everybody. Failures from
elsewhere do not lock somebody out of a network from which they have signed in of late, or anybody
could close the desk to a safeguarding lead by typing nonsense.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, exists, func, select

from assistant.security.tokens import token_digest
from assistant.services.errors import TooManySignIns
from assistant.services.sessions import STAFF
from assistant.store.columns import new_id
from assistant.store.sign_in_tables import SignInTurn
from assistant.store.tables import SignInAttempt

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
MOST_FOR_A_NAME = 5
MOST_FOR_A_NETWORK = 30  # a school's staff room is one network
MOST_OVERALL = 200
MOST_STEPS_A_DAY = 20
"""Second steps of one person: whoever fails at them knows the password already."""
REMEMBERED = timedelta(days=30)
"""Tries are kept so long; a network stays familiar for as long."""


@dataclass(frozen=True)
class Limit:
    """At most ``most`` failures that are ``alike`` within ``window``."""

    alike: ColumnElement[bool]
    most: int
    window: timedelta = WINDOW


def count_try(desk: Desk, kind: str, who: str, network: str) -> str:
    """Count a try at ``kind`` by ``who`` from ``network`` and return its id for ``it_was_right``.

    Names and networks are kept as digests. It is committed before anything is compared, one try
    at a time. Raises ``TooManySignIns``.
    """
    attempt = SignInAttempt(
        id=new_id(),
        name_digest=token_digest(desk.keys.lookup, kind, who),
        network_digest=token_digest(desk.keys.lookup, "sign-in network", network),
        at=desk.machine_clock.now(),
        succeeded=False,
    )
    with desk.unit_of_work() as work:
        work.session.get_one(SignInTurn, 1, with_for_update=True)
        _refuse_too_many(work, attempt, _limits(work, attempt, kind))
        work.session.execute(
            delete(SignInAttempt).where(SignInAttempt.at < attempt.at - REMEMBERED)
        )
        work.session.add(attempt)
        work.history.append(f"{kind}.tried", "visitor", STAFF, attempt.name_digest)
        work.commit()
    return attempt.id


def it_was_right(work: UnitOfWork, attempt_id: str) -> None:
    """Take the try out of the failures."""
    work.session.get_one(SignInAttempt, attempt_id).succeeded = True


SIGN_IN = "sign_in"
SECOND_STEP = "second_step"


def _limits(work: UnitOfWork, attempt: SignInAttempt, kind: str) -> tuple[Limit, ...]:
    same_name = SignInAttempt.name_digest == attempt.name_digest
    same_network = SignInAttempt.network_digest == attempt.network_digest
    at_home = _came_in(work, attempt, same_name & same_network)
    limits = [
        Limit(same_name & same_network if at_home else same_name, MOST_FOR_A_NAME),
        Limit(same_network, MOST_FOR_A_NETWORK),
    ]
    if kind == SECOND_STEP:
        limits.append(Limit(same_name, MOST_STEPS_A_DAY, DAY))
    if not _came_in(work, attempt, same_network):
        limits.append(Limit(SignInAttempt.id.is_not(None), MOST_OVERALL))
    return tuple(limits)


def _came_in(work: UnitOfWork, attempt: SignInAttempt, alike: ColumnElement[bool]) -> bool:
    lately = SignInAttempt.at > attempt.at - REMEMBERED
    found = select(exists().where(alike, SignInAttempt.succeeded, lately))
    return bool(work.session.scalar(found))


def _refuse_too_many(work: UnitOfWork, attempt: SignInAttempt, limits: tuple[Limit, ...]) -> None:
    for limit in limits:
        failed = select(func.count()).where(
            limit.alike,
            SignInAttempt.at > attempt.at - limit.window,
            SignInAttempt.succeeded.is_(False),
        )
        failures = work.session.scalar(failed) or 0
        if failures >= limit.most:
            raise TooManySignIns(int(limit.window.total_seconds() // 60))
        if failures == limit.most - 1:
            work.history.append("sign_in.burst", "visitor", STAFF, attempt.name_digest)
