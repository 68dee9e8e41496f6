"""The availability page over HTTP, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

import httpx
import pytest

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.services.book_meeting import book_meeting
from assistant.services.desk import Desk
from assistant.services.list_due import list_due
from assistant.services.offer_slots import offer_slots
from assistant.services.own_hours import Plan
from assistant.services.remove_exception import remove_exception
from assistant.services.save_availability import save_availability
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, MeetingReceipt, Needs
from assistant.services.view_availability import view_availability
from assistant.store.columns import new_id
from tests.web.desk_stage import HEAD, IDLE, PASSWORD, Stage, Visitor, at
from tests.web.form_fields import fields_of

pytestmark = pytest.mark.slow

TEACHER, OTHER, CLERK, CHAIR = "mr-whitfield", "miss-tomlin", "ms-whitaker", "dr-siddiqui"
ASSISTANT = "mr-croft"
PAGE = f"/desk/availability/{TEACHER}"


@pytest.fixture(scope="module")
def town(stage: Stage) -> Stage:
    """Give everybody here a password."""
    for staff_id in (TEACHER, OTHER, CLERK, ASSISTANT):
        set_password(stage.desk, staff_id=staff_id, password=PASSWORD)
    return stage


@pytest.fixture
def teacher(town: Stage) -> Iterator[Visitor]:
    """Sign in the teacher, whose hours are those of the school file again."""
    begin_again(town.on(at("2026-11-24")))
    with town.signed_in(TEACHER) as visitor:
        yield visitor


def begin_again(desk: Desk) -> None:
    """Put the hours of the school file back, and every meeting where it is."""
    who = {"actor_id": TEACHER, "staff_id": TEACHER}
    view = view_availability(desk, **who)
    pattern = tuple(each for each in desk.school.availability if each.staff_id == TEACHER)
    meetings = list_due(desk, TEACHER).meetings
    known = {"confirmed": frozenset(each.reference for each in meetings)}
    plan = Plan(pattern, view.school_rules)
    key = {"idempotency_key": new_id()}
    save_availability(desk, plan=plan, version=view.version, **who, **key, **known)
    ids = [row_id for row_id, _ in view.dates]
    remove_exception(desk, exception_ids=ids, **who, **key, **known)


def press(
    visitor: httpx.Client, do: str, page: httpx.Response | None = None, **typed: object
) -> httpx.Response:
    """Press a button of the form as it stands on `page`, with some fields typed over."""
    shown = page or visitor.get(PAGE)
    return visitor.post(PAGE, data={**fields_of(shown.text, "hours"), "do": [do], **typed})


def meeting_at(stage: Stage, key: str, starts_at: datetime) -> MeetingReceipt:
    return book_meeting(
        stage.on(at("2026-11-24")),
        idempotency_key=key,
        conversation_id=None,
        channel=Channel.STAFF,
        host_id=TEACHER,
        starts_at=starts_at,
        mode=MeetingMode.PHONE,
        contact=Contact("Imran Sadiq", "07700 900456"),
        child=Child("Aisha", 2, "2W"),
        needs=Needs(),
        note="She comes home hungry.",
        subjects=frozenset(),
    )


def rows(page: httpx.Response, day: str) -> list[tuple[str, str]]:
    fields = fields_of(page.text, "hours")
    numbers = [n for n in range(1, 9) if f"{day}-{n}-row" in fields]
    return [(fields[f"{day}-{n}-start"][0], fields[f"{day}-{n}-end"][0]) for n in numbers]


def test_the_page_shows_my_times_in_words_and_what_parents_see(teacher: Visitor) -> None:
    page = teacher.get("/desk/availability")
    assert rows(page, "tue") == [("8am", "8.30am"), ("1.30pm", "3pm"), ("3.30pm", "5.30pm")]
    assert "The school’s rule is 15 minutes." in page.text
    assert 'aria-current="page">Availability' in page.text
    assert "Wed 25 Nov" in page.text
    assert "is a staff session, so it is not offered" in page.text


def test_rows_are_added_removed_and_copied_and_nothing_is_saved_or_lost(teacher: Visitor) -> None:
    page = press(teacher, "add-tue", minutes="25")
    assert rows(page, "tue")[3] == ("", "")
    assert re.search(r'id="tue-4-start"[^>]*autofocus', page.text)
    page = press(teacher, "remove-tue-2", page)
    assert rows(page, "tue") == [("8am", "8.30am"), ("3.30pm", "5.30pm"), ("", "")]
    page = press(teacher, "clear-mon", page)
    assert rows(page, "mon") == []
    page = press(teacher, "copy-wed", page)
    assert rows(page, "fri") == rows(page, "wed") != []
    assert fields_of(page.text, "hours")["minutes"] == ["25"]
    assert rows(teacher.get(PAGE), "mon") == [
        ("8am", "8.30am"),
        ("12 noon", "1.30pm"),
        ("3.30pm", "5.30pm"),
    ]


def test_no_tuesdays_except_one_and_the_preview_says_so_before_it_is_saved(
    teacher: Visitor, town: Stage
) -> None:
    page = press(teacher, "clear-tue")
    assert "Not saved yet" in page.text
    extra = {"date-on": "8 December", "date-kind": "free", "date-modes": ["phone"]}
    extra |= {"date-start": "3.30pm", "date-end": "4pm"}
    page = press(teacher, "date", page, **extra)
    assert "The day is saved" in page.text
    assert rows(page, "tue") == []
    shown = preview(page)
    assert shown["Tue 1 Dec"] == "No times"
    assert shown["Tue 8 Dec"] == "3.30pm, 3.45pm (by phone only)"
    assert press(teacher, "save", page).headers["location"] == f"{PAGE}?done=saved"
    saved = teacher.get(f"{PAGE}?done=saved")
    assert "Your times are saved" in saved.text
    assert preview(saved) == shown
    offered = offer_slots(town.desk, host_ids=[TEACHER], windows=None, limit=1000).matching
    assert {to_london(slot.starts_at).weekday() for slot in offered}.isdisjoint({1})


def preview(page: httpx.Response) -> dict[str, str]:
    lines = re.findall(
        r'week-times__name">([^<]+)</span>\s*<span class="week-times__list">(.*?)</span></li>',
        page.text,
    )
    return {day: unescape(re.sub(r"<[^>]+>", " ", times)).strip() for day, times in lines}


def test_mistakes_are_named_by_row_linked_and_kept_as_they_were_typed(teacher: Visitor) -> None:
    typed = {"thu-1-start": "half eight", "thu-1-modes": [], "daily_cap": "0", "date-on": "soon"}
    page = press(teacher, "save", None, **typed)
    assert page.status_code == 400
    for field, said in (
        ("thu-1-start", "Thursday, times 1: “half eight” is not a time."),
        ("thu-1-modes", "Thursday, times 1: tick at least one way to meet."),
        ("daily_cap", "must be a whole number from 1 to 20 meetings a day."),
        ("date-on", "This day is not added yet."),
    ):
        assert re.search(rf'<a href="#{field}">[^<]*{re.escape(said)}', page.text)
        assert f'id="{field}"' in page.text
    assert "<title>Error: " in page.text
    assert rows(page, "thu")[0] == ("half eight", "8.30am")


def test_a_date_with_mistakes_is_not_added(teacher: Visitor) -> None:
    page = press(teacher, "date", None, **{"date-on": "25 December", "date-kind": "blocked"})
    assert page.status_code == 400
    assert "Nobody can book on Friday 25 December anyway: it is a bank holiday." in page.text


def test_a_booked_day_is_blocked_only_after_its_meetings_were_named_and_confirmed(
    teacher: Visitor, town: Stage
) -> None:
    booked = meeting_at(town, "friday", at("2026-12-04", "12:00"))
    day = {"date-on": "4 December", "date-kind": "blocked"}
    asked = press(teacher, "date", None, **day)
    assert asked.status_code == 409
    assert f'href="/desk/meetings/{booked.reference}"' in asked.text
    assert "Friday 4 December 2026, 12 noon" in asked.text
    assert "Not free all day" not in teacher.get(PAGE).text
    again = press(teacher, "date", asked)
    assert again.status_code == 409
    done = press(teacher, "date!", asked)
    assert done.status_code in {200, 303}
    page = teacher.get(PAGE)
    assert "Not free all day" in page.text
    assert "Booked" in teacher.get(f"/desk/meetings/{booked.reference}").text
    button = re.search(r'value="(drop-[0-9a-f]+-\d+)"[^>]*>Remove<[^>]*> Friday 4', page.text)
    assert button
    assert press(teacher, button[1], page).headers["location"].startswith(f"{PAGE}?done=drop")
    assert "Not free all day" not in teacher.get(PAGE).text


def test_weekly_times_that_leave_a_meeting_outside_need_the_second_button(
    teacher: Visitor, town: Stage
) -> None:
    booked = meeting_at(town, "thursday", at("2026-12-03", "12:00"))
    page = press(teacher, "clear-thu")
    assert f"{booked.reference}<" in page.text
    asked = press(teacher, "save", page)
    assert asked.status_code == 409
    assert "It stays booked" in asked.text
    assert rows(teacher.get(PAGE), "thu")
    assert press(teacher, "save!", asked).status_code == 303
    assert rows(teacher.get(PAGE), "thu") == []


def test_two_tabs_do_not_overwrite_each_other_unseen(teacher: Visitor) -> None:
    first, second = teacher.get(PAGE), teacher.get(PAGE)
    assert press(teacher, "save", first, minutes="20").status_code == 303
    looked = press(teacher, "add-fri", second, minutes="30")
    refused = press(teacher, "save", looked)
    assert refused.status_code == 409
    assert "the times were changed meanwhile" in refused.text
    assert fields_of(refused.text, "hours")["minutes"] == ["30"]
    assert fields_of(teacher.get(PAGE).text, "hours")["minutes"] == ["20"]
    assert press(teacher, "save", refused).status_code == 303
    assert fields_of(teacher.get(PAGE).text, "hours")["minutes"] == ["30"]


def test_a_save_that_is_sent_twice_is_no_conflict(teacher: Visitor) -> None:
    page = teacher.get(PAGE)
    for _ in range(2):
        assert press(teacher, "save", page, buffer_minutes="10").status_code == 303


def test_another_teacher_and_the_head_find_no_such_page(town: Stage, teacher: Visitor) -> None:
    fields = {**fields_of(teacher.get(PAGE).text, "hours"), "do": ["clear-mon"]}
    for staff_id in (OTHER, HEAD, IDLE):
        with town.signed_in(staff_id) as visitor:
            own = fields_of(visitor.get(f"/desk/availability/{staff_id}").text, "hours")
            token = {"form_token": own["form_token"]}
            seen = [visitor.get(PAGE), visitor.post(PAGE, data=fields | token)]
            missing = [
                visitor.get("/desk/availability/nobody"),
                visitor.post("/desk/availability/nobody", data=fields | token),
            ]
        for one, other in zip(seen, missing, strict=True):
            assert one.status_code == other.status_code == 404
            assert one.content == other.content
            assert dict(one.headers) == dict(other.headers)


def test_the_clerk_has_a_list_and_keeps_the_times_of_a_governor(town: Stage) -> None:
    with town.signed_in(CLERK) as clerk:
        page = clerk.get("/desk/availability")
        assert "Ms Whitaker (you)" in page.text
        assert f"/desk/availability/{CHAIR}" in page.text
        assert f"/desk/availability/{TEACHER}" not in page.text
        chair = clerk.get(f"/desk/availability/{CHAIR}")
        assert "When Dr Siddiqui meets parents" in chair.text
        assert clerk.get(PAGE).status_code == 404


def test_who_meets_no_parents_is_told_why_there_is_nothing_to_set(town: Stage) -> None:
    with town.signed_in(ASSISTANT) as assistant:
        page = assistant.get("/desk/availability")
        assert "Parents do not book meetings with you" in page.text
        assert assistant.get(f"/desk/availability/{ASSISTANT}").status_code == 404


def test_the_script_is_given_the_preview_alone_and_mistakes_are_left_out_of_it(
    teacher: Visitor,
) -> None:
    shown = teacher.get(PAGE)
    fields = fields_of(shown.text, "hours") | {"do": ["look"], "wed-1-end": ["later"]}
    answer = teacher.post(PAGE, data=fields, headers={"X-Schoolgate-Fragment": "yes"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Wednesday, times 1: “later” is not a time." in answer.text
    assert "Mon 30 Nov" in answer.text


def test_nothing_that_a_hand_made_form_says_breaks_the_page(teacher: Visitor) -> None:
    token = {"form_token": fields_of(teacher.get(PAGE).text, "hours")["form_token"]}
    for odd in (
        {},
        {"do": "drop-x"},
        {"do": "drop-"},
        {"do": "add-sun"},
        {"do": "add-"},
        {"do": "copy-xyz"},
        {"do": "remove-"},
        {"do": "nonsense!"},
        {"do": "save", "version": "0", "mon-9-row": "here", "mon-9-start": "8am"},
        {"do": "date!", "confirmed": ["x"] * 50},
        {"do": "save", "minutes": "9" * 3000, "mon-1-row": "x", "mon-1-start": "\x00" * 9},
    ):
        assert teacher.post(PAGE, data=token | odd).status_code < 500
