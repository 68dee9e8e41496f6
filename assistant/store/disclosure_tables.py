"""Copies of a person's data: for whom, of which records, what is hidden, and when it was made."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Digest, Key, RowId, Sealed
from assistant.store.tables import CaseFile, Staff


class Disclosure(CaseBase):
    """One member of staff's part of the answer to a data-protection request.

    Only its maker sees it: who else may read the request must not learn what it holds.
    """

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("case_id", "made_by"),)

    id: Mapped[RowId]
    case_id: Mapped[str] = mapped_column(ForeignKey(CaseFile.id, ondelete="CASCADE"))
    made_by: Mapped[str] = mapped_column(ForeignKey(Staff.id))
    made_at: Mapped[At]
    person: Mapped[Sealed]
    identity: Mapped[Sealed]
    why: Mapped[Sealed]


class DisclosedRecord(CaseBase):
    """A record that its maker ticked as the person's."""

    __tablename__ = "disclosed_record"

    disclosure_id: Mapped[str] = mapped_column(
        ForeignKey(Disclosure.id, ondelete="CASCADE"), primary_key=True
    )
    record_kind: Mapped[Code] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class DisclosureRuling(CaseBase):
    """What a person decided about a mask (``kind``: a ``RulingKind``), with their reason.

    ``number`` counts the rulings of a disclosure from 1; ``passage`` empty is all passages.
    """

    __tablename__ = "disclosure_ruling"
    __table_args__ = (UniqueConstraint("disclosure_id", "number"),)

    id: Mapped[RowId]
    disclosure_id: Mapped[str] = mapped_column(ForeignKey(Disclosure.id, ondelete="CASCADE"))
    case_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """Whose key seals the words; what hangs on the case goes with it."""
    number: Mapped[int]
    kind: Mapped[Code]
    passage: Mapped[Key]
    phrase: Mapped[Sealed]
    why: Mapped[Sealed]
    made_at: Mapped[At]


class DisclosureSeal(CaseBase):
    """A final copy that was made; ``digest`` is the SHA-256 of its JSON, which is not kept."""

    __tablename__ = "disclosure_seal"

    id: Mapped[RowId]
    disclosure_id: Mapped[str] = mapped_column(
        ForeignKey(Disclosure.id, ondelete="CASCADE"), index=True
    )
    digest: Mapped[Digest]
    sealed_at: Mapped[At]
