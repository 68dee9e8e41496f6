"""Throw one's part of the answer to a data-protection request away; the history stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.disclosures import DISCLOSURE, own_part, request_for
from assistant.store.disclosure_tables import Disclosure

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def end_disclosure(desk: Desk, *, staff_id: str, reference: str) -> None:
    """Erase whose data it is, what was ticked and what was hidden; nothing there is no error.

    The history keeps that a copy was made and its digest. Raises ``NotHere``.
    """
    with desk.unit_of_work() as work:
        part = own_part(work, request_for(desk, work, staff_id, reference), staff_id)
        if part is None:
            return
        work.session.execute(delete(Disclosure).where(Disclosure.id == part.id))
        work.history.append("disclosure.erased", staff_id, DISCLOSURE, part.id)
        work.commit()
