"""The alerts database: seen by the safeguarding leads whom the wall allows, and nobody else."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads it

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import AlertBase, At, Code, Key, RowId, Sealed, StaffId


class Alert(AlertBase):
    """A parent's words, verbatim, for the safeguarding leads.

    ``state`` is a stored ``AlertState``; ``repeats`` counts how often it was sent again while
    nobody acknowledged it; ``about_adult`` starts the clock of the council's designated officer,
    ``moved_by`` is who last changed the state.
    """

    __tablename__ = "alert"

    id: Mapped[RowId]
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    conversation_id: Mapped[Key | None] = mapped_column(index=True)
    kind: Mapped[Code]
    words: Mapped[Sealed]
    contact: Mapped[Sealed | None]
    raised_at: Mapped[At]
    last_sent_at: Mapped[At]
    acknowledged_at: Mapped[At | None]
    state: Mapped[Code]
    repeats: Mapped[int]
    about_adult: Mapped[bool]
    lado_told_on: Mapped[date | None]
    moved_by: Mapped[StaffId | None]


class AlertSubject(AlertBase):
    """A member of staff whom an alert is about; neither they nor anybody close to them reads it."""

    __tablename__ = "alert_subject"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    staff_id: Mapped[StaffId] = mapped_column(primary_key=True)
    named_at: Mapped[At]


class AlertRecipient(AlertBase):
    """A person who may read the alert, first to be told first."""

    __tablename__ = "alert_recipient"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    staff_id: Mapped[StaffId] = mapped_column(primary_key=True)
    position: Mapped[int]


class AlertAcknowledgement(AlertBase):
    """Who said "I have read this and I am acting", and when."""

    __tablename__ = "alert_acknowledgement"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    staff_id: Mapped[StaffId] = mapped_column(primary_key=True)
    at: Mapped[At]


class AlertHold(AlertBase):
    """A legal hold on an alert; the row goes when it is lifted. ``review_on`` reminds."""

    __tablename__ = "alert_hold"

    id: Mapped[RowId]
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), unique=True)
    why: Mapped[Sealed]
    review_on: Mapped[date]
    placed_by: Mapped[StaffId]
    placed_at: Mapped[At]


class RemovedAlert(AlertBase):
    """An alert that a lead removed: when it was raised and closed, who removed it and why."""

    __tablename__ = "removed_alert"

    id: Mapped[RowId]
    raised_on: Mapped[date]
    closed_on: Mapped[date]
    why: Mapped[Sealed]
    removed_by: Mapped[StaffId]
    removed_at: Mapped[At] = mapped_column(index=True)


class RemovedAlertReader(AlertBase):
    """Somebody who could read a removed alert: nobody else is told that there was one."""

    __tablename__ = "removed_alert_reader"

    removed_id: Mapped[str] = mapped_column(ForeignKey("removed_alert.id"), primary_key=True)
    staff_id: Mapped[StaffId] = mapped_column(primary_key=True)
