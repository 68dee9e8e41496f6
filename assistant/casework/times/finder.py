"""Finds the time that a longer message wishes for, among names, classes, phones and the past."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import zip_longest

from assistant.casework.times.asking import NO_TIME
from assistant.casework.times.lexer import tokens_of
from assistant.casework.times.marks import (
    EXISTING,
    FACT,
    LEANS_BACK,
    NAMES,
    NOT_TIMES,
    OF_AN_EVENT,
    OTHER_EVENT,
    PAST,
    THEN,
    WISH,
)
from assistant.casework.times.reader import nothing, read_time, read_tokens
from assistant.casework.times.refusing import refuses
from assistant.casework.times.shapes import (
    LONDON,
    Anything,
    Days,
    Hours,
    Instant,
    Later,
    Link,
    Puzzle,
    Scene,
    SchoolDays,
    TimeReading,
    Token,
    Weekday,
    Word,
)
from assistant.casework.times.spelling import tidy
from assistant.casework.times.spellings import WEEKDAYS
from assistant.casework.times.telling import without_told

_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?;])\s+|\n+|(?<=[!?;])(?=\S)|\.\.+")
_CLAUSE = re.compile(
    r"\s*,\s*|\s+-\s+|\s+(and|but|so|because|cos|as|which|then)\s+(?=(?:i|we|he|she|it|they|"
    r"you|can|could|please|my|his|her|their|our|the|there|theres|hes|shes|is|will|nobody|no one)\b|"
    rf"(?<=\bso )(?:on |the )?(?:{'|'.join(WEEKDAYS)}|tomorrow|any|maybe|how|not|about|around|"
    r"after|before|half|quarter|\d[\d:.]*(?:am|pm)?)\b)"
)
_JOINED_BY = {"so": Link("so")} | dict.fromkeys(("because", "cos", "as"), Link("because"))
_IT_IS = re.compile(r"^(?:it|that)(?:'?s| is| would be) ")
_SHARE = 0.5
_SHORT, _BRIEF = 3, 12
_SATURDAY = 5
_PROBE = datetime(2026, 11, 24, 8, tzinfo=LONDON)


def find_time(
    text: str, now: datetime, calendar: SchoolDays, *, asked: bool = False
) -> TimeReading | None:
    """Find the time a message wishes for; ``None`` when it wishes for none.

    What happened last week, the day of an exam, a year group, a telephone number or a name such
    as April is no wish. ``asked``: the message answers our question when; then a plain date is
    its answer, and instead of ``None`` comes a reading without windows that says why.
    """
    if asked and refuses(tidy(text)):
        return nothing(NO_TIME)
    scene = Scene(now.astimezone(LONDON), calendar)
    wished: list[Token] = []
    for sentence in _sentences(text, scene):
        tokens = _wish_in(sentence, scene, asked=asked)
        if tokens:
            wished += [*([Link("stop"), Link("comma")] if wished else []), *tokens]
    if wished:
        return read_tokens(wished, scene)
    return _answer(text, now, calendar) if asked else None


def _sentences(text: str, scene: Scene) -> list[str]:
    """Give the tidy sentences; one that leans on the one before ("Then would do.") joins it."""
    whole = LEANS_BACK.sub(", ", without_others(text))
    tidied = [tidy(sentence) for sentence in _SENTENCE.split(whole) if sentence]
    return without_told("\n".join(tidied), scene).split("\n")


def _answer(text: str, now: datetime, calendar: SchoolDays) -> TimeReading:
    plain = _IT_IS.sub("", tidy(text))
    tells = PAST.search(plain) or OTHER_EVENT.search(plain) or FACT.search(plain)
    if tells or len(plain.split()) > _BRIEF:
        return nothing(NO_TIME)
    return read_time(text, now, calendar)


def without_others(text: str) -> str:
    """Take out names, classes, telephone numbers and other numbers that are no times."""
    return NOT_TIMES.sub(" ", NAMES.sub(" ", text))


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

    def next_inset(self, _: date) -> date | None:
        return None


def _wish_in(sentence: str, scene: Scene, *, asked: bool) -> list[Token]:
    """Give the tokens of a sentence that wish for a time; empty when none does."""
    if THEN.search(sentence) and WISH.search(sentence):
        leaning = _timely(tokens_of(sentence, scene))
        return leaning if any(says_time(token) for token in leaning) else []
    plain = OF_AN_EVENT.sub(" ", EXISTING.sub(" ", sentence))
    plain = _IT_IS.sub("", plain) if asked else plain
    wishing = bool(WISH.search(plain))
    if PAST.search(plain) and not wishing:
        return []
    return _wished(_clauses(plain), scene, wishing=wishing or asked)


def _wished(clauses: list[tuple[Link, str]], scene: Scene, *, wishing: bool) -> list[Token]:
    found: list[Token] = []
    reason: list[Token] = []
    for joiner, clause in clauses:
        tokens = _timely(tokens_of(clause, scene))
        if tokens and _is_wish(tokens, clause, wishing=wishing):
            led = found or (reason if joiner == Link("so") else [])
            found = [*led, *([joiner] if led else []), *tokens]
        reason = [] if PAST.search(clause) or OTHER_EVENT.search(clause) else tokens
    return found


def _clauses(sentence: str) -> list[tuple[Link, str]]:
    """Cut a sentence into its clauses, each with the joiner before it."""
    first, *others = _CLAUSE.split(sentence)
    pairs = zip(others[::2], others[1::2], strict=True)
    return [
        (Link(""), first),
        *((_JOINED_BY.get(word, Link("comma")), said) for word, said in pairs),
    ]


def _is_wish(tokens: list[Token], clause: str, *, wishing: bool) -> bool:
    """Tell a clause that wishes, or is a time and little else, from one that tells a fact."""
    wishes = bool(WISH.search(clause))
    tells = PAST.search(clause) or OTHER_EVENT.search(clause) or FACT.search(clause)
    if (tells and not wishes) or not any(says_time(token) for token in tokens):
        return _dangles(tokens)
    unknown = sum(isinstance(token, Word) for token in tokens)
    return wishing or unknown <= _SHARE * _weight(tokens)


def _weight(tokens: list[Token]) -> int:
    return 2 * sum(says_time(token) for token in tokens)


def says_time(token: Token) -> bool:
    """Tell whether a token says a time by itself; a bare number does not."""
    if isinstance(token, Hours):
        return not token.bare
    return isinstance(token, Weekday | Days | Anything | Instant | Puzzle | Later)


def _dangles(tokens: list[Token]) -> bool:
    """Tell "after assembly": it is meant as a time, though it says no clock time."""
    if len(tokens) > _SHORT:
        return False
    first = tokens[0]
    if isinstance(first, Puzzle):
        return True
    return len(tokens) > 1 and isinstance(first, Link) and first.name in ("after", "before")


def _timely(tokens: list[Token]) -> list[Token]:
    """Drop numbers alone among words, which count something else, and the "about" of a topic."""
    kept: list[Token] = []
    tokens = [token for token, ahead in zip_longest(tokens, tokens[1:])
              if not (token == Link("around") and isinstance(ahead, Word))]  # fmt: skip
    for place, token in enumerate(tokens):
        near = tokens[max(place - 1, 0) : place] + tokens[place + 1 : place + 2]
        lonely = (
            isinstance(token, Hours) and token.bare and any(isinstance(one, Word) for one in near)
        )
        if not lonely or any(isinstance(one, Weekday | Days | Hours) for one in near):
            kept.append(token)
    return kept
