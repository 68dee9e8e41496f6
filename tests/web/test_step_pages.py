"""The rarer steps of a case over HTTP, as a browser without a script sends them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from assistant.casework.kinds import CaseKind, Channel, Role
from assistant.services.set_password import set_password
from assistant.web.desk_pages import policy_to_review
from tests.services.filings import mail
from tests.web.desk_stage import CLERK, HEAD, IDLE, PASSWORD, Stage, at

pytestmark = pytest.mark.slow


def test_a_case_is_paused_and_taken_up_again(stage: Stage) -> None:
    case = stage.case("to pause", when=at("2026-11-23"))
    page = f"/desk/cases/{case.reference}"
    with stage.signed_in(HEAD) as head:
        words = {"pause-why": "The council looks into it too.", "on": "2026-12-01"}
        sent = head.submit(f"{page}/steps", f"{page}/steps", step="pause", **words)
        paused = head.get(page).text
        back = head.submit(f"{page}/steps", f"{page}/steps", step="resume", **{"resume-why": "Go."})
        resumed = head.get(page).text
    assert (sent.status_code, sent.headers["location"]) == (303, page)
    assert "Look at the pause again" in paused
    assert "Tuesday 1 December 2026" in paused
    assert back.status_code == 303
    assert "Taken up again on" in resumed


def test_a_step_without_reason_date_or_route_changes_nothing_and_says_so(stage: Stage) -> None:
    case = stage.case("unclear", when=at("2026-11-23"))
    page = f"/desk/cases/{case.reference}/steps"
    with stage.signed_in(HEAD) as head:
        for step, fields in (
            ("pause", {"pause-why": "Why.", "on": "2026-02-31"}),
            ("pause", {"pause-why": "Why.", "on": "2020-01-01"}),
            ("pause", {"on": "2026-12-01"}),
            ("redirect", {"redirect-why": "Why.", "what": "nowhere"}),
            ("redirect", {"redirect-why": "Why."}),
            ("nonsense", {}),
        ):
            answer = head.submit(page, page, step=step, **fields)
            assert answer.status_code == 400
            assert "Nothing was saved" in answer.text
        assert "Received" in head.get(page.removesuffix("/steps")).text


def test_each_kind_is_offered_its_own_steps(stage: Stage) -> None:
    set_password(stage.desk, staff_id="ms-nair", password=PASSWORD)
    with stage.signed_in("ms-nair") as officer:
        data = stage.case("data", CaseKind.DATA_PROTECTION, when=at("2026-11-23"))
        page = officer.get(f"/desk/cases/{data.reference}/steps").text
    assert "Send it to another route" in page
    assert "Pause it" not in page


def test_the_steps_of_a_case_behind_the_wall_are_those_of_none(stage: Stage) -> None:
    case = stage.case("walled", about=frozenset({HEAD}))
    with stage.signed_in(HEAD) as head, stage.signed_in(IDLE) as idle:
        missing = head.get("/desk/cases/SG-000-000-000/steps")
        for visitor in (head, idle):
            walled = visitor.get(f"/desk/cases/{case.reference}/steps")
            assert (walled.status_code, walled.content) == (404, missing.content)


def test_staff_take_a_case_down_and_read_the_reference_out(stage: Stage) -> None:
    said = {"way": "phone", "kind": "complaint", "name": "Dana Whitlock", "phone": "07700 900123"}
    with stage.signed_in(CLERK) as clerk, stage.signed_in(HEAD) as head:
        words = {"words": "She shouted at him.", "about": HEAD}
        page = clerk.submit("/desk/take-down", "/desk/take-down", **said, **words).text
        found = re.search(r"SG-[0-9A-Z-]+", page)
        assert found
        read = clerk.get(f"/desk/cases/{found[0]}")
        walled = head.get(f"/desk/cases/{found[0]}")
    assert "took this down (by phone)" in read.text
    assert walled.status_code == 404


@pytest.mark.parametrize(("box", "letters"), [({}, 0), ({"safe": "yes"}, 1)])
def test_the_school_writes_only_to_an_address_that_was_called_safe(
    stage: Stage, box: dict[str, str], letters: int
) -> None:
    email = f"{len(box)}@home.example"
    said = {"way": "phone", "kind": "complaint", "name": "Dana Whitlock", "email": email}
    with stage.signed_in(CLERK) as clerk:
        words = {"words": "He was kept in over his shoes."}
        assert "Without this tick no e-mail is sent." in clerk.get("/desk/take-down").text
        clerk.submit("/desk/take-down", "/desk/take-down", **said, **words, **box)
    assert [to for to, _, _ in mail(stage.desk)].count(email) == letters


def test_a_name_in_the_words_is_asked_about_once(stage: Stage) -> None:
    said = {"way": "phone", "kind": "complaint", "name": "Dana Whitlock", "phone": "07700 900123"}
    words = {"words": "Mr Bennett shouted at him in the corridor."}
    with stage.signed_in(CLERK) as clerk:
        asked = clerk.submit("/desk/take-down", "/desk/take-down", **said, **words)
        answered = clerk.submit(
            "/desk/take-down", "/desk/take-down", **said, **words, asked_about="yes"
        )
    assert asked.status_code == 400
    assert "The words name Mr Bennett." in asked.text
    assert 'name="asked_about" value="yes"' in asked.text
    assert answered.status_code == 200
    assert re.search(r"SG-[0-9A-Z-]+", answered.text)


def test_a_withdrawal_by_phone_is_confirmed_in_writing_on_the_parents_page(stage: Stage) -> None:
    case = stage.case("withdrawn by phone")
    page = f"/desk/cases/{case.reference}"
    told = {"withdraw-why": "It has been settled.", "what": "phone"}
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        without_a_way = head.submit(
            f"{page}/steps",
            f"{page}/steps",
            step="withdraw",
            **{"withdraw-why": "It has been settled."},
        )
        sent = head.submit(f"{page}/steps", f"{page}/steps", step="withdraw", **told)
        after = head.get(page).text
        again = head.submit(page + "/steps", f"{page}/steps", step="withdraw", **told)
        confirmed = parent.get(f"/r/{case.token}").text
    assert (without_a_way.status_code, sent.status_code) == (400, 303)
    assert "took down that the parent withdraws this (by phone)" in after
    assert "you told us that you withdraw this" in confirmed
    assert "Withdrawn by the parent" in confirmed
    assert again.status_code != 500


def test_the_answer_to_a_request_for_data_is_extended_once_and_the_person_reads_why(
    stage: Stage,
) -> None:
    set_password(stage.desk, staff_id="ms-nair", password=PASSWORD)
    case = stage.case("extended", CaseKind.DATA_PROTECTION, when=at("2026-11-23"))
    page = f"/desk/cases/{case.reference}"
    why = {"extend-why": "Nine years of records."}
    with stage.signed_in("ms-nair") as officer, stage.visitor() as parent:
        assert "Take more time for the answer" in officer.get(f"{page}/steps").text
        sent = officer.submit(f"{page}/steps", f"{page}/steps", step="extend", **why)
        after, steps = officer.get(page).text, officer.get(f"{page}/steps").text
        told = parent.get(f"/r/{case.token}").text
    assert sent.status_code == 303
    assert "Extended by 2 months on Tuesday 24 November 2026: Sunday 21 February 2027." in after
    assert "Take more time for the answer" not in steps
    assert "Nine years of records." in told


def test_a_parent_whose_matter_came_too_late_reads_why_it_closed(stage: Stage) -> None:
    case = stage.case("too late")
    page = f"/desk/cases/{case.reference}/steps"
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        head.submit(
            page, page, step="incident", **{"incident-why": "Her diary.", "on": "2026-01-12"}
        )
        decided = {"lateness-why": "No reason was given.", "what": "declined"}
        head.submit(page, page, step="lateness", **decided)
        told = parent.get(f"/r/{case.token}").text
    assert "more than 3 months before you told us" in told


def test_a_case_that_lacks_something_is_not_taken_down(stage: Stage) -> None:
    with stage.signed_in(CLERK) as clerk:
        answer = clerk.submit("/desk/take-down", "/desk/take-down", name="Dana", about=HEAD)
    assert answer.status_code == 400
    for words in ("Choose how it came in", "Choose what it is", "Give a phone number", "Dana"):
        assert words in answer.text


def test_the_clerk_sees_that_the_policy_is_due_for_review(stage: Stage) -> None:
    policy = stage.desk.school.social_media_policy
    before, after = policy.review_on - timedelta(days=1), policy.review_on
    assert policy_to_review(policy, (Role.CLERK.value,), before) is None
    assert policy_to_review(policy, (Role.CLERK.value,), after) is policy
    assert policy_to_review(policy, (Role.HEADTEACHER.value,), after) is None
    with stage.signed_in(CLERK) as clerk:
        assert "Policy to review" not in clerk.get("/desk").text


def test_what_a_step_lacks_is_said_in_its_own_words_and_what_was_chosen_stays(stage: Stage) -> None:
    case = stage.case("lacks in words")
    page = f"/desk/cases/{case.reference}/steps"
    with stage.signed_in(HEAD) as head:
        for step, fields, words in (
            ("withdraw", {"withdraw-why": "Settled."}, "Choose how they told you"),
            ("redirect", {"redirect-why": "Not ours."}, "Choose who can decide it"),
            ("pause", {"pause-why": "Wait."}, "Choose a day that is still to come"),
            ("incident", {"incident-why": "Diary.", "on": "2027-01-01"}, "today or before"),
            ("nonsense", {"nonsense-why": "Because of the weather."}, "Choose one of the steps"),
        ):
            answer = head.submit(page, page, step=step, **fields)
            assert answer.status_code == 400
            assert words in answer.text
            assert fields[f"{step}-why"] in answer.text
        chosen = head.submit(page, page, step="withdraw", what="phone").text
        typed = head.submit(page, page, step="pause", on="2026-12-01").text
    assert re.search(r'value="phone"\s+checked', chosen)
    assert 'value="2026-12-01"' in typed


def test_the_clerk_sees_who_may_sit_on_a_panel_and_what_bars_the_others(stage: Stage) -> None:
    case = stage.case("for a panel", about=frozenset({HEAD}), channel=Channel.GOVERNORS)
    address = f"/desk/cases/{case.reference}/panel"
    with stage.signed_in(CLERK) as clerk:
        assert f'href="{address}"' in clerk.get(address.removesuffix("/panel")).text
        page = clerk.get(address).text
    rows = re.findall(r'row" class="govuk-table__header">([^<]+)</th>\s*<td[^>]*>(.+?)</td>', page)
    said = {name: re.sub("<[^>]+>", "", words) for name, words in rows}
    chair = stage.desk.school.person("dr-siddiqui").name
    assert said[chair] == "No. They dealt with the matter."
    assert "Yes, as far as is known" in said.values()
    with stage.signed_in(HEAD) as head:
        assert head.get(address).status_code == 404
