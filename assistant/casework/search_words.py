"""Which words find a record at the desk: names, phone numbers, e-mail addresses and classes.

What a parent wrote about the matter finds nothing. Each word has a kind before it, so that a class
never stands for a name: ``name:kow``, ``phone:07700900123``, ``mail:…``, ``class:4b``.
"""

from __future__ import annotations

import re
import unicodedata

SHORTEST_PREFIX, LONGEST_PREFIX = 3, 8
"""Letters of a name that find it; a shorter name is found by the whole of it."""
LAST_DIGITS = 6
"""A phone number is found by all of its digits and by so many last ones."""
MOST_WORDS = 6

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`]")
_PHONE = re.compile(r"[+\d][\d\s()./-]{5,}")


def plain(text: str) -> str:
    """Return ``text`` in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in letters if not unicodedata.combining(each)).strip()


def words_of(*, names: tuple[str, ...], phone: str, email: str, class_name: str) -> frozenset[str]:
    """Return every word under which a record with these particulars is kept."""
    found = {f"name:{part}" for name in names for each in _parts(name) for part in _prefixes(each)}
    found |= {f"phone:{digits}" for digits in _phone_forms(phone)}
    found |= {f"mail:{plain(email)}"} if email.strip() else set()
    return frozenset(found | ({f"class:{plain(class_name)}"} if class_name.strip() else set()))


def asked(text: str) -> list[frozenset[str]]:
    """Return for each typed word what it may stand for; a record must match every word."""
    if _PHONE.fullmatch(text.strip()):
        return [frozenset({f"phone:{_digits(text)}"})]
    return [_meanings(word) for word in text.split()[:MOST_WORDS] if _meanings(word)]


def _meanings(word: str) -> frozenset[str]:
    small = plain(word)
    if "@" in small:
        return frozenset({f"mail:{small}"})
    joined = re.sub(r"[^\w]", "", small)
    if not joined:
        return frozenset()
    return frozenset({f"name:{joined[:LONGEST_PREFIX]}", f"class:{small}", f"phone:{joined}"})


def _parts(name: str) -> set[str]:
    """Return the parts of a name; ``O'Brien-Lee`` is obrien, brien, lee and obrienlee."""
    small = plain(name)
    whole = _APOSTROPHES.sub("", small)
    pieces = re.split(r"[\W_]+", small) + re.split(r"[\W_]+", whole)
    pieces += [re.sub(r"[\W_]", "", word) for word in whole.split()]
    return {piece for piece in pieces if piece}


def _prefixes(part: str) -> set[str]:
    if len(part) < SHORTEST_PREFIX:
        return {part}
    longest = min(LONGEST_PREFIX, len(part))
    return {part[:length] for length in range(SHORTEST_PREFIX, longest + 1)}


def _phone_forms(phone: str) -> set[str]:
    digits = _digits(phone)
    return {digits, digits[-LAST_DIGITS:]} if digits else set()


def _digits(text: str) -> str:
    """Return the digits of a number as it is dialled inside the country."""
    digits = "".join(re.findall("[0-9]", unicodedata.normalize("NFKC", text)))
    if digits.startswith("0044"):
        digits = digits[2:]
    is_abroad = digits.startswith("44") and len(digits) > 10  # noqa: PLR2004 - 44 and nine digits
    return f"0{digits[2:].lstrip('0')}" if is_abroad else digits
