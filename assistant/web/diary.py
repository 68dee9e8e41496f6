"""Meetings as a diary: a list of days, each with its meetings in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.web import words
from assistant.web.facts import child_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from assistant.services.desk_shapes import MeetingRow


@dataclass(frozen=True)
class DiaryEntry:
    """One meeting of a day; ``off`` when it will not take place."""

    address: str
    reference: str
    starts_at: datetime
    ends_at: datetime
    what: str
    child: str
    host: str
    where: str
    status: str
    off: bool


@dataclass(frozen=True)
class DiaryDay:
    """A day with meetings; ``left`` says how far off it is, empty for a day that is over."""

    date: date
    left: str
    meetings: tuple[DiaryEntry, ...]


def diary(
    meetings: Sequence[MeetingRow], today: date
) -> tuple[tuple[DiaryDay, ...], tuple[DiaryDay, ...]]:
    """Return the days to come, soonest first, and the days that are over, latest first."""
    in_order = sorted(meetings, key=lambda each: (each.starts_at, each.reference))
    days = tuple(
        DiaryDay(
            day,
            words.days_left(day, today) if day >= today else "",
            tuple(_entry(each, over=day < today) for each in of),
        )
        for day, of in groupby(in_order, key=lambda each: words.local_date(each.starts_at))
    )
    coming = tuple(day for day in days if day.date >= today)
    return coming, tuple(reversed([day for day in days if day.date < today]))


def where_words(meeting: MeetingRow) -> str:
    """Return `In person, in the meeting room` or `By phone`."""
    in_person = meeting.mode == MeetingMode.IN_PERSON.value
    place = f", {meeting.place}" if in_person and meeting.place else ""
    return words.sentence(meeting.mode_label) + place


def _entry(meeting: MeetingRow, *, over: bool) -> DiaryEntry:
    child = child_words(meeting.child)
    parent = meeting.contact.name or "No name given"
    booked = meeting.status == MeetingStatus.BOOKED.value
    return DiaryEntry(
        address=f"/desk/meetings/{meeting.reference}",
        reference=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        what=parent,
        child=child,
        host=meeting.host_label,
        where=where_words(meeting),
        status="Say how it went" if over and booked else meeting.status_label,
        off=meeting.status == MeetingStatus.CANCELLED.value,
    )
