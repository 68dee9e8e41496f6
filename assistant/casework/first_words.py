"""Which topic to name in the first words to a parent, so that they feel heard and not belittled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.casework.reading import Scores

GRAVE_TOPICS = (
    "racism_discrimination",
    "bullying",
    "injury",
    "medical_allergy",
    "sen_support",
    "exclusion",
    "school_refusal",
    "teacher_conduct",
)
"""Topics that would be belittled if a lighter one were named instead."""

GRAVE_AT = 0.3
NAME_AT = 0.55
"""Probabilities from which a grave topic, and any topic, is named."""


def topic_to_name(topics: Scores) -> str:
    """Return the topic to name: a grave one before a clear one; nothing when none is clear."""
    grave = {name: topics[name] for name in GRAVE_TOPICS if topics.get(name, 0.0) >= GRAVE_AT}
    clear = {name: score for name, score in topics.items() if score >= NAME_AT and name != "none"}
    found = grave or clear
    return max(found, key=lambda name: found[name], default="")
