"""Receipts: what a parent keeps to come back to a case without its link.

Algorithm: 80 bits in Crockford's base 32 and the check character of ``references``, which notices
every single wrong character and every swap of two. Source: Crockford, "Base 32".
"""

from __future__ import annotations

import re

from assistant.casework.references import ALPHABET, check_character, remainder_of

RECEIPT_BYTES = 10
LENGTH = 17
GROUP = 4

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._/]+")
_CONFUSABLE = str.maketrans("OIL", "011")


def spell_receipt(secret: bytes) -> str:
    """Return the receipt of ``RECEIPT_BYTES`` bytes: ``7K2M-9QXR-4T5V-W6YZ-3``."""
    whole = int.from_bytes(secret, "big")
    letters = "".join(ALPHABET[whole >> shift & 31] for shift in range(75, -1, -5))
    return _spelled(letters + check_character(letters))


def normalise_receipt(typed: str) -> str | None:
    """Return the receipt as it was printed, or None when it was not copied right.

    Case, spaces and dashes do not matter; the letters O, I and L are read as 0, 1 and 1.
    """
    letters = normalised_letters(typed)
    if len(letters) != LENGTH or set(letters) - set(ALPHABET) or remainder_of(letters):
        return None
    return _spelled(letters)


def normalised_letters(typed: str) -> str:
    """Return what was copied from paper in the letters of ``ALPHABET``, as far as it has any."""
    return _SEPARATORS.sub("", typed.upper()).translate(_CONFUSABLE)


def _spelled(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
