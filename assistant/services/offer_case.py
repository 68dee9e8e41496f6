"""A member of staff offers to record what was said as a case; the parent agrees, or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.chat_notes import ChatNote
from assistant.casework.duty import ChatEnd, ChatState
from assistant.casework.kinds import CaseKind, Channel
from assistant.security.tokens import record_token
from assistant.services.conversation_subjects import subjects_of_conversation
from assistant.services.errors import NotPossibleNow
from assistant.services.live_chats import (
    CONVERSATION,
    PARENT,
    chat_for,
    close_chat,
    open_chat,
    tell,
)
from assistant.services.open_case import open_case
from assistant.services.record_links import CASE
from assistant.services.shapes import Child, Needs
from assistant.services.turns import load_conversation
from assistant.store.columns import new_id
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, Contact

CHANNELS = {CaseKind.CONCERN: Channel.STAFF, CaseKind.COMPLAINT: Channel.COMPLAINT}
"""What can be offered, and the channel that the case then has."""
OFFERS = {
    CaseKind.CONCERN: ChatNote.OFFERS_CONCERN,
    CaseKind.COMPLAINT: ChatNote.OFFERS_COMPLAINT,
}


@dataclass(frozen=True)
class Agreed:
    """What the parent sends: the offer they read, their own words in it, and how to reach them."""

    offer_id: str
    words: str
    contact: Contact


def offer_case(desk: Desk, *, staff_id: str, chat_id: str, kind: CaseKind, words: str) -> None:
    """Show the parent what would be recorded; a later offer takes the place of an earlier one.

    Raises ``NotHere``, and ``NotPossibleNow`` when the talk is over or the kind is not offered.
    """
    if kind not in CHANNELS:
        raise NotPossibleNow
    with desk.unit_of_work() as work:
        chat = chat_for(desk, work, staff_id, chat_id)
        load_conversation(work.session, chat.conversation_id, lock=True)
        work.session.refresh(chat)
        if chat.state != ChatState.TAKEN.value:
            raise NotPossibleNow
        work.seal_json(chat, "offer", {"id": new_id(), "kind": kind.value, "words": words})
        tell(desk, work, chat, OFFERS[kind])
        target = CONVERSATION, chat.conversation_id
        work.history.append("live_chat.case_offered", staff_id, *target, kind=kind.value)
        work.commit()


def decline_case(desk: Desk, *, conversation_id: str) -> None:
    """Take the offer away and let the talk go on; without effect where there is none."""
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        chat = open_chat(desk, work, conversation_id)
        if chat is None or chat.offer is None:
            return
        chat.offer = None
        tell(desk, work, chat, ChatNote.DECLINED)
        work.history.append("live_chat.case_declined", PARENT, CONVERSATION, conversation_id)
        work.commit()


def agree_to_case(desk: Desk, *, conversation_id: str, agreed: Agreed) -> CaseReceipt:
    """Open the case with the parent's own words, and end the talk; once for each offer.

    Raises ``ConversationGone``, and ``NotPossibleNow`` where that offer is not open any more.
    """
    kind, subjects = _offered(desk, conversation_id, agreed)
    receipt = open_case(
        desk,
        idempotency_key=f"live chat:{agreed.offer_id}",
        conversation_id=conversation_id,
        kind=kind,
        channel=CHANNELS[kind],
        statement=agreed.words,
        outcome_wanted="",
        contact=agreed.contact,
        child=Child(),
        needs=Needs(),
        subjects=subjects,
    )
    settled(partial(_end, desk, conversation_id, agreed.offer_id, receipt))
    return receipt


def _offered(desk: Desk, conversation_id: str, agreed: Agreed) -> tuple[CaseKind, frozenset[str]]:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id)
        chat = open_chat(desk, work, conversation_id)
        offer = work.unseal_json(chat, "offer") if chat and chat.offer else {}
        if offer.get("id") != agreed.offer_id:
            raise NotPossibleNow
        subjects = subjects_of_conversation(desk, work, conversation_id, [agreed.words])
        return CaseKind(offer["kind"]), subjects


def _end(desk: Desk, conversation_id: str, offer_id: str, receipt: CaseReceipt) -> None:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        chat = open_chat(desk, work, conversation_id)
        offer = work.unseal_json(chat, "offer") if chat and chat.offer else {}
        if chat is None or offer.get("id") != offer_id:
            return
        link = f"{desk.settings.public_url}/r/{record_token(desk.keys.lookup, CASE, receipt.id)}"
        facts = {"reference": receipt.reference, "handler": receipt.handler_label, "link": link}
        tell(desk, work, chat, ChatNote.RECORDED, **facts)
        close_chat(desk, work, chat, ChatEnd.CASE, PARENT)
        work.commit()
