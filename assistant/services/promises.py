"""What hangs on the time of a meeting: offers of another time, waiting for one, reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.reminders import plan_reminders
from assistant.services.time_offers import withdraw_offers
from assistant.services.waiting_list import leave_list

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def renew_promises(desk: Desk, work: UnitOfWork, meeting: Meeting) -> None:
    """Bring them in line with a meeting that has just moved, changed its host or been cancelled.

    Open offers are taken back, the waiting ends, and the reminders follow. Call it last, when the
    meeting has its new ``sequence``.
    """
    withdraw_offers(desk, work, meeting.id)
    leave_list(work, meeting.id)
    plan_reminders(desk, work, meeting)
