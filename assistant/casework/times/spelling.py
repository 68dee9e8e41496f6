"""Brings a typed phrase to one spelling: text-speak, dialect, typing slips."""

from __future__ import annotations

import re
import unicodedata

from assistant.casework.times.foreign import in_english
from assistant.casework.times.spellings import KNOWN_SPELLINGS, WEEKDAYS
from assistant.casework.times.weekday_sounds import weekday_by_sound


def words(text: str) -> list[str]:
    """Give the words of a list that is written as one text."""
    return text.split()


MONTHS = words(
    "january february march april may june july august september october november december"
)
LONG_WORDS = (
    *WEEKDAYS,
    *words("tomorrow morning afternoon evening lunchtime fortnight beginning between quarter"),
    *words("weekend january february september october november december"),
    *words("before between except eleven twelve"),
)
SHORTEST_SLIP, LONG, MOST_SLIPS = 5, 8, 2
"""Letters below which a word is never a slip; letters above which two slips are forgiven."""
NOT_SLIPS = frozenset(
    words(
        "someday payday holiday today midday sundays mondays mooring moaning mourning "
        "everything thirsty sundae friend birthday yesterday tuesdays wednesdays thursdays "
        "fridays saturdays mornings afternoons evenings lunchtimes fortnights beginnings "
        "quarters weekends weekender expect excerpt elevens"
    )
)
_DAY_NAMES = "(?:mon|tue?s?|weds?|wednes|thur?s?|fri|sat|satur|sun)(?:day)?"
_DAYS = f"(?:{_DAY_NAMES}|tom(?:orrow|oz|oro|o))"
_PARTS_OF_DAYS = (
    "mornings|morns|mornins|afternoons|avvies|avvys|avos|arvos|aftos|evenings|eves|"
    "lunchtimes|dinnertimes"
)
_LED = "half|quarter|past|at|after|before|around|about|til|till|until|from|by"
_GLUED = (
    (re.compile(rf"\b({_LED})(\d{{1,2}}(?:[:.]\d\d)?)(?![\d])"), r"\1 \2"),
    (re.compile(r"\b(quarter|twenty|ten|five|\d{1,2}) to(?=\d)"), r"\1 to "),
    (re.compile(r"(?<=\d)(til|till|until|to|n|and|onwards)(?=\d|\b)"), r" \1 "),
    (re.compile(rf"(?<![a-z0-9])({_DAY_NAMES})2(?={_DAY_NAMES}\b)"), r"\1 to "),
    (re.compile(rf"(?<=\d)((?:am|pm)?)({_DAYS})\b"), r"\1 \2"),
    (re.compile(rf"\b({_DAYS})(\d{{1,2}}|[ap]m\b)"), r"\1 \2"),
)
"""Words that were typed as one: "half4", "9til11", "3pmfri", "mon2fri", "tuesam"."""
_DIALECT = (
    (re.compile(r"\bthe morn(?:'?s)? (?=morn|aft|[ae]i?ft|eve|n(?:ee|i(?:gh|ch)?)t)"), "tomorrow "),
    (re.compile(r"\bthe morn(?:'?s)?\b"), "tomorrow"),
    (re.compile(rf"\b(?<!every )({_DAY_NAMES}) (?=(?:{_PARTS_OF_DAYS})\b)"), r"every \1 "),
    (re.compile(r"\bthe (?:neet|nicht)\b"), "tonight"),
    (re.compile(r"(?<!of )(?<!in )(?<!at )\bthe night\b"
                r"(?! (?:before|after|shift|of|they|when)\b)"), "tonight"),
    (re.compile(r"(?<!of )(?<!in )(?<!for )(?<!on )\bthe day(?=\s*[,;]|\s+(?:hen|pal|at|aboot)\b)"),
     "today"),
    (re.compile(r"(?<!christmas )(?<!xmas )(?<!year )(?<!years )(?<!year's )\beve\b"), "evening"),
    (re.compile(r"\b(pick|drop)-?(up|off)(?=s?\b)"), r"\1 \2"),
    (re.compile(r"\b(home|tea)-?time\b"), r"\1 time"),
    (re.compile(r"\b4 (?=half |quarter )"), "for "),
    (re.compile(r"'n'|(?<= )'?n'?(?= )"), "and"),
    (re.compile(r"\bi am\b"), "i'm"),
    (re.compile(r"(?:^|(?<=hi )|(?<=hiya )|(?<=hello )|(?<=, ))am (?=(?:at|in) work|off|busy|free|"
                r"working|away|on (?:nights|days|earlies|lates|shift))"), "i'm "),
    (re.compile(r"\bnot (?:until|till?|while) (?!after)"
                r"(?!(?:the )?(?:first )?\w+day (?:after(?! next)|before|back))"
     r"(?!(?:the )?(?:(?:first|very) )?(?:day|morning|afternoon) \w+)"), "not before "),
)  # fmt: skip
_ABBREVIATED = re.compile(
    r"\b(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\."
    r"(?=\s*[\d@]|\s*(?:at|am|pm|half|quarter)\b)"
)
"""A day or a month cut short, the dot of which ends no sentence: "wed. 10am"."""
_WORD = re.compile(r"[a-z0-9][a-z0-9']*")
_MARKS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2212": "-", "&": " and "})


def tidy(text: str) -> str:
    """Lower-case the text in one spelling: "thrusday 3 P.M." gives "thursday 3 pm"."""
    plain = unicodedata.normalize("NFKC", text).translate(_MARKS).lower()
    plain = re.sub(r"\s*\n\s*", " . ", plain)
    plain = re.sub(r"(?:^|(?<=\s))\d\)\s*|[()]", " , ", plain)
    plain = _ABBREVIATED.sub(r"\1", plain)
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    plain = re.sub(r"\bo\s*'?\s*clock\b", " o'clock", plain)
    plain = in_english(plain)
    for said, meant in (*_GLUED, *_DIALECT):
        plain = said.sub(meant, plain)
    plain = _WORD.sub(lambda found: _spell(found.group()), plain)
    names = "|".join(WEEKDAYS)
    plain = re.sub(rf"\b({names})\s*,\s*(?=(the )?\d+(st|nd|rd|th))", r"\1 ", plain)
    return re.sub(r"\s+", " ", plain).strip()


def _spell(word: str) -> str:
    word = word.rstrip("'") if word.endswith(("in'", "an'")) else word
    if word in KNOWN_SPELLINGS:
        return KNOWN_SPELLINGS[word]
    for ending in ("'s", "s'", "'d"):
        if word.endswith(ending) and word[:-2] in KNOWN_SPELLINGS:
            return KNOWN_SPELLINGS[word[:-2]]
    if day := weekday_by_sound(word.removesuffix("'s").removesuffix("'")):
        return day
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
