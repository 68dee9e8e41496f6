"""The end of the first step: a session for who needs no second one, else a half sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.desk_shapes import HalfSignedIn
from assistant.services.second_step_rules import has_second_step
from assistant.services.sessions import STAFF, Way, end_sessions, open_session
from assistant.services.sign_in_steps import StepKind, begin_step
from assistant.store.tables import StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import Entered, OpenedSession
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Entrance:
    """Who comes in, which way, and at what device (coarse words)."""

    staff_id: str
    way: Way
    device: str


def enter_or_ask_more(desk: Desk, work: UnitOfWork, entrance: Entrance) -> Entered:
    """Return a session, or for somebody with a second step only the right to take it.

    The caller holds the person, who has taken the first step.
    """
    staff_id = entrance.staff_id
    if not has_second_step(work, staff_id):
        return enter(desk, work, entrance)
    token = begin_step(desk, work, StepKind.SECOND_STEP, staff_id, way=entrance.way.value)
    return HalfSignedIn(token=token, staff_id=staff_id)


def enter(desk: Desk, work: UnitOfWork, entrance: Entrance, second: str = "") -> OpenedSession:
    """Open the session at the end of all steps; ``second`` names the second, for the history.

    A one-time login is for who has no password that still serves, so it ends the old one.
    """
    staff_id, way, device = entrance.staff_id, entrance.way, entrance.device
    if way is Way.ONE_TIME_LOGIN:
        work.session.execute(delete(StaffLogin).where(StaffLogin.staff_id == staff_id))
        end_sessions(work, staff_id)
    how = {"way": way.value, "device": device} | ({"second": second} if second else {})
    work.history.append("sign_in.succeeded", staff_id, STAFF, staff_id, **how)
    return open_session(desk, work, staff_id, way, device)
