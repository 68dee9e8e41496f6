"""Tells a day of the week by its sound: "wenzday", "toosdays", "Setterda", "fridee"."""

from __future__ import annotations

import re

_STEMS = {
    "monday": "mon mun monan",
    "tuesday": "tues tyse toos tews tyus tys chews chuse choos teus",
    "wednesday": "wednes wens wenz weds wednesd wenes wedens",
    "thursday": "thurs thers thirs thors furs fers thur",
    "friday": "fri fry frie fray vri",
    "saturday": "satur sat setter satter sater satar sati settur",
    "sunday": "sun sund sunn",
}
"""What is heard before "day", as parents of many tongues write it."""
_BY_STEM = {stem: day for day, stems in _STEMS.items() for stem in stems.split()}
_SAID = re.compile(r"(?P<stem>[a-z]{3,})(?P<end>day|dey|dai|dae|dee|die|di|dy|da)(?P<many>s?)")
_NOT_DAYS = frozenset({"sundae", "sundaes"})


def weekday_by_sound(word: str) -> str | None:
    """Give the day that a word sounds like, ``s`` at its end kept; ``None`` for any other word."""
    found = _SAID.fullmatch(word)
    day = _BY_STEM.get(found["stem"]) if found and word not in _NOT_DAYS else None
    return f"{day}{found['many']}" if found and day else None
