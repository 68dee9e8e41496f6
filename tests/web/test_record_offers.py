"""Another time on the parent's page: offered, taken or left, and waited for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from assistant.casework.kinds import MeetingMode, TimeOfferKind
from assistant.services.live_time_offers import live_time_offers
from assistant.services.offer_slots import offer_slots
from assistant.services.offer_time import offer_time
from assistant.services.open_link import open_link
from assistant.services.shapes import Contact, Needs
from assistant.services.waiting_list import is_waiting
from assistant.store.meeting_tables import TimeOffer
from assistant.web import words
from tests.desks import stored
from tests.services.bookings import book
from tests.services.test_visit_restrictions import restrict
from tests.web.desk_stage import DEPUTY, Stage, at

if TYPE_CHECKING:
    from assistant.services.shapes import MeetingReceipt

pytestmark = pytest.mark.slow

SAFE = Contact("Dana Whitlock", "07700 900555", "dana@home.example", safe=True)
TABLES = ("meeting", "cell", "done_request", "time_offer", "waiting_place")


def booked(stage: Stage, key: str, contact: Contact = SAFE) -> MeetingReceipt:
    """Book the deputy's latest time of three days."""
    return book(stage.desk, key, free(stage)[-1], host_id=DEPUTY, contact=contact)


def free(stage: Stage) -> list[datetime]:
    """Return the deputy's free times of three days, by the clock that the web process has."""
    offer = offer_slots(
        stage.on(at("2026-11-24")),
        host_ids=[DEPUTY],
        windows=None,
        mode=MeetingMode.IN_PERSON,
        needs=Needs(),
        limit=1000,
    )
    return [slot.starts_at for slot in offer.matching]


def offered(
    stage: Stage,
    meeting: MeetingReceipt,
    key: str,
    kind: TimeOfferKind = TimeOfferKind.PROPOSED,
) -> datetime:
    """Offer a time about a day earlier; return it."""
    times = free(stage)
    start = times[len(times) // 2]
    offer_time(
        stage.desk,
        meeting_id=meeting.id,
        starts_at=start,
        kind=kind,
        made_by=DEPUTY,
        idempotency_key=key,
    )
    return start


def now_at(stage: Stage, meeting: MeetingReceipt) -> datetime | None:
    record = open_link(stage.desk, token=meeting.token)
    assert record
    return record.starts_at


def fields_of(stage: Stage, meeting: MeetingReceipt) -> dict[str, str]:
    """Return what the form of the first offer sends beside the answer."""
    (offer,) = live_time_offers(stage.desk, meeting.id)
    with stage.visitor() as parent:
        return {**parent.hidden(f"/r/{meeting.token}"), "offer": offer.id}


@pytest.mark.parametrize("kind", list(TimeOfferKind))
def test_a_time_that_is_offered_comes_first_with_why_and_until_when(
    stage: Stage, kind: TimeOfferKind
) -> None:
    meeting = booked(stage, f"shown {kind.value}")
    start = offered(stage, meeting, f"offer {kind.value}", kind)
    (offer,) = live_time_offers(stage.desk, meeting.id)
    with stage.visitor() as parent:
        page = parent.get(f"/r/{meeting.token}").text
    assert page.index(kind.label) < page.index("Where it stands")
    assert words.moment(start) in page
    assert f"It is kept for you until {words.moment(offer.expires_at)}." in page
    assert "Take this time" in page
    assert "Keep my time" in page


def test_taking_the_time_moves_the_meeting_once(stage: Stage) -> None:
    meeting = booked(stage, "taken")
    start = offered(stage, meeting, "offer taken")
    data = {**fields_of(stage, meeting), "answer": "take"}
    with stage.visitor() as parent:
        page = f"/r/{meeting.token}"
        answers = [parent.post(f"{page}/offer", data=data) for _ in range(2)]
        assert {each.headers["location"] for each in answers} == {f"{page}?done=moved"}
        shown = parent.get(f"{page}?done=moved").text
    assert now_at(stage, meeting) == start
    assert "Your meeting has the time below" in shown
    assert "Take this time" not in shown


def test_keeping_ones_time_frees_the_other_and_cannot_be_taken_back(stage: Stage) -> None:
    meeting = booked(stage, "kept")
    start = offered(stage, meeting, "offer kept")
    data = fields_of(stage, meeting)
    assert start not in free(stage)
    with stage.visitor() as parent:
        page = f"/r/{meeting.token}"
        answer = parent.post(f"{page}/offer", data={**data, "answer": "keep"})
        assert "stays at the time below" in parent.get(answer.headers["location"]).text
        late = parent.post(f"{page}/offer", data={**data, "answer": "take"})
    assert late.status_code == 409
    assert now_at(stage, meeting) == meeting.starts_at
    assert start in free(stage)


def test_an_offer_that_has_ended_leaves_the_meeting_beside_the_nearest_times(
    stage: Stage,
) -> None:
    meeting = booked(stage, "ended")
    offered(stage, meeting, "offer ended")
    data = {**fields_of(stage, meeting), "answer": "take"}
    with stage.desk.unit_of_work() as work:
        mine = TimeOffer.meeting_id == meeting.id
        long_ago = stage.desk.machine_clock.now().replace(year=2020)
        work.session.execute(update(TimeOffer).where(mine).values(expires_at=long_ago))
        work.commit(unrecorded="a test")
    with stage.visitor() as parent:
        assert "Take this time" not in parent.get(f"/r/{meeting.token}").text
        answer = parent.post(f"/r/{meeting.token}/offer", data=data)
    assert answer.status_code == 409
    assert "Your meeting is still at its old time" in answer.text
    assert answer.text.count('id="instead-') == 3
    assert now_at(stage, meeting) == meeting.starts_at


@pytest.mark.parametrize("offer", ["", "nothing", "0" * 32, "x" * 500, "é"])
def test_an_offer_that_is_none_of_this_meetings_changes_nothing(stage: Stage, offer: str) -> None:
    meeting = booked(stage, f"none {offer}")
    other = booked(stage, f"others {offer}")
    offered(stage, other, f"offer others {offer}")
    ids = [offer, live_time_offers(stage.desk, other.id)[0].id]
    before = stored(stage.desk.unit_of_work, *TABLES)
    with stage.visitor() as parent:
        hidden = parent.hidden(f"/r/{meeting.token}")
        for each in ids:
            data = {**hidden, "offer": each, "answer": "take"}
            assert parent.post(f"/r/{meeting.token}/offer", data=data).status_code == 409
    assert stored(stage.desk.unit_of_work, *TABLES) == before


def test_who_may_not_come_in_is_offered_phone_and_video_on_that_day(stage: Stage) -> None:
    contact = Contact("Kim", "07700 900556")
    meeting = booked(stage, "barred", contact)
    start = offered(stage, meeting, "offer barred")
    restrict(stage.desk, "bar offer", contact=contact)
    data = {**fields_of(stage, meeting), "answer": "take"}
    with stage.visitor() as parent:
        answer = parent.post(f"/r/{meeting.token}/offer", data=data)
        assert answer.status_code == 409
        assert "by phone or video call, not in person" in answer.text
        assert "See times by video call" in answer.text
        assert now_at(stage, meeting) == meeting.starts_at
        page = f"/r/{meeting.token}/move"
        moved = parent.submit(page, page, mode="phone", starts_at=free(stage)[0].isoformat())
        assert moved.status_code == 303
    record = open_link(stage.desk, token=meeting.token)
    assert record
    assert record.mode == MeetingMode.PHONE.value
    assert record.starts_at != start


def test_moving_in_person_shows_who_may_not_come_in_the_same_time_by_phone(stage: Stage) -> None:
    contact = Contact("Lou", "07700 900557")
    meeting = booked(stage, "barred move", contact)
    restrict(stage.desk, "bar move", contact=contact)
    wanted = free(stage)[0].isoformat()
    page = f"/r/{meeting.token}/move"
    with stage.visitor() as parent:
        refused = parent.submit(page, page, starts_at=wanted)
        assert refused.status_code == 409
        assert 'name="mode" value="phone"' in refused.text
        assert f'value="{wanted}" checked' in refused.text
        video = parent.get(f"{page}?mode=video").text
        assert "These are times by video call." in video
        assert "&amp;mode=video" in video
        assert now_at(stage, meeting) == meeting.starts_at


def test_who_may_not_come_in_sees_times_by_phone_at_once(stage: Stage) -> None:
    contact = Contact("Max", "07700 900559")
    meeting = booked(stage, "barred sees", contact)
    page = f"/r/{meeting.token}/move"
    with stage.visitor() as parent:
        assert "by phone or video call, not in person" not in parent.get(page).text
        restrict(stage.desk, "bar sees", contact=contact)
        shown = parent.get(page)
        assert shown.status_code == 200
        assert "by phone or video call, not in person" in shown.text
        assert "These are times by phone." in shown.text


def test_a_parent_may_wait_for_an_earlier_time_and_stop(stage: Stage) -> None:
    meeting = booked(stage, "waits")
    page = f"/r/{meeting.token}"
    with stage.visitor() as parent:
        answer = parent.submit(page, f"{page}/earlier", wish="ask")
        shown = parent.get(answer.headers["location"]).text
        assert "We write to you if an earlier time comes free." in shown
        assert is_waiting(stage.desk, meeting.id)
        assert "Stop telling me" in shown
        answer = parent.submit(page, f"{page}/earlier", wish="stop")
        shown = parent.get(answer.headers["location"]).text
    assert "We no longer look" in shown
    assert "Tell me if an earlier time comes free" in shown
    assert not is_waiting(stage.desk, meeting.id)


def test_without_a_safe_address_it_says_why_and_what_to_do(stage: Stage) -> None:
    meeting = booked(stage, "unsafe", Contact("Jo", "07700 900558", "jo@home.example", safe=False))
    page = f"/r/{meeting.token}"
    with stage.visitor() as parent:
        answer = parent.submit(page, f"{page}/earlier", wish="ask")
    assert answer.status_code == 400
    assert "no e-mail address that is safe to write to" in answer.text
    assert f'href="{page}/move"' in answer.text
    assert not is_waiting(stage.desk, meeting.id)


def test_a_word_that_no_button_sends_changes_nothing(stage: Stage) -> None:
    meeting = booked(stage, "nonsense")
    offered(stage, meeting, "offer nonsense")
    data = fields_of(stage, meeting)
    before = stored(stage.desk.unit_of_work, *TABLES)
    page = f"/r/{meeting.token}"
    with stage.visitor() as parent:
        for part, fields in (("offer", {"answer": "both"}), ("earlier", {"wish": ""})):
            answer = parent.post(f"{page}/{part}", data={**data, **fields})
            assert answer.headers["location"] == f"{page}?done=nothing"
            assert parent.post(f"{page}/{part}", data=fields).status_code == 403
            assert parent.get(f"{page}/{part}").status_code == 404
    assert stored(stage.desk.unit_of_work, *TABLES) == before


def test_a_case_has_no_other_times(stage: Stage) -> None:
    case = stage.case("no offers")
    with stage.visitor() as parent:
        page = f"/r/{case.token}"
        assert "earlier time" not in parent.get(page).text
        for part in ("offer", "earlier"):
            answer = parent.submit(page, f"{page}/{part}", answer="take", wish="ask")
            assert answer.status_code == 404
