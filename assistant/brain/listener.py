"""The ears: one intent classifier that gives the act and, beside it, the whole reading.

The reading reaches the action server as `tracker.latest_message["reading"]`.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.brain.answers import is_answer, plain_act
from assistant.brain.arbitrate import Scene, decide
from assistant.brain.ears import Ears
from assistant.brain.examples import Example
from assistant.brain.heard import Heard
from assistant.brain.importer import SIGNALS
from assistant.brain.language import ENGLISH, LANGUAGE
from assistant.brain.other_languages import hear_other
from assistant.brain.people import PEOPLE
from assistant.brain.reader import Reader
from assistant.casework.lexicon import Lexicon
from assistant.casework.phrasebook import Phrasebook
from assistant.casework.reading import Reading
from assistant.settings import ROOT

READING = "reading"
POINTS = "points"
"""How many matters the web process counted in the message."""
LEXICON = ROOT / "data" / "lexicon" / "risk.toml"
PHRASEBOOK = ROOT / "data" / "lexicon" / "languages.toml"
RANKING_LENGTH = 5
MOST_KEPT = 32
"""Readings that wait for their turn; no words wait with them."""
_FILE = "heads.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Listener(GraphComponent, IntentClassifier):
    """Learns from every labelled message, and reads each new one with all heads at once."""

    def __init__(self, storage: ModelStorage, resource: Resource, reader: Reader | None) -> None:
        """Keep where the heads are stored; `reader` is None until they are learned."""
        self._storage, self._resource = storage, resource
        self._reader = reader
        self._lexicon = Lexicon.load(LEXICON)
        self._phrasebook = Phrasebook.load(PHRASEBOOK)
        self._kept: OrderedDict[bytes, Heard] = OrderedDict()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Listener:
        """Make a component that has learned nothing yet."""
        del config, execution_context
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **others: Any,
    ) -> Listener:
        """Load what was learned; raises when it is missing or damaged, never starts untrained."""
        del config, execution_context, others
        with model_storage.read_from(resource) as folder:
            reader = Reader.load(Path(folder) / _FILE, Ears())
        return cls(model_storage, resource, reader)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages of the files and of the labelled language."""
        self._reader = Reader.learn(examples_of(training_data))
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(Path(folder) / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training messages as they are: nothing after the ears learns from them."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent, its ranking and the reading of each message that is not a choice."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                self._read(message, text)
        return messages

    def hear_all(self, texts: Sequence[str]) -> list[Heard]:
        """Read English texts as they are, without what stands around them in a chat."""
        heard = self._trained().hear_all(texts)
        if len(texts) == 1:
            self._keep_for_its_turn(texts[0], heard[0])
        return heard

    def _keep_for_its_turn(self, text: str, heard: Heard) -> None:
        """Keep the reading of a message of one part: its turn comes next, and reads it once."""
        self._kept[_digest(text)] = heard
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _read(self, message: Message, text: str) -> None:
        metadata = message.get("metadata") or {}
        language = message.get(LANGUAGE) or ENGLISH
        heard = self._hear(text, language)
        net = (*metadata.get("net", ()), *heard.reading.net, *self._lexicon.screen(text).names())
        reading = replace(
            heard.reading,
            net=tuple(dict.fromkeys(net)),
            words=len(text.split()),
            language=language,
            people=tuple(message.get(PEOPLE) or ()),
        )
        act, confidence = decide(heard.acts, reading, scene_of(text, metadata, reading))
        reading = replace(reading, act=act, confidence=round(float(confidence), 4))
        _publish(message, heard, reading)

    def _hear(self, text: str, language: str) -> Heard:
        if language != ENGLISH:  # the heads know English alone
            return hear_other(self._phrasebook, text, language)
        return self._kept.pop(_digest(text), None) or self._trained().hear(text)

    def _trained(self) -> Reader:
        if self._reader is None:
            raise RuntimeError("the ears have not been trained")
        return self._reader


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def scene_of(text: str, metadata: dict[str, Any], reading: Reading) -> Scene:
    """Return what stands around the message."""
    expects = metadata.get("expects")
    return Scene(
        expects=expects,
        answers=is_answer(text, expects, reading.people),
        plain=plain_act(text, expects, reading.people),
        words=len(text.split()),
        text=text,
    )


def examples_of(training_data: TrainingData) -> list[Example]:
    """Return the messages that have a text and an intent or signals."""
    return [
        Example(message.get(TEXT), _known_act(message), message.get(SIGNALS))
        for message in training_data.nlu_examples
        if message.get(TEXT) and (message.get(INTENT) or message.get(SIGNALS))
    ]


def _known_act(message: Message) -> str | None:
    signals = message.get(SIGNALS)
    return message.get(INTENT) if signals is None or signals["full"] else None


def _publish(message: Message, heard: Heard, reading: Reading) -> None:
    others = [(act, share) for act, share in heard.acts if act != reading.act]
    ranking = [
        {INTENT_NAME_KEY: act, "confidence": share}
        for act, share in [(reading.act, reading.confidence), *others][:RANKING_LENGTH]
    ]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(READING, reading.to_json(), add_to_output=True)
    points = (message.get("metadata") or {}).get(POINTS)
    if points:
        message.set(POINTS, points, add_to_output=True)
