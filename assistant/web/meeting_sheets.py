"""One meeting as its pages show it: the whole of it, and the handing over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assistant.casework.calendar import DAY
from assistant.casework.kinds import MeetingStatus
from assistant.web import words
from assistant.web.diary import where_words
from assistant.web.facts import people_facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.casework.slots import Slot
    from assistant.services.desk_shapes import (
        HandOverView,
        MeetingRow,
        MeetingView,
        Proposal,
        ProposalView,
    )
    from assistant.web.facts import Fact

Choice = dict[str, Any]
"""One item of a GOV.UK radios macro."""


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting page apart from its timeline; ``readers`` is a sentence."""

    view: MeetingView
    address: str
    when: str
    where: str
    people: tuple[Fact, ...]
    readers: str
    marks: list[Choice]
    was_marked: bool
    proposed: str


@dataclass(frozen=True)
class DayOfTimes:
    """The free times of one day as radios."""

    name: str
    times: list[Choice]


@dataclass(frozen=True)
class TimesSheet:
    """The page on which another time is proposed, a meeting of ``minutes``.

    ``more`` is the day to go on from, empty when there are no more.
    """

    row: MeetingRow
    address: str
    when: str
    where: str
    days: tuple[DayOfTimes, ...]
    minutes: int
    more: str
    proposed: str
    ring: str


@dataclass(frozen=True)
class HandOverSheet:
    """The page on which a meeting is handed over; ``mine`` when its reader hosts it."""

    row: MeetingRow
    address: str
    when: str
    where: str
    takers: list[Choice]
    mine: bool
    ring: str


def meeting_sheet(view: MeetingView) -> MeetingSheet:
    """Return what the meeting page shows."""
    row = view.row
    booked = row.interpreter_booked
    facts = people_facts(row.contact, row.child, row.needs, interpreter_booked=booked)
    return MeetingSheet(
        view=view,
        address=f"/desk/meetings/{row.reference}",
        when=when_words(row),
        where=where_words(row),
        people=(*facts, ("With", row.host_label)),
        readers=f"{'; '.join(view.readers)}.",
        marks=[_mark(MeetingStatus(stored)) for stored in view.marks],
        was_marked=row.status != MeetingStatus.BOOKED.value,
        proposed=_proposed(row.proposal) if row.proposal and view.is_open else "",
    )


def hand_over_sheet(view: HandOverView, me: str) -> HandOverSheet:
    """Return what the page for handing over shows to ``me`` (a staff id).

    ``ring`` is how to reach a parent who cannot be written to, else empty.
    """
    row = view.row
    return HandOverSheet(
        row=row,
        address=f"/desk/meetings/{row.reference}",
        when=when_words(row),
        where=where_words(row),
        takers=[_taker(each.staff_id, each.label, is_free=each.is_free) for each in view.takers],
        mine=row.host_id == me,
        ring=_ring(row, told=view.parent_is_told),
    )


def times_sheet(view: ProposalView) -> TimesSheet:
    """Return what the page for proposing another time shows; days, then times as radios."""
    row = view.row
    by_day = groupby(view.times, key=lambda span: words.local_date(span[0]))
    days = tuple(
        DayOfTimes(words.day(day), [_time(start) for start, _end in of]) for day, of in by_day
    )
    last = words.local_date(view.times[-1][0]) + DAY if view.times else None
    return TimesSheet(
        row=row,
        address=f"/desk/meetings/{row.reference}",
        when=when_words(row),
        where=where_words(row),
        days=days,
        minutes=_minutes(view),
        more=last.isoformat() if last else "",
        proposed=_proposed(row.proposal) if row.proposal else "",
        ring=_ring(row, told=view.parent_is_told),
    )


def when_words(row: MeetingRow) -> str:
    """Return `Wednesday 25 November 2026, 3.30pm to 4pm`."""
    return f"{words.day(row.starts_at)}, {words.clock(row.starts_at)} to {words.clock(row.ends_at)}"


def times_words(slots: Sequence[Slot]) -> str:
    """Return the nearest free times of a busy colleague as a sentence."""
    if not slots:
        return "No other time of theirs is free either."
    named = [f"{words.short_day(slot.starts_at)}, {words.clock(slot.starts_at)}" for slot in slots]
    return f"Their nearest free times: {'; '.join(named)}."


def _mark(status: MeetingStatus) -> Choice:
    return {"value": status.value, "text": status.label}


def _taker(staff_id: str, label: str, *, is_free: bool) -> Choice:
    hint = {} if is_free else {"hint": {"text": "Not free then"}}
    return {"value": staff_id, "text": label, **hint}


def _minutes(view: ProposalView) -> int:
    """Return how long the proposed meeting would last."""
    starts_at, ends_at = view.times[0] if view.times else (view.row.starts_at, view.row.ends_at)
    return (ends_at - starts_at) // timedelta(minutes=1)


def _ring(row: MeetingRow, *, told: bool) -> str:
    return "" if told else row.contact.phone or "no number was left"


def _time(starts_at: datetime) -> Choice:
    return {"value": starts_at.isoformat(), "text": words.clock(starts_at)}


def _proposed(proposal: Proposal) -> str:
    """Return what the parent was asked, and until when they may answer."""
    asked, until = words.moment(proposal.starts_at), words.moment(proposal.answer_by)
    return f"The parent was asked about {asked}. They may answer until {until}."
