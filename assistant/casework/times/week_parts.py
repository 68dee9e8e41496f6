"""The parts of a week by name: its beginning, its middle, its end."""

from __future__ import annotations

from datetime import timedelta

from assistant.casework.times.shapes import Days

_WEEK_PARTS = (
    dict.fromkeys(("early", "early part", "beginning", "start", "front end", "first half"), (0, 1))
    | dict.fromkeys(("middle", "mid"), (1, 3))
    | dict.fromkeys(("end", "late", "later", "latter part", "back end"), (3, 4))
)
"""First and last day of each part of a week, Monday 0."""


def part_of_week(week: Days, part: str | None) -> Days:
    """Narrow Monday to Friday to the part that was named, if any was."""
    if not part:
        return week
    name = part.removesuffix(" of").removeprefix("the ").strip(" -").removesuffix(" in")
    first, last = _WEEK_PARTS[name]
    monday = week.first
    return Days(monday + timedelta(days=first), monday + timedelta(days=last), scope=True,
                unsure=week.unsure)  # fmt: skip
