"""Whether both parents want to be seen together, or one of them without the other."""

from __future__ import annotations

import re

_OTHER = r"(?:my|his|her|their)\s+(?:husband|wife|partner|dad|father|mum|mam|mother|ex\W?\w*)"
_PAIR = rf"(?:{_OTHER}\s+and\s+(?:i|me)|(?:me|i)\s+and\s+{_OTHER}|we)"
_COME = r"(?:com(?:e|ing)|attend\w*|be\s+(?:there|at|in|on)|meet|see|speak|talk|sit\s+in)"
_WISH = (
    r"(?:(?:would|will|want|like|love|need|to|can|could|are|be|able|going|hope|hoping|prefer|"
    r"really|also)\s+)"
)
"""What may stand around *both* in a wish; "we have both tried to speak to her" is none."""
_TOGETHER = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_PAIR}(?:'(?:d|ll|re))?\s+{_WISH}{{0,3}}both\s+{_WISH}{{0,5}}{_COME}\b",
        rf"\b{_PAIR}(?:'\w+)?\s+(?:\w+\s+){{0,5}}?{_COME}\s+(?:\w+\s+){{0,2}}?together\b",
        rf"\bboth\s+(?:of\s+us|(?:his\s+|her\s+)?parents)\s+{_WISH}{{0,5}}{_COME}\b",
    )
]
_ALONE = re.compile(
    r"\bseparate\s+(?:meeting|appointment|slot|time|talk)s?\b"
    rf"|\b{_COME}\s+(?:\w+\s+){{0,3}}separately\b|\bseparately\s+(?:from|to)\s+{_OTHER}"
    r"|\b(?:not|without|cannot|(?:do|can|wo|would|could|should)n'?t)\s+(?:\w+\s+){0,5}?(?:same\s+(?:room|meeting)|together)\b"
    rf"|\bwithout\s+{_OTHER}\b",
    re.IGNORECASE,
)


def find_both_parents(text: str) -> bool | None:
    """Tell whether both parents ask to come together; False when one wants a meeting alone.

    Parents who live apart are seen separately unless both ask, so that a wish to
    be seen alone outweighs everything else in the message.
    """
    if _ALONE.search(text):
        return False
    return True if any(pattern.search(text) for pattern in _TOGETHER) else None
