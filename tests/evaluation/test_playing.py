"""Dialogues played against a whole private stack (slow: it starts three processes)."""

from __future__ import annotations

from assistant.app import build_desk
from assistant.evaluation.chat_client import ChatClient
from assistant.evaluation.dialogues import play
from assistant.evaluation.transcripts import transcript
from assistant.running.stack import Stack

ROW = {"id": "p1", "goal": "asks when the meeting is",
       "turns": ["what time is my meeting with the headteacher on thursday?", "thanks"],
       "expect": {"outcome": "signpost", "with": "service"}}  # fmt: skip


def test_the_meeting_that_a_parent_speaks_of_is_there_before_the_first_turn(stack: Stack) -> None:
    with ChatClient(stack.url) as client:
        dialogue = play(client, build_desk(stack.settings), ROW)
    assert [one.channel for one in dialogue.before] == ["headteacher"]
    assert dialogue.made_before == (dialogue.before[0].reference,)
    assert len(dialogue.turns) == len(dialogue.steps) == 2
    assert all(turn.answer.channel for turn in dialogue.turns)
    assert dialogue.before[0].reference in transcript(dialogue)


def test_without_databases_nothing_is_made_beforehand(stack: Stack) -> None:
    with ChatClient(stack.url) as client:
        dialogue = play(client, None, ROW)
    assert dialogue.before == ()
    assert dialogue.made_before == ()
