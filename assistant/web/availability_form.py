"""The availability form as it is sent: what was typed, and what its small buttons do to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.availability.clock import END, START
from assistant.casework.availability.dates import DATE, DatesReading, TypedDates, read_dates
from assistant.casework.availability.pattern import (
    DAY_NAMES,
    MODES,
    MOST_ROWS,
    TypedWindow,
    read_pattern,
    type_out,
)
from assistant.casework.availability.terms import limits, read_terms, type_out_terms
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import WEEKDAYS
from assistant.services.own_hours import Plan
from assistant.web.forms import field, several

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sanic import Request

    from assistant.casework.availability.problems import Problem
    from assistant.services.desk import Desk
    from assistant.services.view_availability import AvailabilityView

ALL_MODES = tuple(mode.value for mode in MeetingMode)
DAYS = WEEKDAYS[: len(DAY_NAMES)]
DATE_PARTS = ("on", "kind", "start", "end")
NO_DATE = TypedDates()


@dataclass(frozen=True)
class TypedHours:
    """Everything that the form says, as it was typed; ``terms`` by the name of the number."""

    rows: tuple[TypedWindow, ...]
    terms: Mapping[str, str]
    date: TypedDates = NO_DATE


def typed_out(view: AvailabilityView) -> TypedHours:
    """Return the saved hours as they would have been typed."""
    return TypedHours(type_out(view.hours.pattern), type_out_terms(view.hours.rules))


def sent_hours(request: Request) -> TypedHours:
    """Return what the form sent."""
    on, kind, start, end = (field(request, f"{DATE}-{part}") for part in DATE_PARTS)
    date = TypedDates(on, kind, start, end, several(request, f"{DATE}-{MODES}"))
    terms = {limit.name: field(request, limit.name) for limit in limits(1)}
    return TypedHours(tuple(_sent_rows(request)), terms, date)


def read_plan(view: AvailabilityView, typed: TypedHours) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the plan of the rows and numbers that can be read, and what is wrong with others."""
    pattern = read_pattern(typed.rows, view.host.id)
    terms = read_terms(typed.terms, view.school_rules, view.farthest_days)
    return Plan(pattern.windows, terms.rules), (*pattern.problems, *terms.problems)


def read_typed_dates(desk: Desk, view: AvailabilityView, typed: TypedHours) -> DatesReading:
    """Return the exceptions that are being typed."""
    known = [change for _, change in view.dates]
    return read_dates(typed.date, desk.clock.now(), desk.calendar, known)


def add(typed: TypedHours, place: str) -> TypedHours:
    """Put an empty row below those of a weekday, with the ticks of the row above it."""
    above = [row for row in typed.rows if DAYS[row.weekday] == place]
    if place not in DAYS or len(above) >= MOST_ROWS:
        return typed
    modes = above[-1].modes if above else ALL_MODES
    return _renumbered(typed, [*typed.rows, TypedWindow(DAYS.index(place), 1, modes=modes)])


def remove(typed: TypedHours, place: str) -> TypedHours:
    """Take away one row, ``tue-2``."""
    return _renumbered(typed, [row for row in typed.rows if row.span.field != place])


def clear(typed: TypedHours, place: str) -> TypedHours:
    """Take away all rows of a weekday."""
    return _renumbered(typed, [row for row in typed.rows if DAYS[row.weekday] != place])


def copy(typed: TypedHours, place: str) -> TypedHours:
    """Give every weekday the rows of one."""
    rows = [row for row in typed.rows if DAYS[row.weekday] == place]
    everywhere = [replace(row, weekday=day) for day in range(len(DAYS)) for row in rows]
    return replace(typed, rows=tuple(everywhere)) if rows else typed


ROW_BUTTONS: Mapping[str, Callable[[TypedHours, str], TypedHours]] = {
    "add": add,
    "remove": remove,
    "clear": clear,
    "copy": copy,
}
"""Buttons that change what is typed and save nothing."""


def focus_after(verb: str, place: str, typed: TypedHours) -> str:
    """Return the id of what gets the focus after a button of ``ROW_BUTTONS``."""
    code = place.partition("-")[0]
    rows = [row for row in typed.rows if DAYS[row.weekday] == code]
    if verb == "add" and rows:
        return f"{rows[-1].span.field}-start"
    return f"add-{code}"


def _sent_rows(request: Request) -> Iterable[TypedWindow]:
    for weekday in range(len(DAYS)):
        for number in range(1, MOST_ROWS + 1):
            row = TypedWindow(weekday, number)
            start, end, modes = (f"{row.span.field}-{part}" for part in (START, END, MODES))
            if field(request, f"{row.span.field}-row"):  # an empty field is not sent on
                yield TypedWindow(
                    weekday,
                    number,
                    field(request, start),
                    field(request, end),
                    several(request, modes),
                )


def _renumbered(typed: TypedHours, rows: Iterable[TypedWindow]) -> TypedHours:
    """Return the rows of each weekday in their order, numbered from 1."""
    kept: list[TypedWindow] = []
    for row in sorted(rows, key=lambda each: each.weekday):
        above = sum(each.weekday == row.weekday for each in kept)
        kept.append(replace(row, row=above + 1))
    return replace(typed, rows=tuple(kept))
