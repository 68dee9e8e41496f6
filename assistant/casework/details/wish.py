"""What makes a sentence a wish."""

from __future__ import annotations

import re

WISH = re.compile(
    r"\b(?:can|could|may|please|pls|plz|like|want|need|wish|prefer|rather|hoping|"
    r"let\s+me|get\s+me|how\s+(?:do|can|would)\s+i|who\s+do\s+i|book|arrange|"
    r"happy\s+to)\b",
    re.IGNORECASE,
)
SHORT = 15
"""Words; in a longer message a wish must be said as one."""
