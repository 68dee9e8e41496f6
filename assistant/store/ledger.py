"""Beside the records: history and outbox of both databases, and requests already carried out."""

from __future__ import annotations

from sqlalchemy import BigInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import AlertBase, At, CaseBase, Code, Digest, Key, RowId, Sealed


class HistoryEventColumns:
    """One thing that happened. Append-only: triggers refuse UPDATE and DELETE."""

    __tablename__ = "history_event"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[At]
    kind: Mapped[Code]
    actor: Mapped[Key]
    target_kind: Mapped[Code]
    target_id: Mapped[Key] = mapped_column(index=True)
    details_digest: Mapped[Digest | None]
    digest: Mapped[Digest]


class HistoryDetailColumns:
    """The sealed details of an event, apart from it: erasing them leaves the chain whole."""

    __tablename__ = "history_detail"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    details: Mapped[Sealed]


class HistoryHeadColumns:
    """The one row that says where the chain ends; locked while events are appended."""

    __tablename__ = "history_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger)
    last_digest: Mapped[Digest]
    seal: Mapped[Digest]


class OutboxColumns:
    """A message to send, committed with the change that it tells of."""

    __tablename__ = "outbox"

    id: Mapped[RowId]
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    message_id: Mapped[Key] = mapped_column(unique=True)
    target_kind: Mapped[Code]
    target_id: Mapped[Key]
    recipient: Mapped[Sealed]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[Sealed]
    calendar: Mapped[Sealed | None]
    calendar_method: Mapped[Code | None]
    created_at: Mapped[At]
    due_at: Mapped[At] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[At | None]
    delivered_at: Mapped[At | None]
    given_up_at: Mapped[At | None] = mapped_column(index=True)
    problem: Mapped[Code | None]


class DoneRequestColumns:
    """A change that was asked for under this key and carried out."""

    __tablename__ = "done_request"

    idempotency_key: Mapped[Key] = mapped_column(primary_key=True)
    what: Mapped[Code]
    target_id: Mapped[Key]
    done_at: Mapped[At]


class HistoryEvent(HistoryEventColumns, CaseBase):
    """History of the case database."""


class HistoryDetail(HistoryDetailColumns, CaseBase):
    """Details of the case database's history."""


class HistoryHead(HistoryHeadColumns, CaseBase):
    """End of the case database's chain."""


class Outbox(OutboxColumns, CaseBase):
    """Messages about meetings and cases."""


class DoneRequest(DoneRequestColumns, CaseBase):
    """Changes to cases and meetings."""


class AlertHistoryEvent(HistoryEventColumns, AlertBase):
    """History of the alerts database."""


class AlertHistoryDetail(HistoryDetailColumns, AlertBase):
    """Details of the alerts database's history."""


class AlertHistoryHead(HistoryHeadColumns, AlertBase):
    """End of the alerts database's chain."""


class AlertOutbox(OutboxColumns, AlertBase):
    """Messages about alerts."""


class AlertDoneRequest(DoneRequestColumns, AlertBase):
    """Changes to alerts."""
