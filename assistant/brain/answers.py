"""What a message is to the question that stands open: an answer, a yes, a wish to stop or go back.

The words themselves are casework's (`assistant.casework.details`); here only what comes first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.brain.evidence import REFUSED_ACTS, WANTS_IT_STOPPED
from assistant.casework import details
from assistant.casework.kinds import Channel
from assistant.casework.references import find_reference
from assistant.casework.refusals import refused_doors
from assistant.casework.times import looks_like_time

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

OPEN_QUESTIONS = frozenset({"statement", "outcome"})
"""Questions that any words answer."""
FORM_QUESTIONS = frozenset({"child", "when", "contact", "reference", *OPEN_QUESTIONS})
CALM = "calm"
"""What is expected after a boundary was set: perhaps words that take the anger back."""
YES_OR_NO = frozenset({"confirm", "door"})
SHORT, LONG = 7, 14  # words; a longer message says something beside its yes
SWERVES = 20  # words; a longer message that rules a door out tells more than where to go instead
_YES_WORDS = frozenset(
    "yes yeah yep yup yh yea yeh aye ok okay sure tak da si sí oui evet haan sim".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_BUT = re.compile(
    r"\b(?:but|except|actually|wait|instead|chang\w+|only if|not|isn'?t|wrong|sorry|no)\b|\?",
    re.IGNORECASE,
)
_CONFIRM = re.compile(
    r"^\W*(?:(?:please|pls|just|and|then|so|well|right|grand|great|perfect|lovely|good|fine|"
    r"brilliant|cool|ok|okay|thats it|that's it)\W+)*"
    r"(?:confirm|book|send|submit|move|cancel|withdraw|do|make|put|go ahead|go for it|crack on)\b",
    re.IGNORECASE,
)
_YES_DO = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|ok|okay|right|sure)\W+(?:please\W+|just\W+)?"
    r"(?:send|book|submit|move|cancel|withdraw|confirm|go ahead|do it|make it|put it|"
    r"(?:change|swap) (?:it|that)\W*$)",
    re.IGNORECASE,
)
_BYE = re.compile(
    r"^\W*(?:(?:ok|okay|fine|right|alright|thanks)\W+)*(?:bye|goodbye|laters|ta ra)\b",
    re.IGNORECASE,
)
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
        r"|\bjust (?:saw|see|spoke|met)\b|^(?:\W*(?:oh|ok|no|actually|i don'?t know))*\W*meeting\b"
        r"|\b(?:rather|sooner|prefer)\b[^.?!]{0,15}\b(?:talk|speak|chat|meet)"
        r"|\bjust (?:want to |wanna )?(?:talk|speak|have a chat)"
        r"|\b(?:back to|rather have|stick with|go with|do) (?:the|a|that) (?:meeting|talk|chat)\b",
        re.IGNORECASE,
    ),
    "complain": re.compile(
        r"\b(?:make|do|go|take)\b[^.?!]{0,20}\b(?:formal|official)"
        r"|\bformal complaint\b|\bcomplain (?:formally|officially|instead|properly)\b"
        r"|\b(?:make|put|log|record|register|lodge|file|submit|send)\b[^.?!]{0,25}\bcomplaint\b"
        r"|\bi(?:'m| am)? (?:want|need|wish|going|would like) to complain\b"
        r"|\b(?:want|need) (?:it|this|that) (?:looked into|investigated|in writing|on record)\b"
        r"|\bcomplaint(?: please| pls| then| instead)?\W*$",
        re.IGNORECASE,
    ),
}
"""In the middle of one route, words that ask for the other."""
_INSTEAD = {
    "delete": re.compile(r"\b(?:delet|eras|wip|get rid of|forget)\w*\b", re.IGNORECASE),
    "complain": re.compile(r"\b(?:just )?(?:log|record|register|lodge) it\b", re.IGNORECASE),
    "book": re.compile(
        r"\b(?:sit down with|speak (?:to|with)|talk (?:to|with)|see) (?:some(?:one|body)|her|him|"
        r"them|the)\b|\bsome(?:one|body) to (?:sit down|listen|hear|talk|speak)\b",
        re.IGNORECASE,
    ),
    "stop": re.compile(r"\b(?:just wanted to|only wanted to|just asking|want to)\b", re.IGNORECASE),
}
"""What a short message asks for that rules a door out."""
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
    if expects == CALM and details.takes_anger_back(text):
        return "vent"
    other = _other_route(text, refused_doors(text))
    if expects is not None and other:
        return other
    settled = _settles(text, expects)
    if settled:
        return settled
    order = _IN_A_FORM if expects in FORM_QUESTIONS else _ELSEWHERE
    act = next((act for act in order if _IN_A_FORM[act](text)), None)
    if act == "stop" and WANTS_IT_STOPPED.search(text):
        act = None
    if (
        act is None
        and expects
        and details.read_details(text, expects=expects, people=people).correction
    ):
        return "correct"
    return act


def _other_route(text: str, refused: Collection[Channel]) -> str | None:
    """Return the act that asks for another route; what is ruled out is not asked for."""
    asked = next(
        (
            act
            for act, words in _OTHER_ROUTE.items()
            if words.search(text) and REFUSED_ACTS[act] not in refused
        ),
        None,
    )
    if asked or not refused or len(text.split()) > SWERVES:
        return asked
    return next((act for act, words in _INSTEAD.items() if words.search(text)), None)


def _settles(text: str, expects: str | None) -> str | None:
    """Read "yes, move it" and "please confirm" as a yes: more words that ask for nothing new."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    longest = LONG if expects in YES_OR_NO else SHORT
    if not words or len(words) > longest or looks_like_time(text):
        return None
    if expects in YES_OR_NO and _YES_DO.search(text):
        return "affirm"
    if _BYE.search(text):
        return "thanks"
    if _BUT.search(text):
        return None
    if expects in YES_OR_NO and _CONFIRM.search(text):
        return "affirm"
    return "affirm" if words[0] in _YES_WORDS else None


def is_answer(text: str, expects: str | None, people: Sequence[str] = ()) -> bool:
    """Tell whether the words carry what was asked for; False when nothing was."""
    if expects == CALM:
        return details.takes_anger_back(text)
    if expects == "reference":
        return find_reference(text) is not None
    if expects == "when" and looks_like_time(text):
        return True
    found = details.read_details(text, expects=expects, people=people)
    return any(getattr(found, name) is not None for name in _TOLD.get(expects or "", ()))
