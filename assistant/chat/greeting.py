"""What the assistant says before the parent has said anything; the brain is not asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.services.shapes import StoredReply

GREETING: tuple[StoredReply, ...] = (
    {
        "text": "What's happened? Say it however it comes out. You can write as much as you like.",
        "choices": [],
    },
)
