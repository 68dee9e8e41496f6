"""Make recovery codes anew, for who has lost the paper or used it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import NotPossibleNow
from assistant.services.second_step_rules import has_second_step
from assistant.services.second_steps import make_codes
from assistant.services.sessions import hold_person

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def make_recovery_codes(desk: Desk, *, staff_id: str) -> tuple[str, ...]:
    """Return ten fresh codes, to be shown once; the older ones stop working.

    Raises ``NotPossibleNow`` for somebody without a second step, who needs none.
    """
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        if not has_second_step(work, staff_id):
            raise NotPossibleNow
        codes = make_codes(desk, work, staff_id)
        work.commit()
    return codes
