"""A data-protection request of the demonstration primary school, and a part of its answer."""

from __future__ import annotations

from sqlalchemy import select

from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.masking import Ruling
from assistant.services.add_note import add_note
from assistant.services.desk import Desk
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.disclosures import DISCLOSURE
from assistant.services.draft_disclosure import view_draft
from assistant.services.grant_access import grant_access
from assistant.services.open_disclosure import open_disclosure
from assistant.services.persons_records import choose_records, propose_records
from assistant.services.rule_on_masks import rule_on_masks
from assistant.services.seal_disclosure import SealedCopy, seal_disclosure
from assistant.services.shapes import CaseReceipt
from assistant.store.disclosure_tables import Disclosure
from assistant.store.history import PastEvent
from tests.services.filings import CHILD, HEAD, PARENT, file_case

DPO = "ms-nair"
OTTOLINE = DataSubject(PARENT.name, "", PARENT.email, PARENT.phone, (CHILD,))


def request_data(desk: Desk, key: str = "request") -> CaseReceipt:
    """Ask for everything, as the parent of every other case here; the head may read it, too."""
    asked = file_case(
        desk,
        key,
        kind=CaseKind.DATA_PROTECTION,
        channel=Channel.STATUTORY,
        statement="Send me everything.",
    )
    grant_access(
        desk,
        staff_id=DPO,
        reference=asked.reference,
        to=HEAD,
        why="Holds records.",
        idempotency_key=f"{key} head",
    )
    return asked


def begin_part(
    desk: Desk, reference: str, *chosen: str, staff_id: str = HEAD, person: DataSubject = OTTOLINE
) -> None:
    """Begin a part and tick these records."""
    open_disclosure(
        desk,
        staff_id=staff_id,
        reference=reference,
        person=person,
        identity="The office, by passport.",
        why="She asked.",
    )
    choose_records(desk, staff_id=staff_id, reference=reference, chosen=chosen)


def note(desk: Desk, reference: str, words: str, staff_id: str = HEAD) -> None:
    add_note(desk, staff_id=staff_id, reference=reference, words=words, idempotency_key=words)


def seal(desk: Desk, reference: str, staff_id: str = HEAD) -> SealedCopy:
    draft = view_draft(desk, staff_id, reference)
    return seal_disclosure(desk, staff_id=staff_id, reference=reference, digest=draft.digest)


def rule(desk: Desk, reference: str, *rulings: Ruling, key: str = "rule") -> None:
    rule_on_masks(
        desk,
        staff_id=HEAD,
        reference=reference,
        rulings=rulings,
        why="They wrote it.",
        idempotency_key=key,
    )


def proposed(desk: Desk, reference: str, staff_id: str = HEAD) -> set[str]:
    found = propose_records(desk, staff_id, reference)
    return {each.reference for each in (*found.cases, *found.meetings)}


def events(desk: Desk) -> list[PastEvent]:
    """Return the history of the only part."""
    with desk.unit_of_work(read_only=True) as work:
        part = work.session.scalars(select(Disclosure)).one()
        return work.events_of(DISCLOSURE, part.id)
