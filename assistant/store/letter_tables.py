"""What parent and school keep of each other: receipts, and the letters that staff write."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Digest, Key, RowId, Sealed, StaffId


class ReceiptOfCase(CaseBase):
    """The digest of a case's receipt; the receipt itself is stored nowhere."""

    __tablename__ = "receipt_of_case"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), unique=True)


class Letter(CaseBase):
    """What a member of staff wrote to the parent of a case; never an internal note."""

    __tablename__ = "letter"

    id: Mapped[RowId]
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    author: Mapped[StaffId]
    template: Mapped[Code]
    words: Mapped[Sealed]
    written_at: Mapped[At]
