"""Cutting a message into sentences, as parents write them: few capitals, many line breaks."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` in order, at least one; an empty text is one empty one."""
    parts = [part.strip() for part in _BOUNDARY.split(text)]
    return [part for part in parts if part] or [text.strip()]
