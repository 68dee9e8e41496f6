"""Sign in with the account that the school gives its staff: out to the provider, and back.

The state is a step of signing in: kept here, good for ten minutes, used up by whoever brings it
first, and bound to the browser that began. Nobody is added: who is not in the school file stays
out.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.errors import NotHere, SchoolAccountRefused, WrongSignIn
from assistant.services.half_sign_in import Entrance, enter_or_ask_more
from assistant.services.school_account import Begun, SchoolAccount
from assistant.services.sessions import STAFF, UNKNOWN_DEVICE, Way, hold_person
from assistant.services.sign_in_steps import StepKind, begin_step, take_step
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import Entered


@dataclass(frozen=True)
class WayOut:
    """Where the browser goes, and what its cookie keeps until it comes back."""

    address: str
    browser: str = field(repr=False)


def start_school_account(desk: Desk, *, onward: str) -> WayOut:
    """Begin; ``onward`` is the desk page somebody was on the way to.

    Raises ``NotHere`` where the school has none, and ``SchoolAccountAway``.
    """
    account = _account(desk)
    browser, nonce = new_token(), new_token()
    verifier = new_token() + new_token()  # RFC 7636 asks for 43 characters; this has 44
    kept = {"nonce": nonce, "verifier": verifier, "onward": onward}
    with desk.unit_of_work() as work:
        bound = _digest(desk, browser)
        state = begin_step(desk, work, StepKind.SCHOOL_ACCOUNT, None, browser=bound, **kept)
        work.commit(unrecorded="a way out ends by itself")
    return WayOut(account.address_for(Begun(state, nonce, verifier)), browser)


def finish_school_account(
    desk: Desk, *, state: str, browser: str, code: str, device: str = UNKNOWN_DEVICE
) -> tuple[Entered, str]:
    """Return a session, or what the second step needs, and the page to go on to.

    Raises ``SchoolAccountRefused`` for a state that is unknown, used, old or another browser's, for
    a token that is not for us, and for somebody who is not in the school file: never said which.
    """
    account = _account(desk)
    with desk.unit_of_work() as work:
        taken = take_step(desk, work, StepKind.SCHOOL_ACCOUNT, state)
        work.commit(unrecorded="a way out is used up, whatever becomes of it")
    if taken is None or not hmac.compare_digest(taken[1]["browser"], _digest(desk, browser)):
        raise SchoolAccountRefused
    kept = taken[1]
    email = account.email_for(code, Begun(state, kept["nonce"], kept["verifier"]))
    return _let_in(desk, email, device), kept["onward"]


def _let_in(desk: Desk, email: str, device: str) -> Entered:
    with desk.unit_of_work() as work:
        known = select(Staff.id).where(Staff.email == email, Staff.active)
        staff_id = work.session.scalars(known).first()
        if staff_id is None:
            raise SchoolAccountRefused
        try:
            hold_person(work, staff_id)
        except WrongSignIn as problem:
            raise SchoolAccountRefused from problem
        entrance = Entrance(staff_id, Way.SCHOOL_ACCOUNT, device)
        entered = enter_or_ask_more(desk, work, entrance)
        work.history.append("sign_in.first_step", staff_id, STAFF, staff_id, way=entrance.way.value)
        work.commit()
    return entered


def _account(desk: Desk) -> SchoolAccount:
    if desk.school_account is None:
        raise NotHere
    return desk.school_account


def _digest(desk: Desk, browser: str) -> str:
    return token_digest(desk.keys.lookup, "school account browser", browser)
