"""Words for which a passage is looked at twice before a parent gets a copy of it.

They decide nothing: a person does. The exemptions are those of the Data Protection Act 2018,
Schedules 2 and 3: other people, serious harm, child abuse data, legal privilege. What was decided
about a member of staff is private to them.
"""

from __future__ import annotations

import re

_CUES = {
    "It may say what was decided about a member of staff, which is private to them.": (
        r"disciplin\w*|written warning|verbal warning|capability|dismiss\w*|gross misconduct|"
        r"suspended|occupational health|HR"
    ),
    "It may hold child abuse data, or something that could seriously harm somebody.": (
        r"abus\w*|safeguarding|social (?:worker|services)|MASH|LADO|bruis\w*|self[- ]?harm\w*|"
        r"suicid\w*|domestic violence|refuge|police"
    ),
    "It may be legal advice to the school.": r"solicitors?|barristers?|legal advice|privileged",
    "It may be said in confidence by somebody else.": (
        r"in confidence|confidential\w*|don'?t tell|do not tell|anonymous\w*"
    ),
}
_LOOKS = {said: re.compile(rf"\b(?:{cues})\b", re.IGNORECASE) for said, cues in _CUES.items()}


def second_looks(text: str) -> tuple[str, ...]:
    """Return a sentence for each reason to look at this text twice."""
    return tuple(said for said, cue in _LOOKS.items() if cue.search(text))
