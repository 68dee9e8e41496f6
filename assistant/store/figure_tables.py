"""What figures are made of: the topic of a case, and each term as it was when it was settled."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Codes, RowId, StaffId
from assistant.store.tables import CaseFile


class CaseTopic(CaseBase):
    """What a case is about, as a person chose it from the school's list of topics."""

    __tablename__ = "case_topic"

    case_id: Mapped[str] = mapped_column(
        ForeignKey(CaseFile.id, ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[Code]
    chosen_by: Mapped[StaffId]
    chosen_at: Mapped[At]


class SettledTerm(CaseBase):
    """A term (by its first day) whose figures are made and change no more.

    They are gone, all at once, from ``removed_at`` on: then no case of the term is kept any more.
    """

    __tablename__ = "settled_term"

    starts_on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    settled_at: Mapped[At]
    removed_at: Mapped[At | None]


class SettledFact(CaseBase):
    """What counts of one case of a settled term, without the case.

    ``closed_to`` are digests, another for each row, of those behind the wall of the case on that
    day: it is not counted for them, and the table names nobody. Rows from before there were digests
    hold ids until the next purge. What is found out later changes no figure that somebody may have
    printed.
    """

    __tablename__ = "settled_fact"

    id: Mapped[RowId]
    starts_on: Mapped[date] = mapped_column(ForeignKey(SettledTerm.starts_on), index=True)
    kind: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(200))
    year: Mapped[str] = mapped_column(String(200))
    acknowledged: Mapped[str] = mapped_column(String(200))
    answered: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(200))
    closed_to: Mapped[Codes]
