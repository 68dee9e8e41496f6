"""Add the parent's words to a case; naming somebody in them re-runs the wall."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.appeal_restriction import renew_judges
from assistant.services.case_access import reader_ids, recheck_wall
from assistant.services.case_mail import tell_reader
from assistant.services.errors import NotHere, TextTooLong
from assistant.services.naming_wishes import name_in_alerts, wish_naming
from assistant.services.record_links import CASE, conversation_of
from assistant.services.record_notes import is_written, write_note
from assistant.services.records import case_receipt
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.turns import PARENT, stored_key
from assistant.services.who_is_meant import people_in_words
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt
    from assistant.store.unit_of_work import UnitOfWork


def add_to_case(desk: Desk, *, case_id: str, words: str, idempotency_key: str) -> CaseReceipt:
    """Add ``words``; every member of staff whom they name is behind the wall from now on.

    Raises ``NotHere`` for an unknown case and ``TextTooLong``.
    """
    if len(words) > MOST_CHARACTERS:
        raise TextTooLong
    key = stored_key(f"{case_id}|{idempotency_key}")
    receipt, conversation_id = settled(partial(_add, desk, case_id, words, key))
    name_in_alerts(desk, conversation_id)
    return receipt


def _add(desk: Desk, case_id: str, words: str, key: str) -> tuple[CaseReceipt, str | None]:
    with desk.unit_of_work() as work:
        case = work.session.get(CaseFile, case_id, with_for_update=True)
        if case is None:
            raise NotHere
        if not is_written(work, key):
            _write(desk, work, case, words, key)
        return case_receipt(desk, work, case), conversation_of(work, CASE, case.id)


def _write(desk: Desk, work: UnitOfWork, case: CaseFile, words: str, key: str) -> None:
    note = write_note(desk, work, (CASE, case.id), author=PARENT, words=words, key=key)
    named = people_in_words(desk, words)
    recheck_wall(desk, work, case, named, f"handed over {note}")
    wish_naming(desk, work, conversation_of(work, CASE, case.id), named)
    renew_judges(desk, work, case)
    for staff_id in reader_ids(work, case.id):
        tell_reader(desk, work, case, staff_id, f"added {note}")
    work.commit()
