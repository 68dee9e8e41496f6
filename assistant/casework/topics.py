"""What a case is about, for figures: a topic of the school's list, chosen by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.casework.kinds import CaseKind, Channel
    from assistant.casework.school import School

NOT_SORTED = "Not sorted yet"


def topic_of(school: School, kind: CaseKind, channel: Channel, chosen: str) -> str:
    """Return the name of the topic ``chosen`` (an id), or of the one that the kind suggests.

    Failing that, of the one that the channel of the chat suggests. A topic that left the list
    counts as not chosen.
    """
    for fits in (
        lambda each: each.id == chosen,
        lambda each: kind in each.kinds,
        lambda each: channel in each.channels,
    ):
        found = next((each.name for each in school.topics if fits(each)), "")
        if found:
            return found
    return NOT_SORTED
