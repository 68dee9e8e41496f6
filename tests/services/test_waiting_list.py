"""The waiting list: what comes free is offered one by one, the first who asked first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from assistant.services import offer_time as offering
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.expire_time_offers import expire_time_offers
from assistant.services.live_time_offers import live_time_offers
from assistant.services.meeting_errors import MeetingGone, NoWayToTell, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.offer_earlier import offer_earlier
from assistant.services.shapes import Contact, MeetingReceipt, Needs
from assistant.services.waiting_list import ask_for_earlier, is_waiting, stop_asking
from assistant.store.ledger import HistoryEvent
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, book, count
from tests.services.filings import mail
from tests.services.offers import (
    FRIDAY_NOON,
    OTHER,
    THURSDAY_NOON,
    answer,
    booked,
    free,
    held,
    offers,
    one_gap,
    states,
    wait,
)

THREADS = 6


def live_id(desk: Desk, meeting: MeetingReceipt) -> str:
    (view,) = live_time_offers(desk, meeting.id)
    return view.id


def test_a_time_that_comes_free_is_held_and_offered_to_who_waits(desk: Desk) -> None:
    gap, mine = one_gap(desk), wait(desk, "mine")
    assert offer_earlier(desk) == 0, "what was free when they asked is no news"
    free(desk, gap)
    assert offer_earlier(desk) == 1
    (view,) = live_time_offers(desk, mine.id)
    assert (view.kind, view.starts_at) == ("earlier", HALF_PAST_NINE)
    with pytest.raises(SlotTaken):
        book(desk, "quick", HALF_PAST_NINE)
    assert any("An earlier time has come free" in body for _, _, body in mail(desk))


def test_a_second_round_offers_nothing_more(desk: Desk) -> None:
    gap = one_gap(desk)
    wait(desk, "mine")
    free(desk, gap)
    assert [offer_earlier(desk), offer_earlier(desk)] == [1, 0]
    assert len(offers(desk)) == 1


def test_first_come_first_asked_and_then_the_next(desk: Desk) -> None:
    gap, first = one_gap(desk), wait(desk, "first", FRIDAY_NOON)
    pass_time(desk, minutes=1)
    second = wait(desk, "second", contact=OTHER)
    free(desk, gap)
    offer_earlier(desk)
    assert live_time_offers(desk, second.id) == ()
    answer(desk, first, live_id(desk, first), accept=False)
    offer_earlier(desk)
    assert live_time_offers(desk, first.id) == ()
    moved = answer(desk, second, live_id(desk, second), accept=True)
    assert moved.starts_at == HALF_PAST_NINE
    assert states(desk) == ["accepted", "declined"]


def test_an_offer_that_nobody_answers_goes_to_the_next(desk: Desk) -> None:
    gap, first = one_gap(desk), wait(desk, "first", FRIDAY_NOON)
    pass_time(desk, minutes=1)
    second = wait(desk, "second", contact=OTHER)
    free(desk, gap)
    offer_earlier(desk)
    pass_time(desk, hours=19, minutes=14)  # half past nine less four hours' notice is over
    expire_time_offers(desk)
    assert offer_earlier(desk) == 0, "too close by now to ask anybody else"
    assert [state for _, state, _ in offers(desk)] == ["expired"]
    assert is_waiting(desk, first.id)
    assert live_time_offers(desk, second.id) == ()


def test_the_next_gets_a_day_that_is_far_enough(desk: Desk) -> None:
    early = one_gap(desk, "2026-12-02")
    first = wait(desk, "first", london("2026-12-04T12:00"))
    pass_time(desk, minutes=1)
    second = wait(desk, "second", london("2026-12-03T12:00"), contact=OTHER)
    free(desk, early)
    offer_earlier(desk)
    late = live_id(desk, first)
    pass_time(desk, hours=24)
    expire_time_offers(desk)
    offer_earlier(desk)
    assert len(live_time_offers(desk, second.id)) == 1
    with pytest.raises(SlotTaken):
        answer(desk, first, late, accept=True)


def test_a_parent_who_took_one_waits_no_longer(desk: Desk) -> None:
    gap, mine = one_gap(desk), wait(desk, "mine")
    free(desk, gap)
    offer_earlier(desk)
    answer(desk, mine, live_id(desk, mine), accept=True)
    assert not is_waiting(desk, mine.id)
    assert THURSDAY_NOON not in booked(desk, mine)


@pytest.mark.parametrize("way", ["stop", "move", "cancel"])
def test_waiting_ends_and_its_offer_is_taken_back(desk: Desk, way: str) -> None:
    gap, mine = one_gap(desk), wait(desk, "mine")
    free(desk, gap)
    offer_earlier(desk)
    if way == "stop":
        stop_asking(desk, meeting_id=mine.id, idempotency_key="s")
    elif way == "move":
        move_meeting(desk, meeting_id=mine.id, starts_at=FRIDAY_NOON, idempotency_key="m")
    else:
        cancel_meeting(desk, meeting_id=mine.id, idempotency_key="c")
    assert not is_waiting(desk, mine.id)
    assert (states(desk), held(desk)) == (["withdrawn"], 0)
    assert offer_earlier(desk) == 0


def test_asking_twice_keeps_the_place_and_a_replay_after_stopping_asks_for_nothing(
    desk: Desk,
) -> None:
    mine = wait(desk, "mine")
    ask_for_earlier(desk, meeting_id=mine.id, idempotency_key="again")
    stop_asking(desk, meeting_id=mine.id, idempotency_key="stop")
    events = count(desk, HistoryEvent)
    ask_for_earlier(desk, meeting_id=mine.id, idempotency_key="again")
    stop_asking(desk, meeting_id=mine.id, idempotency_key="stop")
    assert not is_waiting(desk, mine.id)
    assert count(desk, HistoryEvent) == events


def test_the_same_day_is_not_worth_a_letter(desk: Desk) -> None:
    gap = one_gap(desk)
    wait(desk, "mine", london("2026-11-25T16:00"))
    free(desk, gap)
    assert offer_earlier(desk) == 0


def test_another_host_and_another_mode_are_no_news(desk: Desk) -> None:
    wait(desk, "mine")
    free(desk, book(desk, "other host", london("2026-11-25T09:30"), host_id="miss-kaur"))
    assert offer_earlier(desk) == 0


@pytest.mark.parametrize(
    "contact", [Contact("A", "1", ""), Contact("A", "1", "a@b.example", safe=False)]
)
def test_who_cannot_be_told_is_not_put_on_the_list(desk: Desk, contact: Contact) -> None:
    meeting = book(desk, "mine", contact=contact)
    with pytest.raises(NoWayToTell):
        ask_for_earlier(desk, meeting_id=meeting.id, idempotency_key="a")
    assert not is_waiting(desk, meeting.id)


def test_a_meeting_that_is_over_or_unknown_waits_for_nothing(desk: Desk) -> None:
    mine = wait(desk, "mine")
    pass_time(desk, days=4)
    assert offer_earlier(desk) == 0
    for meeting_id in (mine.id, "0" * 32):
        with pytest.raises(MeetingGone):
            ask_for_earlier(desk, meeting_id=meeting_id, idempotency_key="late")


def test_a_time_that_is_too_close_does_not_stand_in_the_way_of_a_later_one(desk: Desk) -> None:
    gap, later = one_gap(desk), book(desk, "later", THURSDAY_NOON)
    mine = wait(desk, "mine", FRIDAY_NOON)
    pass_time(desk, hours=18, minutes=45)  # five on Wednesday: half an hour before the notice ends
    free(desk, gap)
    assert offer_earlier(desk) == 0
    free(desk, later)
    assert offer_earlier(desk) == 1
    assert live_time_offers(desk, mine.id)[0].starts_at.date() == THURSDAY_NOON.date()


def test_a_time_without_the_interpreter_is_no_news_until_they_are_free(desk: Desk) -> None:
    urdu, gap = Needs(interpreter="Urdu"), one_gap(desk)
    elsewhere = book(desk, "elsewhere", HALF_PAST_NINE, host_id="miss-kaur", needs=urdu)
    mine = wait(desk, "mine", london("2026-11-26T15:45"), needs=urdu)
    free(desk, gap)
    assert offer_earlier(desk) == 0
    free(desk, elsewhere)
    assert offer_earlier(desk) == 1
    answer(desk, mine, live_id(desk, mine), accept=True)
    with pytest.raises(SlotTaken):
        book(desk, "too late", HALF_PAST_NINE, host_id="miss-kaur", needs=urdu)


def test_a_host_who_has_left_has_nothing_to_offer(desk: Desk) -> None:
    gap = one_gap(desk)
    wait(desk, "mine")
    free(desk, gap)
    people = tuple(person for person in desk.school.people if person.id != HOST)
    assert offer_earlier(replace(desk, school=replace(desk.school, people=people))) == 0


def test_six_postmen_and_two_who_wait_make_one_offer_of_one_gap(desk: Desk) -> None:
    gap, first = one_gap(desk), wait(desk, "first", FRIDAY_NOON)
    pass_time(desk, minutes=1)
    wait(desk, "second", contact=OTHER)
    free(desk, gap)
    together = Barrier(THREADS)

    def one_round(_number: int) -> int:
        together.wait()
        return offer_earlier(desk)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one_round, range(THREADS)))
    assert offers(desk) == [(first.id, "open", HALF_PAST_NINE)]
    assert held(desk) == 4
    assert len([body for _, _, body in mail(desk) if "come free" in body]) == 1


def test_postmen_race_with_a_parent_and_one_of_them_has_the_time(desk: Desk) -> None:
    gap, mine = one_gap(desk), wait(desk, "mine")
    free(desk, gap)
    together = Barrier(THREADS)

    def act(number: int) -> MeetingReceipt | None:
        together.wait()
        try:
            return book(desk, "quick", HALF_PAST_NINE) if number == 0 else None
        except SlotTaken:
            return None
        finally:
            offer_earlier(desk)

    with ThreadPoolExecutor(THREADS) as pool:
        rival = next(pool.map(act, range(THREADS)))
    offered = bool(live_time_offers(desk, mine.id))
    assert offered != bool(rival)
    assert held(desk) == (4 if offered else 0)


def test_a_postman_who_dies_before_the_letter_leaves_nothing_and_the_next_does_it_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap, mine = one_gap(desk), wait(desk, "mine")
    free(desk, gap)

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(offering, "tell_of_offer", die)
        with pytest.raises(KeyboardInterrupt):
            offer_earlier(desk)
    assert (offers(desk), held(desk)) == ([], 0)
    assert offer_earlier(desk) == 1
    assert len(live_time_offers(desk, mine.id)) == 1
