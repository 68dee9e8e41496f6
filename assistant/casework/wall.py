"""The conflict-of-interest wall: who may never host, read or hear of a matter.

It is a hard rule, not a setting. A complaint about the person named is closed to that person, to
everybody who declared a tie with them, and to everybody who shares a mailbox with one of these,
because mail to one of them can be read by the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Relationship


def walled_off(
    subjects: AbstractSet[str],
    relationships: Iterable[Relationship],
    inboxes: Mapping[str, AbstractSet[str]],
) -> frozenset[str]:
    """Return the ids of all whom a matter about ``subjects`` (ids) must never reach.

    ``inboxes`` maps a shared mailbox to the ids of its readers. Ties reach one step: a relative's
    relative is not walled off.
    """
    close = set(subjects)
    for tie in relationships:
        if {tie.a, tie.b} & subjects:
            close |= {tie.a, tie.b}
    readers = (set(ids) for ids in inboxes.values() if close & ids)
    return frozenset(close.union(*readers))


def school_wall(school: School, subjects: AbstractSet[str]) -> frozenset[str]:
    """Return ``walled_off`` with the ties and mailboxes that the school declared."""
    return walled_off(subjects, school.relationships, school.inboxes)
