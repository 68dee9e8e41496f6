"""What a message is to the question that stands open: an answer, a yes, a wish to stop or go back.

The words themselves are casework's (`assistant.casework.details`); here only what comes first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework import details
from assistant.casework.references import find_reference
from assistant.casework.times import looks_like_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OPEN_QUESTIONS = frozenset({"statement", "outcome"})
"""Questions that any words answer."""
FORM_QUESTIONS = frozenset({"child", "when", "contact", "reference", *OPEN_QUESTIONS})
YES_OR_NO = frozenset({"confirm", "door"})
SHORT = 7  # words; a longer message says something beside its yes
_IN_A_FORM: Mapping[str, Callable[[str], bool]] = {
    "human": details.wants_human,
    "go_back": details.wants_back,
    "stop": details.wants_to_stop,
    "skip": details.wants_skip,
    "affirm": details.is_yes,
    "deny": details.is_no,
}
_OTHER_ROUTE = {
    "book": re.compile(
        r"\b(?:talk|speak|chat|meet)\w*\b[^.?!]{0,25}\b(?:first|instead)\b"
        r"|\b(?:rather|sooner|prefer)\b[^.?!]{0,15}\b(?:talk|speak|chat|meet)"
        r"|\bjust (?:want to |wanna )?(?:talk|speak|have a chat)",
        re.IGNORECASE,
    ),
    "complain": re.compile(
        r"\b(?:make|do|go|take)\b[^.?!]{0,20}\b(?:formal|official)"
        r"|\bformal complaint\b|\bcomplain (?:formally|officially|instead|properly)\b"
        r"|\bmake (?:it )?a complaint\b",
        re.IGNORECASE,
    ),
}
"""In the middle of one route, words that ask for the other."""
_ELSEWHERE = ("human", "affirm", "deny", "go_back", "stop")
_TOLD: Mapping[str, tuple[str, ...]] = {
    "child": ("child_name", "year", "class_name"),
    "contact": ("phone", "email", "phone_ending", "parent_name", "safe_contact"),
    "when": ("mode",),
}


def plain_act(text: str, expects: str | None, people: Sequence[str] = ()) -> str | None:
    """Return the act of a message that is wholly about the conversation itself, else None.

    "Leave it" stops a form, and says no to anything else; "no, year 5" puts an answer right.
    """
    if expects in YES_OR_NO:
        settled = _settles(text)
        if settled:
            return settled
    order = _IN_A_FORM if expects in FORM_QUESTIONS else _ELSEWHERE
    act = next((act for act in order if _IN_A_FORM[act](text)), None)
    if act is None and expects:
        act = next((act for act, words in _OTHER_ROUTE.items() if words.search(text)), None)
    if (
        act is None
        and expects
        and details.read_details(text, expects=expects, people=people).correction
    ):
        return "correct"
    return act


def _settles(text: str) -> str | None:
    """Read "yes move it" as a yes: a few words after it that ask for nothing new."""
    words = text.split()
    if len(words) > SHORT or looks_like_time(text):
        return None
    first = words[0] if words else ""
    if details.is_yes(first) and not details.wants_to_stop(" ".join(words[1:])):
        return "affirm"
    return None


def is_answer(text: str, expects: str | None, people: Sequence[str] = ()) -> bool:
    """Tell whether the words carry what was asked for; False when nothing was."""
    if expects == "reference":
        return find_reference(text) is not None
    if expects == "when" and looks_like_time(text):
        return True
    found = details.read_details(text, expects=expects, people=people)
    return any(getattr(found, name) is not None for name in _TOLD.get(expects or "", ()))
