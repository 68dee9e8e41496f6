"""The reading of a message part by part, kept with its turn so that it can be sorted later.

What comes of it is ``[start, end, reading]`` for each part of the text as it is kept. A brain that
does not answer leaves nothing, and the message stays one point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from assistant.casework.parts import parts_of
from assistant.casework.points import Part, plainly_several
from assistant.chat.brain_client import BrainUnavailable
from assistant.chat.typed_text import for_brain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.chat.brain_client import Brain

    KeptPart = list[Any]

log = structlog.get_logger()

HEARD_PARTS, HEARD_CHARACTERS = 120, 1_000
"""Parts that are read of one message, and characters of a part: what the brain takes."""
FEWEST_WORDS = 4
"""Words from which a message is worth reading for this: "yes please" is no matter."""


async def hear_parts(brain: Brain, text: str) -> list[KeptPart]:
    """Return the parts with their readings; empty when nobody could read them."""
    spans = parts_of(text)
    if len(text.split()) < FEWEST_WORDS:
        return [[start, end, {}] for start, end in spans]
    texts = [for_brain(text[start:end])[:HEARD_CHARACTERS] for start, end in spans[:HEARD_PARTS]]
    try:
        heard = await brain.hear(texts)
    except BrainUnavailable as problem:
        log.warning("parts_not_heard", why=str(problem), parts=len(texts))
        return []
    silent: list[dict[str, dict[str, float]]] = [{}] * (len(spans) - len(texts))
    pairs = zip(spans, [*heard, *silent], strict=True)
    return [[start, end, reading] for (start, end), reading in pairs]


def matters_in(text: str, parts: Sequence[KeptPart]) -> int:
    """Return how many matters the message plainly holds; 0 where there are not several."""
    told = [Part(text[start:end], reading, opens=start == 0) for start, end, reading in parts]
    return plainly_several(told)
