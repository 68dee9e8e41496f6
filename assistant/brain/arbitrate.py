"""One act from everything that was heard: the reviewed net, the heads, and what was asked.

Safety comes before anything else, in every form: the net's clear findings, then the heads over
their thresholds. Then a plain yes or no, then an answer to the question that stands open, and only
then the act that the words sound like. Nothing irreversible hangs on any of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.brain.answers import FORM_QUESTIONS, OPEN_QUESTIONS
from assistant.brain.evidence import believed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.reading import Reading

NET_ACTS = {
    "danger_now": "danger",
    "disclosure": "disclose",
    "crisis": "crisis",
    "threat": "threat",
}
RISK_ACTS = (*NET_ACTS.values(), "abuse")
ACT_RISKS = {
    "danger": "danger_now",
    "disclose": "concern",
    "crisis": "parent_crisis",
    "threat": "threat_to_person",
}
ACT_DOORS = {
    "danger": "emergency",
    "disclose": "safeguarding",
    "crisis": "wellbeing",
    "threat": "moderation",
}

DANGER_AT = (0.50, 0.30)
CRISIS_AT = (0.50, 0.35)
THREAT_AT = (0.55, 0.35)
DISCLOSE_AT = (0.55, 0.35)
ABUSE_AT = (0.50, 0.50)
"""From these scores the heads change the course: alone, and beside a possible finding of the net.

Below them a message whose likeliest door is a safety one is met with a question, not an alarm.
"""
SAFE, THREAT_AFTER_SAFETY = "safe", 0.9
"""Who was just asked whether they are safe ("I'll tell her, I'll ring one of them") threatens
nobody below this score."""
THREAT_FLOOR = 0.05
"""Below this probability of the boundary the heads contradict the net's threat."""
DESPAIR_AT = {"disclosure": 0.6, "danger_now": 0.9}
CLEARLY = 0.3
"""From these probabilities of the parent's own despair, by so much over the other door, what the
net found is met as despair. The safeguarding leads are told all the same."""
REPORTABLE, REPORTED_AT = ("abuse", "threat"), 0.8
REPORTED = re.compile(
    r"\b(?:call(?:s|ed|ing)|said|says|saying|tells|told|telling|shout\w*|scream\w*|text(?:s|ed|ing)|"
    r"sent|sends|sending|messaged|wrote|threaten(?:s|ed|ing)|spat|snarled|yell\w*)"
    r" (?:at |to )?(?:me|my|mine|him|her|them|our|us|his|the (?:kids|children|boy|girl|class))\b",
    re.IGNORECASE,
)
"""Who tells what was said to them, or to their child, needs this much to be scolded for it."""
SURE_AT = 0.75
"""What a fragment, or an answer to our own question, needs instead."""
MIDDLE_AT = 0.65
"""What any message after our own question needs: the heads were learned from first messages."""
FEW_WORDS = 5

TELLING_FROM = 6  # words; a message this long is somebody telling something
NONSENSE_BELOW = 0.25
LEAVES_A_FORM_AT = 0.50
"""From this probability another act than an answer leaves the question that stands open."""
_LEAVING = frozenset(
    """
    stop go_back skip correct human delete change ask_policy ask_info ask_channel bot_question greet
    thanks go_on
    """.split()
)


@dataclass(frozen=True)
class Scene:
    """What stands around a message.

    ``expects`` is what was asked, ``answers`` whether the words carry it, ``plain`` the act of a
    message that is wholly a yes, a no, or a wish about the conversation, ``words`` its length.
    """

    expects: str | None = None
    answers: bool = False
    plain: str | None = None
    words: int = 0
    text: str = ""


def decide(acts: Sequence[tuple[str, float]], reading: Reading, scene: Scene) -> tuple[str, float]:
    """Return the act and its confidence; `acts` are the heads' own, best first."""
    urgent = urgent_act(reading, scene)
    if urgent:
        return urgent
    if scene.plain:
        return scene.plain, 1.0
    others = [(act, share) for act, share in believed(acts, scene.text) if act not in RISK_ACTS]
    best, share = others[0] if others else ("nonsense", 0.0)
    if scene.expects in FORM_QUESTIONS and _is_answer(best, share, scene):
        return "inform", 1.0
    return _plain(best, share, scene)


def urgent_act(reading: Reading, scene: Scene = Scene()) -> tuple[str, float] | None:
    """Return what must come first, with its confidence, or None.

    A clear finding of the net is enough. The heads alone need a high score, a low one where the
    net found a possible sign as well; a few words that answer our question are nobody's alarm.
    """
    for kind, act in NET_ACTS.items():
        if kind in reading.net and not _is_mistaken(kind, reading):
            return ("crisis", 1.0) if _is_rather_despair(kind, reading) else (act, 1.0)
    scores = risk_scores(reading)
    least = _least_score(scene)
    for act, limits in _LIMITS.items():
        limit = limits[f"{_NET_OF.get(act)}?" in reading.net]
        if act in REPORTABLE and REPORTED.search(scene.text):
            limit = max(limit, REPORTED_AT)
        if act == "threat" and scene.expects == SAFE:
            limit = THREAT_AFTER_SAFETY
        if scores[act] >= max(limit, least):
            return act, scores[act]
    return None


def _is_mistaken(kind: str, reading: Reading) -> bool:
    """Whether what sounds like a threat is none: "somebody is going to get hurt out there"."""
    return kind == "threat" and reading.doors.get("moderation", 1.0) < THREAT_FLOOR


def _is_rather_despair(kind: str, reading: Reading) -> bool:
    """Whether what the net found is the parent's own: "when he hits me", "I couldn't breathe"."""
    wellbeing, other = (
        reading.doors.get(door, 0.0) for door in ("wellbeing", ACT_DOORS[NET_ACTS[kind]])
    )
    return kind in DESPAIR_AT and wellbeing >= max(DESPAIR_AT[kind], other + CLEARLY)


def _least_score(scene: Scene) -> float:
    """Return what the heads need at least, by where the message stands in the conversation."""
    if scene.answers or 0 < scene.words < FEW_WORDS:
        return SURE_AT
    return MIDDLE_AT if scene.expects else 0.0


def risk_scores(reading: Reading) -> dict[str, float]:
    """Return the heads' score of each urgent act: what the door and the signal say together."""
    moderation = reading.doors.get("moderation", 0.0)
    scores = {
        act: (reading.doors.get(door, 0.0) + reading.risk.get(ACT_RISKS[act], 0.0)) / 2
        for act, door in ACT_DOORS.items()
    }
    return {**scores, "abuse": (moderation + reading.abuse) / 2}


def any_risk(reading: Reading) -> float:
    """Return how likely any risk to anybody is: the loudest of the urgent acts but abuse."""
    scores = risk_scores(reading)
    return max(scores[act] for act in ACT_RISKS)


_LIMITS = {
    "danger": DANGER_AT,
    "crisis": CRISIS_AT,
    "threat": THREAT_AT,
    "disclose": DISCLOSE_AT,
    "abuse": ABUSE_AT,
}
_NET_OF = {act: kind for kind, act in NET_ACTS.items()}


def _is_answer(best: str, share: float, scene: Scene) -> bool:
    if scene.answers:
        return True
    if best in _LEAVING and share >= LEAVES_A_FORM_AT:
        return False
    return scene.expects in OPEN_QUESTIONS or scene.words < TELLING_FROM


def _plain(best: str, share: float, scene: Scene) -> tuple[str, float]:
    if scene.words >= TELLING_FROM and (best == "nonsense" or share < NONSENSE_BELOW):
        return "vent", share
    return ("nonsense", 1 - share) if share < NONSENSE_BELOW else (best, share)
