"""Training messages from `data/language/*.jsonl`, beside the trainers' ordinary YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.brain.language_data import FOLDER, Row, read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNALS = "signals"
"""The attribute of a training message that holds its channel, second doors, hand and signals."""


class LanguageImporter(TrainingDataImporter):
    """Reads the labelled language; domain, stories and configuration come from the files."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Sequence[str] | str | None = None,
        folder: str | None = None,
        **_: Any,
    ) -> None:
        """Take the folder from `config.yml`, relative to it; by default `data/language`."""
        beside = Path(config_file).parent if config_file else Path()
        self._folder = beside / (folder or FOLDER)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return one message a row; raises `LanguageDataError` at the first row that is wrong."""
        return TrainingData([to_message(row) for row in read_folder(self._folder)])

    def get_domain(self) -> Domain:
        """Return nothing: the domain is the trainers' file."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return nothing: stories are the trainers' files."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Return nothing: the configuration is `config.yml`."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return nothing: the configuration is complete and stays as it is written."""
        return None


def to_message(row: Row) -> Message:
    """Return the row as Rasa keeps training messages.

    Rasa takes a message without an intent for the text of a story, so one whose act is not known
    carries `vent`; `full` tells the ears not to learn it.
    """
    signals = {"channel": row.channel, "also": list(row.also), "full": row.act is not None}
    return Message(
        {TEXT: row.text, INTENT: row.act or "vent", SIGNALS: signals | dict(row.signals or {})}
    )
