"""Whatever people are called, their matter comes to the same door."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from assistant.services.who_is_meant import ALIKE, TITLED
from tests.checklist.everyday import FORENAMES, PLAIN_FORENAMES, PLAIN_SURNAMES, SURNAMES
from tests.checklist.perturbations import seeded
from tests.checklist.steering import SCHOOL, Path
from tests.checklist.suite import messages
from tests.checklist.telling import tell

if TYPE_CHECKING:
    import random

DRAWS = 2
KEPT = 0.95
"""100 % of 50 were measured."""
CHILD = re.compile(
    r"\b(?:[Mm]y|[Oo]ur|[Hh]er|[Hh]is|[Mm]um of|[Dd]ad of)(?: (?:son|daughter|lad|boy|girl|"
    r"grandson|granddaughter|nephew|niece|brother|sister|friend|eldest|youngest))*,? "
    r"([A-Z][a-z]+)\b"
)
"""A child or a relative called by name."""
Names = tuple[tuple[str, ...], tuple[str, ...]]
PLAIN: Names = (PLAIN_FORENAMES, PLAIN_SURNAMES)
OF_ALL_ORIGINS: Names = (FORENAMES, SURNAMES)


def named() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return the messages that name somebody, the names, and the doors that are accepted."""
    found = []
    for case in messages():
        titled = [match[0] for match in TITLED.finditer(case.text) if match[2][0].isupper()]
        names = tuple(dict.fromkeys([*titled, *CHILD.findall(case.text)]))
        found += [(case.text, names, case.accept)] if names else []
    return found


def called_otherwise(
    text: str, names: tuple[str, ...], others: Names, chance: random.Random
) -> str:
    """Return ``text`` with every name in it replaced; titles stay."""
    for name in sorted(names, key=len, reverse=True):
        title = re.match(r"(?:mrs?|ms|miss|mx|dr|sir)\.?\s+", name, re.IGNORECASE)
        rest = name[title.end() :] if title else name
        parts = [chance.choice(others[1] if title or place else others[0])
                 for place, _ in enumerate(rest.split())]  # fmt: skip
        text = text.replace(rest, " ".join(parts))
    return text


def test_a_name_of_any_origin_leads_to_the_same_door(path: Path) -> None:
    rows = named() * DRAWS
    plain, swapped = (
        [
            called_otherwise(text, names, others, seeded(text, f"{place}"))
            for place, (text, names, _) in enumerate(rows)
        ]
        for others in (PLAIN, OF_ALL_ORIGINS)
    )
    before, after = path.steer(plain), path.steer(swapped)
    moved = [
        (f"names {place}", text, now)
        for place, (text, (_, _, accept), then, now) in enumerate(
            zip(swapped, rows, before, after, strict=True)
        )
        if now.channel != then.channel and now.channel not in accept
    ]
    pairs = zip(before, after, strict=True)
    lost = [now for then, now in pairs if then.in_safety and not now.surfaced]
    assert tell("names of all origins", len(rows), moved) >= KEPT
    assert not lost


def test_no_name_of_ours_is_taken_for_one_of_the_staff() -> None:
    staff = [name for one in SCHOOL.people for name in (one.known_as, one.name)]
    ours = [f"{first} {last}" for first in FORENAMES for last in SURNAMES]
    alike = [
        name
        for name in (*ours, *(f"Mrs {last}" for last in SURNAMES))
        if process.extractOne(
            name, staff, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=ALIKE
        )
    ]
    assert alike == []
