"""Whether a danger that was told of has passed, in the parent's own words."""

from __future__ import annotations

import re

PASSED = re.compile(
    r"""\b(?:
        every(?:one|body)(?:'?s|\s+is|\s+are)?\s+(?:all\s+)?(?:ok|okay|safe|fine|alright)
      | (?:he|she|they)(?:'?s|'?re|\s+is|\s+are)\s+(?:here|home|back|turned\s+up)\b
      | (?:we|they|he|she|kids|children)(?:'?re|'?s|\s+are|\s+is|\s+r)\s+(?:all\s+)?
        (?:ok|okay|safe|fine|alright|breathing|found)\b
      | all\s+(?:ok|okay|safe|over|clear|done|sorted)
      | (?:it|thats|that)(?:'?s|\s+is)?\s+(?:all\s+)?over
      | over\s+now | safe\s+now | calmed\s+down\s+now
      | (?:police|ambulance|paramedics|they)(?:'?re|\s+are|\s+r)\s+here
      | (?:found|got)\s+(?:him|her|them)\b
      | been\s+(?:arrested|taken\s+away)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

NOT_PASSED = re.compile(
    r"\b(?:not|isn'?t|aren'?t|never|can'?t|haven'?t|hasn'?t)\b[^.!?]{0,20}"
    r"\b(?:ok|okay|safe|over|found|here|fine)\b",
    re.IGNORECASE,
)


TAKEN_BACK = re.compile(
    r"\b(?:just|only) (?:ranting|joking|venting|messing|asking|wondering)\b"
    r"|\bnothing like that\b|\bnot what i meant\b|\b(?:i )?(?:hadn'?t|didn'?t) mean\b"
    r"|\bno ?(?:one|body)(?:'s| is| was) (?:hurt|hurting|in danger|at risk|unsafe)\b"
    r"|\b(?:got|gotten|taken) (?:me|it|that) wrong\b|\bisn'?t about (?:safety|that)\b",
    re.IGNORECASE,
)


def takes_back(text: str) -> bool:
    """Whether ``text`` says that no danger was meant."""
    return bool(TAKEN_BACK.search(text.replace("’", "'")))


def has_passed(text: str) -> bool:
    """Whether ``text`` says that everyone is safe now or that help has come."""
    plain = text.replace("’", "'")
    return bool(PASSED.search(plain)) and not NOT_PASSED.search(plain)
