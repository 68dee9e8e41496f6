"""Whether a message answers the question that stands open; what it says is read by casework."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.casework.references import find_reference
from assistant.casework.times import looks_like_time

_CLASS = re.compile(
    r"\b(?:y(?:ea)?r?s?\s?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"
    r"|reception|nursery|[1-9]\d?\s?[a-z]{1,3}|class \w+)\b",
    re.IGNORECASE,
)
_REACH = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\d[\s().-]?){7,}")


def is_answer(text: str, expects: str | None, people: Sequence[str] = ()) -> bool:
    """Tell whether the words carry what was asked for; False when nothing was."""
    if expects == "when":
        return looks_like_time(text)
    if expects == "reference":
        return find_reference(text) is not None
    if expects == "child":
        return bool(people) or _CLASS.search(text) is not None
    return expects == "contact" and (bool(people) or _REACH.search(text) is not None)
