"""The numbers beside the weekly times: how long, how soon, how far ahead, how many a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.casework.availability.problems import Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.casework.school_shapes import MeetingRules


@dataclass(frozen=True)
class Limit:
    """Which whole numbers a term may be: from ``least`` to ``most``, a multiple of ``step``.

    ``name`` is a field of ``MeetingRules``; ``label`` and ``unit`` are what a person reads.
    """

    name: str
    label: str
    unit: str
    least: int
    most: int
    step: int = 1


@dataclass(frozen=True)
class TermsReading:
    """The rules with every number that could be read; each other number has a problem."""

    rules: MeetingRules
    problems: tuple[Problem, ...]


def limits(farthest_days: int) -> tuple[Limit, ...]:
    """Return the limits; nobody is booked farther ahead than the school allows anybody."""
    return (
        Limit("minutes", "A meeting lasts", "minutes", 5, 120, 5),
        Limit("buffer_minutes", "Leave free afterwards", "minutes", 0, 60, 5),
        Limit("notice_hours", "Parents must book at least this long before", "hours", 0, 168),
        Limit("horizon_days", "Parents can book up to", "days ahead", 1, farthest_days),
        Limit("daily_cap", "At most", "meetings a day", 1, 20),
    )


def read_terms(
    typed: Mapping[str, str], school_rules: MeetingRules, farthest_days: int
) -> TermsReading:
    """Read the numbers; an empty field means the school's own rule."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for limit in limits(farthest_days):
        text = typed.get(limit.name, "")
        problem = _problem(limit, text) if text else ""
        if problem:
            problems.append(Problem(limit.name, problem))
        elif text:
            read[limit.name] = int(text)
    return TermsReading(replace(school_rules, **read), tuple(problems))


def type_out_terms(rules: MeetingRules) -> dict[str, str]:
    """Return the numbers as they would have been typed."""
    return {limit.name: str(getattr(rules, limit.name)) for limit in limits(1)}


def _problem(limit: Limit, text: str) -> str:
    if not (text.isascii() and text.isdigit() and limit.least <= int(text[:9]) <= limit.most):
        return f"{_subject(limit)}: {quoted(text)} must be a whole number from {_range(limit)}."
    if int(text) % limit.step:
        return f"{_subject(limit)}: {quoted(text)} is not a multiple of {limit.step}."
    return ""


def _subject(limit: Limit) -> str:
    return f"“{limit.label}”"


def _range(limit: Limit) -> str:
    return f"{limit.least} to {limit.most} {limit.unit}"
