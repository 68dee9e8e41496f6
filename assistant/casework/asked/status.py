"""Words that ask on after a status was told: who has it, by when, where to go."""

from __future__ import annotations

import re

_RECORD = r"(?:it|mine|this|my (?:complaint|case|meeting|concern|letter)|the (?:complaint|meeting))"
_NOT_OF_A_RECORD = re.compile(
    r"\bhow long (?:do|will) you keep\b|\bwho do i complain\b|\b(?:does|do) (?:a|complaints?)\b"
    r"|\bwho reported\b|\bpolicy\b"
)
_ASKS_ON = re.compile(
    rf"\bwho\w*\b.{{0,20}}\b(?:got|has|have|holding|dealing|handling|looking|reading)\b.{{0,12}}"
    rf"\b{_RECORD}\b"
    rf"|\bwho\w*\b.{{0,15}}\b(?:now|it with|desk|in charge of it|am i (?:seeing|meeting))\b"
    rf"|\bwho (?:am|will|do|are) (?:i|we)\b.{{0,12}}\b(?:see|seeing|meet|meeting|ask for)\b"
    r"|\bhow long (?:do|have|has|did) (?:they|he|she|the head|the school|school|you)\b"
    r"|\bhow (?:long|much longer)(?: (?:now|left|to go|is that|will (?:it|"
    r"that)(?: (?:take|be))?))?\??$"
    r"|\b(?:by when|when do (?:they|you) have to|when (?:will|do|should|"
    r"would) i (?:hear|get|know))\b"
    r"|\bwhen (?:is|was) (?:it|that|my)\b|\bwhat (?:time|day|date)\b"
    r"|\bwhere (?:do|should|am|will|shall|would) (?:i|we)\b.{0,15}\b(?:go|going|"
    r"report|park|wait|sit)\b"
    r"|\bwhere(?:s| is| will) (?:it|that|the meeting)\b|\b(?:which|what) (?:room|door|entrance)\b"
    r"|\bwhen i (?:get|arrive|turn up)\b|\bdo i (?:report|sign in|ring the bell)\b"
    rf"|\bha(?:s|ve)\b.{{0,15}}\b(?:read|seen|opened|looked at|started|"
    rf"dealt with)\b.{{0,8}}\b{_RECORD}\b"
    r"|\bany (?:news|update|progress)\b|\bwhat (?:stage|step) (?:is it|am i|are we)\b"
    r"|\bwhat happens (?:next|now)\b|\bwhat (?:comes )?next\b|\bis (?:it|that) late\b"
    r"|\bis (?:it|that) still (?:on|open|happening)\b|\bthen what\b|\bwhat does that mean\b"
)


def asks_on(plain: str) -> bool:
    """Whether plain words without apostrophes ask on about a record of the parent's own."""
    return bool(_ASKS_ON.search(plain)) and not _NOT_OF_A_RECORD.search(plain)
