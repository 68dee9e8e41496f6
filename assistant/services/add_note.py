"""Add a staff note to a case or a meeting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.errors import TextTooLong
from assistant.services.record_notes import is_written, write_note
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.turns import stored_key
from assistant.services.who_may_read import record_for
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def add_note(
    desk: Desk, *, staff_id: str, reference: str, words: str, idempotency_key: str
) -> None:
    """Add ``words`` to the record; a repeated key adds nothing.

    Raises ``NotHere`` for a record that is missing or not theirs, and ``TextTooLong``.
    """
    if len(words) > MOST_CHARACTERS:
        raise TextTooLong
    settled(partial(_add, desk, staff_id, reference, words, idempotency_key))


def _add(desk: Desk, staff_id: str, reference: str, words: str, idempotency_key: str) -> None:
    with desk.unit_of_work() as work:
        kind, record = record_for(desk, work, staff_id, reference)
        key = stored_key(f"{record.id}|{staff_id}|{idempotency_key}")
        if is_written(work, key):
            return
        write_note(desk, work, (kind, record.id), author=staff_id, words=words, key=key)
        work.commit()
