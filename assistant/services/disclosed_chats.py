"""Chats from which a person's records came, as they would be handed over while they are kept.

Nobody at the desk reads chats, so what is shown here is less than the wall would allow elsewhere.
A chat is left out, and nothing tells that there is one, when any record of it is closed to whoever
makes the part, when its words name somebody whose matters are closed to them, or when it touched
somebody's safety: those words are for the safeguarding leads. Of the alerts only their
conversations are asked, never a word; while they do not answer, no chat is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel
from assistant.casework.wall import school_wall
from assistant.services.alert_spool import spooled
from assistant.services.disclosed_records import BY_ANOTHER, is_anothers
from assistant.services.disclosure_shapes import Passage, WholeRecord
from assistant.services.disclosures import chosen_cases, chosen_meetings
from assistant.services.record_links import CASE, MEETING
from assistant.services.records import contact_of
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.services.turns import answer_of
from assistant.services.who_is_meant import people_in_words
from assistant.store.alert_tables import Alert
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile, Conversation, RecordLink, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import DataSubject
    from assistant.store.disclosure_tables import Disclosure
    from assistant.store.unit_of_work import UnitOfWork

ALSO_ELSEWHERE = "This chat also led to a record that is not ticked: it may be somebody else’s."
SAFETY = {Channel.SAFEGUARDING.value, Channel.EMERGENCY.value, Channel.WELLBEING.value}
NAME_DIGITS = 8

log = structlog.get_logger()


def chosen_chats(desk: Desk, work: UnitOfWork, part: Disclosure) -> list[Conversation]:
    """Return the chats of the ticked records that the maker may see, the earliest first."""
    ticked = [each.id for each in _records(desk, work, part)]
    linked = select(RecordLink.conversation_id).where(RecordLink.record_id.in_(ticked))
    found = select(Conversation).where(Conversation.id.in_(linked))
    chats = work.session.scalars(found.order_by(Conversation.started_at, Conversation.id)).all()
    alarming = _with_alert(desk, [each.id for each in chats]) if chats else frozenset()
    return [
        each
        for each in chats
        if each.id not in alarming
        and _links_are_open(desk, work, part, each.id)
        and _words_are_open(desk, work, part, each.id)
    ]


def whole_chat(
    desk: Desk, work: UnitOfWork, part: Disclosure, chat: Conversation, person: DataSubject
) -> WholeRecord:
    """Return the chat, its messages in the order in which they were sent."""
    links = set(work.session.scalars(_links(chat.id)))
    records = [each for each in _records(desk, work, part) if each.id in links]
    held = ALSO_ELSEWHERE if len(records) < len(links) else ""
    if any(is_anothers(contact_of(work, each), person) for each in records):
        held = BY_ANOTHER
    return WholeRecord(
        reference=chat.id[:NAME_DIGITS].upper(),
        what="Chat",
        facts=(
            ("Begun", f"{to_london(chat.started_at):%-d %B %Y, %H:%M}"),
            ("Last message", f"{to_london(chat.last_turn_at):%-d %B %Y, %H:%M}"),
            ("Belongs to", ", ".join(each.reference for each in records)),
        ),
        dates=(),
        passages=_said(work, chat.id, held),
        readings=(),
        names=(),
    )


def _records(desk: Desk, work: UnitOfWork, part: Disclosure) -> list[CaseFile | Meeting]:
    return [*chosen_cases(desk, work, part), *chosen_meetings(desk, work, part)]


def _said(work: UnitOfWork, chat_id: str, held: str) -> tuple[Passage, ...]:
    both = (each for turn in _turns(work, chat_id) for each in _passages(work, turn, held))
    return tuple(each for each in both if each.text)


def _passages(work: UnitOfWork, turn: Turn, held: str) -> tuple[Passage, Passage]:
    key, answer = f"{turn.conversation_id}-{turn.number}", answer_of(work, turn)
    said = [str(reply.get("text", "")) for reply in answer["replies"]]
    answered = "\n\n".join(filter(None, (*said, answer["reason"])))
    return (
        Passage(key, "The parent wrote", turn.taken_at, work.unseal(turn, "words"), held),
        Passage(f"{key}-answer", "The program answered", turn.answered_at, answered, held),
    )


def _turns(work: UnitOfWork, conversation_id: str) -> Sequence[Turn]:
    mine = select(Turn).where(Turn.conversation_id == conversation_id)
    return work.session.scalars(mine.order_by(Turn.number)).all()


def _links_are_open(desk: Desk, work: UnitOfWork, part: Disclosure, chat_id: str) -> bool:
    """Tell whether the maker may read every record that came from the chat."""
    linked = set(work.session.scalars(_links(chat_id)))
    seen: set[str] = set()
    for table, is_open in (
        (CaseFile, case_is_open_to(desk.school, part.made_by)),
        (Meeting, meeting_is_open_to(desk.school, part.made_by)),
    ):
        seen |= set(work.session.scalars(select(table.id).where(table.id.in_(linked), is_open)))
    return linked == seen


def _words_are_open(desk: Desk, work: UnitOfWork, part: Disclosure, chat_id: str) -> bool:
    """Tell whether no message is about safety, unanswered, or about somebody close to the maker."""
    turns = _turns(work, chat_id)
    if any(turn.channel is None or turn.channel in SAFETY for turn in turns):
        return False
    named = (people_in_words(desk, work.unseal(turn, "words")) for turn in turns)
    return not any(part.made_by in school_wall(desk.school, each) for each in named)


def _links(chat_id: str) -> Select[str]:
    mine = RecordLink.conversation_id == chat_id, RecordLink.record_kind.in_((CASE, MEETING))
    return select(RecordLink.record_id).where(*mine)


def _with_alert(desk: Desk, chat_ids: Sequence[str]) -> frozenset[str]:
    """Return those from which an alert came, all of them while nobody can tell."""
    held = {told.conversation_id for told in spooled(desk)}
    raised = select(Alert.conversation_id).where(Alert.conversation_id.in_(chat_ids))
    try:
        with desk.alerts_unit_of_work(read_only=True) as work:
            held |= set(work.session.scalars(raised))
    except Exception as problem:  # noqa: BLE001 - logged by its name; no doubt is shown to staff
        log.warning("chats_left_out", error=type(problem).__name__)
        return frozenset(chat_ids)
    return frozenset(each for each in chat_ids if each in held)
