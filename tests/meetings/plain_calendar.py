"""When a host is free, reckoned minute by minute in the plainest way: no masks, no grid, no sets.

Nothing of the product's own reckoning is used, only ``zoneinfo``, so that a mistake there cannot
hide here as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import Availability, Hours, MeetingRules, Term, Twilight

MINUTE = timedelta(minutes=1)
WALL = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class PlainCalendar:
    """All that decides about a host's time; ``meetings`` and ``holds`` are starts, in UTC."""

    rules: MeetingRules
    terms: Sequence[Term]
    inset: Sequence[date]
    bank_holidays: Sequence[date]
    pattern: Sequence[Availability]
    exceptions: Sequence[DayException]
    gates: Sequence[Hours]
    twilights: Sequence[Twilight]
    now: datetime
    meetings: Sequence[datetime] = ()
    holds: Sequence[datetime] = ()

    def starts(self, day: date, mode: MeetingMode) -> list[datetime]:
        """Return the starts on a London day: on the quarter hour, else on any five minutes."""
        found = [start for start in _minutes_of(day)[::5] if self._can_start(start, mode)]
        return [start for start in found if start.minute % 15 == 0] or found

    def _can_start(self, start: datetime, mode: MeetingMode) -> bool:
        day = start.astimezone(WALL).date()
        if start < self.now + timedelta(hours=self.rules.notice_hours):
            return False
        if (day - self.now.astimezone(WALL).date()).days > self.rules.horizon_days:
            return False
        met_that_day = [each for each in self.meetings if each.astimezone(WALL).date() == day]
        if len(met_that_day) >= self.rules.daily_cap:
            return False
        meeting = (start + step * MINUTE for step in range(self.rules.minutes))
        after = (start + step * MINUTE for step in range(self._whole))
        return all(self._meets(each, mode) for each in meeting) and not any(
            self._is_gone(each) for each in after
        )

    @property
    def _whole(self) -> int:
        return self.rules.minutes + self.rules.buffer_minutes

    def _is_gone(self, minute: datetime) -> bool:
        for start in (*self.meetings, *self.holds):
            if start <= minute < start + self._whole * MINUTE:
                return True
        return False

    def _meets(self, minute: datetime, mode: MeetingMode) -> bool:
        wall = minute.astimezone(WALL)
        if not self._is_school_day(wall.date()) or self._is_shut(wall):
            return False
        added = False
        for change in self.exceptions:
            if change.on == wall.date() and change.start <= wall.time() < change.end:
                if not change.free:
                    return False
                added = added or mode in change.modes
        return added or self._is_in_the_pattern(wall, mode)

    def _is_in_the_pattern(self, wall: datetime, mode: MeetingMode) -> bool:
        for row in self.pattern:
            that_day = row.weekday == wall.weekday() and mode in row.modes
            if that_day and row.start <= wall.time() < row.end:
                return True
        return False

    def _is_shut(self, wall: datetime) -> bool:
        for gate in self.gates:
            if gate.start <= wall.time() < gate.end:
                return True
        for session in self.twilights:
            if wall.date() in session.dates and session.start <= wall.time() < session.end:
                return True
        return False

    def _is_school_day(self, day: date) -> bool:
        if day.weekday() > 4 or day in self.inset or day in self.bank_holidays:
            return False
        for term in self.terms:
            if term.start <= day <= term.end:
                return not term.half_term_start <= day <= term.half_term_end
        return False


def _minutes_of(day: date) -> list[datetime]:
    """Return every minute of a London day, in UTC: 1,380 or 1,500 when the clocks change."""
    start = datetime.combine(day, time(0), WALL).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), WALL).astimezone(UTC)
    return [start + step * MINUTE for step in range(round((end - start) / MINUTE))]
