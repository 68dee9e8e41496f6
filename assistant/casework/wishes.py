"""What a parent says would put it right, inside their own account."""

from __future__ import annotations

import re

WISH = re.compile(
    r"\b(?:i|we)(?:'d| would)? ?(?:just |only |really )?(?:want|expect|like|need)\b"
    r"|\bi'm (?:asking|looking) for\b",
    re.IGNORECASE,
)
OF_THE_CHAT = re.compile(
    r"\b(?:complain\w*|complaint|meeting|appointment|speak|talk|see (?:the|his|her|someone)|"
    r"book|person|human|interpreter|call back|ring me)\b",
    re.IGNORECASE,
)


def wish_in(account: str) -> str:
    """Return the sentences that say what the parent wants done; empty when there are none."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", account)
    wishes = [one for one in sentences if WISH.search(one) and not OF_THE_CHAT.search(one)]
    return " ".join(wishes).strip()
