"""The receipt of a case: 80 bits that open its page again, stored as a digest alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.receipts import normalise_receipt, spell_receipt
from assistant.security.tokens import receipt_digest, receipt_secret, record_token
from assistant.services.record_links import CASE
from assistant.services.records import is_told
from assistant.store.letter_tables import ReceiptOfCase
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def receipt_for(desk: Desk, case_id: str) -> str:
    """Return the receipt of a case as its parent keeps it; the same each time."""
    return spell_receipt(receipt_secret(desk.keys.lookup, case_id))


def keep_receipt(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    """Let the receipt open the case from now on."""
    digest = receipt_digest(desk.keys.lookup, receipt_for(desk, case.id))
    work.session.add(ReceiptOfCase(digest=digest, case_id=case.id))


def keep_missing_receipts(desk: Desk) -> int:
    """Let the receipts of cases open that were made before there were receipts; return how many.

    Several processes may do it at once.
    """
    return settled(partial(_keep_missing, desk))


def _keep_missing(desk: Desk) -> int:
    with desk.unit_of_work() as work:
        without = CaseFile.id.not_in(select(ReceiptOfCase.case_id))
        cases = work.session.scalars(select(CaseFile).where(without)).all()
        for case in cases:
            keep_receipt(desk, work, case)
        work.commit(unrecorded="digests of what the keys tell already")
        return len(cases)


def link_of_receipt(desk: Desk, *, receipt: str) -> str | None:
    """Return the token of the case's secret link, or None; a slip asks no database.

    None as well for a case of which the parent was not told yet.
    """
    written = normalise_receipt(receipt)
    if written is None:
        return None
    digest = receipt_digest(desk.keys.lookup, written)
    with desk.unit_of_work(read_only=True) as work:
        known = work.session.get(ReceiptOfCase, digest)
        case = work.session.get(CaseFile, known.case_id) if known else None
        if case is None or not is_told(work, case):
            return None
        return record_token(desk.keys.lookup, CASE, case.id)
