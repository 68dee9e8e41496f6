"""Telephone numbers that were spoken to a telephone: "oh seven seven double oh nine"."""

from __future__ import annotations

import re

_NAUGHTS = ("oh", "o", "zero", "nought", "naught", "nil")
_DIGITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_VALUES = dict.fromkeys(_NAUGHTS, "0") | {word: str(n) for n, word in enumerate(_DIGITS, 1)}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_ONE = rf"(?:(?:{'|'.join(_TIMES)})[\s-]+)?(?:(?:{'|'.join(_VALUES)})\b|o?\d+)"
_BETWEEN = r"(?:[\s,.-]+(?:(?:and|then|um|uh|er|erm)[\s,.-]+)?)"
_DICTATED = re.compile(
    rf"(?<!\w)(?:(?:plus|\+)[\s-]*(?:four|4)[\s-]*(?:four|4){_BETWEEN})?{_ONE}"
    rf"(?:{_BETWEEN}{_ONE}){{2,}}(?!\w)",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:(?P<times>{'|'.join(_TIMES)})[\s-]+)?(?P<digit>(?:{'|'.join(_VALUES)})\b|o?\d+)|(?P<plus>plus|\+)",
    re.IGNORECASE,
)


def find_dictated(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return each run of spoken digits as figures ("0770090…") with its span, whole or not."""
    found = _DICTATED.finditer(text)
    return [(_figures(match[0]), match.span()) for match in found if _has_words(match[0])]


def _has_words(run: str) -> bool:
    return bool(re.search(r"[a-z]", run, re.IGNORECASE))


def _figures(run: str) -> str:
    return "".join(_of_part(part) for part in _PART.finditer(run))


def _of_part(part: re.Match[str]) -> str:
    if part["plus"]:
        return "+"
    digit = part["digit"].lower()
    digits = _VALUES.get(digit, digit.replace("o", "0"))
    times = _TIMES.get((part["times"] or "").lower(), 1)
    return digits[0] * (times - 1) + digits
