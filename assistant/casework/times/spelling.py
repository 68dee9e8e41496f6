"""Brings a typed phrase to one spelling: text-speak, dialect, typing slips."""

from __future__ import annotations

import re
import unicodedata


def words(text: str) -> list[str]:
    """Give the words of a list that is written as one text."""
    return text.split()


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = words(
    "january february march april may june july august september october november december"
)
LONG_WORDS = (*WEEKDAYS, "tomorrow", "morning", "afternoon", "evening", "lunchtime", "fortnight")
SHORTEST_SLIP, LONG, MOST_SLIPS = 5, 8, 2
"""Letters below which a word is never a slip; letters above which two slips are forgiven."""
NOT_SLIPS = frozenset(
    words(
        "someday payday holiday today midday sundays mondays mooring moaning mourning "
        "everything thirsty sundae friend birthday yesterday tuesdays wednesdays thursdays "
        "fridays saturdays mornings afternoons evenings lunchtimes fortnights"
    )
)
KNOWN_SPELLINGS = {
    "mon": "monday",
    "mons": "mondays",
    "tue": "tuesday",
    "tues": "tuesday",
    "wed": "wednesday",
    "weds": "wednesday",
    "thu": "thursday",
    "thur": "thursday",
    "thurs": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
    "wensday": "wednesday",
    "wensdays": "wednesdays",
    "wendsday": "wednesday",
    "thr": "thursday",
    "thrs": "thursday",
    "thirsday": "thursday",
    "satday": "saturday",
    "teusday": "tuesday",
    "chewsday": "tuesday",
    "fryday": "friday",
    "tomoz": "tomorrow",
    "tmrw": "tomorrow",
    "tmw": "tomorrow",
    "tmoz": "tomorrow",
    "tmorrow": "tomorrow",
    "2moro": "tomorrow",
    "2mora": "tomorrow",
    "2morrow": "tomorrow",
    "2mrw": "tomorrow",
    "2moz": "tomorrow",
    "tomo": "tomorrow",
    "tomoro": "tomorrow",
    "tomorra": "tomorrow",
    "tommorow": "tomorrow",
    "morra": "tomorrow",
    "morrow": "tomorrow",
    "2day": "today",
    "2nite": "tonight",
    "tonite": "tonight",
    "2night": "tonight",
    "tnite": "tonight",
    "avvy": "afternoon",
    "arvo": "afternoon",
    "avo": "afternoon",
    "avvo": "afternoon",
    "aft": "afternoon",
    "afto": "afternoon",
    "afternoons": "afternoon",
    "mornings": "morning",
    "mornin": "morning",
    "morn": "morning",
    "morns": "morning",
    "evenings": "evening",
    "evng": "evening",
    "nites": "night",
    "nite": "night",
    "neet": "night",
    "nicht": "night",
    "naight": "night",
    "erly": "early",
    "ealry": "early",
    "eraly": "early",
    "l8": "late",
    "l8r": "later",
    "skl": "school",
    "skool": "school",
    "schl": "school",
    "sch": "school",
    "cept": "except",
    "xcept": "except",
    "'cept": "except",
    "excpt": "except",
    "owt": "anything",
    "nowt": "nothing",
    "summat": "something",
    "noo": "now",
    "nights": "night",
    "wk": "week",
    "wks": "weeks",
    "wkend": "weekend",
    "wknd": "weekend",
    "hr": "hour",
    "hrs": "hours",
    "min": "minutes",
    "mins": "minutes",
    "minute": "minutes",
    "b4": "before",
    "afta": "after",
    "til": "until",
    "till": "until",
    "untill": "until",
    "arnd": "around",
    "abt": "about",
    "bout": "about",
    "btwn": "between",
    "btw": "between",
    "betwn": "between",
    "4tnight": "fortnight",
    "fortnite": "fortnight",
    "xmas": "christmas",
    "crimbo": "christmas",
    "chrimbo": "christmas",
    "jan": "january",
    "feb": "february",
    "febuary": "february",
    "mar": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "lunchtimes": "lunchtime",
    "dinnertimes": "dinnertime",
    "weekends": "weekends",
    "nxt": "next",
    "quater": "quarter",
    "qtr": "quarter",
    "oclock": "o'clock",
    "arf": "half",
    "haff": "half",
    "everyday": "every day",
    "anyday": "any day",
    "anytime": "any time",
    "sumtime": "sometime",
    "wkday": "weekday",
    "wkdays": "weekdays",
    "noonish": "noon ish",
    "lunchish": "lunch ish",
    "middayish": "midday ish",
    "soonest": "asap",
    "a.s.a.p": "asap",
}
_DAY_NAMES = "(?:mon|tue?s?|weds?|wednes|thur?s?|fri|sat|satur|sun)(?:day)?"
_PARTS_OF_DAYS = "mornings|afternoons|evenings|lunchtimes|dinnertimes"
_DIALECT = (
    (re.compile(r"\bthe morn(?:'?s)? (?=morn|aft|eve|n(?:ee|i(?:gh|ch)?)t)"), "tomorrow "),
    (re.compile(r"\bthe morn(?:'?s)?\b"), "tomorrow"),
    (re.compile(rf"\b(?<!every )({_DAY_NAMES}) (?=(?:{_PARTS_OF_DAYS})\b)"), r"every \1 "),
    (re.compile(r"\bthe (?:neet|nicht)\b"), "tonight"),
)
_WORD = re.compile(r"[a-z0-9][a-z0-9']*")
_MARKS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2212": "-", "&": " and "})


def tidy(text: str) -> str:
    """Lower-case the text in one spelling: "thrusday 3 P.M." gives "thursday 3 pm"."""
    plain = unicodedata.normalize("NFKC", text).translate(_MARKS).lower()
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    plain = re.sub(r"\bo\s*'?\s*clock\b", " o'clock", plain)
    plain = re.sub(r"\b(an?|the) (aft|morn|eve)\b", r"\1 \2", plain)
    for said, meant in _DIALECT:
        plain = said.sub(meant, plain)
    plain = _WORD.sub(lambda found: _spell(found.group()), plain)
    names = "|".join(WEEKDAYS)
    plain = re.sub(rf"\b({names})\s*,\s*(?=(the )?\d+(st|nd|rd|th))", r"\1 ", plain)
    return re.sub(r"\s+", " ", plain).strip()


def _spell(word: str) -> str:
    if word in KNOWN_SPELLINGS:
        return KNOWN_SPELLINGS[word]
    for ending in ("'s", "s'"):
        if word.endswith(ending) and word[:-2] in KNOWN_SPELLINGS:
            return KNOWN_SPELLINGS[word[:-2]]
    if len(word) < SHORTEST_SLIP or word in NOT_SLIPS or not word.isalpha():
        return word
    return next((right for right in LONG_WORDS if _is_slip(word, right)), word)


def _is_slip(word: str, right: str) -> bool:
    allowed = MOST_SLIPS if len(right) > LONG else 1
    return word[0] == right[0] and word != right + "s" and slips(word, right) <= allowed


def slips(left: str, right: str) -> int:
    """Count typing slips between two words: optimal string alignment distance."""
    if abs(len(left) - len(right)) > MOST_SLIPS:
        return MOST_SLIPS + 1
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
