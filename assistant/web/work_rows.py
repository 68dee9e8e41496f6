"""The list of work as a clerk reads it: what, reference, stage, due, handler; late ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from assistant.casework.calendar import LONDON
from assistant.casework.kinds import CaseStatus, MeetingStatus
from assistant.casework.statuses import FINISHED
from assistant.casework.wording import say_list
from assistant.web import words
from assistant.web.facts import child_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from assistant.services.case_lists import CasePage
    from assistant.services.desk_shapes import CaseRow, DueDate, MeetingRow

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Sorts what is owed no date after everything else."""
MEETINGS_AHEAD = timedelta(days=7)
"""How far ahead a meeting stands in the list of what is due."""
OPEN_LIST = "status=open"
"""The list of open cases as a query: the list of what is due stands in its order."""
CSV_HEADINGS = (
    "Reference",
    "Kind",
    "Stage",
    "Status",
    "Handler",
    "Received",
    "Next due",
    "Due on",
    "Parent",
    "Child",
    "Class",
)


@dataclass(frozen=True)
class WorkRow:
    """One row; ``due`` and ``left`` are words, ``at`` (aware) sorts."""

    what: str
    who: str
    reference: str
    address: str
    stage: str
    status: str
    handler: str
    at: datetime = NEVER
    left: str = ""
    due: str = ""
    late: bool = False


@dataclass(frozen=True)
class Unseen:
    """How many cases are on later pages: late, due today, due later or never."""

    late: int = 0
    today: int = 0
    later: int = 0


NOTHING_UNSEEN = Unseen()


def is_finished(case: CaseRow) -> bool:
    """Tell whether nothing is owed any more."""
    return CaseStatus(case.status) in FINISHED


def next_due(case: CaseRow) -> DueDate | None:
    """Return the earliest date still owed; a finished case owes nothing."""
    owed = () if is_finished(case) else (due for due in case.deadlines if not due.met_at)
    return min(owed, key=lambda due: due.due_on, default=None)


def who_words(row: CaseRow | MeetingRow) -> str:
    """Return the child, else the parent, else that neither gave a name."""
    return child_words(row.child) or row.contact.name or "No name given"


def case_row(case: CaseRow, today: date, query: str = "") -> WorkRow:
    """Return the row of a case; ``query`` is the list it stands in, for the way to the next."""
    due = next_due(case)
    return WorkRow(
        what=case.kind_label,
        who=who_words(case),
        reference=case.reference,
        address=f"/desk/cases/{case.reference}{f'?{query}' if query else ''}",
        stage=case.stage,
        status=case.status_label,
        handler=case.handler_label,
        at=datetime.combine(due.due_on, time.max, LONDON) if due else NEVER,
        left=words.days_left(due.due_on, today) if due else "",
        due=f"{due.name} by {words.short_day(due.due_on)}" if due else "",
        late=bool(due and due.due_on < today),
    )


def meeting_row(meeting: MeetingRow, now: datetime) -> WorkRow:
    """Return the row of a meeting."""
    left, due = _meeting_due(meeting, now)
    return WorkRow(
        what=f"Meeting {meeting.mode_label}",
        who=who_words(meeting),
        reference=meeting.reference,
        address=f"/desk/meetings/{meeting.reference}",
        stage="Meeting",
        status="Another time proposed" if meeting.proposal else meeting.status_label,
        handler=meeting.host_label,
        at=meeting.starts_at,
        left=left,
        due=due,
    )


def due_rows(
    cases: Iterable[CaseRow], meetings: Iterable[MeetingRow], now: datetime
) -> list[WorkRow]:
    """Return what waits for somebody, the most urgent first; what is owed no date comes last."""
    today = words.local_date(now)
    rows = [case_row(case, today, OPEN_LIST) for case in cases if not is_finished(case)]
    rows += [meeting_row(each, now) for each in meetings if _waits(each, today)]
    return by_urgency(rows)


def csv_rows(cases: Iterable[CaseRow]) -> list[tuple[object, ...]]:
    """Return the cases as rows of a file, under their headings."""
    return [CSV_HEADINGS, *(_csv_row(case) for case in cases)]


def _csv_row(case: CaseRow) -> tuple[object, ...]:
    due = next_due(case)
    return (
        case.reference,
        case.kind_label,
        case.stage,
        case.status_label,
        case.handler_label,
        words.local_date(case.received_at).isoformat(),
        due.name if due else "",
        due.due_on.isoformat() if due else "",
        case.contact.name,
        case.child.name,
        case.child.class_name,
    )


def by_urgency(rows: Iterable[WorkRow]) -> list[WorkRow]:
    """Sort: late ones first, then by date."""
    return sorted(rows, key=lambda row: (not row.late, row.at, row.reference))


def lead_words(rows: Sequence[WorkRow], today: date, unseen: Unseen = NOTHING_UNSEEN) -> str:
    """Return the state of the list, such as `2 are late and 5 come later`, as a sentence.

    ``unseen`` counts the cases that stand on later pages.
    """
    late = sum(row.late for row in rows)
    due_today = sum(words.local_date(row.at) == today for row in rows)
    held = sum(not row.late and words.local_date(row.at) < today for row in rows)
    later = len(rows) - late - due_today - held + unseen.later
    parts = [
        _count(late + unseen.late, "is late", "are late"),
        _count(
            held,
            "meeting waits for a word on how it went",
            "meetings wait for a word on how they went",
        ),
        _count(due_today + unseen.today, "is due today", "are due today"),
        _count(later, "comes later", "come later"),
    ]
    return say_list([part for part in parts if part]) + "."


def unseen_of(page: CasePage, today: date) -> Unseen:
    """Return how many cases the first page leaves out."""
    shown = [due.due_on for due in map(next_due, page.rows) if due]
    late = page.late - sum(due < today for due in shown)
    due_today = page.today - sum(due == today for due in shown)
    return Unseen(late, due_today, page.total - len(page.rows) - late - due_today)


def _meeting_due(meeting: MeetingRow, now: datetime) -> tuple[str, str]:
    """Return what is due and when: a word about how it went, the parent's answer, the meeting."""
    day, today = words.local_date(meeting.starts_at), words.local_date(now)
    if meeting.starts_at <= now:
        return "say how it went", f"It was on {words.short_day(day)}"
    when = f"{words.days_left(day, today)}, {words.clock(meeting.starts_at)}"
    if meeting.proposal:
        until = meeting.proposal.answer_by
        answer = f"The parent answers by {words.short_day(until)}, {words.clock(until)}"
        return when, answer
    return when, words.short_day(day)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _waits(meeting: MeetingRow, today: date) -> bool:
    day = words.local_date(meeting.starts_at)
    is_near = day <= today + MEETINGS_AHEAD or meeting.proposal is not None
    return meeting.status == MeetingStatus.BOOKED.value and is_near
