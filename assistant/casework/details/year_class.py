"""The year and the class of a child."""

from __future__ import annotations

import re

from assistant.casework.details.word_lists import words

_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
)
_NUMBER = r"(?P<number>1[0-3]|[1-9]|" + "|".join(_WORDS) + r")"
_YEAR = re.compile(
    rf"\b(?:year|yr|y)[\s.:\-]{{0,2}}{_NUMBER}(?![\w:]|\s?(?:years|yrs)\b)", re.IGNORECASE
)
_ALSO_YEAR = re.compile(rf"\b{_NUMBER}(?:th|st|nd|rd)\s+(?:year|yr)\b", re.IGNORECASE)
_EARLY = [
    (
        "Nursery",
        re.compile(
            r"\b(?:nursery|pre-?school)\b(?!\s+(?:school|worker|staff|manager|gate))", re.IGNORECASE
        ),
    ),
    ("Reception", re.compile(r"\b(?:(?i:year\s+r)|foundation stage)\b|\bYR\b|\bEYFS\b")),
    ("Sixth form", re.compile(r"\b(?:sixth|6th)\s+form\b(?!ers?)", re.IGNORECASE)),
]
_RECEPTION = re.compile(
    r"\breception\b(?!\s+(?:desk|said|lady|woman|staff|told|area|again|about|phone|"
    r"team|rang))",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:at|the|on|your|with|to|from|rang|ring|via|call|through|main|"
    r"wait(?:ing)?\s+in|stood\s+in|sat\s+in"
    r"|(?:lady|woman|person|someone|people|man)\s+in)\s+$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?P<code>(?P<year>1[0-3]|"
    r"[1-9])[\s\-]?(?P<letters>[A-Za-z]{1,4})(?P<digit>\d?))\b(?![:'’]|\s?[ap]\.?m)"
)
_NOT_A_CLASS = words(
    "am pm st nd rd th x k m g p ft min mins hr hrs h ish yr yrs kg cm mm kids of to "
    "in or and at on is"
    " pt as by no so we he if not but the old hour day days week year wks wk weeks "
    "times all per for she i a"
    " year yrs her his them was has did got out pls us me my boys girls o an more "
    "lots dads mums till off "
)
_LETTERS_ALWAYS = re.compile(r"[A-Z]{1,4}\d?")
_NAMED = re.compile(
    r"\b(?P<before>[A-Z][a-z]{2,14})(?:'s)?\s+(?:class|form)\b"
    r"|\b(?:class|form)(?:\s+(?:is|called|name))?[\s:]+(?P<after>[A-Z][a-z]{2,14})\b"
    r"|\bin\s+(?P<group>[A-Z][a-z]{2,14}s?)\s+(?:class|form)\b"
)
_CODED = re.compile(
    r"\b(?:class|form|tutor group)(?:\s+(?:is|name))?[\s:]+(?P<code>(?:1[0-3]|"
    r"[1-9])[A-Za-z]{1,3}\d?|R[A-Z0-9]{0,2}(?![a-z]))\b"
)
_NO_CLASS_NAMES = words(
    "Dear Nursery Reception The Her His My Our This That Whole In First Second Other "
    "Same Christmas Easter French German Spanish Art Music Maths Math Science "
    "English History Geography Drama Dance Sixth Middle Working Year Form Mandarin "
    "Latin Computing Swimming Next Good Best Upper Lower Top Bottom Set One Two "
    "Three Four Five Six Economy World Business Master Which What Their Each Every A"
)
_OTHERS_BEFORE = re.compile(
    r"\b(?:an?|some|two|three|four|another|other|the|them|those|older|these|most|"
    r"every|all|of|his|her|their)\s+(?:\w+\s+)?(?:kids?|boys?|girls?|lads?|"
    r"lass(?:es)?|pupils?|ones?|mates?|friends?|bully|bullies|child|children|student|"
    r"students)\s+(?:in|from)\s+(?:the\s+)?$"
    r"|\b(?:since|until|till|back\s+in|was\s+in|were\s+in|when|from|by|ready\s+for|"
    r"go(?:ing)?\s+into|starts?|starting|moving\s+(?:up\s+)?to|every|another|a|some|"
    r"taught|teaches|other)\s+(?:\w+\s+in\s+)?$",
    re.IGNORECASE,
)
_OTHERS_AFTER = re.compile(
    r"^s\b|^\s*(?:lads?|boys?|girls?|kids?|pupils|children|teachers?|parents|loos?|"
    r"toilets?|corridor|assembly|classes|trip|chat|whatsapp|group|play|show|leavers|"
    r"residential|disco|lot|students|teacher|class\s+novel|sats|exams?|homework|camp|"
    r"end|line|team|options|mocks|and\s+(?:year\s*)?\d+)\b",
    re.IGNORECASE,
)
_SHORT_CODE = 2
_SHORT = 15
"""Words; in a longer message a year must be the only one, and not somebody else's."""


def find_year(text: str) -> str | None:
    """Return "Year 5", "Reception", "Nursery" or "Sixth form"; an age is not a year."""
    years = [match for pattern in (_YEAR, _ALSO_YEAR) for match in pattern.finditer(text)]
    own = [match for match in years if _is_own(text, match)]
    numbers = list(dict.fromkeys(_as_number(match["number"]) for match in own))
    if numbers and (len(numbers) == 1 or len(text.split()) <= _SHORT):
        return f"Year {numbers[0]}"
    if years:
        return None
    for name, pattern in _EARLY:
        if pattern.search(text):
            return name
    return "Reception" if _means_the_class(text) else None


def find_class(text: str, *, short: bool) -> str | None:
    """Return the class as the school writes it: "4B", "8Y2", "7KHO", "Oak".

    ``short`` messages (an answer to a question) may hold a code in lower case on its own.
    """
    if match := _CODED.search(text):
        return re.sub(r"\s", "", match["code"]).upper()
    if match := _NAMED.search(text):
        name: str = match["before"] or match["after"] or match["group"]
        of_a_teacher = re.search(
            r"\b(?:mr|mrs|miss|ms|dr)\.?\s+$", text[: match.start()], re.IGNORECASE
        )
        if name not in _NO_CLASS_NAMES and not of_a_teacher:
            return name
    for match in _CODE.finditer(text):
        if _is_code(match, short=short):
            return re.sub(r"[\s\-]", "", match["code"]).upper()
    return None


def year_of_class(class_name: str | None) -> str | None:
    """Return the year that a coded class belongs to ("8Y2" is in Year 8)."""
    match = re.match(r"(1[0-3]|[1-9])[A-Z]", class_name or "")
    return f"Year {match[1]}" if match else None


def _is_own(text: str, match: re.Match[str]) -> bool:
    if len(text.split()) <= _SHORT:
        return not re.match(r"s\b", text[match.end() :])
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :]
    return not (_OTHERS_BEFORE.search(before) or _OTHERS_AFTER.match(after))


def _is_code(match: re.Match[str], *, short: bool) -> bool:
    letters = match["letters"]
    if letters == "s":
        return False
    ordinary = letters.lower() in _NOT_A_CLASS and not (letters.isupper() and len(letters) == 1)
    if (ordinary and not match["digit"]) or (" " in match["code"] and not letters.isupper()):
        return False
    if _LETTERS_ALWAYS.fullmatch(letters) and (letters != "A" or " " not in match["code"]):
        return True
    return short and (len(letters) <= _SHORT_CODE or bool(match["digit"]))


def _means_the_class(text: str) -> bool:
    return any(not _DESK.search(text[: match.start()]) for match in _RECEPTION.finditer(text))


def _as_number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower()) + 1
