"""The social media policy at work: versions that were published, steps, restrictions, appeals."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, Code, Digest, Key, RowId, Sealed, StaffId
from assistant.store.letter_tables import Letter
from assistant.store.meeting_tables import VisitRestriction
from assistant.store.tables import CaseFile


class PublishedPolicy(CaseBase):
    """A version of the policy that parents could read, by its fingerprint."""

    __tablename__ = "published_policy"

    school: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[Digest]
    published_at: Mapped[At]


class StepTaken(CaseBase):
    """A step of the policy that a person decided on; ``step`` is a stored ``PolicyStep``.

    ``letter_id`` is how the parent was told, null while the telling has to wait.
    """

    __tablename__ = "policy_step"

    id: Mapped[RowId]
    case_id: Mapped[str] = mapped_column(ForeignKey(CaseFile.id), index=True)
    step: Mapped[Code]
    taken_by: Mapped[StaffId]
    taken_at: Mapped[At]
    review_on: Mapped[date]
    reason: Mapped[Sealed]
    letter_id: Mapped[str | None] = mapped_column(ForeignKey(Letter.id))


class UseRestriction(CaseBase):
    """Something of the school's own that is closed to the parent of a case for a time.

    ``what`` is a stored ``RestrictedUse``; it holds from the day it was imposed through
    ``expires_on``, or until ``ended_at``. The parent is known by digests as in
    ``VisitRestriction``, which has the effect where it is about visits (``visit_id``).
    """

    __tablename__ = "use_restriction"

    id: Mapped[RowId]
    case_id: Mapped[str] = mapped_column(ForeignKey(CaseFile.id), index=True)
    what: Mapped[Code]
    phone_digest: Mapped[Digest | None] = mapped_column(index=True)
    email_digest: Mapped[Digest | None] = mapped_column(index=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey(VisitRestriction.id))
    imposed_by: Mapped[StaffId]
    imposed_at: Mapped[At]
    expires_on: Mapped[date]
    review_on: Mapped[date]
    reason: Mapped[Sealed]
    ended_at: Mapped[At | None] = mapped_column(index=True)
    ended_how: Mapped[Code | None]


class RestrictionAppeal(CaseBase):
    """The parent's wish that somebody else looks at a restriction; one for each.

    ``taken_by`` is the parent, or who took it down on the phone; ``judge_id`` is who was asked
    first, null when nobody at the school is free to. ``decision`` is an ``AppealDecision``.
    """

    __tablename__ = "restriction_appeal"

    id: Mapped[RowId]
    restriction_id: Mapped[str] = mapped_column(ForeignKey(UseRestriction.id), unique=True)
    case_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """Whose key seals the words; what hangs on the case goes with it."""
    asked_at: Mapped[At]
    taken_by: Mapped[Key]
    words: Mapped[Sealed]
    judge_id: Mapped[str | None] = mapped_column(String(64))
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[At | None]
    decision: Mapped[Code | None]
    why: Mapped[Sealed | None]
