"""Words that are written on a record, once for a key, by its parent or by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.services.turns import PARENT
from assistant.store.columns import new_id
from assistant.store.tables import RecordNote

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def is_written(work: UnitOfWork, key: str) -> bool:
    """Tell whether the note with this key is there already."""
    known = select(RecordNote.id).where(RecordNote.idempotency_key == key)
    return work.session.scalar(known) is not None


def write_note(  # noqa: PLR0913 - on which record, by whom, what, and once
    desk: Desk, work: UnitOfWork, record: tuple[str, str], *, author: str, words: str, key: str
) -> str:
    """Write ``words`` on the record, named by its kind and its id; return the id of the note."""
    kind, record_id = record
    note = RecordNote(
        id=new_id(),
        idempotency_key=key,
        record_kind=kind,
        record_id=record_id,
        author=author,
        written_at=desk.clock.now(),
    )
    work.seal(note, "words", words)
    work.session.add(note)
    event = f"{kind}.parent_added" if author == PARENT else f"{kind}.note_added"
    work.history.append(event, author, kind, record_id, note=note.id)
    return note.id
