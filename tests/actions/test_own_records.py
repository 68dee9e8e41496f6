"""A parent who comes back finds their own record, hears of it, and changes it; nobody else does."""

from __future__ import annotations

import pytest

from actions.status import Change, Status, goes_on_about_a_record
from assistant.services.desk import Desk
from tests.actions.coming_back import COMPLAINT, SENCO, TUTOR, come_back, hear, records
from tests.actions.talk import Talk, goes_on_with


def test_a_meeting_is_told_with_its_time_place_and_host(desk: Desk) -> None:
    talk = come_back(desk, TUTOR)
    said, _ = hear(talk, TUTOR, "vent")
    told = said["utter_status"]["records"]
    host = records(talk)[0].host_name
    assert f"meeting with {host}, Thursday 26 November, 3.30pm" in told
    assert records(talk)[0].place in told


@pytest.mark.parametrize(
    ("follow_up", "reply"),
    [
        ("where do i go when i get there", "utter_record_place"),
        ("which room is it", "utter_record_place"),
        ("does she know im coming", "utter_record_known"),
        ("running late", "utter_record_late"),
        ("can it be by phone instead", "utter_record_by_office"),
        ("my number's changed, can you update it", "utter_record_by_office"),
        ("can my mum come too", "utter_record_company"),
        ("what time was it again", "utter_status"),
        ("no thats all, dont change anything", "utter_kept"),
        ("ok leave it as it is", "utter_kept"),
    ],
)
def test_what_is_asked_after_a_meeting_was_told_is_answered_from_it(
    desk: Desk, follow_up: str, reply: str
) -> None:
    talk = come_back(desk, TUTOR)
    hear(talk, TUTOR)
    before = records(talk)
    said, turn = hear(talk, follow_up, "ask_info")
    assert list(said) == [reply]
    assert goes_on_with(turn) is None
    assert records(talk) == before


@pytest.mark.parametrize(
    ("follow_up", "reply"),
    [
        ("who has actually got it now", "utter_record_handler"),
        ("has anyone looked at it", "utter_record_handler"),
        ("how long do they have", "utter_record_dates"),
        ("when will i hear back", "utter_record_dates"),
        ("ok i'll wait. just wanted to know it didnt vanish", "utter_record_waits"),
        ("can i add something", "utter_record_add"),
        ("any news", "utter_status"),
    ],
)
@pytest.mark.parametrize("intent", ["book", "vent", "ask_policy"])
def test_what_is_asked_after_a_complaint_was_told_stays_with_the_complaint(
    desk: Desk, follow_up: str, reply: str, intent: str
) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, COMPLAINT)
    said, turn = hear(talk, follow_up, intent)
    assert list(said) == [reply]
    assert goes_on_with(turn) is None


def test_the_handler_and_the_dates_are_those_of_the_complaint(desk: Desk) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, COMPLAINT)
    (record,) = records(talk)
    said, _ = hear(talk, "who has actually got it now")
    assert said["utter_record_handler"]["handler"] == record.handler
    said, _ = hear(talk, "how long do they have")
    assert all(due.sum in said["utter_record_dates"]["dates"] for due in record.deadlines)


@pytest.mark.parametrize(
    ("follow_up", "form"),
    [
        ("withdraw it", "cancel_form"),
        ("we've sorted it, bin the complaint", "cancel_form"),
        ("i want to take it back", "cancel_form"),
        ("actually drop it please", "cancel_form"),
    ],
)
def test_a_complaint_is_called_off_in_many_words(desk: Desk, follow_up: str, form: str) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, COMPLAINT)
    _, turn = hear(talk, follow_up)
    assert goes_on_with(turn) == form


@pytest.mark.parametrize("told_before", [True, False])
@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("can I cancel thursday", "cancel_form"),
        ("cancel my meeting with his tutor, thursday", "cancel_form"),
        ("i cant make my meeting any more", "change_form"),
        ("dont cancel the meeting, just move it to friday", "change_form"),
        ("need another day for my meeting", "change_form"),
    ],
)
def test_a_meeting_is_moved_or_called_off(
    desk: Desk, words: str, form: str, *, told_before: bool
) -> None:
    talk = come_back(desk, TUTOR)
    if told_before:
        hear(talk, TUTOR)
    _, turn = hear(talk, words)
    assert goes_on_with(turn) == form


def test_words_that_are_asked_for_are_added_to_the_complaint(desk: Desk) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, "can i add something to my complaint")
    said, _ = hear(talk, "it happened again today on the bus", "vent")
    assert "utter_record_added" in said
    assert records(talk)[0].words[-1] == "it happened again today on the bus"
    assert hear(talk, "and he was crying all evening", "vent")[0] == {}


def test_who_thinks_better_of_it_adds_nothing(desk: Desk) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, "can i add something to my complaint")
    before = records(talk)
    hear(talk, "no thats all, leave it as it is", "vent")
    assert records(talk) == before


@pytest.mark.parametrize(
    "words",
    [
        "i want to see the head",
        "he hit my son again today",
        "can i have a meeting with the deputy",
        "i need to make a complaint",
        "can you keep a secret",
    ],
)
def test_something_new_is_not_taken_for_the_record(desk: Desk, words: str) -> None:
    talk = come_back(desk, COMPLAINT)
    hear(talk, COMPLAINT)
    said, turn = hear(talk, words, "vent")
    assert (said, goes_on_with(turn)) == ({}, None)


@pytest.mark.parametrize(
    "words",
    ["who has got it", "how long do they have", "does she know", "where do i go", "ok i'll wait"],
)
def test_a_parent_without_records_is_heard_as_before(desk: Desk, words: str) -> None:
    said, turn = hear(Talk(desk), words)
    assert (said, goes_on_with(turn)) == ({}, None)


def test_the_wish_to_change_nothing_opens_no_form_whatever_was_heard(desk: Desk) -> None:
    talk = come_back(desk, TUTOR)
    turn = talk.hears("no thats all, dont change anything", "change")
    Change(desk).act(turn)
    assert list(talk.ends(turn)) == ["utter_kept"]
    assert goes_on_with(turn) is None


def test_the_meeting_meant_is_the_one_whose_host_or_time_is_named(desk: Desk) -> None:
    two = "I've two meetings, the head on monday at 9 and the senco on tuesday at 2. cancel it"
    talk = come_back(desk, two)
    for words, channel in (
        ("cancel the meeting with mrs okafor", "staff"),
        ("cancel my meeting on monday", "headteacher"),
        ("move my tuesday meeting to monday", "staff"),
        ("move my meeting with mrs ashworth to tuesday", "headteacher"),
    ):
        hear(talk, words)
        assert talk.slots["record"]["channel"] == channel, words


def test_a_reference_and_then_the_number_open_the_record_and_do_what_was_wanted(
    desk: Desk,
) -> None:
    (record,) = records(come_back(desk, SENCO))
    talk = Talk(desk)
    said, _ = hear(talk, f"need to move my meeting, ref {record.reference}")
    assert list(said) == ["utter_ask_reference"]
    turn = talk.hears("07700 900588")
    turn.keep(details={**talk.slots["details"], "phone": "07700900588"})
    assert goes_on_about_a_record(turn)
    assert goes_on_with(turn) == "change_form"


@pytest.mark.parametrize("phone", ["07700900589", "07700900911", ""])
def test_a_reference_with_the_number_of_somebody_else_opens_nothing(desk: Desk, phone: str) -> None:
    (record,) = records(come_back(desk, SENCO))
    talk = Talk(desk)
    talk.slots["details"] = {"phone": phone, "parent_name": "Ama Boateng"}
    for words in (f"when is my meeting {record.reference}", "who has got it", "where do i go"):
        said, turn = hear(talk, words)
        assert record.host_name not in str(said) + str(turn.events)
    turn = talk.hears(f"status of {record.reference}", "status")
    Status(desk).act(turn)
    assert list(talk.ends(turn)) == ["utter_ask_reference"]
    assert records(talk) == []
