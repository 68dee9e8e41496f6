"""Which cases are linked as one campaign; shared by the services about campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.seen_records import case_is_open_to
from assistant.store.campaign_tables import CampaignCase
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

LINKED, UNLINKED = "case.campaign_linked", "case.campaign_unlinked"


def linked_cases(desk: Desk, work: UnitOfWork, staff_id: str, case_id: str) -> list[CaseFile]:
    """Return the cases of the same campaign that the person may read, the earliest first.

    The case itself is among them; nothing when it belongs to none.
    """
    of_mine = select(CampaignCase.campaign_id).where(CampaignCase.case_id == case_id)
    same = select(CampaignCase.case_id).where(CampaignCase.campaign_id.in_(of_mine))
    wanted = select(CaseFile).where(CaseFile.id.in_(same), case_is_open_to(desk.school, staff_id))
    return list(work.session.scalars(wanted.order_by(CaseFile.received_at, CaseFile.id)))
