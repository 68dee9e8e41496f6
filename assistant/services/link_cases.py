"""Link cases that say the same as one, and take one out again that has a point of its own.

Errors:
NotPossibleNow
└── AboutOthers  the cases are not about the same people
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.services.campaigns import LINKED, OTHERS, UNLINKED, known_campaign, other_ids
from assistant.services.case_access import subjects_of
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


class AboutOthers(NotPossibleNow):
    """The cases are not about the same people: to whom one is closed would learn of it."""


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
        AboutOthers: they are not about the same people.
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
        _refuse_impossible(desk, work, wish, (case, *others))
        known = known_campaign(desk, work, wish.staff_id, case.id)
        joining = others if known else [case, *others]
        _join(desk, work, joining, known.id if known else _begin(desk, work, wish), wish)
        mark_done(desk, work, LINK, case.id, wish.key)
        work.commit()


def _refuse_impossible(
    desk: Desk, work: UnitOfWork, wish: _Wish, cases: tuple[CaseFile, ...]
) -> None:
    """Refuse a case alone, others that are linked already, and cases about different people."""
    others = cases[1:]
    taken = (known_campaign(desk, work, wish.staff_id, each.id) for each in others)
    if not others or any(taken):
        raise NotPossibleNow
    if len({subjects_of(work, each.id) for each in cases}) > 1:
        raise AboutOthers


def _begin(desk: Desk, work: UnitOfWork, wish: _Wish) -> str:
    """Begin a campaign and return its id."""
    if not wish.name:
        raise StepUnclear
    begun = Campaign(id=new_id(), begun_by=wish.staff_id, begun_at=desk.clock.now())
    work.seal(begun, "name", wish.name)
    work.session.add(begun)
    work.session.flush()
    return begun.id


def _join(
    desk: Desk, work: UnitOfWork, cases: list[CaseFile], campaign_id: str, wish: _Wish
) -> None:
    """Put the cases into the campaign, also out of one that the wall hides from who links them."""
    ids = sorted({each.id for each in cases})
    for case_id in ids:
        row = CampaignCase(case_id=case_id, campaign_id=campaign_id, linked_by=wish.staff_id)
        row.linked_at = desk.clock.now()
        work.session.merge(row)
    work.session.flush()
    for case_id in ids:
        others = {OTHERS: other_ids(work, case_id, campaign_id)}
        work.history.append(LINKED, wish.staff_id, CASE, case_id, why=wish.why, **others)


def _unlink(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, wish.staff_id, wish.reference)
        work.session.refresh(case, with_for_update=True)
        if already_done(work, UNLINK, case.id, wish.key):
            return
        row = work.session.get(CampaignCase, case.id)
        if row is None or known_campaign(desk, work, wish.staff_id, case.id) is None:
            raise NotPossibleNow
        others = {OTHERS: other_ids(work, case.id, row.campaign_id)}
        work.session.delete(row)
        work.session.flush()
        drop_empty_campaigns(work.session)
        mark_done(desk, work, UNLINK, case.id, wish.key)
        work.history.append(UNLINKED, wish.staff_id, CASE, case.id, why=wish.why, **others)
        work.commit()
