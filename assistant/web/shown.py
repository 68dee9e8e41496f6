"""Turns as a parent may see them: choices by number and title, never their payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.services.shapes import TurnView


def replies(stored: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return stored replies with the choices numbered from 0 through the whole turn."""
    seen = 0
    public = []
    for reply in stored:
        titles = [choice["title"] for choice in reply.get("choices", ())]
        numbered = [{"choice": seen + place, "title": title} for place, title in enumerate(titles)]
        seen += len(titles)
        public.append({"text": reply["text"], "choices": numbered})
    return public


def transcript_turn(turn: TurnView) -> dict[str, Any]:
    """Return one line of the transcript as plain JSON types."""
    return {
        "turn": turn.number,
        "said_at": turn.taken_at.isoformat(),
        "said": turn.text,
        "channel": turn.channel,
        "alternatives": turn.alternatives,
        "reason": turn.reason,
        "replies": replies(turn.replies),
        "record": turn.record,
    }
