"""The program's own sentences in a talk with a person.

They are stored in English, as the desk reads them, and beside that as what they are, so that a
parent's page can say them in its language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import Labelled

if TYPE_CHECKING:
    from collections.abc import Mapping

_BACK = "The assistant, a computer program, is back."


class ChatNote(Labelled):
    """A sentence; its label is the English, where ``%(who)s`` is the member of staff."""

    HERE = "here", "%(who)s, is here now. They see only what was shared."
    OFFERS_CONCERN = (
        "offers_concern",
        "%(who)s, offers to record this as a concern. Nothing is recorded without a yes.",
    )
    OFFERS_COMPLAINT = (
        "offers_complaint",
        "%(who)s, offers to record this as a complaint. Nothing is recorded without a yes.",
    )
    DECLINED = "declined", "It is not recorded for now."
    RECORDED = "recorded", f"Agreed, and recorded. %(who)s, has left the chat. {_BACK}"
    ANSWERED = "answered", f"%(who)s, has left the chat. {_BACK}"
    SUGGESTS_CALL = (
        "suggests_call",
        f"%(who)s, has left the chat and suggests a call. Nothing is booked without a yes. {_BACK}",
    )
    ENDED = "ended", f"The talk has ended. {_BACK}"
    LAPSED = "lapsed", f"Nobody was free in time, so your first message was not read. {_BACK}"
    LOST = "lost", f"The connection was lost, and the talk with %(who)s, is over. {_BACK}"
    HELD_BACK = (
        "held_back",
        (
            "What you wrote last names somebody who is close to %(who)s. They must not hear of it, "
            "so it was not shown, and they have left the chat. You can ask for another person, or "
            "for a call."
        ),
    )

    @property
    def aside(self) -> str:
        """What the parent alone reads with it, in English; empty for most."""
        return ASIDES.get(self, "")


ASIDES: Mapping[ChatNote, str] = {
    ChatNote.RECORDED: (
        "Your reference is %(reference)s. It is with %(handler)s. To see, change or withdraw it, "
        "keep this link to yourself: %(link)s"
    )
}


@dataclass(frozen=True)
class Told:
    """A sentence that was said, and what stood in its gaps, by their names."""

    note: ChatNote
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The sentence in English."""
        return self.note.label % self.facts

    @property
    def aside(self) -> str:
        """What the parent alone reads with it, in English."""
        return self.note.aside % self.facts

    def to_json(self) -> dict[str, Any]:
        """Return it in plain JSON types."""
        return {"note": self.note.value, "facts": {**self.facts}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Told:
        """Return what ``to_json`` made."""
        return cls(ChatNote(stored["note"]), stored["facts"])
