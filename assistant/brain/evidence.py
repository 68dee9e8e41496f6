"""Words without which an act is not believed.

The heads were learned from first messages; in the middle of a conversation a fragment can sound
like an order to cancel, to stop or to delete. Such an act needs a word that says so. What it is
not believed of falls to the next act.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel
from assistant.casework.refusals import refused_doors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


NEEDS: Mapping[str, re.Pattern[str]] = {
    "change": _any(
        "cancel",
        r"mov(?:e|ing)\b",
        r"chang(?:e|ing)\b",
        "re-?schedul",
        "re-?arrang",
        "swap",
        "postpone",
        "withdraw",
        "call (?:it |that )?off",
        "put (?:it |that )?(?:back|off)",
        "another (?:day|time)",
        "different (?:day|time)",
        "bring (?:it )?forward",
        "instead",
        r"can(?:'?t|not) (?:make|do|come|get)",
        "take (?:it|that|this|my .{0,20}) back",
        r"bin\b",
        "drop",
        "scrap",
        "wrong (?:number|time|day|name|email|address)",
        "no longer",
        "push",
        r"don'?t need",
        "earlier",
        "later",
        "switch",
        "shift",
        "sorted",
    ),
    "status": _any(
        "complain",
        "meeting",
        "appointment",
        "booking",
        "booked",
        "refer",
        r"case\b",
        r"sent\b",
        "submitted",
        r"heard\b",
        r"news\b",
        "update",
        "where .{0,20}(?:got to|up to|at)",
        "slot",
        "status",
        "progress",
        "chas(?:e|ing)",
        "looked at",
        "dealing with",
        "what time",
        "when is",
    ),
    "delete": _any(
        "delet", "eras", "remov", "wip(?:e|ing)", "forget", "get rid", "take .{0,25} off"
    ),
    "human": _any(
        "ring",
        "call",
        "phone",
        "human",
        "person",
        "some(?:one|body)",
        "any(?:one|body)",
        "speak",
        "talk",
        "office",
        "bot",
        "robot",
        "computer",
        "machine",
        "staff",
        "number",
        "operator",
    ),
    "thanks": _any(
        "thank",
        "thx",
        r"ta\b",
        "cheers",
        "nice one",
        "appreciat",
        "bless",
        "bye",
        "goodbye",
        "brilliant",
    ),
    "bot_question": _any(
        "you", r"u\b", "bot", "robot", "human", "real", r"ai\b", "chat", "this", "program"
    ),
    "go_on": _any(
        "more", "finish", "done", "another", "add", "else", "listen", "rest", "go on", "wait"
    ),
}
"""Acts that order something or turn to us, and the words of which they need one."""

SHORT_ACTS = frozenset({"stop", "skip", "go_back", "affirm", "deny", "correct", "inform"})
"""Acts that a whole short message is; the heads are believed of them only when they are sure."""
WANTS_IT_STOPPED = re.compile(r"\b(?:want|need) (?:it|this|them|that) (?:to )?stop", re.IGNORECASE)
SHORT_FROM = 0.7
SHORT_WORDS = 10

GREETING_WORDS = 7
"""A longer message than this is more than a greeting."""


REFUSED_ACTS: Mapping[str, Channel] = {"complain": Channel.COMPLAINT, "book": Channel.STAFF}
"""Acts that nobody means who rules that door out in the same words."""


def believed(acts: Iterable[tuple[str, float]], text: str) -> Sequence[tuple[str, float]]:
    """Return the acts that the words allow, in the order given."""
    closed = refused_doors(text)
    return [
        (act, share)
        for act, share in acts
        if _allows(act, share, text) and REFUSED_ACTS.get(act) not in closed
    ]


def _allows(act: str, share: float, text: str) -> bool:
    words = len(text.split())
    if act in SHORT_ACTS and WANTS_IT_STOPPED.search(text):
        return False
    if act in SHORT_ACTS:
        return share >= SHORT_FROM and words <= SHORT_WORDS
    if act == "greet":
        return words <= GREETING_WORDS
    return act not in NEEDS or bool(NEEDS[act].search(text.replace("’", "'")))
