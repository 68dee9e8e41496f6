"""The first words of a point, with the names of people masked, for wherever it is only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.masking import segments
from assistant.casework.wording import shorten
from assistant.services.find_masks import A_NAME, Finder

if TYPE_CHECKING:
    from assistant.casework.masking import Segment
    from assistant.casework.school import School

A_MEMBER_OF_STAFF = "a member of staff"
LONGEST = 140  # characters
NAMES = frozenset({A_NAME, A_MEMBER_OF_STAFF})


def preview(school: School, words: str) -> tuple[Segment, ...]:
    """Return the beginning of ``words`` in stretches; those with a label are masked."""
    short = shorten(words, LONGEST)
    return tuple(segments(short, _finder(school).masks_in(short)))


def names_somebody(school: School, words: str) -> bool:
    """Tell whether a person is named in the first words; the parent is then asked to look again."""
    return any(each.label in NAMES for each in preview(school, words))


def _finder(school: School) -> Finder:
    staff = {
        called: A_MEMBER_OF_STAFF
        for each in school.people
        for called in (each.known_as, each.name, *each.nicknames)
        if not called.startswith("the ")
    }
    return Finder(frozenset(), frozenset(), {}, staff)
