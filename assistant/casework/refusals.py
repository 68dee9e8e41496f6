"""What a parent rules out: "not the head", "no meeting, just log it", "nothing formal".

The heads of the brain hear what a message is about, and seldom hear a negation: "I don't want a
meeting" sounds like a wish for one. These words are read by rule, and close what they name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT = (
    r"(?:(?:do|(?<=i )would|(?<=i )will)(?:n'?t| not)|(?<=i )won'?t|"
    r"(?<!did )(?<!would )(?<!will )not|no|nor|or|never|without|rather than|instead of|"
    r"anyone but|anybody but|nothing)"
)
_WISH = (
    r"(?:(?:\s+(?:want|need|wanna|like|looking for|after|asking for|interested in|going to|making|"
    r"sending|send|put|pass|refer|take|give|bother|involve|see|speak|talk|go|have|book|make|offer|"
    r"with|to|for|me|him|her|us|it|this|any|a|an|the|another|more|straight|just|anything|be))*)"
)


def _refusing(what: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_NOT}{_WISH}\s+(?:{what})\b", re.IGNORECASE)


_HEAD = r"head(?! of| lice| injur| on|s up|phone)(?:\s?teacher|\s?master|\s?mistress)?|principal"
_WORDS: Mapping[Channel, re.Pattern[str]] = {
    Channel.HEADTEACHER: _refusing(_HEAD),
    Channel.COMPLAINT: _refusing(
        r"complain(?:t|ing)?|(?:(?:any)?thing |that |it )?(?:formal(?:ly)?|official(?:ly)?)|forms|"
        r"form(?! (?:tutor|teacher|class|room|group|time|captain))"
    ),
    Channel.STAFF: _refusing(
        r"meetings?|meet(?: anyone| anybody| with anyone)?|appointments?|book(?: anything| it|ing)?"
        r"|chats?|talks?|(?:come|go|going|coming) in"
    ),
}
"""The door, and the words that close it; the door of a private talk stands for every meeting."""

_BOTH = re.compile(
    r"\b(?:not (?:only|just|yet|sure|happy|heard|had|been)|n'?t (?:only|just|yet|mind|heard|had|"
    r"got|been|get|care)|no (?:problem|idea|wonder)|why (?:not|don'?t|can'?t))\b",
    re.IGNORECASE,
)
"""Words by which a "not" closes nothing: "I don't mind a meeting", "I haven't had a meeting"."""

_CLAUSE = re.compile(r"[.!?;,\n]+|(?<!anyone )(?<!anybody )\bbut\b|\band\b", re.IGNORECASE)


def refused_doors(text: str) -> frozenset[Channel]:
    """Return the doors that ``text`` closes: the head's, the formal one, or that of any talk."""
    clauses = [clause for clause in _CLAUSE.split(text.replace("’", "'")) if clause.strip()]
    return frozenset(
        door for door, words in _WORDS.items() if any(_closes(clause, words) for clause in clauses)
    )


def _closes(clause: str, words: re.Pattern[str]) -> bool:
    return bool(words.search(clause)) and not _BOTH.search(clause)
