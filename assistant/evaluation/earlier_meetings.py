"""Finds in a parent's first words the meetings that they say they have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Role
from assistant.casework.own_record_wishes import wanted_of_record
from assistant.casework.times import TimeReading, Window, told_times
from assistant.evaluation.earlier_people import PERSON, role_in, surname_in

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar

_NOUN = (r"(?:meetings?|appointments?|appts?|apt|bookings?|slots?|talk|chat|"
         r"(?:phone ?|video )?call|catch[- ]?up|review)")  # fmt: skip
_FEW = r"(?:(?:[^\s.!?;]|\.(?=\d))+ ){0,4}?"
_FIRST = r"\b(?:i|we)(?:'?ve|'?m|'?re|'d| have| had| am| are| was| were)?"
_START = r"(?:^|[.,;!?(]\s*|\b(?:hi|hello|hey|sorry|and|but|so) )"
_FOR_SCHOOL = (
    r"meeting|see(?:ing)?|meet|speak|talk|teacher|tutor|head\w*|senco|sendco|deputy|chair|governors?|"
    r"pastoral|mr|mrs|miss|ms|" + _NOUN
)
_CLOCK = r"(?:\d{1,2}(?:[.:]\d\d)?(?: ?(?:am|pm|o'?clock))?|half \w+|quarter \w+ \w+|noon)"
_MOVES = r"(?:cancel|move|shift|change|re-?arrange|re-?schedule|postpone|swap|push)"
_OWN = re.compile(
    rf"{_FIRST}(?: (?:got|already|also|both))+ (?:an?|the|two|2|my|this) {_FEW}{_NOUN}\b"
    rf"|\b(?:i|we)(?: already| still| also)?(?:'?ve| have| had) (?:an?|the|two|2|my|this) "
    rf"{_FEW}{_NOUN}\b"
    rf"|{_START}got (?:an?|two|2|my|the) {_FEW}{_NOUN}\b"
    rf"|(?<!if )(?<!when )(?<!unless )\bthere(?:'?s| is| was) (?:already )?(?:an?|my|our) "
    rf"{_FEW}{_NOUN}\b(?=[^.!?]*\b(?:with|booked|under|my|our)\b)"
    rf"|{_FIRST}(?: (?:got|already|been|all|just))*(?: (?:two|2|both))? booked\b"
    rf"(?=[^.!?]*\b(?:{_FOR_SCHOOL})\b)"
    rf"|(?:{_START}|{_FIRST} )(?:meant|due|supposed) to (?:be (?:seeing|meeting)|see|meet|speak)\b"
    rf"|{_START}booked (?:in )?(?:to (?:see|meet)|with)\b"
    rf"|{_FIRST}(?: already| just)? (?:made|arranged|set up) (?:an?|the|my) {_FEW}{_NOUN}\b"
    rf"|\b(?:i|we) (?:was|were|have been|'?ve been) (?:given|offered|sent) (?:an?|the) "
    rf"{_FEW}{_NOUN}\b"
    rf"|{_START}(?:booked|made|arranged) (?:an?|my) {_FEW}{_NOUN}\b"
    rf"|\byou(?:'ve| have)? (?:booked|put) (?:me|us) (?:in|down)\b"
    rf"|\b(?:i|we)(?:'ve| have|'m| am|'re| are) (?:got )?to (?:see|meet) (?:the|mr|mrs|ms|miss)\b"
    rf"|\b(?:my|our|the) {_CLOCK}\b(?=[^.!?]{{0,25}}\bwith\b)"
    rf"|\b{_MOVES} (?:my |our |the )?(?:\w+day|tomorrow|today)\b(?=[\s\S]*\bwith\b)"
    rf"|{_START}{_NOUN} (?:with|to see) [^.!?]*?\bbooked\b"
    rf"|\b(?:am|i'?m|we'?re|are) (?:down to see|seeing|meeting)\b"
    rf"|(?<!a )(?<!an )\b(?:\w+ )?{_NOUN} (?:is |was |that'?s )?(?:booked|arranged|pencilled in|"
    rf"in the diary|made)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:my|our|the|his|her|this|that|tomorrow'?s?|today'?s?|\w+day'?s?) {_FEW}{_NOUN}\b"
    rf"|\b{_MOVES} (?:an?|one of my) {_FEW}{_NOUN}\b",
    re.IGNORECASE,
)
_MADE_WHEN = re.compile(
    r"\b((?:booked|made|arranged|set up|put in|asked for|given)\b[^.!?,]{0,40}?) (?:yesterday|"
    r"last (?:week|night|month|\w+day)|the other (?:day|week)|earlier today|this morning|"
    r"(?:a few|a couple of|a|two|three|\d) (?:days?|weeks?) (?:ago|back))\b",
    re.IGNORECASE,
)
"""The day on which a meeting was booked, which is not the day of the meeting."""
_CHANGES = re.compile(
    r"\b(?:cancel\w*|mov(?:e|ed|ing)|chang(?:e|ed|ing)|re-?arrange|re-?schedul\w*|swap|postpone|"
    r"push|put (?:it )?(?:back|off)|bring (?:it )?forward|different (?:time|day)|"
    r"another (?:time|day)|can'?t (?:make|come|do|get)|cannot (?:make|come|do)|won'?t be able|"
    r"call (?:it |that )?off|what time|when is|is it still|running late|confirm|no longer|"
    r"don'?t need|only need|scrap|bin|can it (?:go|be))\b",
    re.IGNORECASE,
)
_WOULD_MAKE = re.compile(
    r"\b(?:want|wanna|like|need|wish|going|hoping|trying|how (?:do|can|would) (?:i|we)|"
    r"(?:can|could|may) (?:i|we|you)|please)"
    r"(?: (?!mov|chang|cancel|re-?arr|re-?sch|swap|shift|push|postpone|bring|with)\w+){0,2} "
    r"(?:(?:make|making|set up|have|get|ask for|request|arrange|book)(?: me| us)? )?"
    rf"(?:an?|another|some|one) (?:{_FEW}{_NOUN}\b(?: booked| arranged| made)?)?"
    r"|\b(?:want|like|need|wish|going|how do (?:i|we)|(?:can|could) (?:i|we))(?: \w+){0,2} "
    r"(?:make|making|book|arrange|set up|have|get) (?:my|our) ",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:ex|husband|wife|partner|sister|brother|neighbour|friend|mate|nan|boss)(?:'?s| has| have"
    r"| had)? (?:\w+ )?$|\b(?:she|he|they)(?:'?s|'?ve| has| have| had)(?: got)? $",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:dentist\w*|dental|doctor\w*|gp|hospital|orthodont\w+|paediatric\w+|camhs|physio\w*|"
    r"opticians?|clinic|midwife|solicitor\w*|court|job|interview|bank|vet|surgery|work)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:last (?:week|night|month|term|\w+day)|yesterday|went|was (?:good|bad|"
                   r"useless|cancelled)|(?:we|i) had (?:an?|the)"
                   r"(?! [^.!?,]{0,25}\b(?:booked|arranged|made)))\b", re.IGNORECASE)  # fmt: skip
_SENTENCE_END = re.compile(r"[;!?\n]|\.(?=\s|$)|,(?!\s?(?:at )?\d)")
_CLAUSE = re.compile(r"\b(?:but|can|could|can'?t|cannot|need|so|because|into|from|please|is there|"
                     r"to (?!see|meet|talk|speak)|only)\b", re.IGNORECASE)  # fmt: skip
_WISHES = re.compile(r"\b(?:better|instead|would|could|can|suits?|free|works?|prefer|how about|"
                     r"please|any|rather|move|change)\b", re.IGNORECASE)  # fmt: skip
_SEVERAL = re.compile(r"\b(?:two|2|both)\b|\b(?:one|another)(?: one)? (?:is )?with\b",
                      re.IGNORECASE)  # fmt: skip
_AND_ONE = re.compile(r"\b(?:and |the )*(?:one|another|other)(?: one)? (?:is )?(?:with|for|to)\b",
                      re.IGNORECASE)  # fmt: skip

EXACT = timedelta(minutes=30)
"""The length of the window of an exact time, at which an earlier meeting then stands."""


@dataclass(frozen=True)
class EarlierMeeting:
    """A meeting the parent says they have; no ``windows``: they did not say when.

    ``surname`` is of the person named with a title, in small letters; empty when nobody is.
    """

    windows: tuple[Window, ...]
    role: Role
    channel: Channel
    surname: str = ""


def earlier_meetings(
    text: str, now: datetime, calendar: SchoolCalendar
) -> tuple[EarlierMeeting, ...]:
    """Return the meetings with the school that ``text`` says its writer has."""
    words = _WOULD_MAKE.sub(" ", _MADE_WHEN.sub(r"\1", text))
    for pattern, claims in ((_OWN, True), (_NAMED, False)):
        for found in pattern.finditer(words):
            meetings = _meetings(words, found, now, calendar)
            if _exists(words, found, timed=claims and bool(meetings[0].windows)):
                return meetings
    return ()


def _exists(words: str, found: re.Match[str], *, timed: bool) -> bool:
    """Tell a meeting of the writer's that is to come; a time makes a claim as sure as a change."""
    about = found.group() + _sentence(words[found.end() :])
    if _OF_OTHERS.search(words[: found.start()]) or _ELSEWHERE.search(found.group()):
        return False
    beside = _sentence(words[found.end() :])[:30]
    if _ELSEWHERE.search(beside) and not PERSON.search(beside):
        return False
    changes = bool(_CHANGES.search(words)) or wanted_of_record(words) is not None
    return (changes or timed) and not _PAST.search(about)


def _meetings(
    words: str, found: re.Match[str], now: datetime, calendar: SchoolCalendar
) -> tuple[EarlierMeeting, ...]:
    """Make one meeting, or one for each person where several are told."""
    rest = words[found.start() :].lstrip(" ,.;!?(")
    people = [one.start() for one in PERSON.finditer(_told_of_several(rest))]
    if len(people) > 1 and _SEVERAL.search(rest):
        parts = [_AND_ONE.split(rest[start:end])[0]
                 for start, end in pairwise([*people, len(rest)])]  # fmt: skip
        return tuple(_meeting(part, told_times(_beside(part, 0), now, calendar)[:1])
                     for part in parts)  # fmt: skip
    beside = _beside(rest, len(rest) - len(words[found.end() :]))
    told = told_times(beside, now, calendar)
    before = re.split(r"[.!?;\n]\s", words[: found.start()])[-1]
    told = _joined(told) or told_times(before, now, calendar)[-1:]
    said = _sentence(rest) + _sentence(words[found.end() :])
    return (_meeting(said, told[:1], beside),)


def _joined(told: tuple[TimeReading, ...]) -> tuple[TimeReading, ...]:
    """Make one reading of a day and a clock time that other words part ("tomorrow with X at 2")."""
    for day, clock in (told[:2], told[1::-1]) if len(told) > 1 else ():
        if len(day.windows) == 1 and day.windows[0].end - day.windows[0].start > EXACT:
            same = day.windows[0].start.date()
            at = [one for one in clock.windows if one.start.date() == same]
            if at and at[0].end - at[0].start == EXACT:
                return (replace(clock, windows=(at[0],)),)
    return told[:1]


def _told_of_several(rest: str) -> str:
    """Give the sentence in which several meetings are told, to its full stop."""
    return re.split(r"[!?;\n]|\.(?=\s|$)", rest)[0]


def _meeting(said: str, told: tuple[TimeReading, ...], more: str = "") -> EarlierMeeting:
    """Make one; ``more`` tells whom it is with where ``said`` does not."""
    role, channel = role_in(said) or role_in(more) or (Role.TEACHER, Channel.STAFF)
    surname = surname_in(said) or surname_in(more)
    return EarlierMeeting(told[0].windows if told else (), role, channel, surname)


def _sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end else text


def _beside(rest: str, noun_ends: int) -> str:
    """Give the words that may tell when the meeting is, not when it shall be instead."""
    head, after = rest[:noun_ends], rest[noun_ends:]
    first, *others = _SENTENCE_END.split(after)
    said = ", ".join([first, *(part for part in others[:1] if not _WISHES.search(part))])
    clause = _CLAUSE.search(said)
    return head + (said[: clause.start()] if clause else said)
