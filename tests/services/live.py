"""Parents who ask for a person and staff who are here, for tests."""

from __future__ import annotations

from datetime import timedelta

from assistant.services.ask_for_person import Wish, ask_for_person
from assistant.services.begin_duty import begin_duty
from assistant.services.desk import Desk
from assistant.services.sessions import Way, open_session
from assistant.services.shapes import Contact
from assistant.services.start_conversation import start_conversation
from assistant.services.take_chat import take_chat
from assistant.services.take_turn import take_turn

OFFICE, DEPUTY, HEAD, PASTORAL, ASSISTANT = (
    "ms-begum",
    "mr-mensah",
    "mrs-ashworth",
    "mrs-doyle",
    "mrs-pickering",
)
WORDS = "Which door is open after clubs? I am always at the wrong one."


def session_of(desk: Desk, staff_id: str) -> str:
    """Return the token of a desk session of theirs."""
    with desk.unit_of_work() as work:
        token = open_session(desk, work, staff_id, Way.PASSWORD).token
        work.commit(unrecorded="a test signs in")
    return token


def here(desk: Desk, staff_id: str = OFFICE, hours: int = 1) -> str:
    """Let somebody be here for chats; return the token of their session."""
    session = session_of(desk, staff_id)
    until = desk.clock.now() + timedelta(hours=hours)
    until -= timedelta(minutes=until.minute % 30)
    begin_duty(desk, staff_id=staff_id, session=session, until=until)
    return session


def chatted(desk: Desk, *words: str) -> str:
    """Return a conversation in which these messages were written to the program."""
    conversation, _ = start_conversation(desk)
    for number, each in enumerate(words):
        desk.machine_clock.instant += timedelta(minutes=2)  # type: ignore[attr-defined]
        take_turn(desk, conversation_id=conversation, idempotency_key=str(number), text=each)
    return conversation


def wish(words: str = WORDS, *shared: int, name: str = "Dana", phone: str = "") -> Wish:
    """Return what a parent gives."""
    return Wish(words, frozenset(shared), Contact(name, phone))


def ask(desk: Desk, conversation: str, words: str = WORDS, *shared: int, key: str = "ask") -> str:
    """Ask for a person; return the id of the talk."""
    return ask_for_person(
        desk, conversation_id=conversation, idempotency_key=key, wish=wish(words, *shared)
    )


def talk(desk: Desk, *typed: str, staff_id: str = OFFICE) -> tuple[str, str, str]:
    """Return conversation, talk and session of a talk that somebody has taken."""
    conversation = chatted(desk, *typed)
    session = here(desk, staff_id)
    chat = ask(desk, conversation)
    take_chat(desk, staff_id=staff_id, session=session, chat_id=chat)
    return conversation, chat, session
