"""Find the cases that say nearly the same as one: a person decides what that means."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils
from sqlalchemy import select

from assistant.services.campaigns import campaign_is_known_to
from assistant.services.seen_records import case_is_open_to
from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

ALIKE = 80
"""From this similarity of the words (0 to 100) two statements may be one letter sent round."""
WITHIN = timedelta(days=60)
MOST = 300
"""So many of the latest cases are compared: each has to be opened for it."""


def alike_cases(desk: Desk, work: UnitOfWork, staff_id: str, case: CaseFile) -> list[CaseFile]:
    """Return the cases of the same weeks that the person may read and that say nearly the same.

    Those of a campaign that the person may know of are left out; the likest come first.
    """
    known = select(Campaign.id).where(campaign_is_known_to(desk.school, staff_id))
    linked = select(CampaignCase.case_id).where(CampaignCase.campaign_id.in_(known))
    around = CaseFile.received_at.between(case.received_at - WITHIN, case.received_at + WITHIN)
    others = (
        select(CaseFile)
        .where(case_is_open_to(desk.school, staff_id), around, CaseFile.id != case.id)
        .where(CaseFile.id.not_in(linked))
        .order_by(CaseFile.received_at.desc(), CaseFile.id)
        .limit(MOST)
    )
    words = work.unseal(case, "statement")
    scored = [
        (_likeness(words, work.unseal(each, "statement")), each)
        for each in work.session.scalars(others)
    ]
    alike = [(score, each) for score, each in scored if score >= ALIKE]
    return [each for _, each in sorted(alike, key=lambda pair: -pair[0])]


def _likeness(one: str, other: str) -> float:
    """Compare the words in any order: a changed greeting or a moved sentence counts little."""
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process, score_cutoff=ALIKE)
