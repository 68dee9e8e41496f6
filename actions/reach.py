"""The parent, the child and the account as a summary shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.gathering import contact_of, details_of
from assistant.services.parent_words import parent_words

if TYPE_CHECKING:
    from actions.turn import Turn


def reachable(turn: Turn) -> bool:
    """Whether the school could reach this parent: a phone number or an e-mail address."""
    contact = contact_of(turn)
    return bool(contact.phone or contact.email)


def say_reach(turn: Turn) -> str:
    """Return name and number as the summary shows them, with a warning that was given."""
    contact = contact_of(turn)
    facts = [fact for fact in (contact.name, contact.phone, contact.email) if fact]
    careful = " (not safe to write to you)" if contact.safe is False else ""
    return ", ".join(facts) + careful


def ask_if_safe(turn: Turn) -> str:
    """Return the question whether it is safe to ring or write, unless the parent said so.

    A yes to the summary answers it: who must not be rung or written to says so instead.
    """
    contact = contact_of(turn)
    if contact.safe is not None or not (contact.phone or contact.email):
        return ""
    return "\n\nIs it safe to ring or write to you there? If not, tell me before you say yes."


def say_child(turn: Turn) -> str:
    """Return the child's name and class as the summary shows them."""
    known = details_of(turn)
    facts = [known.get("child_name"), known.get("year"), known.get("class_name")]
    return ", ".join(str(fact) for fact in facts if fact) or "not given"


def account(turn: Turn) -> list[str]:
    """Return the parent's words that belong to this matter, in full."""
    told = turn.slot("matter") or []
    return parent_words(turn.desk, turn.conversation_id, told) if told else []
