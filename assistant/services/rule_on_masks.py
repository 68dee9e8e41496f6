"""Hide or show words of the draft, or a whole passage, with a reason; a later ruling undoes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.masking import OF_PASSAGES
from assistant.services.disclosures import DISCLOSURE, DisclosureUnclear, begun_part
from assistant.services.draft_disclosure import draft_of
from assistant.services.errors import NotHere
from assistant.services.requests import already_done, mark_done
from assistant.store.columns import new_id
from assistant.store.disclosure_tables import DisclosureRuling
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.masking import Ruling
    from assistant.services.desk import Desk
    from assistant.store.disclosure_tables import Disclosure
    from assistant.store.unit_of_work import UnitOfWork

WHAT = "disclosure ruling"


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    rulings: Sequence[Ruling]
    why: str
    key: str


def rule_on_masks(  # noqa: PLR0913 - a ruling is what it is
    desk: Desk,
    *,
    staff_id: str,
    reference: str,
    rulings: Sequence[Ruling],
    why: str,
    idempotency_key: str,
) -> None:
    """Keep the rulings, in order, with their reason; once under the key.

    Raises ``NotHere`` for a passage that is not of the draft, and ``DisclosureUnclear`` without a
    ruling or a reason, without words where words are meant, or a passage where one is.
    """
    if not rulings or not why.strip() or not all(map(_is_clear, rulings)):
        raise DisclosureUnclear
    settled(partial(_rule, desk, _Wish(staff_id, reference, rulings, why, idempotency_key)))


def _is_clear(ruling: Ruling) -> bool:
    return bool(ruling.passage if ruling.kind in OF_PASSAGES else ruling.phrase.strip())


def _rule(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        part = begun_part(desk, work, wish.staff_id, wish.reference)
        if already_done(work, WHAT, part.id, wish.key):
            return
        named = {each.passage for each in wish.rulings} - {""}
        if not named <= _keys(desk, work, part):
            raise NotHere
        for number, ruling in enumerate(wish.rulings, _last(work, part) + 1):
            _keep(desk, work, part, (number, ruling, wish.why))
        mark_done(desk, work, WHAT, part.id, wish.key)
        work.commit()


def _keep(
    desk: Desk, work: UnitOfWork, part: Disclosure, numbered: tuple[int, Ruling, str]
) -> None:
    number, ruling, why = numbered
    row = DisclosureRuling(
        id=new_id(),
        disclosure_id=part.id,
        case_id=part.case_id,
        number=number,
        kind=ruling.kind.value,
        passage=ruling.passage,
        made_at=desk.clock.now(),
    )
    work.seal(row, "phrase", ruling.phrase)
    work.seal(row, "why", why)
    work.session.add(row)
    said = {"passage": ruling.passage, "ruling": row.kind}
    work.history.append("disclosure.ruled", part.made_by, DISCLOSURE, part.id, **said)


def _keys(desk: Desk, work: UnitOfWork, part: Disclosure) -> frozenset[str]:
    records = draft_of(desk, work, part).records
    return frozenset(passage.key for record in records for passage in record.passages)


def _last(work: UnitOfWork, part: Disclosure) -> int:
    mine = DisclosureRuling.disclosure_id == part.id
    return work.session.scalar(select(func.max(DisclosureRuling.number)).where(mine)) or 0
