"""The chat with a parent who was asked not to use it for a time.

Their words are heard as everybody's are: the reviewed net screens them and the brain reads them,
because a child may be at risk in any message. What is about safety is answered in full, alert and
all. Everything else gets calm words with the ways that stay open. A record that the brain made
(a yes was on its way when the chat was closed) is told, never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel
from assistant.casework.restriction_words import chat_words
from assistant.chat.answers import Answer, Reply

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk

SAFETY = frozenset({Channel.SAFEGUARDING, Channel.EMERGENCY, Channel.WELLBEING})
"""Channels that are never closed; a threat is answered too, as its answer pins the help open."""

WHY = "The school asked you not to use this chat for now."


def is_open_to_all(answer: Answer) -> bool:
    """Tell whether the answer reaches everybody, whatever is closed to them."""
    return answer.channel in SAFETY or answer.help or answer.record is not None


def other_ways(desk: Desk, closed_until: date) -> Answer:
    """Return what stands in place of an answer while the chat is closed, through that day."""
    words = chat_words(desk.school, closed_until, desk.settings.public_url)
    return Answer(Channel.SERVICE, (Reply(words),), reason=WHY)
