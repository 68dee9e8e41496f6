"""A mistake in what was typed: which field it is in, and a sentence on what to do."""

from __future__ import annotations

from typing import NamedTuple

SHOWN_CHARACTERS = 30


class Problem(NamedTuple):
    """``field`` is the name of the field in the form; ``said`` names the row and the remedy."""

    field: str
    said: str


def quoted(text: str) -> str:
    """Return the text in quotation marks, cut where it is long."""
    cut = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
    return f"“{cut}”"
