"""Grants that have ended: the trace of who could read a case, until when, and who ended it."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, RowId, StaffId
from assistant.store.tables import CaseFile, Staff


class EndedAccess(CaseBase):
    """A grant that was taken away; ``how`` is revoked, recused, handed_over, stage_ended or wall.

    Who recused themselves is never found for the case again, nor for one that comes from it, where
    such a row stands without a grant before it. Whose stage ended reads on by another grant and
    never handles it again. The reason is in the history.
    """

    __tablename__ = "ended_access"

    id: Mapped[RowId]
    case_id: Mapped[str] = mapped_column(ForeignKey(CaseFile.id), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id))
    why: Mapped[Code]
    granted_at: Mapped[At]
    granted_by: Mapped[StaffId]
    ended_at: Mapped[At]
    ended_by: Mapped[StaffId]
    how: Mapped[Code]
