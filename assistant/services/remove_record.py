"""Remove a record whose time is over, because a person looked at it and decided so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.erase_record import erase_if_due
from assistant.services.errors import NotPossibleNow
from assistant.services.who_may_read import record_for
from assistant.store.erasing import let_go
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def remove_record(desk: Desk, *, staff_id: str, reference: str) -> None:
    """Erase the record; it cannot be brought back. Who sends it twice finds it gone.

    Raises:
        NotHere: no such record for this person, or it is gone already.
        NotPossibleNow: its time is not over, or a hold lies on it.
    """
    settled(partial(_remove, desk, staff_id, reference))
    let_go(desk.unit_of_work)


def _remove(desk: Desk, staff_id: str, reference: str) -> None:
    with desk.unit_of_work() as work:
        kind, record = record_for(desk, work, staff_id, reference)
        if not erase_if_due(desk, work, (kind, record.id), staff_id, asked=True):
            raise NotPossibleNow
        work.commit()
