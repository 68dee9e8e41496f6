"""What a parent is told about their record: what it is, and what happens next, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import (
    OF_THE_SCHOOL,
    CaseKind,
    CaseStatus,
    Lateness,
    MeetingMode,
    MeetingStatus,
    TimeOfferKind,
)
from assistant.casework.statuses import FINISHED, KEEPS
from assistant.services.case_dates import APPEAL, REVIEW, STEP_REVIEW
from assistant.web import words

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.casework.school import School
    from assistant.services.shapes import RecordView, TimeOfferView

PROMISES = {
    "Acknowledge": "The school tells you that it has this and who is dealing with it.",
    "Reply": "The school gives you its answer.",
    STEP_REVIEW: "The school looks again at what it wrote to you about.",
    APPEAL: "Somebody who had no part in it decides about what you asked.",
    REVIEW: "This is paused. The school looks at it again by this day.",
}
"""What a parent reads for the name of a due date."""

ANSWERS = frozenset({"Acknowledge", "Reply"})
"""Dates by which the school answers what a parent sent."""


@dataclass(frozen=True)
class NextStep:
    """One thing that will happen: when, in words, and what."""

    when: str
    what: str


@dataclass(frozen=True)
class Notice:
    """What stands at the top of the page after a form was sent."""

    title: str
    words: str


@dataclass(frozen=True)
class OfferSheet:
    """Another time that waits for an answer: why, when, and until when it is kept."""

    id: str
    why: str
    when: str
    until: str


def can_cancel(record: RecordView, now: datetime) -> bool:
    """Tell whether the record is a meeting that is still to come."""
    booked = record.status == MeetingStatus.BOOKED.value
    return booked and record.starts_at is not None and record.starts_at > now


def can_withdraw(record: RecordView) -> bool:
    """Tell whether the record is a matter of the parent's that is still open."""
    theirs = record.kind not in {"meeting", *(kind.value for kind in OF_THE_SCHOOL)}
    return theirs and CaseStatus(record.status) not in FINISHED


def next_steps(record: RecordView, school: School, today: date) -> tuple[NextStep, ...]:
    """Return what happens next, the earliest first; empty when nothing will.

    A date that has passed on ``today`` (in London) says so, and what to do about it.
    """
    if record.kind == "meeting":
        return _of_meeting(record)
    if record.status == CaseStatus.DIVERTED.value:
        step = f"The safeguarding lead deals with this. If you are worried, ring {school.phone}."
        return (NextStep("Now", step),)
    if record.status == CaseStatus.REDIRECTED.value:
        return _elsewhere(record, school)
    if CaseStatus(record.status) in FINISHED:
        return _why_closed(record, school)
    if record.status == CaseStatus.OUTCOME_SENT.value and record.escalate_by:
        return _further(record.escalate_by, school)
    return _dates_owed(record, school, today) or (_without_dates(record, school),)


def notice(done: str | None, record: RecordView, *, waiting: bool = False) -> Notice | None:
    """Return what to say at the top after something was done, if the record bears it out.

    ``waiting``: the parent waits for an earlier time.
    """
    if record.kind == "meeting" and record.status == MeetingStatus.BOOKED.value:
        return _of_times(done, waiting) or _of_record(done, record)
    return _of_record(done, record)


def offer_sheet(offer: TimeOfferView) -> OfferSheet:
    """Return another time that was offered, in words."""
    return OfferSheet(
        id=offer.id,
        why=TimeOfferKind(offer.kind).label,
        when=f"{words.moment(offer.starts_at)} to {words.clock(offer.ends_at)}",
        until=words.moment(offer.expires_at),
    )


def _of_times(done: str | None, waiting: bool) -> Notice | None:  # noqa: FBT001 - passed on
    if done == "moved":
        return Notice("Done", "Your meeting has the time below, and the school has been told.")
    if done == "kept":
        return Notice("Done", "Your meeting stays at the time below.")
    if done == "waiting" and waiting:
        return Notice("Done", "We write to you if an earlier time comes free.")
    if done == "stopped" and not waiting:
        return Notice("Done", "We no longer look for an earlier time for you.")
    return None


def _of_record(done: str | None, record: RecordView) -> Notice | None:
    if done == "cancelled" and record.status == MeetingStatus.CANCELLED.value:
        return Notice("Done", "Your meeting is cancelled, and the school has been told.")
    if done == "withdrawn" and record.status == CaseStatus.WITHDRAWN.value:
        return Notice("Done", "This is withdrawn. Print or keep this page: it says so in writing.")
    if done == "appealed":
        return Notice("Done", "Somebody who had no part in it looks at it again.")
    if done == "added":
        return Notice("Done", "What you wrote has been added.")
    if done == "nothing":
        return Notice("Nothing was changed", "It had moved on already. Below is how it stands now.")
    return None


def _dates_owed(record: RecordView, school: School, today: date) -> tuple[NextStep, ...]:
    of_school = CaseKind(record.kind) in OF_THE_SCHOOL  # the parent sent nothing to be answered
    kept = ANSWERS if of_school else KEEPS.get(CaseStatus(record.status), frozenset())
    owed = [each for each in record.deadlines if each.name not in kept]
    return tuple(
        NextStep(
            f"By {words.day(each.due_on)}",
            PROMISES.get(each.name, each.name)
            + (f" That day has passed: ring {school.phone}." if each.due_on < today else ""),
        )
        for each in sorted(owed, key=lambda each: each.due_on)
    )


def _elsewhere(record: RecordView, school: School) -> tuple[NextStep, ...]:
    route = school.outside_route(record.redirected_to or "")
    if route is None:
        return ()
    step = f"The school cannot decide this. {route.name} can help with {route.what_for}."
    return (NextStep("Now", step), NextStep("How to reach them", f"{route.contact}."))


def _further(last_day: date, school: School) -> tuple[NextStep, ...]:
    ask = f"You can ask us to look again. Ring {school.phone} or write to the school."
    return (NextStep(f"Until {words.day(last_day)}", ask),)


def _why_closed(record: RecordView, school: School) -> tuple[NextStep, ...]:
    if record.status != CaseStatus.CLOSED.value or record.lateness != Lateness.DECLINED.value:
        return ()
    why = (
        f"It happened more than {school.late_after_months} months before you told us, and we "
        f"decided not to look into it. If there was a reason why it could not come sooner, ring "
        f"{school.phone} and ask us to think again."
    )
    return (NextStep("Closed", why),)


def _without_dates(record: RecordView, school: School) -> NextStep:
    if record.status == CaseStatus.OUTCOME_SENT.value:
        step = f"If the school's answer does not settle it, ring {school.phone} for the next step."
        return NextStep("Read the answer you were sent", step)
    return NextStep("Soon", f"The school gets in touch. If not, ring {school.phone}.")


def _of_meeting(record: RecordView) -> tuple[NextStep, ...]:
    if record.status != MeetingStatus.BOOKED.value or record.starts_at is None:
        return ()
    how = {
        MeetingMode.PHONE.value: f"{record.host_name} rings you.",
        MeetingMode.VIDEO.value: f"You talk with {record.host_name} by video call.",
    }.get(record.mode or "", f"You meet {record.host_name} at {record.place or 'school'}.")
    return (NextStep(words.moment(record.starts_at), how),)
