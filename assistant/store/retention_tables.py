"""How long records stay: holds, what was removed, and what brain and alerts are still to hear."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Codes, Digest, Key, RowId, Sealed, StaffId


class LegalHold(CaseBase):
    """A record that must not be removed, until a person lifts the hold; ``review_on`` reminds.

    The reason for lifting it is in the history.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (Index(None, "record_kind", "record_id"),)

    id: Mapped[RowId]
    record_kind: Mapped[Code]
    record_id: Mapped[str] = mapped_column(String(32))
    why: Mapped[Sealed]
    review_on: Mapped[date]
    placed_by: Mapped[StaffId]
    placed_at: Mapped[At]
    lifted_by: Mapped[StaffId | None]
    lifted_at: Mapped[At | None]


class LongerKept(CaseBase):
    """A case that is kept longer for what it is about; ``matter`` is a ``Matter``."""

    __tablename__ = "longer_kept"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    matter: Mapped[Code]
    set_by: Mapped[StaffId]
    set_at: Mapped[At]


class RemovedRecord(CaseBase):
    """One line of what was removed: figures, and no person. ``number`` is how many it stands for.

    ``reference_digest`` lets somebody who has the reference find out that its record was removed.
    """

    __tablename__ = "removed_record"

    id: Mapped[RowId]
    what: Mapped[Code]
    kind: Mapped[Code | None]
    reference_digest: Mapped[Digest | None] = mapped_column(index=True)
    number: Mapped[int]
    received_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    status: Mapped[Code | None]
    why: Mapped[str] = mapped_column(Text)
    removed_by: Mapped[Key]
    removed_at: Mapped[At] = mapped_column(index=True)


class RemovedReader(CaseBase):
    """Somebody who could read a removed record: nobody else is told that there was one."""

    __tablename__ = "removed_reader"

    removed_id: Mapped[str] = mapped_column(ForeignKey(RemovedRecord.id), primary_key=True)
    staff_id: Mapped[StaffId] = mapped_column(primary_key=True)


class ForgetWish(CaseBase):
    """A conversation that is forgotten here and that the brain is still to forget."""

    __tablename__ = "forget_wish"

    conversation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asked_at: Mapped[At]


class NamingWish(CaseBase):
    """Members of staff (ids) whom the alerts of a conversation are still to be closed to."""

    __tablename__ = "naming_wish"

    id: Mapped[RowId]
    conversation_id: Mapped[Key] = mapped_column(index=True)
    subjects: Mapped[Codes]
    asked_at: Mapped[At]
