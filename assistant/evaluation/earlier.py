"""Finds in a parent's first words the meetings or the complaint that they say exist already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.own_record_wishes import wanted_of_record
from assistant.casework.own_record_words import ON_HERE
from assistant.casework.times import told_times
from assistant.evaluation.earlier_meetings import EarlierMeeting, earlier_meetings

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar

_SAID_OF_A_COMPLAINT = r"(?:made|put|sent|lodged|submitted|filed|raised|logged|handed|gave|wrote)"
_HAS_COMPLAINT = re.compile(
    rf"\b(?:i|we)(?:'?ve|'d| have| had)?(?: \w+)? {_SAID_OF_A_COMPLAINT}(?: in| you| off)?"
    r" (?:an?|my|our|the|this|that) (?:\w+ ){0,2}complaint\b"
    r"|\b(?:my|our|the|that) (?:\w+ ){0,2}complaint\b(?! (?:is|are|was) (?:that|about|against))"
    rf"|\bcomplaint (?:that )?(?:i|we)(?:'?ve| have)? {_SAID_OF_A_COMPLAINT}"
    r"|\b(?:i|we)(?:'?ve| have)? complained (?:in|on|about|to|last|a|two|three|\d)"
    r"|\bcomplaint (?:ref|number|reference)|\bcase (?:number|ref)|\b(?:my|our) case\b"
    r"|\bref(?:erence)? (?:number|no|is|tg|sg)"
    rf"|(?:^|[.,!?]\s*|\b(?:hi|hello|hey|and|but) ){_SAID_OF_A_COMPLAINT}(?: in)? (?:an?|my|our) "
    r"(?:\w+ ){0,2}complaint\b"
    r"|\b(?:withdraw|drop|bin|scrap|stop|cancel|pull|close) (?:the|that|this) (?:\w+ )?complaint\b"
    r"|\bcomplaint (?:is )?in my name\b|\b(?:checking|chasing|following)(?: up)?(?: on)? an? "
    r"complaint\b",
    re.IGNORECASE,
)
_COMES_BACK = re.compile(
    r"\b(?:withdraw\w*|drop|take (?:it|that|this|(?:my|the) complaint) back|taking it back|"
    r"retract|cancel\w*|call (?:it )?off|scrap|forget about|no longer want|don'?t want to go on|"
    r"what(?:'?s| is) (?:happen\w+|going on)|any (?:news|update|word|progress|further)|update|"
    r"chas\w+|heard (?:nothing|anything|back)|not heard|haven'?t heard|status|progress|"
    r"where (?:is|are|has|am|do)|what stage|how(?:'?s| is| long)|got to|"
    r"(?:i|we)(?:'?ve| have)? (?:\w+ )?(?:sent|made|put|lodged|submitted|filed|raised|complained)|"
    r"add (?:something|to|more)|last (?:week|month|term|\w+day)|(?:ages|weeks|days|month) ago|"
    r"outcome of|decision on|still (?:waiting|no|not)|no (?:reply|answer|response)|"
    r"been (?:dealt|sorted|looked)|(?:looked|looking) (?:at|into)|who(?:'?s| is) dealing)\b",
    re.IGNORECASE,
)
_NEW_OR_OF_OTHERS = re.compile(
    r"\bthis is (?:an?|my|our) (?:\w+ )?complaint|\b(?:here is|here'?s) my complaint"
    r"|\bcomplaint (?:\w+ ){0,3}(?:about|against) (?:me|us|my (?:son|daughter|child|lad|husband|"
    r"wife|partner|kids?))\b"
    r"|\b(?:neighbour|sister|brother|ex|husband|friend|mum|dad|nan|parents?|some(?:one|body)|he|"
    rf"she|they)(?:'?s| has| have|'?ve)? (?:\w+ )?{_SAID_OF_A_COMPLAINT}(?: in)? an? "
    r"(?:\w+ )?complaint",
    re.IGNORECASE,
)
_WOULD_COMPLAIN = re.compile(
    r"\b(?:want|like|need|wish|going|how (?:do|can|would) (?:i|we)|(?:can|could|may) (?:i|we)|"
    r"thinking of|about)(?: \w+){0,2} (?:make|making|start|raise|lodge|submit|put in|file|send) "
    r"(?:in )?(?:an?|another|my|our) (?:\w+ )?(?:complaint)?",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "one": 1, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"day": 1, "week": 7, "month": 30, "fortnight": 14, "term": 90}
_AGO = re.compile(
    rf"\b(?:(?:a )?(?P<count>{'|'.join(_COUNTS)}|\d+) )?(?:school )?(?P<unit>{'|'.join(_UNITS)})s?"
    r"(?: or (?:so|two|more))? (?:ago|back|now)\b",
    re.IGNORECASE,
)
_VAGUE = ((r"last month|ages ago", 21), (r"last term", 42), (r"yesterday", 1),
          (r"other day", 4))  # fmt: skip
_SOME_DAYS, _SOME_WEEKS = 4, 21
_USUAL = 7
"""Days since a complaint of which nobody says how old it is."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_MADE_ON = re.compile(
    rf"\b(?:complained|{_SAID_OF_A_COMPLAINT})\b[^.!?]{{0,30}}?\b(?:on|last|in|back in) "
    rf"(?P<name>{'|'.join(_WEEKDAYS + _MONTHS)})\b",
    re.IGNORECASE,
)
_YEAR = timedelta(days=365)
_DATED = re.compile(r"\b(?:on|from|dated|of) (?:the )?(?=\d)", re.IGNORECASE)


@dataclass(frozen=True)
class EarlierComplaint:
    """A complaint the parent says they made; ``about_head`` sends it to the governors."""

    made_at: datetime
    about_head: bool


def earlier_records(
    text: str, now: datetime, calendar: SchoolCalendar
) -> tuple[EarlierMeeting | EarlierComplaint, ...]:
    """Return what the first words say exists; nothing for a parent who brings something new."""
    words = re.sub(r" +(?=[ ,.?!])", "", ON_HERE.sub("", text.replace("\u2019", "'")))
    if _comes_back_about_a_complaint(words):
        made_at = now - timedelta(days=_days_ago(words, now, calendar))
        return (EarlierComplaint(made_at, _is_about_head(words)),)
    return earlier_meetings(words, now, calendar)


def _comes_back_about_a_complaint(words: str) -> bool:
    left = _WOULD_COMPLAIN.sub(" ", words)
    if _NEW_OR_OF_OTHERS.search(left):
        return False
    back = _COMES_BACK.search(left) or wanted_of_record(left)
    return bool(_HAS_COMPLAINT.search(left) and back)


def _days_ago(words: str, now: datetime, calendar: SchoolCalendar) -> int:
    named = _days_since_a_name(words, now)
    if named:
        return named
    dated = _DATED.search(words)
    told = told_times(words[dated.end() :], now, calendar) if dated else ()
    if told:  # a date is read as the next such date; this one lies behind
        return max(1, (now - (told[0].windows[0].start - _YEAR)).days)
    ago = _AGO.search(words)
    if ago:
        return _counted(ago["count"], ago["unit"].lower())
    return next((days for said, days in _VAGUE if re.search(said, words, re.IGNORECASE)), _USUAL)


def _days_since_a_name(words: str, now: datetime) -> int | None:
    """Count from the weekday or the month in which the complaint was made, where one is named."""
    found = _MADE_ON.search(words)
    if found is None:
        return None
    name = found["name"].lower()
    if name in _WEEKDAYS:
        return (now.weekday() - _WEEKDAYS.index(name)) % 7 or 7
    months = (now.month - _MONTHS.index(name) - 1) % 12 or 12
    return months * _UNITS["month"]


def _counted(count: str | None, unit: str) -> int:
    if count is None and unit != "fortnight":
        return _SOME_DAYS if unit == "day" else _SOME_WEEKS
    return (_COUNTS.get((count or "a").lower()) or int(count or 1)) * _UNITS[unit]


def _is_about_head(words: str) -> bool:
    return bool(
        re.search(r"(?:about|against) the head\b(?! of)|head ?teacher", words, re.IGNORECASE)
    )
