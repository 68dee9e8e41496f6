"""The draft of a chat: nothing is sent before Send, and each point once, with its edited words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.casework.point_doors import PointDoor
from assistant.services import send_points as sending
from assistant.services.answer_turn import answer_turn
from assistant.services.change_points import Edited, Move, change_points
from assistant.services.errors import ConversationGone, NotPossibleNow
from assistant.services.forget_conversation import forget_conversation
from assistant.services.open_case import open_case
from assistant.services.send_points import begin_talk, send_points
from assistant.services.shapes import Child, Contact, PendingTurn
from assistant.services.start_conversation import start_conversation
from assistant.services.take_turn import take_turn
from assistant.services.view_points import view_points
from assistant.store.point_tables import PointDraft
from assistant.store.tables import CaseFile
from tests.databases import ON_SQLITE
from tests.services.filings import HEAD, rows_of

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.view_points import DraftPage

PARENT = Contact("Ottoline Quill", "07700 900123")
SHOES = {"doors": {"staff": 0.9}, "topics": {"uniform": 0.9}, "about": {}, "tried": {}}
MATHS = {"doors": {"staff": 0.9}, "topics": {"sets_grades": 0.9}, "about": {}, "tried": {}}
MARKS = {"doors": {"safeguarding": 0.6}, "topics": {"injury": 0.9}, "about": {}, "tried": {}}
HEAD_SHOUTED = {"doors": {"governors": 0.9}, "topics": {"teacher_conduct": 0.9},
                "about": {"headteacher": 0.9}, "tried": {}}  # fmt: skip


@pytest.fixture
def chat(desk: Desk) -> str:
    return start_conversation(desk)[0]


def say(desk: Desk, chat: str, key: str, *parts: tuple[str, dict[str, object]], **how: str) -> None:
    text = "".join(words for words, _ in parts)
    turn = take_turn(desk, conversation_id=chat, idempotency_key=key, text=text)
    assert isinstance(turn, PendingTurn)
    ends = [sum(len(words) for words, _ in parts[: n + 1]) for n in range(len(parts))]
    kept = [[end - len(words), end, heard] for end, (words, heard) in zip(ends, parts, strict=True)]
    answer_turn(
        desk,
        conversation_id=chat,
        turn=turn,
        replies=[{"text": "I hear you.", "choices": []}],
        channel=how.get("channel", "staff"),
        parts=kept,
    )


def three(desk: Desk, chat: str) -> DraftPage:
    say(desk, chat, "1", ("Two days in isolation for shoes. ", SHOES),
        ("Also his maths set was changed. ", MATHS))  # fmt: skip
    say(desk, chat, "2", ("And another thing, the head shouted at him.", HEAD_SHOUTED))
    return view_points(desk, chat)


def edit(page: DraftPage, **words: str) -> Edited:
    return Edited(page.draft.seen, page.draft.version, words, contact=PARENT, child=Child("Finn"))


def ready(desk: Desk, chat: str) -> DraftPage:
    change_points(desk, chat, edit(three(desk, chat)))
    return view_points(desk, chat)


def send(desk: Desk, chat: str, page: DraftPage) -> sending.Sending:
    done = send_points(desk, chat, version=page.draft.version, seen=page.draft.seen)
    assert done
    return done


def statements(desk: Desk) -> list[str]:
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.query(CaseFile).order_by(CaseFile.received_at, CaseFile.id)
        return sorted(work.unseal(row, "statement") for row in rows)


@ON_SQLITE
def test_typing_writes_nothing_to_the_desk(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    assert [each.point.words for each in page.points] == [
        "Two days in isolation for shoes.",
        "Also his maths set was changed.",
        "And another thing, the head shouted at him.",
    ]
    assert [each.door for each in page.points] == [
        PointDoor.STAFF, PointDoor.STAFF, PointDoor.GOVERNORS
    ]  # fmt: skip
    assert rows_of(desk.unit_of_work, CaseFile) == 0


@ON_SQLITE
def test_what_is_foreseen_is_what_the_receipt_says(desk: Desk, chat: str) -> None:
    page = ready(desk, chat)
    foreseen = [each.foreseen for each in page.going]
    done = send(desk, chat, page)
    for before, after in zip(foreseen, done.page.sent, strict=True):
        assert before
        assert after.sent
        assert (before.to, before.readers) == (after.sent.handler_label, after.sent.readers)
        assert before.answer_by.due_on in {due.due_on for due in after.sent.deadlines}


@ON_SQLITE
def test_the_head_neither_reads_what_is_about_the_head_nor_can_be_chosen(
    desk: Desk, chat: str
) -> None:
    page = three(desk, chat)
    about_head = page.points[2]
    assert HEAD in about_head.subjects
    assert PointDoor.HEADTEACHER not in about_head.opened
    forced = replace(edit(page), doors={about_head.point.id: "headteacher"})
    change_points(desk, chat, forced)
    after = view_points(desk, chat).points[2]
    assert after.door is PointDoor.GOVERNORS
    assert after.foreseen
    assert "Ashworth" not in "".join(after.foreseen.readers)


@ON_SQLITE
def test_the_record_has_exactly_the_edited_words(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    first, second, third = (each.point.id for each in page.points)
    change_points(desk, chat, edit(page, **{first: "Please explain the two days. 👟"}))
    page = view_points(desk, chat)
    change_points(desk, chat, edit(page), Move("leave", second))
    page = view_points(desk, chat)
    change_points(desk, chat, edit(page), Move("leave", third))
    send(desk, chat, view_points(desk, chat))
    assert statements(desk) == ["Please explain the two days. 👟"]


def test_sending_twice_sends_once(desk: Desk, chat: str) -> None:
    page = ready(desk, chat)
    first, again = send(desk, chat, page), send(desk, chat, page)
    assert rows_of(desk.unit_of_work, CaseFile) == 3
    assert [each.sent for each in first.page.sent] == [each.sent for each in again.page.sent]


@ON_SQLITE
def test_a_fault_midway_is_told_and_the_rest_stays_and_goes_later(
    desk: Desk, chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opened = ready(desk, chat), []

    def breaks(*args: object, **named: object) -> object:
        if opened:
            raise NotPossibleNow
        opened.append(1)
        return open_case(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "open_case", breaks)
    done = send(desk, chat, page)
    assert done.broken
    assert (len(done.page.sent), len(done.page.going)) == (1, 2)
    monkeypatch.undo()
    done = send(desk, chat, page)
    assert (len(done.page.sent), len(done.page.going)) == (3, 0)
    assert rows_of(desk.unit_of_work, CaseFile) == 3


@ON_SQLITE
def test_what_was_typed_after_the_last_page_is_not_sent_with_it(desk: Desk, chat: str) -> None:
    page = ready(desk, chat)
    say(desk, chat, "3", ("Also the toilets are locked.", SHOES))
    done = send(desk, chat, page)
    assert len(done.page.sent) == 3
    assert [each.point.words for each in done.page.going] == ["Also the toilets are locked."]


@ON_SQLITE
def test_an_unkept_or_an_older_draft_is_not_sent(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    assert send_points(desk, chat, version=0, seen=page.draft.seen) is None
    change_points(desk, chat, edit(page))
    old = view_points(desk, chat)
    change_points(desk, chat, edit(old))
    assert send_points(desk, chat, version=old.draft.version, seen=old.draft.seen) is None
    assert rows_of(desk.unit_of_work, CaseFile) == 0


@ON_SQLITE
def test_an_old_page_changes_nothing_and_gives_its_words_back(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    first, second, _ = (each.point.id for each in page.points)
    change_points(desk, chat, edit(page), Move("join", second))
    unkept = change_points(desk, chat, edit(page, **{first: "From the older page."}))
    assert unkept == ("From the older page.",)
    words = [each.point.words for each in view_points(desk, chat).points]
    assert words[0] == "Two days in isolation for shoes.\n\nAlso his maths set was changed."
    assert len(words) == 2


@ON_SQLITE
def test_a_point_is_split_moved_and_put_back_without_losing_a_word(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    first = page.points[0].point.id
    change_points(desk, chat, edit(page, **{first: "One thing. Another thing."}))
    page = view_points(desk, chat)
    change_points(desk, chat, edit(page), Move("split", first, at=11))
    page = view_points(desk, chat)
    assert [each.point.words for each in page.points[:2]] == ["One thing.", "Another thing."]
    assert len({each.point.id for each in page.points}) == 4
    for act in ("down", "leave", "back", "up"):
        change_points(desk, chat, edit(view_points(desk, chat)), Move(act, first))
    assert view_points(desk, chat).going[0].point.words == "One thing."
    change_points(desk, chat, edit(view_points(desk, chat)), Move("split", first, at=3))
    assert len(view_points(desk, chat).points) == 4


@ON_SQLITE
def test_a_sent_point_cannot_be_changed_any_more(desk: Desk, chat: str) -> None:
    page = ready(desk, chat)
    send(desk, chat, page)
    first = page.points[0].point.id
    change_points(desk, chat, edit(view_points(desk, chat), **{first: "Other words"}))
    assert view_points(desk, chat).points[0].point.words == "Two days in isolation for shoes."


@ON_SQLITE
def test_words_that_went_to_the_leads_are_left_out_at_first(desk: Desk, chat: str) -> None:
    say(desk, chat, "1", ("He has marks again. ", MARKS), ("Also two days for shoes.", SHOES),
        channel="safeguarding")  # fmt: skip
    page = view_points(desk, chat)
    assert [each.point.told for each in page.points] == [True, False]
    assert [each.point.words for each in page.going] == ["Also two days for shoes."]


@ON_SQLITE
def test_a_talk_begins_with_the_words_and_is_not_sent(desk: Desk, chat: str) -> None:
    page = three(desk, chat)
    first = page.points[0].point.id
    change_points(desk, chat, replace(edit(page), doors={first: "talk"}))
    page = view_points(desk, chat)
    assert begin_talk(desk, chat, first) == begin_talk(desk, chat, first)
    assert len(send(desk, chat, page).page.sent) == 2


@ON_SQLITE
def test_a_message_that_nobody_read_is_one_point_for_the_office(desk: Desk, chat: str) -> None:
    take_turn(desk, conversation_id=chat, idempotency_key="1", text="The gate. Also the bus.")
    [view] = view_points(desk, chat).points
    assert (view.point.words, view.door) == ("The gate. Also the bus.", PointDoor.OFFICE)


def test_forgetting_the_chat_forgets_the_draft(desk: Desk, chat: str) -> None:
    ready(desk, chat)
    assert rows_of(desk.unit_of_work, PointDraft) == 1
    forget_conversation(desk, chat)
    assert rows_of(desk.unit_of_work, PointDraft) == 0
    with pytest.raises(ConversationGone):
        view_points(desk, chat)
