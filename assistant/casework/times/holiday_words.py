"""The names of the school's holidays, and the holiday of the calendar that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.times.asking import UNKNOWN_DATE
from assistant.casework.times.school_breaks import Holiday, holidays
from assistant.casework.times.shapes import Puzzle, Scene, Token

if TYPE_CHECKING:
    from assistant.casework.times.clock_rules import Found

HOLIDAY = (r"(?:the |this )?(?P<name>(?:february |october |may |whitsun )?half[ -]?term|halfterm|"
           r"christmas|easter|summer|holidays|hols|(?<=the )(?:break|holiday))"
           r"(?: (?:holidays?|hols|break|week))?")  # fmt: skip
_OF_A_MONTH = {"january": "christmas", "new year": "christmas", "april": "easter",
               "september": "summer"}  # fmt: skip
"""The holiday after which school begins again in that month."""
MONTH_BACK = rf"(?:the )?(?P<month>{'|'.join(_OF_A_MONTH)})"


def holiday_of(found: Found, scene: Scene, *, begun: bool = True) -> Holiday | None:
    """Give the next holiday that was named, be it under way; or the next that has not begun."""
    name = _name(found)
    coming = holidays(scene.calendar, scene.today)
    named = [one for one in coming if not name or one.name() == name]
    return next((one for one in named if begun or one.last_before >= scene.today), None)


def _name(found: Found) -> str:
    said = (found.groupdict().get("name") or "").replace("-", " ").replace("halfterm", "half term")
    for name in ("half term", "christmas", "easter", "summer"):
        if name in said:
            return name
    return _OF_A_MONTH.get(found.groupdict().get("month") or "", "")


def unknown_date() -> list[Token]:
    """Ask which day it is, where the calendar does not know."""
    return [Puzzle(UNKNOWN_DATE)]
