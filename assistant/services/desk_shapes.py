"""What staff see at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from assistant.services.shapes import Child, Contact, Needs


@dataclass(frozen=True)
class OpenedSession:
    """A desk session that was just opened; ``token`` goes into the cookie and nowhere else."""

    token: str = field(repr=False)
    staff_id: str


@dataclass(frozen=True)
class HalfSignedIn:
    """Somebody who took the first step; ``token`` opens the page of the second and no other."""

    token: str = field(repr=False)
    staff_id: str


Entered = OpenedSession | HalfSignedIn


@dataclass(frozen=True)
class SecondStep:
    """Whether somebody has a second step; one who needs it and has none must by ``needed_by``."""

    has_one: bool = False
    needed_by: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in; ``has_password`` is false after a first one-time login.

    ``may_work`` is false while a one-time login waits for its password; ``proved_lately`` tells
    that they have just shown that it is they; ``takes_chats`` that a role of theirs does.
    """

    staff_id: str
    name: str
    email: str
    roles: tuple[str, ...]
    has_password: bool
    may_work: bool
    proved_lately: bool
    second_step: SecondStep
    takes_chats: bool = False


@dataclass(frozen=True)
class DueDate:
    """A date owed; ``met_at`` once it was kept."""

    name: str
    due_on: date
    sum: str
    met_at: datetime | None


@dataclass(frozen=True)
class TimelineEntry:
    """One thing in the story of a record: ``voice`` says whose it is.

    ``untold``: a step of which the parent was not told. ``place`` tells it from all others of its
    record, for every reader alike.
    """

    at: datetime
    voice: Literal["parent", "staff", "system"]
    title: str
    words: str = ""
    untold: bool = False
    place: str = ""


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
class Proposal:
    """Another time that the parent was asked about; until ``answer_by`` it is kept for them."""

    starts_at: datetime
    ends_at: datetime
    answer_by: datetime


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
    host_id: str
    host_label: str
    contact: Contact
    child: Child
    needs: Needs
    interpreter_booked: bool
    proposal: Proposal | None


@dataclass(frozen=True)
class ProposalView:
    """A meeting and the free times (start and end) that its parent can be asked about."""

    row: MeetingRow
    times: tuple[tuple[datetime, datetime], ...]
    parent_is_told: bool


@dataclass(frozen=True)
class DiaryView:
    """One person's meetings in a stretch of days, and ``unmarked`` ones of any day before.

    ``weeks`` counts the meetings of every week by its Monday, cancelled ones included.
    """

    unmarked: tuple[MeetingRow, ...]
    meetings: tuple[MeetingRow, ...]
    weeks: Mapping[date, int]


@dataclass(frozen=True)
class Taker:
    """Somebody who may take a meeting over; ``is_free`` at its time."""

    staff_id: str
    label: str
    is_free: bool


@dataclass(frozen=True)
class HandOverView:
    """A meeting that is to be handed over, and to whom it may go, best first."""

    row: MeetingRow
    takers: tuple[Taker, ...]
    parent_is_told: bool


@dataclass(frozen=True)
class LeavingMeeting:
    """A meeting that needs another host; ``takers`` are free then, best first.

    ``proposed`` is the id of the best who is not proposed for another meeting at that time. Its
    reader arranges it and is not let into the matter: ``reach`` is how to ring the parent, and
    empty where a taker was found.
    """

    reference: str
    starts_at: datetime
    ends_at: datetime
    mode_label: str
    takers: tuple[Taker, ...]
    proposed: str
    reach: str


@dataclass(frozen=True)
class Leaver:
    """Somebody who no longer works here and still has ``meetings`` to come."""

    staff_id: str
    name: str
    meetings: int


@dataclass(frozen=True)
class Reassigned:
    """What became of one meeting: it is with ``host_label`` now, or ``problem`` says why not."""

    reference: str
    starts_at: datetime | None
    host_label: str
    problem: str


@dataclass(frozen=True)
class FeedRow:
    """A private calendar address that works; its secret is known to its owner alone."""

    id: str
    made_at: datetime


@dataclass(frozen=True)
class AlertRow:
    """An alert in a list; what it says is on its own page.

    ``lado_due`` is by when the council's designated officer must hear of it, None when it is no
    allegation about an adult; its ``met_at`` is set once they have heard.
    """

    id: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    raised_at: datetime
    acknowledged_at: datetime | None
    lado_due: DueDate | None


@dataclass(frozen=True)
class CaseView:
    """A whole case; ``next_statuses`` are the stored values it may be moved to with a reason alone.

    ``steps`` are those of moves that need more. ``late`` while a matter of long ago waits for a
    decision; ``next_stage`` is the name of the stage it may go on to, or empty; ``may_extend``
    where the law lets the answer to a request for data take longer. ``topic`` is the id of what a
    person put it under, empty before.
    """

    row: CaseRow
    channel: str
    statement: str
    outcome_wanted: str
    needs: Needs
    deemed_received_on: date
    readers: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    next_statuses: tuple[str, ...]
    steps: tuple[str, ...] = ()
    escalate_by: date | None = None
    incident_on: date | None = None
    late: bool = False
    next_stage: str = ""
    may_extend: bool = False
    topic: str = ""


@dataclass(frozen=True)
class MeetingView:
    """A whole meeting; ``marks`` are the stored values it may be marked with.

    ``is_open`` while it is booked and to come, so that it can be moved or handed over.
    """

    row: MeetingRow
    channel: str
    note: str
    readers: tuple[str, ...]
    timeline: tuple[TimelineEntry, ...]
    marks: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class AlertView:
    """A whole alert, words verbatim; ``told`` and ``acknowledged`` name people.

    ``mine`` tells that the reader has acknowledged it. ``steps`` are the stored values of those
    that this reader may take; ``colleagues`` and ``staff`` are ids and names of who may be brought
    in and of who may be named. ``promise`` is what the parent was told about when it is read;
    ``nobody_left``: everybody whom the wall allows was told, and nobody has acknowledged it.
    """

    row: AlertRow
    words: str
    contact: Contact | None
    told: tuple[str, ...]
    acknowledged: tuple[tuple[str, datetime], ...]
    mine: bool
    timeline: tuple[TimelineEntry, ...]
    steps: tuple[str, ...]
    colleagues: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, str], ...]
    promise: str
    nobody_left: bool
