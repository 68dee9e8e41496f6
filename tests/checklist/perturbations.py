"""What may be done to a message without changing where it belongs; each seeded by the message."""

from __future__ import annotations

import random
import re
import string
from typing import TYPE_CHECKING

from tests.checklist.everyday import (
    AFTER,
    BEFORE,
    EMOJI,
    FOREIGN,
    GREETINGS,
    PROMPTS,
    SIGN_OFFS,
    TALK,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONG = 2_000  # characters
NEIGHBOURS: Mapping[str, str] = {
    "q": "wa", "w": "es", "e": "rd", "r": "tf", "t": "yg", "y": "uh", "u": "ij",
    "i": "ok", "o": "pl", "p": "o", "a": "sq", "s": "dw", "d": "fe", "f": "gr",
    "g": "ht", "h": "jy", "j": "ku", "k": "li", "l": "ko", "z": "xa", "x": "cs",
    "c": "vd", "v": "bf", "b": "ng", "n": "mh", "m": "nj",
}  # fmt: skip
"""Keys beside a key of a British keyboard."""
CURLY = str.maketrans({"'": "’", '"': "”", " ": "\u00a0"})
ZERO_WIDTH = "\u200b\u2060\ufeff\u200d"


def seeded(text: str, what: str) -> random.Random:
    """Return chance that is the same for this message in every run."""
    return random.Random(f"{what}:{text}")  # noqa: S311 - no secret


def mistyped(text: str, share: float) -> str:
    """Return ``text`` with this share of its letters slipped: a neighbour, a drop or a swap."""
    chance = seeded(text, f"typos {share}")
    letters = [place for place, sign in enumerate(text) if sign.isascii() and sign.isalpha()]
    signs = list(text)
    for place in chance.sample(letters, round(len(letters) * share)):
        _slip(signs, place, chance)
    return "".join(signs)


def _slip(signs: list[str], place: int, chance: random.Random) -> None:
    kind = chance.choice(("neighbour", "drop", "swap"))
    if kind == "neighbour":
        signs[place] = chance.choice(NEIGHBOURS.get(signs[place].lower(), signs[place]))
    elif kind == "drop":
        signs[place] = ""
    elif place + 1 < len(signs):
        signs[place], signs[place + 1] = signs[place + 1], signs[place]


def without_punctuation(text: str) -> str:
    """Return only lower-case words, as many people type on a phone."""
    kept = text.replace("\n", " ").lower().translate(str.maketrans("", "", string.punctuation))
    return re.sub(r"\s+", " ", kept)


def with_emoji(text: str) -> str:
    """Return ``text`` with pictures after its sentences."""
    chance = seeded(text, "emoji")
    after = re.sub(r"(?<=[.!?]) ", lambda _: f" {chance.choice(EMOJI)} ", text)
    return f"{after} {chance.choice(EMOJI) * 2}"


def with_odd_signs(text: str) -> str:
    """Return ``text`` with curly quotes, no-break spaces and invisible signs inside its words."""
    chance = seeded(text, "odd signs")
    words = [word + chance.choice(("", *ZERO_WIDTH)) for word in text.split(" ")]
    return " ".join(words).translate(CURLY)


def greeted(text: str) -> str:
    """Return ``text`` as a letter: a greeting before, a sign-off after."""
    chance = seeded(text, "greeting")
    return f"{chance.choice(GREETINGS)} {text} {chance.choice(SIGN_OFFS)}"


def padded(text: str) -> str:
    """Return ``text`` inside everyday talk, 2,000 characters together."""
    chance = seeded(text, "padding")
    talk = chance.sample(TALK, len(TALK))
    before: list[str] = [chance.choice(BEFORE)]
    after: list[str] = [chance.choice(AFTER)]
    sides = chance.choice(((before,), (after,), (before, after)))
    while talk and len(_joined(before, text, after)) + len(talk[-1]) < LONG:
        chance.choice(sides).append(talk.pop())
    return _joined(before, text, after)


def _joined(before: list[str], text: str, after: list[str]) -> str:
    return "\n".join((" ".join(before[1:] + before[:1]), text, " ".join(after)))


def with_another_language(text: str) -> str:
    """Return ``text`` with a polite sentence in another language before or after it."""
    return _beside(text, FOREIGN, "language")


def with_orders_to_a_machine(text: str) -> str:
    """Return ``text`` with words that want to command a machine before or after it."""
    return _beside(text, PROMPTS, "prompt")


def _beside(text: str, sentences: tuple[str, ...], what: str) -> str:
    chance = seeded(text, what)
    pair = [text, chance.choice(sentences)]
    chance.shuffle(pair)
    return "\n".join(pair)


ALL: Mapping[str, Callable[[str], str]] = {
    "typos in 5 % of letters": lambda text: mistyped(text, 0.05),
    "typos in 10 % of letters": lambda text: mistyped(text, 0.10),
    "all capitals": str.upper,
    "no punctuation": without_punctuation,
    "emoji": with_emoji,
    "odd signs": with_odd_signs,
    "greeting and sign-off": greeted,
    "padded to 2,000 characters": padded,
    "a sentence in another language": with_another_language,
    "orders to a machine": with_orders_to_a_machine,
}
