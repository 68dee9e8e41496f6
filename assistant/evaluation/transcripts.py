"""Writes a played dialogue as a page that a person reads."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.evaluation.chat_client import Reply
    from assistant.evaluation.dialogues import Dialogue, Turn
    from assistant.evaluation.outcomes import Ending, Held

WIDTH = 88


def transcript(dialogue: Dialogue) -> str:
    """Return the whole dialogue: who said what, what was recorded, how it ended."""
    parts = [f"{dialogue.id}  {dialogue.goal}".rstrip(), ""]
    if dialogue.before:
        parts += ["Before this conversation:", *map(_record, dialogue.before), ""]
    parts += [*_assistant(dialogue.greeting), ""]
    for turn in dialogue.turns:
        parts += [*_turn(turn), ""]
    records = dialogue.steps[-1].records if dialogue.steps else ()
    alerts = dialogue.steps[-1].alerts if dialogue.steps else ()
    parts += ["Recorded:", *(map(_record, records) if records else ["  nothing"])]
    parts += [f"  alert to the safeguarding leads: {kind}" for kind in alerts]
    return "\n".join([*parts, "", *_verdict(dialogue), ""])


def say_ending(ending: Ending) -> str:
    """Say an ending in one line."""
    return f"{ending.outcome} with {ending.with_channel}" if ending.with_channel else ending.outcome


def _verdict(dialogue: Dialogue) -> list[str]:
    lines = [f"Outcome: {say_ending(dialogue.ending)}"]
    if dialogue.expected.outcome:
        right = "as expected" if dialogue.with_right else "NOT as expected"
        lines.append(f"Expected: {say_ending(dialogue.expected)} ({right})")
    return lines


def _turn(turn: Turn) -> list[str]:
    lines = _wrapped("Parent     ", turn.text)
    if turn.answer.refused:
        return [*lines, *_wrapped("(refused)  ", turn.answer.refused)]
    codes = " ".join([turn.answer.channel, *(f"({code})" for code in turn.answer.alternatives)])
    lines += _assistant(turn.answer.replies)
    lines.append(f"           [{codes}] {turn.answer.reason}".rstrip())
    if turn.answer.record:
        lines.append(f"           [record: {' '.join(turn.answer.record.values())}]")
    return lines


def _assistant(replies: Iterable[Reply]) -> list[str]:
    lines: list[str] = []
    for reply in replies:
        lines += _wrapped("Assistant  ", reply.text)
        if reply.choices:
            titles = " | ".join(choice.title for choice in reply.choices)
            lines += _wrapped("           ", f"< {titles} >")
    return lines


def _wrapped(lead: str, text: str) -> list[str]:
    blank = " " * len(lead)
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        first = blank if lines else lead
        lines += textwrap.wrap(paragraph, WIDTH, initial_indent=first, subsequent_indent=blank) or [
            first.rstrip()
        ]
    return lines


def _record(one: Held) -> str:
    when = f", {to_london(one.starts_at):%a %d %b %H:%M}" if one.starts_at else ""
    handler = f", {one.handler}" if one.handler else ""
    return f"  {one.kind} {one.reference}: {one.status}, {one.channel}{handler}{when}"
