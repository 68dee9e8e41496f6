"""A parent asks for a person: who sees it, what they see, who gets it, and how it ends."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from assistant.casework.duty import ChatEnd, ChatState, duty_ends
from assistant.casework.kinds import CaseKind
from assistant.services.ask_for_person import NobodyHere
from assistant.services.begin_duty import begin_duty
from assistant.services.desk import Desk
from assistant.services.end_chat import end_by_parent, end_by_staff
from assistant.services.errors import ConversationGone, NotHere, NotPossibleNow
from assistant.services.find_records import find_records
from assistant.services.forget_conversation import forget_conversation
from assistant.services.list_chats import count_waiting, list_chats
from assistant.services.offer_case import Agreed, agree_to_case, decline_case, offer_case
from assistant.services.people_on_duty import people_on_duty
from assistant.services.purge import purge
from assistant.services.read_chat import has_person, parents_chat, staffs_chat
from assistant.services.say_in_chat import ParentSaid, parent_says, said_beside, staff_says
from assistant.services.settle_chats import settle_chats
from assistant.services.shapes import Contact
from assistant.services.sign_out import sign_out
from assistant.services.signs_of_life import parent_is_there, staff_is_there
from assistant.services.take_chat import take_chat
from assistant.store.live_tables import LiveChat, LiveMessage, LiveSubject, OnDuty
from tests.databases import ON_SQLITE
from tests.desks import pass_time, stored
from tests.services.filings import rows_of
from tests.services.live import (
    ASSISTANT,
    DEPUTY,
    HEAD,
    OFFICE,
    PASTORAL,
    WORDS,
    ask,
    chatted,
    here,
    session_of,
    talk,
)

SECRET = "The heron stood in the boiler room."
TABLES = (LiveChat, LiveMessage, LiveSubject)


def write(desk: Desk, conversation: str, words: str, key: str = "k") -> None:
    parent_says(desk, conversation_id=conversation, said=ParentSaid(words, key))


def seen_waiting(desk: Desk, staff_id: str) -> int:
    """Return how many wait for the person; the list and the count always agree."""
    number = len(list_chats(desk, staff_id=staff_id).waiting)
    assert number == count_waiting(desk, staff_id=staff_id)
    return number


def names(desk: Desk, conversation: str | None = None, words: str = "") -> list[str]:
    found = people_on_duty(desk, conversation_id=conversation, words=words)
    return [each.label for each in found]


# ---------------------------------------------------------------- being here


@ON_SQLITE
def test_who_is_here_is_told_by_name_and_role_until_the_hour_they_said(desk: Desk) -> None:
    here(desk, OFFICE)
    assert names(desk) == ["Ms Begum, school office"]
    pass_time(desk, minutes=1)
    assert names(desk) == ["Ms Begum, school office"]
    session = here(desk, DEPUTY)
    for _ in range(50):
        pass_time(desk, minutes=1)
        staff_is_there(desk, staff_id=DEPUTY, session=session)
    assert names(desk) == []


@ON_SQLITE
def test_two_minutes_without_a_sign_of_life_are_the_end_of_it(desk: Desk) -> None:
    session = here(desk)
    pass_time(desk, seconds=110)
    assert staff_is_there(desk, staff_id=OFFICE, session=session)
    pass_time(desk, seconds=110)
    assert names(desk) != []
    pass_time(desk, seconds=11)
    assert names(desk) == []


@ON_SQLITE
def test_signing_out_ends_it_and_so_does_a_session_that_ends_by_itself(desk: Desk) -> None:
    sign_out(desk, token=here(desk, OFFICE))
    assert names(desk) == []
    session = here(desk, DEPUTY, hours=5)
    for _ in range(desk.settings.session_idle_minutes + 1):
        pass_time(desk, minutes=1)
        last = staff_is_there(desk, staff_id=DEPUTY, session=session)
    assert not last, "a page that is left open must not keep a session alive"
    assert names(desk) == []
    settle_chats(desk)
    assert rows_of(desk.unit_of_work, OnDuty) == 0


@ON_SQLITE
def test_only_the_roles_of_the_school_file_and_only_while_the_school_is_open(desk: Desk) -> None:
    until = duty_ends(desk.school, desk.calendar, desk.clock.now())[-1]
    assert until == desk.clock.now().replace(hour=16, minute=30)
    with pytest.raises(NotHere):
        begin_duty(desk, staff_id="mr-bennett", session="x", until=until)
    with pytest.raises(NotPossibleNow):
        begin_duty(desk, staff_id=OFFICE, session="x", until=until + timedelta(hours=1))
    pass_time(desk, hours=8)
    assert duty_ends(desk.school, desk.calendar, desk.clock.now()) == ()
    pass_time(desk, days=4)
    assert duty_ends(desk.school, desk.calendar, desk.clock.now()) == (), "it is a Saturday"


# ---------------------------------------------------------------- what is shared


@ON_SQLITE
def test_staff_see_the_first_message_and_what_was_ticked_and_nothing_else(desk: Desk) -> None:
    conversation = chatted(desk, "He forgot his PE kit.", SECRET)
    session = here(desk)
    chat = ask(desk, conversation, WORDS, 1)
    (waits,) = list_chats(desk, staff_id=OFFICE).waiting
    assert vars(waits) == {"id": chat, "minutes": 0}
    with pytest.raises(NotHere):
        staffs_chat(desk, staff_id=OFFICE, chat_id=chat)
    take_chat(desk, staff_id=OFFICE, session=session, chat_id=chat)
    view = staffs_chat(desk, staff_id=OFFICE, chat_id=chat)
    assert view.shared == ("He forgot his PE kit.",)
    assert [each.words for each in view.said if each.by_parent] == [WORDS]
    assert SECRET not in repr(view)
    assert "heron" not in stored(desk.unit_of_work, "live_chat", "live_message", "history_event")
    assert WORDS not in stored(desk.unit_of_work, "live_chat", "live_message", "history_detail")


@ON_SQLITE
def test_each_says_what_they_say_once_and_in_order(desk: Desk) -> None:
    conversation, chat, _ = talk(desk)
    for _ in range(2):
        write(desk, conversation, "Is anybody there?")
        staff_says(desk, staff_id=OFFICE, chat_id=chat, words="The side door.", key="k")
    view = parents_chat(desk, conversation)
    assert view
    assert [(each.number, each.label, each.words) for each in view.said if not each.by_program] == [
        (1, "You", WORDS),
        (3, "You", "Is anybody there?"),
        (4, "Ms Begum, school office", "The side door."),
    ]
    assert has_person(desk, conversation)


# ---------------------------------------------------------------- one taker


def test_of_two_who_press_at_once_one_gets_the_chat(desk: Desk) -> None:
    sessions = {each: here(desk, each) for each in (OFFICE, DEPUTY, PASTORAL, HEAD)}
    chat, lost = ask(desk, chatted(desk)), []
    start = threading.Barrier(len(sessions))

    def press(staff_id: str) -> None:
        start.wait()
        try:
            take_chat(desk, staff_id=staff_id, session=sessions[staff_id], chat_id=chat)
        except NotHere:
            lost.append(staff_id)

    threads = [threading.Thread(target=press, args=(each,)) for each in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = set(sessions) - set(lost)
    assert staffs_chat(desk, staff_id=winner, chat_id=chat).state is ChatState.TAKEN
    for each in lost:
        with pytest.raises(NotHere):
            staffs_chat(desk, staff_id=each, chat_id=chat)
    take_chat(desk, staff_id=winner, session=sessions[winner], chat_id=chat)  # pressed twice


@ON_SQLITE
def test_who_has_not_said_that_they_are_here_takes_nothing(desk: Desk) -> None:
    here(desk, OFFICE)
    chat = ask(desk, chatted(desk))
    with pytest.raises(NotPossibleNow):
        take_chat(desk, staff_id=DEPUTY, session=session_of(desk, DEPUTY), chat_id=chat)


# ---------------------------------------------------------------- the wall


@ON_SQLITE
@pytest.mark.parametrize("where", ["not shared", "first message"])
def test_a_wait_that_names_the_head_is_nowhere_for_the_head_and_those_near(
    desk: Desk, where: str
) -> None:
    about = "Mrs Ashworth shouted at my son."
    typed = where == "not shared"
    conversation = chatted(desk, about) if typed else chatted(desk)
    sessions = {each: here(desk, each) for each in (HEAD, ASSISTANT, DEPUTY)}
    chat = ask(desk, conversation, WORDS if typed else about)
    assert len(names(desk)) == 3
    assert names(desk, conversation) == ["Mr Mensah, deputy headteacher"]
    for each in (HEAD, ASSISTANT):
        assert seen_waiting(desk, each) == 0
        with pytest.raises(NotHere):
            take_chat(desk, staff_id=each, session=sessions[each], chat_id=chat)
    assert seen_waiting(desk, DEPUTY) == 1
    take_chat(desk, staff_id=DEPUTY, session=sessions[DEPUTY], chat_id=chat)


@ON_SQLITE
def test_with_only_people_near_it_here_nothing_is_asked(desk: Desk) -> None:
    conversation = chatted(desk, "Mrs Ashworth shouted at my son.")
    for each in (HEAD, ASSISTANT):
        here(desk, each)
    assert (len(names(desk)), names(desk, conversation)) == (2, [])
    with pytest.raises(NobodyHere):
        ask(desk, conversation)
    assert rows_of(desk.unit_of_work, LiveChat) == 0


@ON_SQLITE
def test_what_names_somebody_close_to_the_taker_is_never_shown_to_them(desk: Desk) -> None:
    conversation, chat, _ = talk(desk, staff_id=HEAD)
    write(desk, conversation, "Thank you, Mrs Ashworth.")
    assert staffs_chat(desk, staff_id=HEAD, chat_id=chat).state is ChatState.TAKEN
    write(desk, conversation, "Mr Rigby pushed him.", "k2")  # they are married
    with pytest.raises(NotHere):
        staffs_chat(desk, staff_id=HEAD, chat_id=chat)
    assert list_chats(desk, staff_id=HEAD).own == ()
    view = parents_chat(desk, conversation)
    assert view
    assert (view.state, view.ended) == (ChatState.OVER, ChatEnd.WALL)
    assert "was not shown" in view.said[-1].words
    here(desk, DEPUTY)
    again = ask(desk, conversation, key="again")
    assert (seen_waiting(desk, HEAD), seen_waiting(desk, DEPUTY)) == (0, 1)
    assert again != chat


@ON_SQLITE
@pytest.mark.parametrize("state", ["waiting", "taken"])
def test_whom_the_parent_names_to_the_program_meanwhile_is_kept_from_it_too(
    desk: Desk, state: str
) -> None:
    conversation = chatted(desk, "Hello")
    session = here(desk, HEAD)
    chat = ask(desk, conversation)
    if state == "taken":
        take_chat(desk, staff_id=HEAD, session=session, chat_id=chat)
    assert said_beside(desk, conversation_id=conversation, words="Hm") is (state == "taken")
    assert not said_beside(desk, conversation_id=conversation, words="Mr Rigby pushed him.")
    assert seen_waiting(desk, HEAD) == 0
    with pytest.raises(NotHere):
        take_chat(desk, staff_id=HEAD, session=session, chat_id=chat)


# ---------------------------------------------------------------- how it ends


@ON_SQLITE
def test_nobody_comes_and_the_parent_is_told_after_the_schools_minutes(desk: Desk) -> None:
    session = here(desk)
    conversation = chatted(desk)
    chat = ask(desk, conversation)
    pass_time(desk, minutes=3)
    staff_is_there(desk, staff_id=OFFICE, session=session)
    view = parents_chat(desk, conversation)
    assert view
    assert (view.state, view.ended) == (ChatState.OVER, ChatEnd.LAPSED)
    assert seen_waiting(desk, OFFICE) == 0
    with pytest.raises(NotHere):
        take_chat(desk, staff_id=OFFICE, session=session, chat_id=chat)
    assert settle_chats(desk) == 1
    assert settle_chats(desk) == 0
    settled = parents_chat(desk, conversation)
    assert settled
    assert settled.said[0].words == WORDS, "the words are not lost"
    assert "was not read" in settled.said[-1].words


@ON_SQLITE
def test_the_parent_hears_within_half_a_minute_that_the_person_has_gone(desk: Desk) -> None:
    conversation, chat, session = talk(desk)
    pass_time(desk, seconds=15)
    staff_is_there(desk, staff_id=OFFICE, session=session)
    pass_time(desk, seconds=15)
    gone = [getattr(parents_chat(desk, conversation), "staff_gone", None)]
    pass_time(desk, seconds=10)
    gone.append(getattr(parents_chat(desk, conversation), "staff_gone", None))
    staff_is_there(desk, staff_id=OFFICE, session=session)
    gone.append(getattr(parents_chat(desk, conversation), "staff_gone", None))
    sign_out(desk, token=session)
    gone.append(getattr(parents_chat(desk, conversation), "staff_gone", None))
    assert gone == [False, True, False, True]
    pass_time(desk, minutes=4)
    parent_is_there(desk, conversation)
    assert settle_chats(desk) == 0, "they may come back"
    pass_time(desk, minutes=2)
    assert settle_chats(desk) == 1
    with pytest.raises(NotPossibleNow):
        staff_says(desk, staff_id=OFFICE, chat_id=chat, words="Hello?", key="late")


@ON_SQLITE
@pytest.mark.parametrize("how", [ChatEnd.ANSWERED, ChatEnd.CALL_BACK])
def test_staff_end_it_with_what_came_of_it_and_the_assistant_is_back(
    desk: Desk, how: ChatEnd
) -> None:
    conversation, chat, _ = talk(desk)
    for _ in range(2):
        end_by_staff(desk, staff_id=OFFICE, chat_id=chat, how=how)
    view = parents_chat(desk, conversation)
    assert view
    assert view.ended is how
    assert "is back" in view.said[-1].words
    assert not has_person(desk, conversation)
    with pytest.raises(NotPossibleNow):
        write(desk, conversation, "One more thing")
    with pytest.raises(NotPossibleNow):
        end_by_staff(desk, staff_id=OFFICE, chat_id=chat, how=ChatEnd.CASE)


@ON_SQLITE
def test_a_case_is_opened_only_with_the_parents_yes_and_in_their_words(desk: Desk) -> None:
    conversation, chat, _ = talk(desk)
    wanted = {"staff_id": OFFICE, "chat_id": chat, "kind": CaseKind.CONCERN}
    offer_case(desk, **wanted, words="The door was locked.")
    decline_case(desk, conversation_id=conversation)
    assert find_records(desk, conversation_id=conversation) == []
    offer_case(desk, **wanted, words="The door was locked.")
    view = parents_chat(desk, conversation)
    assert view
    assert view.offer
    mine = "Mrs Ashworth locked the door."
    agreed = Agreed(view.offer["id"], mine, Contact("Dana", "07700 900123"))
    with pytest.raises(NotPossibleNow):
        agree_to_case(
            desk, conversation_id=conversation, agreed=Agreed("other", mine, agreed.contact)
        )
    receipt = agree_to_case(desk, conversation_id=conversation, agreed=agreed)
    (record,) = find_records(desk, conversation_id=conversation)
    assert record.reference == receipt.reference
    assert record.words == (mine,)
    assert "Dr Siddiqui" in receipt.handler_label, "it is about the head"
    ended = parents_chat(desk, conversation)
    assert ended
    assert ended.ended is ChatEnd.CASE
    assert receipt.reference in ended.said[-1].aside
    assert receipt.reference not in repr(staffs_chat(desk, staff_id=OFFICE, chat_id=chat))


@ON_SQLITE
@pytest.mark.parametrize("state", ["taken", "waiting"])
def test_the_parent_may_end_it_at_any_time(desk: Desk, state: str) -> None:
    if state == "taken":
        conversation, *_ = talk(desk)
    else:
        here(desk)
        conversation = chatted(desk)
        ask(desk, conversation)
    end_by_parent(desk, conversation_id=conversation)
    assert seen_waiting(desk, OFFICE) == 0
    view = parents_chat(desk, conversation)
    assert view
    assert view.ended is ChatEnd.LEFT


# ---------------------------------------------------------------- forgotten


@pytest.mark.parametrize("how", ["purged", "forgotten"])
def test_it_goes_with_the_chat_on_both_sides(desk: Desk, how: str) -> None:
    conversation, chat, _ = talk(desk, "He forgot his PE kit.")
    write(desk, conversation, "Hello")
    assert [rows_of(desk.unit_of_work, each) for each in TABLES] == [1, 3, 0]
    if how == "purged":
        pass_time(desk, days=6)
        purge(desk)
        assert rows_of(desk.unit_of_work, LiveChat) == 1
        pass_time(desk, days=2)
        purge(desk)
    else:
        forget_conversation(desk, conversation)
    assert [rows_of(desk.unit_of_work, each) for each in TABLES] == [0, 0, 0]
    with pytest.raises(ConversationGone):
        parents_chat(desk, conversation)
    with pytest.raises(NotHere):
        staffs_chat(desk, staff_id=OFFICE, chat_id=chat)
