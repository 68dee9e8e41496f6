"""Which record's key seals a row: the record itself, or the one that the row hangs on.

A row tells it by the columns that it has anyway, so that a new table with a ``case_id`` is sealed
with the case's key without a word about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.store.columns import Row

Owner = tuple[str, str]
"""The kind of a record and its id."""

SCHOOL: Owner = ("school", "")
"""Whose key seals what hangs on no record. Its row also names the present master key."""

RECORDS = {
    "case_file": "case",
    "meeting": "meeting",
    "conversation": "conversation",
    "alert": "alert",
}
"""By table: the kinds of record that have a key of their own."""
BY_COLUMN = (("case_id", "case"), ("meeting_id", "meeting"), ("alert_id", "alert"),
             ("conversation_id", "conversation"))  # fmt: skip
"""In this order: a draft of a meeting may name its conversation too."""
BY_KIND = (("record_kind", "record_id"), ("target_kind", "target_id"))
ALSO = {"reminder": "meeting"}
"""Kinds of a message's target that stand for a record of another name."""


def owner_of(row: Row) -> Owner:
    """Return whose key seals ``row``; its columns that name a record must be filled already."""
    if row.__tablename__ in RECORDS:
        return RECORDS[row.__tablename__], row.id
    for column, kind in BY_COLUMN:
        if getattr(row, column, None):
            return kind, getattr(row, column)
    for kind, record in BY_KIND:
        if getattr(row, kind, None):
            return owner_named(getattr(row, kind), getattr(row, record))
    return SCHOOL


def owner_named(kind: str, record_id: str) -> Owner:
    """Return the owner for a kind and an id as history and outbox name them."""
    known = ALSO.get(kind, kind)
    return (known, record_id) if known in RECORDS.values() and record_id else SCHOOL
