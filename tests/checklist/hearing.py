"""The brain's half of the path, run with the brain's interpreter: what its own components hear.

Reads one JSON list of `[text, net]` a line and answers each with one line, the list of readings.
The trained model of the settings is used. The texts of a line are read ahead together, which is
quicker and hears the same (`tests/brain/test_training.py`).
"""

from __future__ import annotations

import json
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rasa.shared.nlu.training_data.message import Message
from threadpoolctl import threadpool_limits

from assistant.brain.ears import Ears
from assistant.brain.language import LanguageFinder
from assistant.brain.listener import READING, Listener
from assistant.brain.people import PeopleFinder, load_pipeline
from assistant.brain.reader import Reader
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.brain.heard import Heard

HEADS = "heads.npz"


@dataclass
class ReadAhead:
    """Stands for a reader or a pipeline that is asked for texts which were read before."""

    known: dict[str, Any] = field(default_factory=dict)

    def hear(self, text: str) -> Heard:
        """Answer as the reader does."""
        return self.known[text]

    def __call__(self, text: str) -> Any:
        """Answer as the pipeline does."""
        return self.known[text]


class Brain:
    """The components that hear a message, in the order of the pipeline."""

    def __init__(self) -> None:
        self._reader, self._pipeline = trained_reader(), load_pipeline()
        self._heard, self._people = ReadAhead(), ReadAhead()
        listener = Listener(None, None, self._heard)
        self._components = (LanguageFinder(), PeopleFinder(self._people), listener)

    def hear(self, pairs: Sequence[tuple[str, list[str]]]) -> list[dict[str, Any]]:
        """Return the readings of texts, each with what the net of the web process found."""
        texts = [text for text, _ in pairs]
        self._heard.known = dict(zip(texts, self._reader.hear_all(texts), strict=True))
        self._people.known = dict(zip(texts, self._pipeline.pipe(texts), strict=True))
        messages = [Message(data={"text": text, "metadata": {"net": net}}) for text, net in pairs]
        for component in self._components:
            component.process(messages)
        return [message.get(READING) for message in messages]


def trained_reader() -> Reader:
    """Return the reader inside the trained model."""
    with tarfile.open(Settings.load().model.resolve()) as model, TemporaryDirectory() as folder:
        (inside,) = [each for each in model.getmembers() if Path(each.name).name == HEADS]
        heads = Path(folder) / HEADS
        heads.write_bytes(model.extractfile(inside).read())
        return Reader.load(heads, Ears())


def main() -> None:
    """Answer line by line until the input ends."""
    threadpool_limits(1)
    brain = Brain()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(brain.hear(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
