"""Names that are written to be taken for somebody else's.

Letters of other alphabets that are drawn alike are read as the ordinary ones (Unicode Technical
Standard 39 calls them confusables), so a name written with them is found by what it reads like.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from assistant.casework.plain_words import plain

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

DRAWN_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Alphabets that share letter shapes; others are told apart at a glance."""


def staff_named_like(school: School, name: str) -> tuple[Person, ...]:
    """Return the staff whose whole name, or whose title and surname, ``name`` reads like."""
    wanted = _read(name)
    return tuple(
        person
        for person in school.people
        if wanted and wanted in {_read(person.name), _read(person.known_as)}
    )


def mixes_alphabets(name: str) -> bool:
    """Tell whether one word of the name has letters of two alphabets that are drawn alike."""
    return any(len(_alphabets(word)) > 1 for word in name.split())


def _read(name: str) -> str:
    return " ".join(plain(name).split())


def _alphabets(word: str) -> set[str]:
    letters = (unicodedata.name(each, "").partition(" ")[0] for each in word if each.isalpha())
    return set(DRAWN_ALIKE.intersection(letters))
