"""References that a parent can read out on the phone.

Algorithm: 40 random bits from ``secrets`` in Crockford's base 32 (no I, L, O, U) and one check
character over GF(32), the field with the polynomial x⁵ + x² + 1. As a code word is a multiple of
(x + 2), every single wrong character and every swap of two characters is noticed.
Source: Crockford, "Base 32"; the check is a one-symbol Reed-Solomon code.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "SG"
RANDOM_CHARACTERS = 8
LENGTH = RANDOM_CHARACTERS + 1
GROUP = 3

_SEPARATORS = r"[\s\-\u2010-\u2015\u2212._/]*"
_CHARACTER = rf"[0-9A-Z]{_SEPARATORS}"
_PREFIXED = re.compile(
    rf"(?<![0-9A-Z])[S5]{_SEPARATORS}G{_SEPARATORS}({_CHARACTER * LENGTH})(?![0-9A-Z])"
)
_BARE = re.compile(rf"{_SEPARATORS}({_CHARACTER * LENGTH})")
_CONFUSABLE = str.maketrans("OIL", "011")


def new_reference() -> str:
    """Return a fresh reference such as ``SG-7K2-M9Q-XR4``; it holds at least one digit."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
        if any(character.isdigit() for character in drawn):
            return _spelled(drawn + check_character(drawn))


def normalise_reference(text: str) -> str | None:
    """Return the canonical form of a typed reference, or None when it is not one.

    Case, spaces and dashes do not matter; the letters O, I and L are read as 0, 1 and 1. Without
    its prefix it must hold a digit, or nine-letter words would pass for references.
    """
    typed = text.upper().strip()
    prefixed = _PREFIXED.fullmatch(typed)
    if prefixed:
        return _checked(prefixed[1])
    bare = _BARE.fullmatch(typed)
    return _checked(bare[1]) if bare and re.search("[0-9]", typed) else None


def find_reference(text: str) -> str | None:
    """Return the first valid reference inside a message, in canonical form, or None.

    Inside other words only a reference with its prefix is recognised.
    """
    found = (_checked(match[1]) for match in _PREFIXED.finditer(text.upper()))
    return next((reference for reference in found if reference), normalise_reference(text))


def new_token() -> str:
    """Return a secret-link token: 128 random bits, URL-safe. Only its digest may be stored."""
    return secrets.token_urlsafe(16)


def _checked(typed: str) -> str | None:
    letters = re.sub(_SEPARATORS, "", typed).translate(_CONFUSABLE)
    if set(letters) - set(ALPHABET) or remainder_of(letters):
        return None
    return _spelled(letters)


def _spelled(letters: str) -> str:
    groups = [letters[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join([PREFIX, *groups])


def check_character(letters: str) -> str:
    """Return the character that makes a code word of ``letters`` (at most 30, of ``ALPHABET``)."""
    return ALPHABET[_doubled(remainder_of(letters))]


def remainder_of(letters: str) -> int:
    """Return what is left of a code word of ``ALPHABET``: 0 when it was copied without a slip."""
    remainder = 0
    for letter in letters:
        remainder = _doubled(remainder) ^ ALPHABET.index(letter)
    return remainder


def _doubled(value: int) -> int:
    """Multiply by x in GF(32)."""
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)
