"""From what a parent types to the door: the path of a first message, without the dialogue.

The web process's part (tidying, the net) and the action server's (whom it is about, whom it asks
for, the routing table) run here; the brain hears in its own environment (`hearing.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

from assistant.bootstrap.environments import BRAIN
from assistant.casework.details import read_details
from assistant.casework.kinds import Channel, Role
from assistant.casework.lexicon import Lexicon
from assistant.casework.measure_lexicon import DEFAULT_LEXICON
from assistant.casework.reading import Reading
from assistant.casework.refusals import refused_doors
from assistant.casework.routing import Heard, Route, channel_of, route
from assistant.casework.school import load_school
from assistant.chat.typed_text import for_brain, tidy
from assistant.evaluation.safety_scores import SAFE
from assistant.services.who_is_meant import who_is_meant
from assistant.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHOOL = load_school("primary")
DESK: Any = SimpleNamespace(school=SCHOOL)
"""As much of a desk as `who_is_meant` looks at."""
Pair = tuple[str, tuple[str, ...]]
"""What the brain reads, and what the net of the web process found in the whole of it."""
TOGETHER = 300
"""Texts that are read at once."""


@dataclass(frozen=True)
class Steered:
    """Where one message is steered, and what it was heard as."""

    channel: Channel
    alternatives: tuple[Channel, ...]
    reading: Reading

    @property
    def offered(self) -> frozenset[Channel]:
        """The first door and those beside it."""
        return frozenset({self.channel, *self.alternatives})

    @property
    def in_safety(self) -> bool:
        """Whether safety comes first."""
        return self.channel in SAFE

    @property
    def surfaced(self) -> bool:
        """Whether safety comes first or stands beside the first door."""
        return bool(SAFE & self.offered)


class Path:
    """Steers messages; close it with `with`. Every text is heard once."""

    def __init__(self) -> None:
        self._net = Lexicon.load(DEFAULT_LEXICON)
        self._known: dict[str, Steered] = {}
        self._readings: dict[Pair, Reading] = {}
        self._brain = subprocess.Popen(
            [str(BRAIN.python), "-W", "ignore", "-m", "tests.checklist.hearing"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._brain.communicate()

    def steer(self, texts: Sequence[str]) -> list[Steered]:
        """Return where each text is steered."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            pairs = [(for_brain(text), self.net_of(text)) for text in some]
            self._hear([pair for pair in dict.fromkeys(pairs) if pair not in self._readings])
            for text, pair in zip(some, pairs, strict=True):
                self._known[text] = steered(pair[0], self._readings[pair])
        return [self._known[text] for text in texts]

    def net_of(self, text: str) -> tuple[str, ...]:
        """Return what the net of the web process finds."""
        return self._net.screen(tidy(text)).names()

    def _hear(self, pairs: list[Pair]) -> None:
        self._brain.stdin.write(json.dumps(pairs) + "\n")
        self._brain.stdin.flush()
        answer = self._brain.stdout.readline()
        assert answer, "the brain's half ended; run `python -m tests.checklist.hearing` to see why"
        readings = map(Reading.from_json, json.loads(answer))
        self._readings |= dict(zip(pairs, readings, strict=True))


def steered(words: str, reading: Reading) -> Steered:
    """Put a reading into the table as the action server does with a first message."""
    chosen: Route = route(reading, heard_first(words, reading))
    return Steered(chosen.channel, chosen.alternatives, reading)


def heard_first(words: str, reading: Reading) -> Heard:
    """Return what a first message settles about people and doors."""
    meant = who_is_meant(DESK, text=words, reading=reading)
    named = SCHOOL.by_id.get(meant.wanted or "")
    role = named.role if named else read_details(words, people=reading.people).role_wanted
    return Heard(
        about_head=any(Role.HEADTEACHER in SCHOOL.by_id[one].roles for one in meant.subjects),
        wanted=channel_of(role) if role else None,
        refused=frozenset(refused_doors(words)),
    )
