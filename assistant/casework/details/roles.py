"""Whom a parent wants to meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.details.wish import SHORT, WISH
from assistant.casework.kinds import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


def _table(rows: Sequence[tuple[Role, str]]) -> list[tuple[Role, re.Pattern[str]]]:
    return [(role, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for role, words in rows]


_TITLE = r"(?:teacher|master|mistress)\b(?!\s+of\s+(?:year|yr|y)\b)"
"""The rest of a headteacher's title; a "head teacher of year 4" is a head of year."""

_ROLES = _table(
    [
        (Role.VICE_CHAIR, r"vice[\s-]?chair(?:man|woman)?(?:\s+of\s+(?:the\s+)?govern[oe]?rs?)?"),
        (
            Role.CHAIR,
            r"chair(?:man|woman|person)?(?:\s+of\s+(?:the\s+)?gov(?:ern[oe]?rs?|s)?)?(?!s)",
        ),
        (Role.CLERK, r"clerk(?:\s+(?:to|of)\s+(?:the\s+)?governors)?"),
        (Role.GOVERNOR, r"gov(?:ern[oe]?rs?|enors?|s)"),
        (Role.EXECUTIVE_HEAD, r"exec(?:utive)?\s+head(?:teacher)?|ceo|chief executive"),
        (
            Role.HEAD_OF_YEAR,
            (
                r"head\s+of\s+(?:year|yr|y)(?:\s?\d+)?|year\s+head|hoy|head\s+of\s+(?:her|his|"
                r"their)\s+year"
            ),
        ),
        (Role.HEADS_PA, r"head(?:teacher)?'?s\s+(?:pa|secretary)"),
        (
            Role.HEAD_OF_DEPARTMENT,
            (
                r"head\s+of\s+(?:dep(?:artmen)?t|department|subject|faculty|maths|english|science|"
                r"pe|art|music|history|geography|mfl|languages|drama|dt|computing)"
            ),
        ),
        (Role.DEPUTY, r"(?:deputy|assistant)\s+head(?:teacher|master|mistress)?|deputy"),
        (
            Role.SENCO,
            (
                r"sen[ckd]+o?s?|senc[ao]|sendco|inclusion\s+lead|sen\s+(?:lead|teacher|"
                r"coordinator)"
            ),
        ),
        (
            Role.SAFEGUARDING_LEAD,
            r"safeguarding\s+(?:lead|officer|person)|dsl|child protection\s+(?:lead|officer)",
        ),
        (Role.DATA_PROTECTION_OFFICER, r"data\s+protection\s+officer|dpo"),
        (
            Role.PASTORAL,
            (
                r"pastoral(?:\s+(?:lead|team|care|manager|person|lady))?|family\s+(?:support|"
                r"liaison)\s+worker"
            ),
        ),
        (
            Role.PHASE_LEADER,
            (
                r"(?:phase|key\s+stage)\s+lead(?:er)?|head\s+of\s+(?:infants|juniors|lower school|"
                r"upper school|early years|ks[1-4])|early years lead"
            ),
        ),
        (Role.TUTOR, r"(?:form\s+)?tutor|form\s+teacher"),
        (Role.BUSINESS_MANAGER, r"(?:school\s+)?business\s+manager|bursar"),
        (Role.OFFICE, r"(?:school\s+|front\s+|main\s+)?office|receptionist|admin(?:\s+team)?"),
        (Role.HEADTEACHER, rf"head\s?{_TITLE}|the\s+head(?!\s+{_TITLE})|head|principal"),
        (
            Role.TEACHER,
            (
                r"(?:(?:class|maths|english|science|pe|art|music|history|geography|french|"
                r"spanish)\s+)?teacher|miss|sir"
            ),
        ),
    ]
)
_WANTING = re.compile(
    r"\b(?:speak|talk|chat|see|meet(?:ing)?|book(?:ed)?|appointment|word|"
    r"discuss\s+(?:it|this)|time|slot|call|ring|rather|prefer|want|need|get me|"
    r"instead|go|go\s+(?:straight\s+)?to|put\s+me|minutes|mins|sit\s+down)\b"
    r"(?:\s+\w+){0,3}?\s+(?:to|with|for|be|have|see|meet|the|her|his|their|my|our|a|"
    r"someone)\s*(?:\w+'s\s+|the\s+|her\s+|his\s+|their\s+|our\s+|my\s+|"
    r"someone\s+(?:in|from)\s+(?:the\s+)?|in\s+the\s+|a\s+|year\s+\d+\s+|\w+\s+)?$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(
    r"\b(?:see|want|prefer|rather(?:\s+have|\s+see)?|meet|contact|get)\s+(?:the\s+|"
    r"her\s+|his\s+|their\s+|our\s+|my\s+|a\s+)?$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\s*(?:is|are|was|were|when|what|who(?!\s+do\s+i)|does|did|has|have)\b", re.IGNORECASE
)
_REFUSED = re.compile(
    r"\b(?:not|no|don'?t want|without|never|except|anyone but|instead of|rather "
    r"than)\s+(?:(?:to\s+)?(?:see|speak to|talk to|meet|with)\s+)?(?:the\s+|her\s+|"
    r"his\s+|their\s+|a\s+|that\s+)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|because of|against|regarding|re|by|from|complain(?:t)?\s+(?:about|"
    r"to))\s+(?:the\s+|her\s+|his\s+|their\s+|what\s+)?$",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:spoke|spoken|talked|emailed|rang|saw|met|told|asked|wrote|written|"
    r"contacted|tried|been)\b[^.!?\n,;]*$",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"[.,;!?\n+/&]|\b(?:but|and|or)\b|\b(?=about\b|not\b|rather than\b|instead of\b)"
)
_POLITE = re.compile(
    r"\b(?:please|pls|plz|the|her|his|their|my|our|a|an|i|think|maybe|would|will|be|"
    r"is|best|thanks|thank you|ta|x|just|with|to|for|someone|somebody|anyone|in|from|"
    r"of|really|ideally|suppose|guess|probably|it|its|it's|should|about|yes|ok|hi|hello|can|d|like|if|"
    r"possible|then|s|daughters|sons|daughter's|son's|year|yr|y|\d+)\b|[^\w\s]",
    re.IGNORECASE,
)


def find_role(text: str) -> Role | None:
    """Return the role that the parent asks for; a role only complained about is not wanted."""
    short = len(text.split()) <= SHORT
    for segment in _SEGMENT.split(text):
        if _QUESTION.match(segment) or not (short or WISH.search(segment)):
            continue
        for role, pattern in _ROLES:
            for match in pattern.finditer(segment):
                if _is_wanted(segment, match, short=short):
                    return role
                break
    return None


def _is_wanted(segment: str, match: re.Match[str], *, short: bool) -> bool:
    before, after = segment[: match.start()], segment[match.end() :]
    if _REFUSED.search(before) or _ABOUT.search(before) or _TRIED.search(before):
        return False
    if re.match(
        r"'?s?\s+(?:said|told|did|is\s|was|has|won|keeps|never|just|ignored|shouted|hit|"
        r"lady|to\s+(?!ring|call|phone|meet|see|speak|talk|contact))",
        after,
    ):
        return False
    alone = not _POLITE.sub("", before + after).strip()
    return (alone and short) or bool(_WANTING.search(before) or _DIRECTLY.search(before))
