"""Whole dialogues on the three real processes: what came of each, and with whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.chat_client import ChatClient
from assistant.evaluation.dialogues import play
from assistant.evaluation.lines import read_rows
from assistant.evaluation.transcripts import transcript
from assistant.services.desk import Desk

FILES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.jsonl"))
ROWS = [row for file in FILES for row in read_rows(file, ("id", "turns", "expect"))]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}: {row['goal']}" for row in ROWS])
def test_it_ends_as_it_should(row: dict[str, Any], client: ChatClient, desk: Desk) -> None:
    dialogue = play(client, desk, row)
    assert all(turn.answer.channel for turn in dialogue.turns), transcript(dialogue)
    assert dialogue.ending == dialogue.expected, transcript(dialogue)
