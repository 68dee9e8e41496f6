"""Which cases are linked as one campaign, and who may know of it; shared by the services about it.

Only cases about the same people are linked. Where somebody is named in one of them later, the wall
closes that case to them, and with it that it was ever linked with one that they may read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from assistant.services.seen_records import case_is_open_to, case_is_outside_wall
from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from assistant.casework.school import School
    from assistant.services.desk import Desk
    from assistant.store.history import PastEvent
    from assistant.store.unit_of_work import UnitOfWork

LINKED, UNLINKED = "case.campaign_linked", "case.campaign_unlinked"
OF_CAMPAIGNS = frozenset({LINKED, UNLINKED})
OTHERS = "cases"
"""The detail of both events that holds the ids of the other cases."""


def campaign_is_known_to(school: School, staff_id: str) -> ColumnElement[bool]:
    """Return the condition on ``Campaign`` that the wall does not hide it from this person.

    It does where one of its cases is behind the wall and fewer than two are open to them.
    """
    cases = select(func.count()).select_from(CampaignCase).join(CaseFile)
    mine = cases.where(CampaignCase.campaign_id == Campaign.id).correlate(Campaign)
    walled = mine.where(~case_is_outside_wall(school, staff_id)).scalar_subquery()
    seen = mine.where(case_is_open_to(school, staff_id)).scalar_subquery()
    return or_(walled == 0, seen > 1)


def known_campaign(desk: Desk, work: UnitOfWork, staff_id: str, case_id: str) -> Campaign | None:
    """Return the campaign of the case, as far as the person may know that there is one."""
    mine = select(Campaign).join(CampaignCase).where(CampaignCase.case_id == case_id)
    known = mine.where(campaign_is_known_to(desk.school, staff_id))
    return work.session.scalars(known).first()


def linked_cases(desk: Desk, work: UnitOfWork, staff_id: str, case_id: str) -> list[CaseFile]:
    """Return the cases of the same campaign that the person may read, the earliest first.

    The case itself is among them; nothing when it belongs to none that they may know of.
    """
    campaign = known_campaign(desk, work, staff_id, case_id)
    if campaign is None:
        return []
    same = select(CampaignCase.case_id).where(CampaignCase.campaign_id == campaign.id)
    wanted = select(CaseFile).where(CaseFile.id.in_(same), case_is_open_to(desk.school, staff_id))
    return list(work.session.scalars(wanted.order_by(CaseFile.received_at, CaseFile.id)))


def other_ids(work: UnitOfWork, case_id: str, campaign_id: str) -> list[str]:
    """Return the ids of the campaign's other cases, whoever may read them."""
    same = CampaignCase.campaign_id == campaign_id, CampaignCase.case_id != case_id
    return list(work.session.scalars(select(CampaignCase.case_id).where(*same).order_by("case_id")))


def may_know_of(desk: Desk, work: UnitOfWork, staff_id: str, event: PastEvent) -> bool:
    """Tell whether a reader of the case may read the event: one of the other cases is theirs."""
    if event.kind not in OF_CAMPAIGNS:
        return True
    others = CaseFile.id.in_(event.details.get(OTHERS, ()))
    theirs = select(CaseFile.id).where(others, case_is_open_to(desk.school, staff_id))
    return work.session.scalar(theirs.limit(1)) is not None
