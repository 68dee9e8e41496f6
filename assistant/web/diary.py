"""Meetings as a diary: what waits for a word, today, the days to come, and other people's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.calendar import DAY
from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.services.read_diary import monday_of
from assistant.web import words
from assistant.web.facts import child_words, needs_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from assistant.services.desk_shapes import DiaryView, MeetingRow

DAYS_AHEAD = 13
"""Without a week chosen: today and this many days more."""
SCHOOL_WEEK = 5


@dataclass(frozen=True)
class DiaryEntry:
    """One meeting of a day; ``host`` if it is not the reader, ``off`` if it will not take place."""

    address: str
    reference: str
    starts_at: datetime
    ends_at: datetime
    what: str
    child: str
    host: str
    where: str
    needs: str
    status: str
    off: bool


@dataclass(frozen=True)
class DiaryDay:
    """A day, maybe without meetings; ``left`` says how far off it is, empty once it is over."""

    date: date
    left: str
    meetings: tuple[DiaryEntry, ...]


@dataclass(frozen=True)
class HostDiary:
    """The meetings of one host that the reader looks after."""

    host: str
    meetings: tuple[DiaryEntry, ...]


@dataclass(frozen=True)
class WeekChoice:
    """A week to jump to: its Monday, and how many meetings it has."""

    monday: date
    meetings: str
    shown: bool


@dataclass(frozen=True)
class DiaryPage:
    """The whole page; ``week`` is the Monday of the week that was asked for, or None."""

    week: date | None
    unmarked: tuple[DiaryEntry, ...]
    days: tuple[DiaryDay, ...]
    others: tuple[HostDiary, ...]
    weeks: tuple[WeekChoice, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether this person never had a meeting."""
        return not any(choice.meetings for choice in self.weeks)


def days_shown(today: date, week: date | None) -> tuple[date, date]:
    """Return the first and the last day of the page; ``week`` is any day of the week wanted."""
    if week is None:
        return today, today + DAYS_AHEAD * DAY
    return monday_of(week), monday_of(week) + 6 * DAY


def diary_page(view: DiaryView, me: str, now: datetime, week: date | None) -> DiaryPage:
    """Return the page for ``me`` (a staff id); meetings that somebody else hosts come by host."""
    today = words.local_date(now)
    first, _last = days_shown(today, week)
    kept = [first + step * DAY for step in range(SCHOOL_WEEK)] if week else [today]
    entries = [(each, _entry(each, me, now)) for each in view.meetings]
    return DiaryPage(
        week=monday_of(week) if week else None,
        unmarked=() if week else tuple(_entry(each, me, now) for each in view.unmarked),
        days=_days([entry for each, entry in entries if each.host_id == me], kept, today),
        others=_by_host([entry for each, entry in entries if each.host_id != me]),
        weeks=_weeks(view.weeks, monday_of(week or today)),
    )


def where_words(meeting: MeetingRow) -> str:
    """Return `In person, in the meeting room` or `By phone`."""
    in_person = meeting.mode == MeetingMode.IN_PERSON.value
    place = f", {meeting.place}" if in_person and meeting.place else ""
    return words.sentence(meeting.mode_label) + place


def _days(entries: Iterable[DiaryEntry], kept: Iterable[date], today: date) -> tuple[DiaryDay, ...]:
    """Return the days that have meetings, and those of ``kept`` also without."""
    by_day = {day: tuple(of) for day, of in groupby(entries, key=_day)}
    return tuple(
        DiaryDay(day, words.days_left(day, today) if day >= today else "", by_day.get(day, ()))
        for day in sorted({*by_day, *kept})
    )


def _by_host(entries: Sequence[DiaryEntry]) -> tuple[HostDiary, ...]:
    return tuple(
        HostDiary(host, tuple(each for each in entries if each.host == host))
        for host in sorted({each.host for each in entries})
    )


def _weeks(counted: Mapping[date, int], shown: date) -> tuple[WeekChoice, ...]:
    """Return every week with a meeting, the one that is shown, and its neighbours."""
    week = timedelta(weeks=1)
    mondays = sorted({*counted, shown - week, shown, shown + week})
    return tuple(
        WeekChoice(
            monday,
            words.counted(counted[monday], "meeting") if counted.get(monday) else "",
            monday == shown,
        )
        for monday in mondays
    )


def _day(entry: DiaryEntry) -> date:
    return words.local_date(entry.starts_at)


def _entry(meeting: MeetingRow, me: str, now: datetime) -> DiaryEntry:
    return DiaryEntry(
        address=f"/desk/meetings/{meeting.reference}",
        reference=meeting.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        what=meeting.contact.name or "No name given",
        child=child_words(meeting.child),
        host=meeting.host_label if meeting.host_id != me else "",
        where=where_words(meeting),
        needs=needs_words(meeting.needs, interpreter_booked=meeting.interpreter_booked),
        status=_status(meeting, now),
        off=meeting.status == MeetingStatus.CANCELLED.value,
    )


def _status(meeting: MeetingRow, now: datetime) -> str:
    if meeting.status != MeetingStatus.BOOKED.value:
        return meeting.status_label
    if meeting.starts_at <= now:
        return "Say how it went"
    return "Booked, another time proposed" if meeting.proposal else meeting.status_label
