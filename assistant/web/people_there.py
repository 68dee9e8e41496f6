"""When people at the school answer, as a page says it before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.answering_hours import answering_at
from assistant.casework.calendar import to_london
from assistant.web.languages import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.services.desk import Desk
    from assistant.web.languages import Language

WHY: Mapping[str, str] = {
    "a bank holiday": translatable("It is a bank holiday."),
    "a weekend": translatable("It is the weekend."),
    "a staff training day": translatable("It is a staff training day."),
    "half term": translatable("It is half term."),
    "the school holidays": translatable("It is the school holidays."),
}
"""Why nobody is there, by the calendar's own words."""
HERE = translatable("People are at school until %(time)s today.")
BACK_TODAY = translatable("People are at school from %(time)s today.")
BACK = translatable("People are back on %(day)s at %(time)s.")
ANY_TIME = translatable("You can write at any time.")


def people_there(desk: Desk, language: Language) -> str:
    """Return, in the language, whether people are there now and otherwise when they are back."""
    now = desk.clock.now()
    found = answering_at(desk.calendar, desk.school.opening, now)
    changes = found.changes_at
    today = changes.date() == to_london(now).date()
    words = HERE if found.open else BACK_TODAY if today else BACK
    when = {"day": language.day(changes.date()), "time": language.time(changes)}
    said = (WHY.get(found.why, ""), words, "" if found.open else ANY_TIME)
    return " ".join(language.say(each) % when for each in said if each)
