"""The private calendar over HTTP: the page that makes an address, and the address itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.make_feed import make_feed
from tests.web.desk_stage import HEAD, IDLE, TEACHER, Stage, Visitor
from tests.web.running import free_port, web_process

pytestmark = pytest.mark.slow

PAGE = "/desk/calendar"
ADDRESS = re.compile(r'id="address">(?P<whole>[^<]+/calendar/(?P<token>[\w-]{22})\.ics)<')
END = re.compile(rf'action="({PAGE}/[0-9a-f]{{32}}/end)"')


def make(staff: Visitor) -> str:
    """Make an address and return its path."""
    found = ADDRESS.search(staff.submit(PAGE, f"{PAGE}/make").text)
    assert found
    return f"/calendar/{found['token']}.ics"


def end_all(staff: Visitor) -> None:
    """End every address of a person."""
    for address in END.findall(staff.get(PAGE).text):
        staff.submit(PAGE, address)


def test_the_address_is_shown_once_and_opens_the_calendar_without_signing_in(stage: Stage) -> None:
    meeting = stage.meeting("in a calendar", host=TEACHER)
    with stage.signed_in(TEACHER) as teacher, stage.visitor() as program:
        path = make(teacher)
        assert path.removesuffix(".ics") not in teacher.get(PAGE).text
        answer = program.get(path)
        end_all(teacher)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    told = [str(event["description"]) for event in Calendar.from_ical(answer.content).events]
    assert f"Reference {meeting.reference}" in told
    assert "Imran" not in answer.text


def test_a_program_that_has_the_calendar_is_told_so(stage: Stage) -> None:
    meeting = stage.meeting("not changed", host=TEACHER)
    with stage.signed_in(TEACHER) as teacher, stage.visitor() as program:
        path = make(teacher)
        tag = program.get(path).headers["etag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = program.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        cancel_meeting(stage.desk, meeting_id=meeting.id, idempotency_key="c")
        assert program.get(path, headers={"If-None-Match": tag}).status_code == 200
        end_all(teacher)


def test_a_revoked_address_a_wrong_one_and_no_address_answer_byte_for_byte_alike(
    stage: Stage,
) -> None:
    with stage.signed_in(TEACHER) as teacher, stage.visitor() as program:
        path = make(teacher)
        end_all(teacher)
        others = [f"/calendar/{'A' * 22}.ics", "/calendar/.ics", path.removesuffix(".ics")]
        answers = [program.get(each) for each in (path, *others, f"{path}.ics", "/calendar/x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["content-type"] for answer in answers}) == 1


def test_ending_one_address_leaves_the_other(stage: Stage) -> None:
    with stage.signed_in(IDLE) as staff, stage.visitor() as program:
        first, second = make(staff), make(staff)
        (ending, _) = END.findall(staff.get(PAGE).text)
        ended = staff.submit(PAGE, ending)
        assert "That address has ended" in staff.get(ended.headers["location"]).text
        assert sorted(program.get(each).status_code for each in (first, second)) == [200, 404]
        end_all(staff)


def test_a_form_sent_twice_makes_one_address(stage: Stage) -> None:
    with stage.signed_in(IDLE) as staff:
        fields = staff.hidden(PAGE)
        made = {ADDRESS.search(staff.post(f"{PAGE}/make", data=fields).text)[0] for _ in range(3)}  # type: ignore[index]
        assert len(made) == 1
        assert len(END.findall(staff.get(PAGE).text)) == 1
        end_all(staff)


def test_a_sixth_address_is_refused_in_words(stage: Stage) -> None:
    with stage.signed_in(IDLE) as staff:
        for _ in range(5):
            make(staff)
        refused = staff.submit(PAGE, f"{PAGE}/make")
        assert refused.status_code == 400
        assert "You have 5 addresses already" in refused.text
        end_all(staff)


def test_nobody_ends_the_address_of_somebody_else(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher, stage.signed_in(HEAD) as head:
        path = make(teacher)
        (ending,) = END.findall(teacher.get(PAGE).text)
        assert head.submit(PAGE, ending).status_code == 404
        assert teacher.get(path).status_code == 200
        end_all(teacher)


def test_no_address_is_in_the_log_even_when_reading_it_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stage = Stage.build(tmp_path)
    token = make_feed(stage.desk, staff_id=TEACHER, idempotency_key="feed")
    with web_process(tmp_path, free_port()) as stage.url, stage.visitor() as program:
        assert program.get(f"/calendar/{token}.ics").status_code == 200
        stage.spoil()
        assert program.get(f"/calendar/{token}.ics").status_code == 500
    logged = "".join(capfd.readouterr())
    assert '"event": "page_failed"' in logged
    assert token not in logged
