"""Link cases that say the same as one, and take one out again that has a point of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.services.campaigns import LINKED, UNLINKED
from assistant.services.case_step import StepUnclear
from assistant.services.errors import NotPossibleNow
from assistant.services.record_links import CASE
from assistant.services.requests import already_done, mark_done
from assistant.services.who_may_read import case_for
from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.columns import new_id
from assistant.store.hanging_rows import drop_empty_campaigns
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

LINK, UNLINK = "link cases", "unlink case"


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    others: tuple[str, ...]
    name: str
    why: str
    key: str


def link_cases(  # noqa: PLR0913 - who, which, with which, called what, why, and once
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    others: Iterable[str],
    name: str,
    why: str,
    idempotency_key: str,
) -> None:
    """Link the cases with these references to the case; each keeps its dates and its handler.

    ``name`` is what the subject is called, used when the case belongs to no campaign yet.

    Raises:
        StepUnclear: no other case, no reason, or no name for a new campaign.
        NotHere: one of the cases is missing or not theirs; then none is linked.
        NotPossibleNow: one of the others belongs to a campaign already, or there is none but
            the case itself.
    """
    wish = _Wish(staff_id, reference, tuple(others), name.strip(), why, idempotency_key)
    if not wish.others or not why.strip():
        raise StepUnclear
    settled(partial(_link, desk, wish))


def unlink_case(
    desk: Desk, *, staff_id: str, reference: str, why: str, idempotency_key: str
) -> None:
    """Take the case out of its campaign: it has a point of its own and is answered by itself.

    Raises ``StepUnclear``, ``NotHere``, and ``NotPossibleNow`` when it belongs to none.
    """
    if not why.strip():
        raise StepUnclear
    settled(partial(_unlink, desk, _Wish(staff_id, reference, (), "", why, idempotency_key)))


def _link(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, wish.staff_id, wish.reference)
        work.session.refresh(case, with_for_update=True)
        if already_done(work, LINK, case.id, wish.key):
            return
        named = [case_for(desk, work, wish.staff_id, each) for each in wish.others]
        others = [each for each in named if each is not case]
        if not others or any(work.session.get(CampaignCase, each.id) for each in others):
            raise NotPossibleNow
        campaign_id = _campaign_of(desk, work, case, wish)
        for each in {other.id: other for other in others}.values():
            _join(desk, work, each, campaign_id, wish)
        mark_done(desk, work, LINK, case.id, wish.key)
        work.commit()


def _campaign_of(desk: Desk, work: UnitOfWork, case: CaseFile, wish: _Wish) -> str:
    """Return the id of the case's campaign, which is begun if there is none."""
    row = work.session.get(CampaignCase, case.id)
    if row:
        return row.campaign_id
    if not wish.name:
        raise StepUnclear
    begun = Campaign(id=new_id(), begun_by=wish.staff_id, begun_at=desk.clock.now())
    work.seal(begun, "name", wish.name)
    work.session.add(begun)
    work.session.flush()
    _join(desk, work, case, begun.id, wish)
    return begun.id


def _join(desk: Desk, work: UnitOfWork, case: CaseFile, campaign_id: str, wish: _Wish) -> None:
    row = CampaignCase(case_id=case.id, campaign_id=campaign_id, linked_by=wish.staff_id)
    row.linked_at = desk.clock.now()
    work.session.add(row)
    work.history.append(LINKED, wish.staff_id, CASE, case.id, why=wish.why)


def _unlink(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, wish.staff_id, wish.reference)
        work.session.refresh(case, with_for_update=True)
        if already_done(work, UNLINK, case.id, wish.key):
            return
        row = work.session.get(CampaignCase, case.id)
        if row is None:
            raise NotPossibleNow
        work.session.delete(row)
        work.session.flush()
        drop_empty_campaigns(work.session)
        mark_done(desk, work, UNLINK, case.id, wish.key)
        work.history.append(UNLINKED, wish.staff_id, CASE, case.id, why=wish.why)
        work.commit()
