"""Parents in the chat who are about to say yes, and say it until they are told a reference."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.evaluation.chat_client import ChatClient, NoAnswerError

if TYPE_CHECKING:
    from assistant.evaluation.chat_client import Conversation, Said

CLASSES = ("RP", "1C", "2W", "3K", "4B", "5R", "6T")
PATIENCE_SECONDS = 240.0
WAIT_SECONDS, ASK_AGAIN_SECONDS = 0.3, 1.0
MEETING, COMPLAINT = "meeting", "complaint"
READY = {MEETING: "Shall I book it?", COMPLAINT: "Shall I send it?"}


class NotReadyError(RuntimeError):
    """The dialogue did not come to its summary; the message quotes the last answer."""


def words_for(kind: str, number: int) -> tuple[str, ...]:
    """Return what a parent says up to the summary of a booking or of a complaint."""
    reach = f"Lo Coyle 07700 9{number % 100_000:05}"
    pupil = f"Ryan Coyle {CLASSES[number % len(CLASSES)]}"
    if kind == MEETING:
        return ("can I see my son's teacher about his spellings", pupil, "any day after school",
                reach)  # fmt: skip
    return (
        "I want to make a formal complaint. My son was kept in at lunch for two weeks",
        "I want it taken off his record",
        f"{pupil}, {reach}",
    )


@dataclass
class Parent:
    """A parent with a summary in front of them, and what they were told.

    ``honest`` counts answers that promised nothing; ``lost`` counts answers that never came.
    """

    client: ChatClient
    conversation: Conversation
    kind: str
    references: list[str] = field(default_factory=list)
    honest: int = 0
    lost: int = 0

    @classmethod
    def at_the_summary(cls, client: ChatClient, kind: str, number: int) -> Parent:
        """Bring a parent there; raises ``NotReadyError``."""
        parent = cls(client, client.start(), kind)
        for words in words_for(kind, number):
            last = client.say(parent.conversation, words)
        if READY[kind] not in words_of(last):
            message = f"The dialogue stopped at: {words_of(last) or last.refused}"
            raise NotReadyError(message)
        return parent

    def say_yes(self, after_seconds: float) -> None:
        """Say yes until it is acknowledged: again under one key when no answer came."""
        time.sleep(after_seconds)
        give_up_at, attempt = time.monotonic() + PATIENCE_SECONDS, 0
        while not self.references and time.monotonic() < give_up_at:
            said = self._yes(f"yes-{attempt}")
            if said is None:
                self.lost += 1
                time.sleep(WAIT_SECONDS)
            elif said.record:
                self.references.append(said.record["reference"])
            else:
                self.honest += 1
                attempt += 1
                time.sleep(ASK_AGAIN_SECONDS)

    def _yes(self, key: str) -> Said | None:
        try:
            said = self.client.say(self.conversation, "yes", key)
        except NoAnswerError:
            return None
        return None if said.refused else said


def words_of(said: Said) -> str:
    """Return everything that an answer says."""
    return "\n".join(reply.text for reply in said.replies)
