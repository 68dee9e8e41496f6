"""The booking pages over HTTP: no script, no account, no cookie."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select

from assistant.services.open_link import open_link
from assistant.services.shapes import Contact
from assistant.store.alert_tables import Alert
from assistant.store.meeting_tables import Availability, Cell, Meeting, MeetingDraft
from tests.desks import stored
from tests.services.test_visit_restrictions import restrict
from tests.web.desk_stage import DEPUTY, TEACHER, Stage
from tests.web.meeting_journey import ABOUT, DETAILS, HOW, WHO, Journey, let_every_hold_run_out

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

DANGER = "he has smashed the door in and he has a knife in his hand"
NEEDS = {"interpreter": "Urdu", "step_free": "yes"}
BARRED = DETAILS | {"phone": "07700 900777", "email": "", "note": "Please be kind."}
STEPS = ("about", "who", "how", "when", "details", "check")


@pytest.fixture
def journey(stage: Stage) -> Iterator[Journey]:
    with stage.visitor() as client:
        yield Journey(client)


def rows(stage: Stage, table: type[Meeting | MeetingDraft]) -> int:
    with stage.desk.unit_of_work(read_only=True) as work:
        return len(work.session.scalars(select(table.id)).all())


def bar(stage: Stage, phone: str) -> None:
    restrict(stage.desk, f"bar {phone}", contact=Contact("", phone))


def link_of(page: str) -> str:
    found = re.search(r'href="(/r/[\w-]+)"', page)
    assert found
    return found[1]


def test_a_whole_journey_ends_with_a_reference_a_link_and_a_calendar_file(
    journey: Journey, stage: Stage
) -> None:
    check = journey.as_far_as("check").page()
    for words in ("Mr Bennett", "Finn, Year 4, class 4B", "07700 900123", "reading book"):
        assert words in check
    journey.send()
    booked = journey.page()
    assert re.search(r"SG-\w{3}-\w{3}-\w{3}", booked)
    record = journey.client.get(link_of(booked)).text
    assert "She hides her reading book." in record
    file = journey.client.get(f"{link_of(booked)}/calendar")
    assert file.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert str(event["summary"]) == "School meeting"
    assert not any(word in file.text for word in ("Finn", "Dana", "reading"))
    meeting = open_link(stage.desk, token=link_of(booked).removeprefix("/r/"))
    assert meeting
    assert meeting.host_id == TEACHER


def test_nothing_is_stored_before_the_first_page_is_sent(journey: Journey, stage: Stage) -> None:
    before = rows(stage, MeetingDraft)
    for _ in range(3):
        journey.page()
    assert rows(stage, MeetingDraft) == before


def test_looking_changes_nothing_however_often_and_wherever(journey: Journey, stage: Stage) -> None:
    """A mail scanner, a prefetch and the back button only look."""
    journey.as_far_as("check")
    before = stored(stage.desk.unit_of_work, "meeting_draft", "cell", "meeting")
    for _ in range(2):
        for step in (*STEPS, "booked", "clear", "exit", "named"):
            journey.client.get(f"{journey.base}/{step}")
        journey.client.get(journey.base)
    assert stored(stage.desk.unit_of_work, "meeting_draft", "cell", "meeting") == before


def test_who_it_is_about_is_asked_before_anybody_or_any_time_is_shown(journey: Journey) -> None:
    journey.send(**ABOUT)
    for step in ("how", "when", "details", "check"):
        answer = journey.client.get(f"{journey.base}/{step}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{journey.base}/who")


def test_the_person_named_is_not_offered_and_cannot_be_chosen_by_hand(journey: Journey) -> None:
    journey.send(**ABOUT | {"about": "staff", "named": "mr benett"})
    assert "Mr Bennett" not in journey.page()
    assert journey.send(**WHO).status_code == 400
    assert journey.step == "who"


def test_a_name_in_the_words_is_asked_about(journey: Journey) -> None:
    journey.send(**ABOUT | {"matter": "Mr Bennett shouted at her."})
    assert journey.step == "named"
    assert journey.send().status_code == 400
    journey.send(**{f"is-{TEACHER}": "yes"})
    assert journey.step == "who"
    assert "Mr Bennett" not in journey.page()


def test_naming_the_host_in_the_note_runs_the_wall_again(journey: Journey, stage: Stage) -> None:
    let_every_hold_run_out(stage)
    journey.as_far_as("details").send(**DETAILS | {"note": "Mr Bennett shouted at her."})
    assert journey.step == "named"
    journey.send(**{f"is-{TEACHER}": "yes"})
    assert journey.step == "who"
    journey.send(host=DEPUTY)
    assert journey.step == "when"
    journey.send(starts_at=journey.times()[0])
    assert journey.step == "check"
    assert "Mr Bennett shouted at her." in journey.page()
    with stage.desk.unit_of_work(read_only=True) as work:
        live = Cell.hold_expires_at > stage.desk.machine_clock.now()
        held = set(work.session.scalars(select(Cell.resource).where(live)))
    assert {key for key in held if key.startswith("staff:")} == {f"staff:{DEPUTY}"}


def test_what_is_about_the_head_goes_through_the_clerk(journey: Journey) -> None:
    journey.send(**ABOUT | {"about": "head"})
    page = journey.page()
    assert "chair of governors" in page
    assert "through the clerk" in page
    assert "Mrs Ashworth" not in page


def test_a_change_comes_back_to_the_check(journey: Journey) -> None:
    journey.as_far_as("check")
    journey.send(f"{journey.base}/details", **DETAILS | {"name": "Dana W."})
    assert journey.step == "check"
    assert "Dana W." in journey.page()
    time = re.search(r"When</dt>\s*<dd[^>]*>(.*?)</dd>", journey.page())
    assert time
    journey.send(f"{journey.base}/how", **HOW | {"mode": "phone"})
    assert journey.step == "check"
    assert "By phone" in journey.page()
    assert time[1] in journey.page()


def test_a_time_that_is_not_free_in_the_new_way_is_chosen_again(journey: Journey) -> None:
    journey.as_far_as("check")
    sign = {"mode": "phone", "interpreter": "British Sign Language"}
    journey.send(f"{journey.base}/how", **HOW | sign)
    assert journey.step == "when"


def test_what_was_typed_is_kept_beside_what_is_missing(journey: Journey) -> None:
    journey.as_far_as("details")
    answer = journey.send(**DETAILS | {"phone": "12", "note": "Please ring <b>after</b> four."})
    assert answer.status_code == 400
    assert "Give a number that we can ring" in answer.text
    assert "Dana Whitlock" in answer.text
    assert "Please ring &lt;b&gt;after&lt;/b&gt; four." in answer.text


def test_a_double_submit_books_once(journey: Journey, stage: Stage) -> None:
    journey.as_far_as("check")
    before, base = rows(stage, Meeting), journey.base
    first = journey.send(f"{base}/check")
    second = journey.client.post(f"{base}/check", data={"form_token": "stale"})
    assert first.headers["location"] == f"{base}/booked"
    assert second.status_code == 403
    assert rows(stage, Meeting) == before + 1


def test_sending_the_same_form_again_leads_to_the_same_meeting(
    journey: Journey, stage: Stage
) -> None:
    page = journey.as_far_as("check").page()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    before, base = rows(stage, Meeting), journey.base
    answers = [
        journey.client.post(f"{base}/check", data={"form_token": token[1]}) for _ in range(3)
    ]
    assert {answer.headers["location"] for answer in answers} == {f"{base}/booked"}
    assert rows(stage, Meeting) == before + 1
    assert journey.client.get(f"{base}/details").headers["location"] == f"{base}/booked"


def test_the_first_page_sent_twice_is_one_draft(journey: Journey, stage: Stage) -> None:
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]+)"', journey.page().split("radio")[0]))
    before = rows(stage, MeetingDraft)
    ways = {
        journey.client.post("/meet", data={**hidden, **ABOUT}).headers["location"] for _ in range(2)
    }
    assert len(ways) == 1
    assert rows(stage, MeetingDraft) == before + 1


def test_a_slot_taken_a_moment_ago_is_said_beside_three_others(stage: Stage) -> None:
    with stage.visitor() as one, stage.visitor() as other:
        slow, fast = Journey(one).as_far_as("when"), Journey(other).as_far_as("when")
        wanted = slow.times()[0]
        fast.send(starts_at=wanted)
        answer = slow.send(starts_at=wanted)
        assert answer.status_code == 409
        assert "That time has just gone" in answer.text
        assert answer.text.count('id="instead-') == 3
        slow.send(starts_at=slow.times()[0])
        assert slow.step == "details"
        assert "reading book" in slow.page(f"{slow.base}/about")


def test_a_time_lost_at_the_last_moment_keeps_everything(stage: Stage) -> None:
    with stage.visitor() as one, stage.visitor() as other:
        slow, fast = Journey(one).as_far_as("when"), Journey(other).as_far_as("when")
        wanted = slow.times()[0]
        slow.send(starts_at=wanted)
        slow.send(**DETAILS)
        let_every_hold_run_out(stage)
        fast.send(starts_at=wanted)
        fast.send(**DETAILS)
        fast.send()
        answer = slow.send()
        assert answer.status_code == 409
        slow.send(f"{slow.base}/when", starts_at=slow.times()[0])
        assert slow.step == "check"
        slow.send()
        assert slow.step == "booked"


@pytest.mark.parametrize(
    "when",
    [
        "",
        "soon",
        "2026-11-24T15:30:00",
        "2026-11-23T15:30:00+00:00",
        "2027-03-28T01:30:00+00:00",
        "2027-10-31T01:30:00+00:00",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
        "2026-11-25T09:31:07+00:00",
    ],
)
def test_a_time_that_no_page_offered_is_refused_with_the_others(
    journey: Journey, when: str
) -> None:
    answer = journey.as_far_as("when").send(starts_at=when)
    assert answer.status_code in {400, 409}
    assert 'name="starts_at"' in answer.text


@pytest.mark.parametrize(
    "query", ["?from=never", "?from=9999-12-31", "?part=night", "?from=&part="]
)
def test_a_page_of_times_takes_any_query(journey: Journey, query: str) -> None:
    journey.as_far_as("when")
    assert "When would you like to talk" in journey.page(f"{journey.base}/when{query}")


def test_each_day_says_how_many_times_it_has_and_the_filter_keeps_them_out(
    journey: Journey,
) -> None:
    journey.as_far_as("when")
    page = journey.page()
    counts = [int(number) for number in re.findall(r"(\d+) times?</span>", page)]
    assert len(counts) == 3
    assert sum(counts) == len(journey.times())
    late = journey.times("?part=afternoon&part=late")
    assert late
    assert all(datetime.fromisoformat(when).hour >= 12 for when in late)


def test_a_note_of_twenty_thousand_characters_is_taken_and_one_more_is_not(
    journey: Journey,
) -> None:
    journey.as_far_as("details")
    assert journey.send(**DETAILS | {"note": "é" * 20_001}).status_code == 400
    journey.send(**DETAILS | {"note": "é" * 20_000})
    assert journey.step == "check"


@pytest.mark.parametrize(
    "name",
    [
        "Dana\r\nBcc: all@school.example",
        "👩🏽‍🦱 Dana",
        "دانة \u202eevil",
        "O'Brien <script>",
        "é" * 200,
    ],
)
def test_any_name_is_taken_as_one_line(journey: Journey, stage: Stage, name: str) -> None:
    journey.as_far_as("details").send(**DETAILS | {"name": name})
    page = journey.page()
    assert "<script>" not in page.replace("<script src", "")
    journey.send()
    record = link_of(journey.page())
    file = journey.client.get(f"{record}/calendar")
    assert "Bcc" not in file.text
    with stage.desk.unit_of_work(read_only=True) as work:
        latest = select(Meeting).order_by(Meeting.made_at.desc(), Meeting.sequence)
        names = [work.unseal_json(row, "contact")["name"] for row in work.session.scalars(latest)]
    assert not any("\n" in each or "\u202e" in each for each in names)


def test_danger_in_the_words_comes_first_and_never_blocks_the_booking(
    journey: Journey, stage: Stage
) -> None:
    journey.send(**ABOUT | {"matter": DANGER})
    assert journey.step == "who"
    page = journey.page()
    assert page.index("Please read this first") < page.index("<h1")
    assert 'href="tel:999"' in page
    assert "I have passed your exact words to" in page
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        words = [work.unseal(row, "words") for row in work.session.scalars(select(Alert))]
    assert words.count(DANGER) == 1
    journey.as_far_as("check").send()
    assert journey.step == "booked"


def test_the_alert_is_raised_again_with_the_way_to_reach_the_parent(
    journey: Journey, stage: Stage
) -> None:
    matter = "my son told me his uncle touches him at night"
    journey.send(**ABOUT | {"matter": matter})
    journey.as_far_as("check")
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        mine = [
            row
            for row in work.session.scalars(select(Alert))
            if work.unseal(row, "words") == matter
        ]
        contacts = [work.unseal_json(row, "contact") for row in mine if row.contact]
    assert len(mine) == 2
    assert [contact["phone"] for contact in contacts] == [DETAILS["phone"]]


@pytest.mark.parametrize("way", ["clear", "exit"])
def test_deleting_and_leaving_clear_what_was_typed(
    journey: Journey, stage: Stage, way: str
) -> None:
    journey.as_far_as("check")
    base, before = journey.base, rows(stage, MeetingDraft)
    hidden = re.search(r'name="form_token" value="([^"]+)"', journey.page())
    assert hidden
    answer = journey.client.post(f"{base}/{way}", data={"form_token": hidden[1]})
    assert answer.status_code in {200, 303}
    assert rows(stage, MeetingDraft) == before - 1
    gone = journey.client.get(f"{base}/check")
    assert gone.status_code == 404
    assert "Nothing is kept here" in gone.text


def test_leaving_ends_on_a_page_that_says_nothing(journey: Journey) -> None:
    journey.as_far_as("who")
    hidden = re.search(r'name="form_token" value="([^"]+)"', journey.page())
    assert hidden
    page = journey.client.post(f"{journey.base}/exit", data={"form_token": hidden[1]}).text
    assert "bbc.co.uk/weather" in page
    assert "chool" not in page


def test_a_form_that_was_not_sent_from_our_page_changes_nothing(
    journey: Journey, stage: Stage
) -> None:
    journey.as_far_as("check")
    before = stored(stage.desk.unit_of_work, "meeting_draft", "meeting")
    for step in (*STEPS, "clear", "exit"):
        answer = journey.client.post(f"{journey.base}/{step}", data={"form_token": "0" * 64})
        assert answer.status_code == 403, step
    assert journey.client.post("/meet", data=ABOUT).status_code == 403
    assert stored(stage.desk.unit_of_work, "meeting_draft", "meeting") == before


@pytest.mark.parametrize("token", ["abc", "A" * 22, "x" * 500, "%00", "%F0%9F%98%80"])
def test_an_unknown_link_says_where_to_start(journey: Journey, token: str) -> None:
    for path in (f"/meet/{token}", f"/meet/{token}/when", f"/meet/{token}/booked"):
        page = journey.client.get(path)
        assert page.status_code == 404
        assert "Nothing is kept here" in page.text
    assert journey.client.get(f"/meet/{token}/nonsense").status_code == 404


def test_no_page_is_kept_indexed_or_told_to_others(journey: Journey) -> None:
    journey.as_far_as("check")
    for path in ("/meet", f"{journey.base}/check"):
        headers = journey.client.get(path).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert "noindex" in headers["x-robots-tag"]
        assert headers["cache-control"] == "no-store"


def test_no_address_of_the_journey_holds_a_word_that_was_typed(journey: Journey) -> None:
    journey.as_far_as("check").send()
    journey.page()
    visited = " ".join(str(answer.headers.get("location")) for answer in journey.answers)
    assert not re.search(r"Dana|Finn|reading|07700|bennett|4B", visited, re.IGNORECASE)


def test_a_host_without_any_time_leads_to_the_office_and_loses_nothing(
    journey: Journey, stage: Stage
) -> None:
    journey.send(**ABOUT)
    with stage.desk.unit_of_work() as work:
        kept = work.session.scalars(
            select(Availability).where(Availability.staff_id == DEPUTY)
        ).all()
        work.session.execute(delete(Availability).where(Availability.staff_id == DEPUTY))
        work.commit(unrecorded="a test")
    try:
        journey.send(host=DEPUTY)
        journey.send(**HOW)
        page = journey.page()
        assert "There are no times to book just now" in page
        assert stage.desk.school.phone in page
        assert 'href="/call-back"' in page
        assert "reading book" in journey.page(f"{journey.base}/about")
    finally:
        with stage.desk.unit_of_work() as work:
            for row in kept:
                work.session.merge(row)
            work.commit(unrecorded="a test")


def test_only_times_at_which_the_interpreter_is_free_are_offered(journey: Journey) -> None:
    journey.as_far_as("how").send(**HOW)
    every = journey.times("?part=morning")
    journey.send(f"{journey.base}/how", **HOW | NEEDS)
    page = journey.page()
    assert "An interpreter for Urdu is free at these times too." in page
    assert "A room without steps is free too." in page
    fewer = journey.times("?part=morning")
    assert fewer
    assert set(every) - set(fewer)
    journey.send(starts_at=fewer[0])
    journey.send(**DETAILS)
    assert "An interpreter for Urdu and a room without steps" in journey.page()
    journey.send()
    assert journey.step == "booked"


def test_a_language_that_cannot_be_booked_is_arranged_by_the_school(journey: Journey) -> None:
    journey.as_far_as("how").send(**HOW | {"interpreter": "Polish"})
    assert "The school will arrange an interpreter for Polish." in journey.page()
    journey.send(starts_at=journey.times()[0])
    journey.send(**DETAILS)
    assert "The school will arrange the interpreter" in journey.page()


def test_where_nobody_interprets_in_that_way_the_page_says_so(journey: Journey) -> None:
    journey.as_far_as("how")
    journey.send(**HOW | {"mode": "phone", "interpreter": "British Sign Language"})
    page = journey.page()
    assert "There are no free times just now with what you need" in page
    assert f'href="{journey.base}/how"' in page


def test_who_may_not_come_in_is_led_to_phone_and_video_with_all_that_was_typed(
    journey: Journey, stage: Stage
) -> None:
    bar(stage, "07700 900777")
    journey.as_far_as("details").send(**BARRED)
    assert journey.step == "how"
    page = journey.page()
    assert "by phone or video call, not in person" in page
    assert 'value="in_person"' not in page
    assert 'value="phone"' in page
    assert 'value="video"' in page
    assert journey.send(**HOW).status_code == 400
    journey.send(**HOW | {"mode": "phone"})
    assert journey.step == "check"
    page = journey.page()
    assert "Please be kind." in page
    assert "reading book" in page
    journey.send()
    assert journey.step == "booked"


def test_a_restriction_made_while_they_typed_is_met_the_same_way(
    journey: Journey, stage: Stage
) -> None:
    journey.as_far_as("details").send(**BARRED | {"phone": "07700 900778"})
    assert journey.step == "check"
    before = rows(stage, Meeting)
    hidden = re.search(r'name="form_token" value="([^"]+)"', journey.page())
    assert hidden
    bar(stage, "07700 900778")
    answer = journey.client.post(journey.at, data={"form_token": hidden[1]})
    assert answer.headers["location"] == f"{journey.base}/how"
    assert "by phone or video call" in journey.page(f"{journey.base}/how")
    assert rows(stage, Meeting) == before
