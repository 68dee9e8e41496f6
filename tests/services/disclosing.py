"""A data-protection request of the demonstration primary school, and a part of its answer."""

from __future__ import annotations

from assistant.casework.kinds import CaseKind, Channel
from assistant.services.desk import Desk
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.grant_access import grant_access
from assistant.services.open_disclosure import open_disclosure
from assistant.services.persons_records import choose_records
from assistant.services.shapes import CaseReceipt
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
