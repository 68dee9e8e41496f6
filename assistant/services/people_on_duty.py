"""Tell who of the school is here for chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.conversation_subjects import subjects_of_conversation
from assistant.services.duty_rows import Attendant, attendants
from assistant.services.who_is_meant import people_in_words

if TYPE_CHECKING:
    from assistant.services.desk import Desk

__all__ = ["Attendant", "people_on_duty"]


def people_on_duty(
    desk: Desk, *, conversation_id: str | None = None, words: str = ""
) -> tuple[Attendant, ...]:
    """Return who is here now and may read this conversation and ``words``, by name."""
    with desk.unit_of_work(read_only=True) as work:
        found = attendants(desk, work)
        if not found:
            return ()
        if conversation_id is None:
            subjects = people_in_words(desk, words)
        else:
            subjects = subjects_of_conversation(desk, work, conversation_id, [words])
        return attendants(desk, work, subjects) if subjects else found
