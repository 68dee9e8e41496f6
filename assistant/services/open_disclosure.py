"""Begin one's part of the answer to a data-protection request: whose data, who checked, why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.services.disclosure_shapes import DisclosureView
from assistant.services.disclosures import (
    DISCLOSURE,
    DisclosureUnclear,
    keep_subject,
    own_part,
    request_for,
    view_of_part,
)
from assistant.store.columns import new_id
from assistant.store.disclosure_tables import Disclosure
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import DataSubject
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Wish:
    staff_id: str
    reference: str
    person: DataSubject
    identity: str
    why: str


def view_disclosure(desk: Desk, staff_id: str, reference: str) -> DisclosureView:
    """Return one's own part; raises ``NotHere`` when the case is not a request one may read."""
    with desk.unit_of_work(read_only=True) as work:
        case = request_for(desk, work, staff_id, reference)
        part = own_part(work, case, staff_id)
        return view_of_part(work, case.reference, part) if part else DisclosureView(case.reference)


def open_disclosure(  # noqa: PLR0913 - a request is what it is
    desk: Desk, *, staff_id: str, reference: str, person: DataSubject, identity: str, why: str
) -> None:
    """Begin the part, or correct whose it is; the same again changes nothing.

    ``identity`` says who checked who the person is, and how; that happens outside Schoolgate.
    Raises ``NotHere``, and ``DisclosureUnclear`` without a name, an identity or a reason.
    """
    if not (person.name.strip() and identity.strip() and why.strip()):
        raise DisclosureUnclear
    settled(partial(_open, desk, _Wish(staff_id, reference, person, identity, why)))


def _open(desk: Desk, wish: _Wish) -> None:
    with desk.unit_of_work() as work:
        case = request_for(desk, work, wish.staff_id, wish.reference)
        part = own_part(work, case, wish.staff_id)
        if part is not None and _is_the_same(work, part, wish):
            return
        event = "disclosure.corrected" if part else "disclosure.opened"
        if part is None:
            part = Disclosure(
                id=new_id(), case_id=case.id, made_by=wish.staff_id, made_at=desk.clock.now()
            )
        keep_subject(work, part, wish.person)
        work.seal(part, "identity", wish.identity)
        work.seal(part, "why", wish.why)
        work.session.add(part)
        work.history.append(event, wish.staff_id, DISCLOSURE, part.id, request=case.id)
        work.commit()


def _is_the_same(work: UnitOfWork, part: Disclosure, wish: _Wish) -> bool:
    kept = view_of_part(work, wish.reference, part)
    return (kept.person, kept.identity, kept.why) == (wish.person, wish.identity, wish.why)
