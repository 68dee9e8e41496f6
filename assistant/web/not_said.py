"""A parent's message that was not taken: why, in a sentence, and what the page shows then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import ConversationBusy, ConversationGone, StaleChoice, TextTooLong
from assistant.web.languages import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING_WRITTEN = translatable("Write what happened first. A few words are enough.")
TOO_MANY = translatable(
    "That was a lot of messages in a short time. Wait a minute, then press Send again. "
    "If a child is in danger, ring 999."
)
PROBLEMS: Mapping[type[Exception], tuple[int, str]] = {
    StaleChoice: (
        409,
        translatable("That choice is not on offer any more. The latest ones are shown here."),
    ),
    ConversationBusy: (
        409,
        translatable("Your last message is being answered. Send this again in a moment."),
    ),
    TextTooLong: (
        413,
        translatable("That is longer than we can take at once. Send it in two or three parts."),
    ),
    ConversationGone: (
        409,
        translatable(
            "This chat has ended, so nothing was sent. What you typed is still in the box. "
            "Press Send to start a new chat."
        ),
    ),
}
SHOWS_ANOTHER = (StaleChoice, ConversationGone)
"""What went wrong because the page shows another state of the chat than there is."""


class NotSaid(Exception):  # noqa: N818 - it names what happened to the message
    """The message was not taken; the parent sees why, and keeps the words."""

    def __init__(self, status: int, words: str, *, look_again: bool = False) -> None:
        """Take the HTTP status, the sentence, and whether the page must show the chat anew."""
        super().__init__(status)
        self.status = status
        self.words = words
        self.look_again = look_again

    @classmethod
    def after(cls, problem: Exception) -> NotSaid:
        """Return what the parent reads after one of the ``PROBLEMS``."""
        look_again = isinstance(problem, SHOWS_ANOTHER)
        return cls(*PROBLEMS[type(problem)], look_again=look_again)
