"""The fine-tuned ears: the one file that was checked, and what it hears."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.brain.ears import EARS, EARS_SHA256, Ears
from assistant.brain.language_data import DOORS, FOLDER, read_folder
from assistant.brain.model_files import ModelFileError
from assistant.settings import ROOT

TEXTS = (
    "hiya",
    "My lad has been in isolation two days for shoes and nobody rang. I want to see the head.",
    "The chair of governors never wrote back, and the head is the one this is about.",
    "",
    "🙂 " * 900,
)
LARGEST = 30_000_000  # bytes


@pytest.fixture(scope="module")
def ears() -> Ears:
    return Ears()


def test_the_file_is_the_one_named_in_the_code_and_small_enough_to_ship() -> None:
    content = EARS.read_bytes()
    assert hashlib.sha256(content).hexdigest() == EARS_SHA256
    assert EARS.name == f"ears-{EARS_SHA256[:12]}.onnx"
    assert len(content) <= LARGEST


def test_it_is_the_only_one_that_is_shipped() -> None:
    assert list((ROOT / "models").glob("ears-*.onnx")) == [EARS]


def test_two_loads_hear_alike_alone_and_together(ears: Ears) -> None:
    other = Ears()
    assert ears.hear_all(TEXTS) == [other.hear_all([text])[0] for text in TEXTS]


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    changed = bytearray(EARS.read_bytes())
    changed[len(changed) // 2] ^= 1
    path = tmp_path / EARS.name
    path.write_bytes(changed)
    with pytest.raises(ModelFileError, match="not the file that was checked"):
        Ears(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"ears-.*\.onnx is missing"):
        Ears(tmp_path / EARS.name)


def test_every_probability_lies_between_nothing_and_one(ears: Ears) -> None:
    for heard in ears.hear_all(TEXTS):
        assert tuple(heard.reading.doors) == DOORS
        for scores in (heard.reading.doors, heard.reading.topics, dict(heard.acts)):
            assert all(0 <= value <= 1 for value in scores.values())


def test_it_remembers_what_it_was_taught(ears: Ears) -> None:
    rows = read_folder(ROOT / FOLDER)[::60]
    heard = ears.hear_all([row.text for row in rows])
    right = [
        max(each.reading.doors, key=each.reading.doors.__getitem__) in {row.channel, *row.also}
        for row, each in zip(rows, heard, strict=True)
    ]
    assert sum(right) / len(right) > 0.85
