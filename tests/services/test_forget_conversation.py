"""A chat that is forgotten is in no file any more, not even sealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.casework.kinds import AlertKind
from assistant.services.answer_turn import answer_turn
from assistant.services.desk import Desk
from assistant.services.errors import ConversationGone
from assistant.services.forget_conversation import forget_conversation
from assistant.services.forget_wishes import open_wishes, wish_granted
from assistant.services.raise_alert import raise_alert
from assistant.services.shapes import PendingTurn
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import take_turn
from assistant.store.alert_tables import Alert
from assistant.store.erasing import let_go
from assistant.store.key_tables import DataKey
from assistant.store.tables import Conversation, Turn
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.filings import rows_of

CANARY = "the heron stood in the boiler room"


def talked(desk: Desk) -> str:
    """Return a conversation of one turn, in which the canary was said and answered."""
    conversation, _token = start_conversation(desk)
    turn = take_turn(desk, conversation_id=conversation, idempotency_key="k", text=CANARY)
    assert isinstance(turn, PendingTurn)
    answer_turn(desk, conversation_id=conversation, turn=turn, replies=[{"text": CANARY}],
                channel="staff", reason=CANARY)  # fmt: skip
    return conversation


def traces_of(desk: Desk, conversation: str) -> list[bytes]:
    """Return what stands for the conversation on the disk: its envelopes, and its wrapped key."""
    with desk.unit_of_work(read_only=True) as work:
        turn = work.session.scalars(select(Turn).where(Turn.conversation_id == conversation)).one()
        key = select(DataKey.wrapped).where(DataKey.owner_id == conversation)
        return [turn.words, turn.answer or b"", work.session.scalars(key).one()]


def found_in(folder: Path, traces: list[bytes]) -> list[str]:
    """Return the files, write-ahead logs among them, that hold one of the traces."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(each in file.read_bytes() for each in traces)]


@ON_SQLITE  # the files of PostgreSQL are its own
def test_nothing_of_it_is_in_any_file(desk: Desk, tmp_path: Path) -> None:
    conversation = talked(desk)
    traces = traces_of(desk, conversation)
    assert found_in(tmp_path, [CANARY.encode()]) == []
    assert any(name.endswith("-wal") for name in found_in(tmp_path, traces))
    let_go(desk.unit_of_work)
    assert [Path(name).suffix for name in found_in(tmp_path, traces)] == [".db"]
    forget_conversation(desk, conversation)
    assert found_in(tmp_path, traces) == []


def test_rows_and_key_are_gone_and_a_second_time_there_is_nothing(desk: Desk) -> None:
    conversation, other = talked(desk), talked(desk)
    forget_conversation(desk, conversation)
    assert rows_of(desk.unit_of_work, Conversation) == rows_of(desk.unit_of_work, Turn) == 1
    with desk.unit_of_work(read_only=True) as work:
        owners = set(work.session.scalars(select(DataKey.owner_id)))
        assert work.first_wrong_event() is None
    assert conversation not in owners
    assert other in owners
    with pytest.raises(ConversationGone):
        forget_conversation(desk, conversation)


def test_somebody_who_reads_meanwhile_holds_nobody_up(desk: Desk) -> None:
    conversation = talked(desk)
    with desk.unit_of_work(read_only=True) as reading:
        reading.session.scalars(select(Turn)).all()
        forget_conversation(desk, conversation)
    assert let_go(desk.unit_of_work)


def test_an_alert_that_was_raised_in_it_stays(desk: Desk) -> None:
    conversation = talked(desk)
    raise_alert(desk, idempotency_key="a", conversation_id=conversation,
                kind=AlertKind.SAFEGUARDING, words=CANARY)  # fmt: skip
    forget_conversation(desk, conversation)
    with desk.alerts_unit_of_work(read_only=True) as work:
        assert work.unseal(work.session.scalars(select(Alert)).one(), "words") == CANARY


def test_the_wish_stays_until_no_turn_can_bring_the_chat_back(desk: Desk) -> None:
    conversation = talked(desk)
    forget_conversation(desk, conversation)
    assert open_wishes(desk) == [conversation]
    assert not wish_granted(desk, conversation)
    assert open_wishes(desk) == [conversation]
    pass_time(desk, minutes=1)
    assert wish_granted(desk, conversation)
    assert open_wishes(desk) == []
    assert not wish_granted(desk, conversation)
