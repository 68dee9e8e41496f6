"""Training is repeatable, and a broken model is never served."""

from __future__ import annotations

import json
import tarfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphComponentException

from assistant.brain.average import blend
from assistant.brain.ears import Ears
from assistant.brain.examples import example_of
from assistant.brain.language_data import read_folder
from assistant.brain.reader import Reader
from assistant.brain.training_data import find_problems
from assistant.casework.reading import Reading
from tests.brain.conftest import train_as_current

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject

TEXTS = (
    "My lad has been in isolation two days for shoes and nobody rang. I want to see the head.",
    "who can read this",
    "Mrs Okafor shouted at my son Jayden in front of the whole class.",
    "Mam duży problem ze szkołą i nie wiem co robić",
)


@pytest.fixture(scope="module")
def readers(small_project: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> list[Reader]:
    rows = [example_of(row) for row in read_folder(small_project.root / "data" / "language")]
    trained = Reader.learn(rows)
    path = tmp_path_factory.mktemp("heads") / "heads.npz"
    trained.save(path)
    return [trained, Reader.learn(rows), Reader.load(path)]


def test_two_trainings_and_a_loaded_model_read_alike(readers: list[Reader]) -> None:
    for text in TEXTS:
        first, second, loaded = (reader.hear(text) for reader in readers)
        assert first == second == loaded


def test_one_by_one_and_together_read_alike(readers: list[Reader]) -> None:
    together = readers[0].hear_all(TEXTS)
    for text, heard in zip(TEXTS, together, strict=True):
        alone = readers[0].hear(text).reading
        assert heard.reading.doors == pytest.approx(alone.doors, abs=0.002)


def test_every_probability_lies_between_nothing_and_one(readers: list[Reader]) -> None:
    for heard in readers[0].hear_all([*TEXTS, "", "🙂", "a" * 2000]):
        reading = heard.reading
        for scores in (reading.doors, reading.topics, reading.risk, dict(heard.acts)):
            assert all(0 <= value <= 1 for value in scores.values())


def test_a_reader_with_ears_averages_what_both_hear(readers: list[Reader]) -> None:
    ears, kernel = Ears(), readers[0]
    both = Reader(kernel._kernel, kernel._heads, ears)
    pairs = zip(kernel.hear_all(TEXTS), ears.hear_all(TEXTS), strict=True)
    assert both.hear_all(TEXTS) == [blend(*pair) for pair in pairs]


@pytest.fixture(scope="module")
def processor(small_project: SmallProject) -> MessageProcessor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return MessageProcessor(small_project.model.resolve(), None, None, None)


async def parse(processor: MessageProcessor, text: str, **metadata: Any) -> dict[str, Any]:
    return await processor.parse_message(UserMessage(text, metadata=metadata))


@pytest.mark.asyncio
async def test_the_reading_travels_with_the_message(processor: MessageProcessor) -> None:
    parsed = await parse(processor, TEXTS[2], net=["disclosure?"])
    reading = Reading.from_json(parsed["reading"])
    assert json.dumps(parsed["reading"])
    assert "disclosure?" in reading.net
    assert reading.act == parsed["intent"]["name"]
    assert reading.people == ("Mrs Okafor", "Jayden")
    assert [each["value"] for each in parsed["entities"]] == ["Mrs Okafor", "Jayden"]


@pytest.mark.asyncio
async def test_the_language_of_a_message_is_part_of_its_reading(
    processor: MessageProcessor,
) -> None:
    parsed = await parse(processor, TEXTS[3])
    assert parsed["reading"]["language"] == "pl"


@pytest.mark.asyncio
async def test_a_choice_is_taken_as_it_is(processor: MessageProcessor) -> None:
    parsed = await parse(processor, "/greet")
    assert parsed["intent"]["name"] == "greet"
    assert "reading" not in parsed


def test_the_current_model_is_replaced_in_one_step(small_project: SmallProject) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        second = train_as_current(small_project.root, small_project.model, "schoolgate-second")
        train_as_current(small_project.root, small_project.model, "schoolgate-first")
    assert second.exists()
    assert small_project.model.resolve().name == "schoolgate-first.tar.gz"


def test_a_model_without_its_heads_does_not_load(
    small_project: SmallProject, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.tar.gz"
    with tarfile.open(small_project.model) as whole, tarfile.open(broken, "w:gz") as rest:
        for member in whole.getmembers():
            if not member.name.endswith("heads.npz"):
                rest.addfile(member, whole.extractfile(member) if member.isfile() else None)
    with pytest.raises(GraphComponentException):
        MessageProcessor(broken, None, None, None)


def test_a_good_project_has_no_problems(small_project: SmallProject) -> None:
    assert find_problems(small_project.root) == []
