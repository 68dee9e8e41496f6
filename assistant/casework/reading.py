"""What was heard in one message: the plain data that passes from the brain to the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Scores = Mapping[str, float]
"""Signal name to calibrated probability in [0, 1]."""


@dataclass(frozen=True)
class Reading:
    """The signals of one message, sentence by sentence readings already combined.

    ``doors`` holds one yes/no probability a channel code (they need not sum to one);
    ``words`` is the length of the message; ``net`` the names of the risk kinds that the reviewed
    lexicon found (``danger_now``, ``disclosure``, ``threat``, ``crisis``; a possible one ends in
    ``?``).
    """

    act: str = "nonsense"
    confidence: float = 0.0
    doors: Scores = field(default_factory=dict)
    topics: Scores = field(default_factory=dict)
    about: Scores = field(default_factory=dict)
    wanted: Scores = field(default_factory=dict)
    tried: Scores = field(default_factory=dict)
    risk: Scores = field(default_factory=dict)
    abuse: float = 0.0
    net: tuple[str, ...] = ()
    words: int = 0
    language: str = "en"
    people: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Reading:
        """Read what ``to_json`` wrote; unknown keys are ignored, missing ones take defaults."""
        known = {key: value for key, value in (data or {}).items() if key in cls.__match_args__}
        for name in ("net", "people"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Return a dict of plain JSON types."""
        return {**asdict(self), "net": list(self.net), "people": list(self.people)}
