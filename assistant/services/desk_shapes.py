"""What staff see at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.services.shapes import Child, Contact, Needs


@dataclass(frozen=True)
class OpenedSession:
    """A desk session that was just opened; ``token`` goes into the cookie and nowhere else."""

    token: str = field(repr=False)
    staff_id: str


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in; ``has_password`` is false after a first one-time login."""

    staff_id: str
    name: str
    email: str
    roles: tuple[str, ...]
    has_password: bool


@dataclass(frozen=True)
class DueDate:
    """A date owed; ``met_at`` once it was kept."""

    name: str
    due_on: date
    sum: str
    met_at: datetime | None


@dataclass(frozen=True)
class TimelineEntry:
    """One thing in the story of a record: ``voice`` says whose it is."""

    at: datetime
    voice: Literal["parent", "staff", "system"]
    title: str
    words: str = ""


@dataclass(frozen=True)
class CaseRow:
    """A case in the list of work."""

    id: str
    reference: str
    kind: str
    kind_label: str
    stage: str
    status: str
    status_label: str
    handler_label: str
    received_at: datetime
    contact: Contact
    child: Child
    deadlines: tuple[DueDate, ...]


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the list of work; instants are aware UTC."""

    id: str
    reference: str
    status: str
    status_label: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    mode_label: str
    place: str
    host_label: str
    contact: Contact
    child: Child


@dataclass(frozen=True)
class FeedRow:
    """A private calendar address that works; its secret is known to its owner alone."""

    id: str
    made_at: datetime


@dataclass(frozen=True)
class AlertRow:
    """An alert in the list of work; what it says is on its own page."""

    id: str
    kind: str
    kind_label: str
    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class WorkList:
    """Everything that one person may see: nothing else exists for them."""

    meetings: tuple[MeetingRow, ...]
    cases: tuple[CaseRow, ...]
    alerts: tuple[AlertRow, ...]


@dataclass(frozen=True)
class CaseView:
    """A whole case; ``next_statuses`` are the stored values it may be moved to."""

    row: CaseRow
    channel: str
    statement: str
    outcome_wanted: str
    needs: Needs
    deemed_received_on: date
    readers: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    next_statuses: tuple[str, ...]


@dataclass(frozen=True)
class MeetingView:
    """A whole meeting; ``marks`` are the stored values it may be marked with."""

    row: MeetingRow
    channel: str
    note: str
    needs: Needs
    readers: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class AlertView:
    """A whole alert, words verbatim; ``told`` and ``acknowledged`` name people.

    ``mine`` tells that the reader has acknowledged it.
    """

    row: AlertRow
    words: str
    contact: Contact | None
    told: tuple[str, ...]
    acknowledged: tuple[tuple[str, datetime], ...]
    mine: bool
