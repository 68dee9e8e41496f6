"""Two trainings of the same files make the same model, whatever Python's hashes and the cache."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
import tarfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from assistant.settings import ROOT

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject

TRAIN = """
import sys
from pathlib import Path
from assistant.brain.training import train_candidate
train_candidate(Path(sys.argv[1]), Path(sys.argv[2]), "schoolgate-again")
"""
MESSAGES = 300


def trained_alone(root: Path, folder: Path, seed: str) -> Path:
    """Train in a process of its own, with another order of sets and an empty cache."""
    cache = {"RASA_CACHE_DIRECTORY": str(folder / "cache"), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-W", "ignore", "-c", TRAIN, root, folder]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | cache, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "cache" / "cache.db").exists()
    return folder / "schoolgate-again.tar.gz"


@pytest.fixture(scope="module")
def models(small_project: SmallProject, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [
        trained_alone(small_project.root, tmp_path_factory.mktemp("training"), seed)
        for seed in ("1", "2")
    ]


def learned(model: Path) -> dict[str, Any]:
    with tarfile.open(model) as archive:
        (heads,) = [each for each in archive.getmembers() if each.name.endswith("heads.npz")]
        inside = archive.extractfile(heads)
        assert inside is not None
        with np.load(io.BytesIO(inside.read()), allow_pickle=False) as stored:
            return dict(stored)


def parsed(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        processor = MessageProcessor(model, None, None, None)

    async def parse_all() -> list[dict[str, Any]]:
        return [await processor.parse_message(UserMessage(text, metadata={})) for text in texts]

    return asyncio.run(parse_all())


def test_everything_learned_is_the_same_bit_for_bit(models: list[Path]) -> None:
    first, second = map(learned, models)
    assert first.keys() == second.keys()
    different = [name for name in first if first[name].tobytes() != second[name].tobytes()]
    assert different == []


def test_every_intent_confidence_and_reading_is_the_same(models: list[Path]) -> None:
    rows = (ROOT / "data/acceptance/messages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows[:MESSAGES]]
    for text, one, other in zip(texts, *(parsed(model, texts) for model in models), strict=True):
        assert set(one) >= {"intent", "intent_ranking", "entities", "reading"}
        for each in (one, other):
            each.pop("message_id", None)  # made anew for every message
        assert one == other, text
