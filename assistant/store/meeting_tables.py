"""Meetings and the time they take: what may be offered, what is taken, what is promised.

Columns of type ``Sealed`` hold envelopes, as in ``tables``.
"""

from __future__ import annotations

from datetime import date, time  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import (
    At,
    CaseBase,
    Code,
    Codes,
    Digest,
    Key,
    RowId,
    Sealed,
    StaffId,
)
from assistant.store.tables import Conversation, Staff


class HostTerms(CaseBase):
    """What a member of staff set for their own meetings; a null keeps the school file's rule.

    With this row the person's weekly pattern is their own, and the school file no longer fills it.
    Units as in ``casework.school_shapes.MeetingRules``.
    """

    __tablename__ = "host_terms"

    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    minutes: Mapped[int | None]
    buffer_minutes: Mapped[int | None]
    notice_hours: Mapped[int | None]
    horizon_days: Mapped[int | None]
    daily_cap: Mapped[int | None]
    changed_at: Mapped[At]


class Availability(CaseBase):
    """A weekly window in wall time, Europe/London; ``weekday`` 0 is Monday."""

    __tablename__ = "availability"

    id: Mapped[RowId]
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    modes: Mapped[Codes]


class AvailabilityException(CaseBase):
    """One date on which the pattern does not hold; ``free`` adds time, else it takes away."""

    __tablename__ = "availability_exception"

    id: Mapped[RowId]
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    free: Mapped[bool]
    modes: Mapped[Codes]


class Resource(CaseBase):
    """A room or an interpreter of the school file: the row that is locked before their time is.

    ``key`` is the ``resource`` of their cells ("room:rainbow"); ``active`` is false once the file
    no longer has them.
    """

    __tablename__ = "resource"

    key: Mapped[Key] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


class Meeting(CaseBase):
    """A private talk with one host.

    Its time, and that of its room and its interpreter, is held by ``Cell`` rows: so many
    ``cells`` of each, the buffer included.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        # All that is asked to know what is free, so that no row with its envelopes is fetched.
        Index(
            "ix_meeting_taken_time", "starts_at", "host_id", "status", "cells", "room_id",
            "interpreter_id", "id",
        ),
    )  # fmt: skip

    id: Mapped[RowId]
    reference: Mapped[Code] = mapped_column(unique=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    channel: Mapped[Code]
    host_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    cells: Mapped[int]
    mode: Mapped[Code]
    place: Mapped[str] = mapped_column(String(200), default="")
    room_id: Mapped[str | None] = mapped_column(String(64))
    interpreter_id: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[Code]
    sequence: Mapped[int] = mapped_column(default=0)
    through_clerk: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[Sealed]
    child: Mapped[Sealed]
    needs: Mapped[Sealed]
    note: Mapped[Sealed]
    made_at: Mapped[At]


class MeetingSubject(CaseBase):
    """A person whom the meeting is about."""

    __tablename__ = "meeting_subject"

    meeting_id: Mapped[str] = mapped_column(ForeignKey(Meeting.id), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    named_at: Mapped[At]


class MeetingAccess(CaseBase):
    """A grant to see a meeting (the host, the clerk). No row, no meeting."""

    __tablename__ = "meeting_access"

    meeting_id: Mapped[str] = mapped_column(ForeignKey(Meeting.id), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), primary_key=True, index=True)
    why: Mapped[Code]
    granted_at: Mapped[At]


class Cell(CaseBase):
    """Five minutes of one resource. The primary key makes an overlap impossible.

    Either booked (``meeting_id``) or held (``holder`` until ``hold_expires_at``).
    """

    __tablename__ = "cell"

    resource: Mapped[Key] = mapped_column(primary_key=True)
    instant: Mapped[At] = mapped_column(primary_key=True)
    meeting_id: Mapped[str | None] = mapped_column(ForeignKey(Meeting.id), index=True)
    holder: Mapped[Key | None] = mapped_column(index=True)
    hold_expires_at: Mapped[At | None] = mapped_column(index=True)


class TimeOffer(CaseBase):
    """Another time for a booked meeting, held until ``expires_at`` by the machine's clock.

    ``kind`` and ``state`` are a ``TimeOfferKind`` and a ``TimeOfferState``; ``made_by`` is a staff
    id, or the waiting list. The cells are held under ``offer:<id>``.
    """

    __tablename__ = "time_offer"

    id: Mapped[RowId]
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey(Meeting.id), index=True)
    kind: Mapped[Code]
    state: Mapped[Code] = mapped_column(index=True)
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    made_by: Mapped[StaffId]
    made_at: Mapped[At]
    expires_at: Mapped[At]
    settled_at: Mapped[At | None]


class WaitingPlace(CaseBase):
    """A parent who would come earlier than their meeting, first come first asked.

    ``passed_by`` are the starts (ISO 8601, UTC) that were free when they asked: they could have
    had those, so none of them is news.
    """

    __tablename__ = "waiting_place"

    meeting_id: Mapped[str] = mapped_column(ForeignKey(Meeting.id), primary_key=True)
    asked_at: Mapped[At] = mapped_column(index=True)
    passed_by: Mapped[Codes]


class CalendarFeed(CaseBase):
    """A private calendar address of one member of staff; we hold the digest of its secret."""

    __tablename__ = "calendar_feed"

    id: Mapped[RowId]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey(Staff.id), index=True)
    made_at: Mapped[At]
    revoked_at: Mapped[At | None]


class MeetingDraft(CaseBase):
    """What a parent has filled in so far on the booking pages; purged when it lies untouched.

    The browser holds the token; ``answers`` is the sealed JSON of the answers; ``meeting_id`` is
    set, and the answers emptied, once it is booked.
    """

    __tablename__ = "meeting_draft"

    id: Mapped[RowId]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE"), index=True
    )
    answers: Mapped[Sealed]
    meeting_id: Mapped[str | None] = mapped_column(ForeignKey(Meeting.id))
    started_at: Mapped[At]
    touched_at: Mapped[At] = mapped_column(index=True)


class VisitRestriction(CaseBase):
    """A parent who may not come in; phone and video stay open to them.

    Known by digests of their phone and e-mail. Ends on ``expires_on``, or when it is lifted.
    """

    __tablename__ = "visit_restriction"

    id: Mapped[RowId]
    phone_digest: Mapped[Digest | None] = mapped_column(index=True)
    email_digest: Mapped[Digest | None] = mapped_column(index=True)
    case_id: Mapped[str | None] = mapped_column(String(32), index=True)
    """Whose key seals the words; null where it was closed over no case."""
    person: Mapped[Sealed]
    reason: Mapped[Sealed]
    decided_by: Mapped[StaffId]
    decided_at: Mapped[At]
    expires_on: Mapped[date]
    lifted_at: Mapped[At | None]
