"""The parts of a day and of a school day by name, with the hours that they mean.

The hours are the conventions of the project's worked examples for times, Europe/London.
"""

from __future__ import annotations

PARTS: dict[str, tuple[int, int]] = {}


def _parts(start: str, end: str, *names: str) -> None:
    PARTS.update(dict.fromkeys(names, (_minutes(start), _minutes(end))))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


_parts("08:00", "20:00", "all day", "any time", "any hour", "whole day", "day time", "daytime")
_parts("08:00", "12:00", "morning", "the morning", "am", "a morning", "forenoon")
_parts("12:00", "17:00", "afternoon", "pm", "an afternoon")
_parts("17:00", "20:00", "evening", "night", "eve", "at night", "late on at night")
_parts("12:00", "13:30", "lunch", "lunchtime", "lunch time", "dinnertime", "dinner time", "dinner",
       "dinners", "lunch break", "lunch hour", "dinner hour", "midday break")  # fmt: skip
_parts("16:00", "18:00", "tea", "teatime", "tea time", "tea-time")
_parts("17:00", "18:30", "early evening")
_parts("18:30", "20:00", "late evening")
_parts("08:30", "09:30", "drop off", "drop-off", "dropoff", "drop off time", "school drop off",
       "straight after drop off", "right after drop off", "after drop off", "after the drop off",
       "after school drop off", "after the school drop off",
       "once theyre dropped off", "after dropping off", "straight after dropping off",
       "straight after the school run", "after the school run", "after school run",
       "first thing after drop off", "first thing after the school run")  # fmt: skip
_parts("15:00", "16:00", "pick up", "pick-up", "pickup", "pick up time", "home time", "hometime",
       "home-time", "straight after pick up", "right after pick up", "straight after school",
       "right after school", "when school finishes", "school pick up", "collection time",
       "end of the school day", "end of school", "chucking out time",
       "kicking out time", "straight after home time", "when school ends")  # fmt: skip
_parts("15:00", "17:00", "after school", "afterschool", "after school hours")
_parts("08:00", "08:30", "before the school run", "before school run", "before school",
       "before drop off", "before the drop off", "before school starts",
       "before i drop off")  # fmt: skip
_parts("14:00", "15:00", "just before pick up", "just before home time",
       "right before pick up")  # fmt: skip
_parts("08:00", "09:00", "first thing", "early doors", "1st thing", "early morning",
       "crack of dawn", "early on", "start of the day", "first thing in the morning")  # fmt: skip
_parts("10:00", "11:30", "mid morning", "mid-morning", "midmorning", "middle of the morning")
_parts("10:30", "12:00", "late morning", "end of the morning", "later in the morning")
_parts("12:00", "14:00", "early afternoon", "start of the afternoon")
_parts("14:00", "15:30", "mid afternoon", "mid-afternoon", "midafternoon",
       "middle of the afternoon")  # fmt: skip
_parts("15:30", "17:00", "late afternoon", "later in the afternoon", "end of the afternoon",
       "twilight")  # fmt: skip
_parts("16:00", "17:00", "last thing", "end of the day", "end of day", "last thing in the day")
_parts("09:00", "15:00", "school hours", "in school hours", "during school", "school time",
       "during the school day", "while theyre at school", "while hes at school",
       "while shes at school", "when theyre at school", "while the kids are at school")  # fmt: skip
UNSURE_PARTS = frozenset({"twilight", "after school", "afterschool", "early on"})
