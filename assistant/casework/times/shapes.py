"""What a reading of a time phrase is made of, and the little it asks of the school calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_START, DAY_END = 8 * 60, 20 * 60
"""A whole day, in minutes after midnight."""

Kind = Literal["window", "exact", "recurring", "negative", "none"]


class SchoolDays(Protocol):
    """The part of the school calendar that reading a time needs."""

    def is_school_day(self, day: date, /) -> bool:
        """Say whether pupils are in school on that day."""

    def school_days_from(self, day: date, number: int, /) -> list[date]:
        """List the next school days, the given day included when it is one."""

    def next_inset(self, day: date, /) -> date | None:
        """Give the next staff training day, the given day included, where one is known."""


@dataclass(frozen=True, order=True)
class Window:
    """A stretch of time that would do: aware datetimes, ``start`` < ``end``, ``end`` exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class TimeReading:
    """What a phrase means.

    ``windows`` come soonest first. ``kind`` is ``none`` exactly when there are none: then
    ``why`` says what to ask. ``ambiguous`` means: confirm before relying on it.
    """

    windows: tuple[Window, ...]
    kind: Kind
    ambiguous: bool
    why: str


@dataclass(frozen=True)
class Scene:
    """When and where a phrase is read: the present, in London, and the school's calendar."""

    now: datetime
    calendar: SchoolDays

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.date()


@dataclass(frozen=True)
class Hours:
    """Times of day, in minutes after midnight. ``loose``: a.m. or p.m. was not said."""

    start: int
    end: int
    exact: bool = False
    loose: bool = False
    bare: bool = False
    unsure: bool = False

    def shifted(self) -> Hours:
        """Give the same clock time in the other half of the day."""
        step = 12 * 60 if self.start < 12 * 60 else -12 * 60
        return Hours(self.start + step, self.end + step, self.exact)


WHOLE_DAY = Hours(DAY_START, DAY_END)


@dataclass(frozen=True)
class Weekday:
    """A day of the week by name, Monday 0; ``many`` for "Mondays" and "every Monday"."""

    index: int
    many: bool = False


@dataclass(frozen=True)
class Days:
    """Dates from ``first`` to ``last``. ``scope``: a week or a month that a weekday may narrow.

    ``edge``: the end that was said of a stretch that is open at its other: "after", "before".
    ``numbered``: the month was not said.
    """

    first: date
    last: date
    scope: bool = False
    unsure: bool = False
    soon: bool = False
    edge: Literal["", "start", "end"] = ""
    numbered: bool = False


@dataclass(frozen=True)
class Anything:
    """Any day at all."""


@dataclass(frozen=True)
class Instant:
    """A moment counted from now: "in half an hour"."""

    at: datetime


@dataclass(frozen=True)
class Puzzle:
    """Something that cannot be turned into a time without asking.

    ``why`` is a sentence for a parent. ``event``: something happens then, at an hour nobody knows.
    """

    why: str
    event: bool = False


class Muddle(Exception):  # noqa: N818 - it is a finding about the phrase, not a fault of ours
    """The phrase contradicts itself; the message says what to ask."""


@dataclass(frozen=True)
class Link:
    """A small word that ties times together: an operator or a joiner, by name."""

    name: str


@dataclass(frozen=True)
class Word:
    """A word that says nothing about time."""

    text: str


@dataclass(frozen=True)
class Later:
    """A day or a week counted from the one said before: "the Monday after", "the week after".

    ``index``: the weekday; of a week, how many weeks from now where no day was said before.
    """

    unit: Literal["weekday", "week", "one"]
    index: int = 0
    part: str = ""


@dataclass(frozen=True)
class Minutes:
    """Minutes past an hour that was said before ("half past"), below 0 for "quarter to"."""

    past: int


Item = Hours | Weekday | Days | Anything | Instant | Puzzle
Token = Item | Link | Word | Later | Minutes


@dataclass
class Segment:
    """The days and hours said between two joiners; ``joiner`` is the one before it.

    ``judged``: something was said of it besides, "ideal" or "at a push".
    """

    joiner: str = ""
    days: list[Weekday | Days] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    hours_first: bool = False
    judged: bool = False


def moment(day: date, minutes: int) -> datetime:
    """Give the London instant that many minutes (wall clock) after midnight of the day."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=LONDON)


def days_between(first: date, last: date) -> list[date]:
    """List the dates from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
