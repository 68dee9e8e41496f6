"""The first words of a point, with the names of people masked, for wherever it is only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.details.names import find_names, find_staff
from assistant.casework.masking import Mask, merged, segments, spans_of
from assistant.casework.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.casework.masking import Segment
    from assistant.casework.school import School

A_MEMBER_OF_STAFF, A_NAME = "a member of staff", "a name"
LONGEST = 140  # characters


def preview(school: School, words: str) -> tuple[Segment, ...]:
    """Return the beginning of ``words`` in stretches; those with a label are masked."""
    short = shorten(words, LONGEST)
    return tuple(segments(short, merged(_masks(school, short))))


def names_somebody(school: School, words: str) -> bool:
    """Tell whether a person is named in the first words; the parent is then asked to look again."""
    return any(each.label for each in preview(school, words))


def _masks(school: School, text: str) -> Iterator[Mask]:
    for person in school.people:
        for name in (person.known_as, person.name, *person.nicknames):
            if not name.startswith("the "):
                for span in spans_of(text, name):
                    yield Mask(*span, A_MEMBER_OF_STAFF)
    for run in find_staff(text):
        yield Mask(run.start, run.end, A_MEMBER_OF_STAFF)
    for run in find_names(text):
        if text[run.start].isupper():
            yield Mask(run.start, run.end, A_NAME)
