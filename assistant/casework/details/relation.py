"""What the writer is to the child."""

from __future__ import annotations

import re

_RELATIONS = [
    ("foster carer", r"foster\s+(?:carer|mum|dad|parent|mother|father)"),
    ("stepmum", r"step-?\s?(?:mum|mother|mom)"),
    ("stepdad", r"step-?\s?(?:dad|father)"),
    ("childminder", r"child\s?minder"),
    ("guardian", r"(?:special\s+)?guardian"),
    ("carer", r"(?:kinship\s+)?carer"),
    (
        "grandparent",
        (
            r"nan|nana|nanny|gran|granny|grandma|grandmother|grandad|granddad|grandpa|"
            r"grandfather|grandparent|nani|dadi|babcia"
        ),
    ),
    ("mum", r"mum|mam|mom|mummy|mother|ma"),
    ("dad", r"dad|daddy|father|da"),
    ("aunt", r"aunt|auntie|aunty"),
    ("uncle", r"uncle"),
    ("sister", r"(?:big\s+|older\s+)?sister"),
    ("brother", r"(?:big\s+|older\s+)?brother"),
    ("social worker", r"social\s+worker"),
    ("neighbour", r"neighbour"),
]
_SELF = (
    r"(?:i'?m|i\s+am|im|it'?s|this\s+is|am)\s+(?:only\s+|just\s+)?(?:(?:his|her|their|"
    r"the|a|an|"
    r"[\w'’\-]+'?s)\s+)?(?:[A-Z][\w'’\-]+(?:\s+[A-Z][\w'’\-]+)?,?\s+(?:(?:his|her|"
    r"their)\s+)?)?"
)


def _patterns(words: str) -> list[re.Pattern[str]]:
    return [
        re.compile(rf"\b{_SELF}(?:{words})\b(?!\s*(?:and\s+i\b|'s))", re.IGNORECASE),
        re.compile(
            rf"(?:,|\(|-|\b\w+'s)\s*(?:(?:his|her|their)\s+)?(?:{words})\s*(?:[,.)\n]|\x02|$|"
            rf"(?:here|of)\b)",
            re.IGNORECASE,
        ),
        re.compile(rf"^\s*(?:{words})(?:\s+(?:of|here|to)\b|\s*[,:]|\s*$)", re.IGNORECASE),
        re.compile(
            rf"(?:^|[,.;\n\x02]\s*)(?:{words})\s*(?:[.,:\-–]\s|is\s+\S+\s*(?:$|[,.\x02]|"
            rf"\S+\s*\x02))",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:^|[,.;\n]\s*)(?:{words})\s+\S+(?:\s+\S+)?\s*[\x02\x03]", re.IGNORECASE),
        re.compile(rf"\x02\s*(?:{words})\s+is\b", re.IGNORECASE),
        re.compile(rf"\bas\s+(?:his|her|their|a|the)\s+(?:{words})\b", re.IGNORECASE),
    ]


_ALL = [(label, _patterns(words)) for label, words in _RELATIONS]


_SHORT = 30
"""Words; in a longer message only "I'm her mum" counts."""


def find_relation(text: str) -> str | None:
    """Return what the writer says they are: "mum", "grandparent", "childminder"."""
    for label, patterns in _ALL:
        chosen = patterns if len(text.split()) <= _SHORT else [patterns[0], patterns[-1]]
        if any(pattern.search(text) for pattern in chosen):
            return label
    return None
