"""What a parent is told about their record: what it is, and what happens next, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseStatus, MeetingMode, MeetingStatus
from assistant.web import words

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.services.shapes import RecordView

FINISHED = frozenset(
    {CaseStatus.CLOSED.value, CaseStatus.WITHDRAWN.value, CaseStatus.REDIRECTED.value}
)


@dataclass(frozen=True)
class NextStep:
    """One thing that will happen: when, in words, and what."""

    when: str
    what: str


def can_withdraw(record: RecordView) -> bool:
    """Tell whether the record is a case that is still open."""
    return record.kind != "meeting" and record.status not in FINISHED


def next_steps(record: RecordView, school: School) -> tuple[NextStep, ...]:
    """Return what happens next, the earliest first; empty when nothing will."""
    if record.kind == "meeting":
        return _of_meeting(record)
    if not can_withdraw(record):
        return ()
    dated = sorted(record.deadlines, key=lambda deadline: deadline.due_on)
    steps = tuple(NextStep(f"By {words.day(each.due_on)}", each.name) for each in dated)
    return steps or (NextStep("Soon", f"The school gets in touch. If not, ring {school.phone}."),)


def done_words(done: str | None, record: RecordView) -> str:
    """Return the sentence that confirms what was just done, if the record bears it out."""
    if done == "cancelled" and record.status == MeetingStatus.CANCELLED.value:
        return "Your meeting is cancelled. The time is free again and the school has been told."
    if done == "withdrawn" and record.status == CaseStatus.WITHDRAWN.value:
        return "This is withdrawn. Print or keep this page: it confirms it in writing."
    return "What you wrote has been added." if done == "added" else ""


def _of_meeting(record: RecordView) -> tuple[NextStep, ...]:
    if record.status != MeetingStatus.BOOKED.value or record.starts_at is None:
        return ()
    how = {
        MeetingMode.PHONE.value: f"{record.host_name} rings you.",
        MeetingMode.VIDEO.value: f"You talk with {record.host_name} by video call.",
    }.get(record.mode or "", f"You meet {record.host_name} in {record.place or 'school'}.")
    return (NextStep(words.moment(record.starts_at), how),)
