"""Finds the time that a longer message wishes for, among names, classes, phones and the past."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from assistant.casework.times.lexer import tokens_of
from assistant.casework.times.reader import read_tokens
from assistant.casework.times.shapes import (
    LONDON,
    Anything,
    Days,
    Hours,
    Instant,
    Link,
    Puzzle,
    Scene,
    SchoolDays,
    TimeReading,
    Token,
    Weekday,
    Word,
)
from assistant.casework.times.spelling import MONTHS, WEEKDAYS, tidy

_NOT_TIMES = re.compile(
    r"(?:\+44|\b0)(?:[\s().-]?\d){9,11}"
    r"|\S+@\S+\.\S+|https?://\S+|\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"
    r"|\b(?:years?|yrs?|y|class|form|set|group|grade|key stage|ks|room|house|number|no|bus|"
    r"route|page|block|flat|unit)"
    r"\.?\s?#?\d{1,2}\s?[a-z]?\b(?!\s?(?:am|pm|o'?clock))"
    r"|\b\d{1,2}\s?[a-fwxyzlrsh]\b(?!')"
    r"|\b\d{1,2}\s?(?:-\s?)?(?:years?|yrs?|y/?o|months?)(?:\s|-)?(?:olds?|s)?\b(?!\s(?:time|on))"
    r"|\b(?:aged?|turns?|turned)\s\d{1,2}\b|\b(?:he|she|they)(?:'?s| is|'re|"
    r" are)\s(?:only\s)?\d{1,2}\b"
    r"|£\s?\d+(?:\.\d\d)?|\b\d+(?:\.\d+)?\s?(?:quid|pounds|p|%|percent|miles|kids|times|lads|girls|boys)\b"
    r"|\b\d+\s(?:other|different|more|of)\b|\b(?:9/11|24/7|999|111|101)\b",
    re.IGNORECASE,
)
_TITLES = tuple(name.title() for name in (*WEEKDAYS, *MONTHS))
_NAMES = re.compile(
    rf"\b(?:{'|'.join(_TITLES)}|Christmas|Easter|Summer)"
    r"\s+(?!(?:Morning|Afternoon|Evening|Lunch|Dinner|Week|At|After|Before|Or|And|Night|Please|AM|PM"
    rf"|{'|'.join(_TITLES)})\b)[A-Z][a-z]+"
    r"|\b(?:Mr|Mrs|Ms|Miss|Dr|Sir)\.?\s+[A-Z][a-z]+"
    r"|\b(?:[Ii]'?m|[Nn]ame(?:'s| is)?|[Cc]alled|mum of|dad of|son|daughter)\s+"
    r"(?:April|May|June|August|Summer|Easter)\b",
)
_PAST = re.compile(
    r"\b(?:last|yesterday|ago|was|were|wasn'?t|weren'?t|did|didn'?t|had|happened|went|came|got|told|"
    r"said|hit|took|been|since|kept|left|started|rang|called|punched|pushed|missed|lost|broke|"
    r"shouted|\w{3,}ed (?:him|her|them|me|us|my|his|their)|sent|saw|gave|made|found|woke|cried|"
    r"every (?:single )?(?:day|night|morning)|all (?:week|day|weekend)|for (?:the )?(?:past|"
    r"weeks|days))\b",
)
_WISH = re.compile(
    r"\b(?:can (?:i|we|you|do|come|make|only|he|she)|could|i can|(?:can'?t|cannot|can not|"
    r"don'?t) (?:do|make|come|get|manage|mon|tues|wed|thurs|fri|morn|after|even)\w*|free|"
    r"available|book|meet|meeting|appointment|appt|see (?:him|her|them|you|someone|somebody|"
    r"miss|mr|mrs|the)|"
    r"come in|prefer|suit|suits|best|better|ideally|how about|what about|any chance|works|"
    r"please|pls|"
    r"plz|i'?d like|would like|want to (?:talk|see|meet|speak|come)|talk|speak|slot|make it|let'?s|"
    r"shall we|i'?m off|day off|finish|fit (?:me|us) in|ring me|call me|move (?:it|this|that)|"
    r"change it|"
    r"reschedule|instead|i could|i'?ll|we'?ll|maybe|do you have|have you got|anything)\b",
)
_OTHER_EVENT = re.compile(
    r"\b(?:parents'? ?evening|trip|birthday|sports day|exams?|tests?|detentions?|party|school play|"
    r"assembly|concert|nativity|fair|match|sats|disco|court|surgery|hospital|gcses?|mocks?|ofsted)\b"
)
_WHEN = rf"(?:{'|'.join(WEEKDAYS)}|today|tomorrow|this morning|this afternoon)(?:'?s)?"
_EXISTING = re.compile(
    rf"\b(?:my|our|the|his|her|that|this) {_WHEN} (?:appointment|appt|meeting|slot|one|booking|"
    rf"call)\b"
    rf"|\b(?:appointment|appt|meeting|slot|booking|booked)(?: (?:is|was|in|with \w+(?: \w+)?))*"
    rf" (?:on |for |at )+(?:{_WHEN}|[\d:.]+(?:am|pm)?|half \w+|next week|"
    rf"this week)(?: at [\d:.]+(?:am|pm)?)?"
    rf"|\bfrom {_WHEN}(?= to )|\bwork nights\b|\bby then\b"
)
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?;])\s+|\n+|(?<=[!?;])(?=\S)|\.\.+")
_COMMA = re.compile(r"\s*,\s*|\s+-\s+")
_SHARE = 0.5
_SHORT = 3
_SATURDAY = 5
_PROBE = datetime(2026, 11, 24, 8, tzinfo=LONDON)


def find_time(text: str, now: datetime, calendar: SchoolDays) -> TimeReading | None:
    """Find the time a message wishes for; ``None`` when it wishes for none.

    What happened last week, a year group, a phone number or a name such as April is no wish.
    """
    scene = Scene(now.astimezone(LONDON), calendar)
    cleaned = without_others(text)
    wished: list[Token] = []
    for sentence in _SENTENCE.split(cleaned):
        tokens = _wish_in(sentence, scene)
        if tokens:
            wished += [*([Link("comma")] if wished else []), *tokens]
    return read_tokens(wished, scene) if wished else None


def without_others(text: str) -> str:
    """Take out names, classes, telephone numbers and other numbers that are no times."""
    return _NOT_TIMES.sub(" ", _NAMES.sub(" ", text))


def looks_like_time(text: str) -> bool:
    """Say whether a message seems to wish for a time; needs no calendar."""
    return find_time(text, _PROBE, _Weekdays()) is not None


class _Weekdays:
    """A calendar that knows only weekends: enough to tell a time from no time."""

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < _SATURDAY

    def school_days_from(self, day: date, number: int) -> list[date]:
        ahead = (day + timedelta(days=step) for step in range(number * 2 + 7))
        return [one for one in ahead if one.weekday() < _SATURDAY][:number]


def _wish_in(sentence: str, scene: Scene) -> list[Token]:
    """Give the tokens of a sentence that wish for a time; empty when none does."""
    plain = _EXISTING.sub(" ", tidy(sentence))
    wishing = bool(_WISH.search(plain))
    if _PAST.search(plain) and not wishing:
        return []
    found: list[Token] = []
    for piece in _COMMA.split(plain):
        tokens = _timely(tokens_of(piece, scene))
        if tokens and _is_wish(tokens, piece, wishing=wishing):
            found += [*([Link("comma")] if found else []), *tokens]
    return found


def _is_wish(tokens: list[Token], piece: str, *, wishing: bool) -> bool:
    if (_PAST.search(piece) or _OTHER_EVENT.search(piece)) and not _WISH.search(piece):
        return _dangles(tokens)
    if not any(says_time(token) for token in tokens):
        return _dangles(tokens)
    unknown = sum(isinstance(token, Word) for token in tokens)
    return wishing or unknown <= _SHARE * _weight(tokens)


def _weight(tokens: list[Token]) -> int:
    return 2 * sum(says_time(token) for token in tokens)


def says_time(token: Token) -> bool:
    """Tell whether a token says a time by itself; a bare number does not."""
    if isinstance(token, Hours):
        return not token.bare
    return isinstance(token, Weekday | Days | Anything | Instant | Puzzle)


def _dangles(tokens: list[Token]) -> bool:
    """Tell "after assembly": it is meant as a time, though it says no clock time."""
    if len(tokens) > _SHORT:
        return False
    first = tokens[0]
    if isinstance(first, Puzzle):
        return True
    return len(tokens) > 1 and isinstance(first, Link) and first.name in ("after", "before")


def _timely(tokens: list[Token]) -> list[Token]:
    """Drop numbers that stand alone among words: they count something else."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        near = tokens[max(place - 1, 0) : place] + tokens[place + 1 : place + 2]
        lonely = (
            isinstance(token, Hours) and token.bare and any(isinstance(one, Word) for one in near)
        )
        if not lonely or any(isinstance(one, Weekday | Days | Hours) for one in near):
            kept.append(token)
    return kept
