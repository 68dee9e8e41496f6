"""What the list of work needs beside the records: words that find them, views that staff keep."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Digest, RowId, Sealed
from assistant.store.tables import Staff


class SearchToken(CaseBase):
    """A word that finds a record, as an HMAC of it under the lookup key.

    Equal words are equal digests, so the table shows which records share a word, but not which.
    """

    __tablename__ = "search_token"
    __table_args__ = (Index(None, "record_kind", "record_id"),)

    token: Mapped[Digest] = mapped_column(primary_key=True)
    record_kind: Mapped[Code] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class SavedView(CaseBase):
    """A filter of the list of cases that one person gave a name; nobody else sees it."""

    __tablename__ = "saved_view"

    id: Mapped[RowId]
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    name: Mapped[Sealed]
    query: Mapped[str] = mapped_column(Text)
    made_at: Mapped[At]
