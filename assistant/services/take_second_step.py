"""Take the second step: a code of the app, or a recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import SignInTooSlow, WrongCode
from assistant.services.half_sign_in import Entrance, enter
from assistant.services.second_steps import use_code
from assistant.services.sessions import UNKNOWN_DEVICE, Way, hold_person
from assistant.services.sign_in_steps import StepKind, step_of, take_step
from assistant.services.tries import SECOND_STEP, count_try, it_was_right

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession


def take_second_step(
    desk: Desk, *, token: str, code: str, network: str, device: str = UNKNOWN_DEVICE
) -> OpenedSession:
    """Return the session, under an id that nobody had before; ``token`` is of the first step.

    Raises:
        SignInTooSlow: the first step was too long ago, or its password was changed meanwhile.
        WrongCode: the code is wrong or used; the step may be tried again.
        TooManySignIns: too many wrong codes for this person or from this network.
    """
    staff_id = who_steps(desk, token=token)
    attempt_id = count_try(desk, SECOND_STEP, staff_id, network)
    used = use_code(desk, staff_id, code)
    if used is None:
        raise WrongCode
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        taken = take_step(desk, work, StepKind.SECOND_STEP, token)
        if taken is None:
            raise SignInTooSlow
        it_was_right(work, attempt_id)
        opened = enter(desk, work, Entrance(staff_id, Way(taken[1]["way"]), device), used)
        work.commit()
    return opened


def who_steps(desk: Desk, *, token: str) -> str:
    """Return the id of whose second step the token opens; raises ``SignInTooSlow``."""
    with desk.unit_of_work(read_only=True) as work:
        step = step_of(desk, work, StepKind.SECOND_STEP, token)
    if step is None or step.staff_id is None:
        raise SignInTooSlow
    return step.staff_id
