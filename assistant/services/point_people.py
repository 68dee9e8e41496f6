"""Whom each point of a draft may be about: the wall reads the real words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.about_head import is_about_head
from assistant.casework.kinds import Role
from assistant.services.who_is_meant import people_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.services.desk import Desk
    from assistant.services.point_drafts import Point

PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)


def subjects_of_points(desk: Desk, points: Sequence[Point]) -> list[frozenset[str]]:
    """Return the ids of all whom each point may be about.

    "She" without a name may be whoever the point before names: better one reader too few. The
    head is left out of that, as every door but the governors' would close.
    """
    heads = frozenset(person.id for person in desk.school.with_role(Role.HEADTEACHER))
    found: list[frozenset[str]] = []
    before: frozenset[str] = frozenset()
    for point in points:
        named = people_in_words(desk, point.words)
        if is_about_head(point.reading, None):
            named |= heads
        goes_on = not named and bool(PRONOUN.search(point.words))
        found.append(before - heads if goes_on else named)
        before = named
    return found
