"""A parent's words on their way to a member of staff: the reviewed net first, then the person.

Words of danger raise the alert exactly as in the chat, and are not held up by it: the member of
staff reads them with fixed advice beside them. The brain is asked for nothing here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.casework.duty import DangerSeen
from assistant.casework.kinds import Channel
from assistant.chat import fallback
from assistant.chat.answers import Answer, Reply
from assistant.services.ask_for_person import Wish, ask_for_person
from assistant.services.errors import AlertHeldUp
from assistant.services.raise_alert import raise_alert
from assistant.services.restrictions import chat_closed_until
from assistant.services.say_in_chat import ParentSaid, parent_says

if TYPE_CHECKING:
    from datetime import date

    from assistant.chat.gateway import Gateway
    from assistant.services.desk import Desk
    from assistant.services.shapes import AlertReceipt, Contact


class ChatClosed(Exception):  # noqa: N818 - it names what the parent finds
    """The school asked this parent not to use the chat through the day ``until``."""

    def __init__(self, until: date) -> None:
        """Take the day."""
        super().__init__("the chat is closed to this parent")
        self.until = until


@dataclass(frozen=True)
class Heard:
    """What the net found in some words, and what the parent has to read because of it."""

    aside: str = ""
    danger: DangerSeen | None = None

    @property
    def alarms(self) -> bool:
        """Whether it was danger beyond doubt, which is never closed to anybody."""
        return self.danger in {DangerSeen.TOLD, DangerSeen.HELD_UP}


async def ask(gateway: Gateway, conversation_id: str, key: str, wish: Wish) -> str:
    """Let those who are here see that the parent waits; return the id of the talk.

    Raises ``ChatClosed`` and what ``ask_for_person`` raises; the alert is raised before either.
    """
    heard = await hear(gateway, conversation_id, f"ask {key}", wish.words, wish.contact)
    await _refuse_closed(gateway.desk, conversation_id, heard)
    told = replace(wish, aside=heard.aside, danger=heard.danger and heard.danger.value)
    return await asyncio.to_thread(
        ask_for_person, gateway.desk, conversation_id=conversation_id, idempotency_key=key,
        wish=told,
    )  # fmt: skip


async def say(gateway: Gateway, conversation_id: str, key: str, words: str) -> None:
    """Add the parent's words to the talk; raises ``ChatClosed`` and what ``parent_says`` does."""
    heard = await hear(gateway, conversation_id, f"say {key}", words)
    await _refuse_closed(gateway.desk, conversation_id, heard)
    said = ParentSaid(words, key, heard.aside, heard.danger and heard.danger.value)
    await asyncio.to_thread(parent_says, gateway.desk, conversation_id=conversation_id, said=said)


async def hear(
    gateway: Gateway, conversation_id: str, key: str, words: str, contact: Contact | None = None
) -> Heard:
    """Screen the words, pass danger on to the safeguarding leads, and return what came of it."""
    net = await gateway.net_of(words)
    danger = fallback.worst(net)
    if danger is None:
        return Heard(danger=DangerSeen.POSSIBLE if net else None)
    passed_on = await asyncio.to_thread(
        _pass_on, gateway.desk, conversation_id, f"live {conversation_id} {key}", danger, words,
        contact if contact and contact.phone else None,
    )  # fmt: skip
    answer = fallback.in_danger(gateway.desk.school, danger, passed_on)
    held_up = isinstance(passed_on, AlertHeldUp)
    seen = DangerSeen.HELD_UP if held_up else DangerSeen.TOLD
    return Heard("\n\n".join(reply.text for reply in answer.replies), seen)


def beside_a_person() -> Answer:
    """Answer what was written to the program while a person is in the chat: nothing was sent.

    The page's own link leads to them: it keeps the frame, in which the chat is known, and the
    language.
    """
    words = (
        "A person from the school is in this chat with you, so I am quiet. What you just wrote "
        "went to nobody. The link under these words takes you to the person: write to them "
        "there.\n\nWhen the two of you are done, I am back."
    )
    return Answer(Channel.SERVICE, (Reply(words),), reason="A person is in this chat.")


def _pass_on(  # noqa: PLR0913, PLR0917 - an alert is what it is
    desk: Desk,
    conversation_id: str,
    key: str,
    danger: fallback.Danger,
    words: str,
    contact: Contact | None,
) -> AlertReceipt | AlertHeldUp:
    try:
        return raise_alert(
            desk,
            idempotency_key=key,
            conversation_id=conversation_id,
            kind=danger.alert,
            words=words,
            contact=contact,
        )
    except AlertHeldUp as held_up:  # the parent must still be told whom to ring
        return held_up


async def _refuse_closed(desk: Desk, conversation_id: str, heard: Heard) -> None:
    if heard.alarms:
        return
    until = await asyncio.to_thread(chat_closed_until, desk, conversation_id)
    if until:
        raise ChatClosed(until)
