"""Meetings at the desk, over HTTP: the diary, how it went, handing over, somebody who leaves."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from assistant.casework.kinds import Channel, MeetingMode
from assistant.services.book_meeting import book_meeting
from assistant.services.shapes import Child, Contact, MeetingReceipt, Needs
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, IDLE, MANAGER, SENCO, TEACHER, Stage, at

pytestmark = pytest.mark.slow

CHAIR, OTHER_TEACHER = "dr-siddiqui", "mr-whitfield"
LONG_AGO = at("2026-11-09")
"""The web process's own clock stands at 10.15am on Tuesday 24 November 2026."""
REASON = "I am on a course that day."


def booked(
    stage: Stage, host: str, starts_at: datetime, parent: str, **changes: object
) -> MeetingReceipt:
    wish = {
        "conversation_id": None,
        "channel": Channel.STAFF,
        "mode": MeetingMode.IN_PERSON,
        "contact": Contact(parent, "07700 900456", "home@home.example", safe=True),
        "child": Child("Aisha", 2, "2W"),
        "needs": Needs(),
        "note": "Dinner time worries her.",
        "subjects": frozenset(),
    }
    desk = stage.on(LONG_AGO)
    key = f"{host} {starts_at} {parent}"
    return book_meeting(  # type: ignore[arg-type]
        desk, idempotency_key=key, host_id=host, starts_at=starts_at, **(wish | changes)
    )


def test_the_diary_asks_first_how_past_meetings_went_then_shows_today_and_the_days_to_come(
    stage: Stage,
) -> None:
    later = booked(stage, SENCO, at("2026-12-02", "11:00"), "Later Parent")
    past = booked(stage, SENCO, at("2026-11-18", "11:00"), "Past Parent")
    today = booked(
        stage,
        SENCO,
        at("2026-11-24", "11:00"),
        "Today Parent",
        mode=MeetingMode.PHONE,
        needs=Needs(interpreter="Polish", supporter=True, both_parents=True),
    )
    far = booked(stage, SENCO, at("2026-12-16", "11:00"), "Far Parent")
    with stage.signed_in(SENCO) as senco:
        page = senco.get("/desk/meetings").text
    places = [page.index(each) for each in ("How did it go?", past.reference, "Today and the")]
    places += [page.index(each.reference) for each in (today, later)]
    assert places == sorted(places)
    assert far.reference not in page
    assert "16 December 2026" not in page
    assert "14 December 2026 (1 meeting)" in page
    assert "Polish interpreter, brings a supporter, both parents come" in page


def test_a_week_shows_each_of_its_school_days_and_what_became_of_each_meeting(
    stage: Stage,
) -> None:
    held = booked(stage, DEPUTY, at("2026-11-12", "11:00"), "Week Parent")
    with stage.signed_in(DEPUTY) as deputy:
        page = deputy.get("/desk/meetings?week=2026-11-13").text
        nonsense = deputy.get("/desk/meetings?week=2026-13-45%00")
    assert page.count("No meeting.") == 4
    assert "Monday 9 November 2026" in page
    row = page[page.index(held.reference) - 900 :]
    assert "Say how it went" in row
    assert "How did it go?" not in page
    assert nonsense.status_code == 200
    assert "Today and the next two weeks" in nonsense.text


def test_the_clerk_sees_governors_meetings_by_host(stage: Stage) -> None:
    about_head = {"channel": Channel.GOVERNORS, "subjects": frozenset({HEAD})}
    one = booked(stage, CHAIR, at("2026-11-26", "18:00"), "First Parent", **about_head)
    two = booked(stage, CHAIR, at("2026-11-30", "18:00"), "Second Parent", **about_head)
    other = booked(stage, "mr-thorpe", at("2026-11-26", "18:00"), "Third Parent", **about_head)
    with stage.signed_in(CLERK) as clerk, stage.signed_in(HEAD) as head:
        page = clerk.get("/desk/meetings").text
        hidden = head.get("/desk/meetings").text
    headings = ["that you look after", "Dr Siddiqui, chair", one.reference, two.reference]
    places = [page.index(each) for each in (*headings, "Mr Thorpe, vice", other.reference)]
    assert places == sorted(places)
    assert not any(each.reference in hidden for each in (one, two, other))


def test_a_wrong_mark_is_put_right_and_the_parent_reads_kind_words(stage: Stage) -> None:
    held = booked(stage, DEPUTY, at("2026-11-19", "11:00"), "Marked Parent")
    page = f"/desk/meetings/{held.reference}"
    with stage.signed_in(DEPUTY) as deputy, stage.visitor() as parent:
        deputy.submit(page, f"{page}/mark", status="not_attended")
        assert "We did not meet" in parent.get(f"/r/{held.token}").text
        assert "did not come" not in parent.get(f"/r/{held.token}").text
        assert "Put right how it went" in deputy.get(page).text
        deputy.submit(page, f"{page}/mark", status="phoned")
        after = deputy.get(page).text
        assert "We spoke by phone instead" in parent.get(f"/r/{held.token}").text
        assert held.reference not in deputy.get("/desk").text
    assert after.index("“Parent did not come”") < after.index("“Phoned instead”")


def test_a_meeting_is_handed_over_and_the_old_host_can_open_it_no_longer(stage: Stage) -> None:
    mine = booked(stage, DEPUTY, at("2026-11-27", "11:00"), "Handed Parent")
    page = f"/desk/meetings/{mine.reference}"
    with stage.signed_in(DEPUTY) as deputy, stage.signed_in(HEAD) as head:
        assert "Hand over to a colleague" in deputy.get(page).text
        form = deputy.hidden(f"{page}/hand-over")
        for _twice in range(2):
            answer = deputy.post(
                f"{page}/hand-over", data={**form, "colleague": HEAD, "why": REASON}
            )
            assert answer.headers["location"] == "/desk/meetings?done=handed-over"
        assert "they have been told" in deputy.get("/desk/meetings?done=handed-over").text
        gone = deputy.get(page)
        missing = deputy.get("/desk/meetings/SG-000-000-000")
        assert (gone.status_code, gone.content) == (404, missing.content)
        new = head.get(page).text
    assert "Mr Mensah, deputy headteacher, handed the meeting over to Mrs Ashworth" in new
    assert REASON in new


def test_a_busy_colleague_is_refused_with_their_nearest_times_and_what_was_typed_stays(
    stage: Stage,
) -> None:
    mine = booked(stage, DEPUTY, at("2026-11-27", "12:30"), "Kept Parent")
    booked(stage, HEAD, at("2026-11-27", "12:30"), "Rival Parent")
    page = f"/desk/meetings/{mine.reference}/hand-over"
    with stage.signed_in(DEPUTY) as deputy:
        answer = deputy.submit(page, page, colleague=HEAD, why=REASON)
        assert "Not free then" in deputy.get(page).text
    assert answer.status_code == 400
    nearest = re.search(r"not free then\. Their nearest free times: ([^<]+)\.<", answer.text)
    assert nearest is not None
    assert len(nearest[1].split(";")) == 3
    assert REASON in answer.text


@pytest.mark.parametrize("colleague", ["", "nobody", "mr-croft", CHAIR, DEPUTY])
def test_only_somebody_from_the_list_can_be_chosen(stage: Stage, colleague: str) -> None:
    mine = booked(stage, DEPUTY, at("2026-11-27", "13:30"), "Listed Parent")
    page = f"/desk/meetings/{mine.reference}/hand-over"
    with stage.signed_in(DEPUTY) as deputy:
        answer = deputy.submit(page, page, colleague=colleague, why=REASON)
        assert (answer.status_code, "Choose a colleague" in answer.text) == (400, True)
        assert deputy.get(f"/desk/meetings/{mine.reference}").status_code == 200


def test_a_meeting_that_is_over_leads_back_to_its_page(stage: Stage) -> None:
    held = booked(stage, DEPUTY, at("2026-11-19", "14:00"), "Over Parent")
    page = f"/desk/meetings/{held.reference}"
    with stage.signed_in(DEPUTY) as deputy:
        assert deputy.get(f"{page}/hand-over").headers["location"] == page
        assert (
            deputy.submit(page, f"{page}/hand-over", colleague=HEAD, why=REASON).status_code == 303
        )
        assert "Hand over to a colleague" not in deputy.get(page).text


def test_to_everybody_else_a_meeting_to_hand_over_is_not_there(stage: Stage) -> None:
    mine = booked(stage, DEPUTY, at("2026-12-01", "11:00"), "Hidden Parent")
    with stage.signed_in(TEACHER) as teacher:
        hidden = teacher.get(f"/desk/meetings/{mine.reference}/hand-over")
        missing = teacher.get("/desk/meetings/SG-000-000-000/hand-over")
        sent = teacher.submit(
            "/desk", f"/desk/meetings/{mine.reference}/hand-over", colleague=HEAD, why=REASON
        )
    assert hidden.status_code == missing.status_code == sent.status_code == 404
    assert hidden.content == missing.content == sent.content


def test_the_meetings_of_who_leaves_are_listed_and_given_in_one_step(stage: Stage) -> None:
    first = booked(stage, OTHER_TEACHER, at("2026-12-01", "13:30"), "Secret Name")
    second = booked(stage, OTHER_TEACHER, at("2026-12-01", "14:00"), "Other Name")
    walled = booked(
        stage, OTHER_TEACHER, at("2026-12-01", "14:30"), "W Name", subjects=frozenset({HEAD})
    )
    address = f"/desk/meetings/reassign?who={OTHER_TEACHER}&day=1&month=12&year=2026"
    with stage.signed_in(MANAGER) as manager:
        assert "Find other hosts" in manager.get("/desk/meetings").text
        listed = manager.get(address).text
        assert all(each.reference in listed for each in (first, second))
        assert not any(word in listed for word in (walled.reference, "Secret Name", "Aisha"))
        fields = manager.hidden(address) | {"who": OTHER_TEACHER, "since": "2026-12-01"}
        bare = manager.post("/desk/meetings/reassign", data=fields)
        assert (bare.status_code, "Say why" in bare.text) == (400, True)
        answer = manager.post(
            "/desk/meetings/reassign",
            data={
                **fields,
                "why": "He leaves at Christmas.",
                f"give-{first.reference}": DEPUTY,
                f"give-{second.reference}": "",
                f"give-{walled.reference}": DEPUTY,
            },
        )
        assert manager.get(f"/desk/meetings/{first.reference}").status_code == 404
    assert f"{first.reference}: Mr Mensah, deputy headteacher" in answer.text
    assert f"{walled.reference}: There is no record with that reference." in answer.text
    assert answer.text.index("Still without") < answer.text.index(second.reference)
    with stage.signed_in(DEPUTY) as deputy:
        assert "He leaves at Christmas." in deputy.get(f"/desk/meetings/{first.reference}").text


def test_for_everybody_else_the_page_for_who_leaves_does_not_exist(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head:
        assert head.get("/desk/meetings/reassign").status_code == 404
        assert "Find other hosts" not in head.get("/desk/meetings").text


@pytest.mark.parametrize("query", ["who=", "who=mr-bennett&day=31&month=2&year=2026", "day=x"])
def test_an_incomplete_question_about_who_leaves_says_what_is_missing(
    stage: Stage, query: str
) -> None:
    with stage.signed_in(CLERK) as clerk:
        answer = clerk.get(f"/desk/meetings/reassign?{query}")
    if query == "who=":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, "Nothing was saved" in answer.text) == (400, True)


def test_an_empty_list_says_what_would_be_there(stage: Stage) -> None:
    address = f"/desk/meetings/reassign?who={IDLE}&day=1&month=12&year=2026"
    with stage.signed_in(CLERK) as clerk:
        assert "with a colleague who is free then" in clerk.get(address).text


def test_another_time_is_proposed_and_waits_for_the_parent_on_every_list(stage: Stage) -> None:
    mine = booked(stage, DEPUTY, at("2026-12-03", "11:00"), "Asked Parent")
    page = f"/desk/meetings/{mine.reference}"
    with stage.signed_in(DEPUTY) as deputy:
        assert "Propose another time" in deputy.get(page).text
        form = deputy.get(f"{page}/time?from=2026-12-01").text
        assert "Tuesday 1 December 2026" in form
        assert f"{page}/time?from=2026-12-04" in form
        value = at("2026-12-02", "12:00").isoformat()
        sent = deputy.submit(f"{page}/time", f"{page}/time", time=value)
        assert sent.headers["location"] == page
        assert "was asked about Wednesday 2 December 2026, 12 noon" in deputy.get(page).text
        assert "another time proposed" in deputy.get("/desk/meetings").text
        due = deputy.get("/desk").text
    row = due[due.index(mine.reference) : due.index(mine.reference) + 1200]
    assert "The parent answers by" in row


@pytest.mark.parametrize("time", ["", "soon", "2026-12-02T12:00", "2026-12-02T03:00+00:00"])
def test_a_time_that_is_none_of_those_shown_is_refused_in_words(stage: Stage, time: str) -> None:
    mine = booked(stage, DEPUTY, at("2026-12-04", "11:00"), "Refused Parent")
    page = f"/desk/meetings/{mine.reference}/time"
    with stage.signed_in(DEPUTY) as deputy:
        answer = deputy.submit(page, page, time=time)
    assert answer.status_code == 400
    assert "Choose a time" in answer.text or "Choose another" in answer.text


def test_to_everybody_else_there_is_no_meeting_to_propose_a_time_for(stage: Stage) -> None:
    mine = booked(stage, DEPUTY, at("2026-12-07", "11:00"), "Unseen Parent")
    with stage.signed_in(TEACHER) as teacher:
        hidden = teacher.get(f"/desk/meetings/{mine.reference}/time")
        missing = teacher.get("/desk/meetings/SG-000-000-000/time")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
