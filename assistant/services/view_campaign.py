"""Show which cases are linked with one, and which others say nearly the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.services.alike_cases import alike_cases
from assistant.services.campaigns import known_campaign, linked_cases
from assistant.services.desk_rows import case_rows
from assistant.services.who_may_read import case_for

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import CaseRow


@dataclass(frozen=True)
class CampaignView:
    """``linked`` holds the case itself; with fewer than two to show it is empty, as is ``name``."""

    reference: str
    name: str
    linked: tuple[CaseRow, ...]
    alike: tuple[CaseRow, ...]


def view_campaign(desk: Desk, staff_id: str, reference: str) -> CampaignView:
    """Return what the person may know of it; raises ``NotHere``."""
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        linked = linked_cases(desk, work, staff_id, case.id)
        campaign = known_campaign(desk, work, staff_id, case.id) if len(linked) > 1 else None
        return CampaignView(
            reference=case.reference,
            name=work.unseal(campaign, "name") if campaign else "",
            linked=case_rows(work, linked if campaign else []),
            alike=case_rows(work, alike_cases(desk, work, staff_id, case)),
        )
