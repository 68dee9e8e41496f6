"""Coming back with a receipt, and messages between school and parent, over HTTP."""

from __future__ import annotations

import re

import pytest

from assistant.casework.kinds import CaseStatus
from assistant.services.change_status import change_status
from assistant.services.receipts import receipt_for
from tests.web.desk_stage import HEAD, IDLE, Stage

pytestmark = pytest.mark.slow

BACK = "/come-back"


def test_a_parent_comes_back_with_the_receipt_reads_the_message_and_answers(stage: Stage) -> None:
    case = stage.case("two ways")
    letter = f"/desk/cases/{case.reference}/message"
    with stage.signed_in(HEAD) as head:
        seen = head.submit(letter, letter, message="We ring on Friday.", step="look")
        assert "The parent will read this" in seen.text
        assert "We ring on Friday." in seen.text
        head.submit(letter, letter, message="We ring on Friday.", step="send")
    with stage.visitor() as parent:
        typed = receipt_for(stage.desk, case.id).lower().replace("-", " ")
        answer = parent.submit(BACK, BACK, receipt=typed)
        page = answer.headers["location"]
        assert "We ring on Friday." in parent.get(page).text
        parent.submit(page, f"{page}/note", note="Friday is good.")
    with stage.signed_in(HEAD) as head:
        assert "Friday is good." in head.get(f"/desk/cases/{case.reference}").text


def test_looking_at_a_message_sends_nothing_and_gaps_of_a_template_stop_it(stage: Stage) -> None:
    case = stage.case("only looked")
    letter = f"/desk/cases/{case.reference}/message"
    with stage.signed_in(HEAD) as head:
        assert "This is taking longer" in head.get(f"{letter}?from=new_date").text
        head.submit(letter, letter, message="Only a look.", step="look")
        from_template = {"template": "new_date", "step": "send"}
        gap = head.submit(letter, letter, message="By [new date].", **from_template)
        assert gap.status_code == 400
        own = head.submit(letter, letter, message="He wrote [sic] that.", **from_template)
        assert own.status_code == 303
    with stage.visitor() as parent:
        page = parent.get(f"/r/{case.token}").text
    assert "Only a look." not in page
    assert "By [new date]." not in page
    assert "He wrote [sic] that." in page


def test_the_message_page_of_a_case_behind_the_wall_reads_as_one_that_is_not_there(
    stage: Stage,
) -> None:
    case = stage.case("not hers")
    with stage.signed_in(IDLE) as idle:
        hidden = idle.get(f"/desk/cases/{case.reference}/message")
        missing = idle.get("/desk/cases/SG-000-000-000/message")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.text == missing.text


def test_a_slip_is_told_and_a_receipt_of_no_case_opens_nothing(stage: Stage) -> None:
    with stage.visitor() as parent:
        slip = parent.submit(BACK, BACK, receipt="7K2M")
        assert slip.status_code == 400
        assert "Check each character" in slip.text
        none = parent.submit(BACK, BACK, receipt=receipt_for(stage.desk, "f" * 32))
        assert none.status_code == 400
        assert "does not open a case" in none.text


def test_the_receipt_prints_with_its_square_and_no_cache_keeps_it(stage: Stage) -> None:
    case, booked = stage.case("printed"), stage.meeting("no receipt")
    with stage.visitor() as parent:
        page = parent.get(f"/r/{case.token}/receipt")
        assert receipt_for(stage.desk, case.id) in page.text
        square = parent.get(f"/r/{case.token}/qr")
        assert square.headers["content-type"].startswith("image/svg+xml")
        assert b"<svg" in square.content
        assert page.headers["cache-control"] == square.headers["cache-control"] == "no-store"
        assert parent.get(f"/r/{booked.token}/receipt").status_code == 404


def test_whoever_tries_many_receipts_has_to_wait(stage: Stage) -> None:
    with stage.visitor() as parent:
        fields = parent.hidden(BACK) | {"receipt": receipt_for(stage.desk, "e" * 32)}
        statuses = [parent.post(BACK, data=fields).status_code for _ in range(25)]
    assert statuses[0] == 400
    assert statuses[-1] == 429


def test_linked_cases_are_looked_at_and_answered_over_plain_forms(stage: Stage) -> None:
    one, two = stage.case("round one"), stage.case("round two")
    page = f"/desk/cases/{one.reference}/linked"
    with stage.signed_in(HEAD) as head:
        shown = head.get(page).text
        assert two.reference in shown
        nameless = head.submit(page, page, case=two.reference, **{"link-why": "The same."})
        missing = head.submit(page, page, reference="SG-000-000-000", **{"link-why": "The same."})
        fields = {"case": two.reference, "name": "Shoes", "link-why": "The same."}
        linked = head.submit(page, page, **fields)
        message = {"message": "We will ask you."}
        looked = head.submit(page, f"{page}/answer", **message, step="look").text
        to = re.findall(r'name="cases" value="([^"]+)"', looked)[0]
        sent = head.submit(page, f"{page}/answer", **message, step="send", cases=to)
        told = head.get(sent.headers["location"]).text
    assert (nameless.status_code, missing.status_code, linked.status_code) == (400, 400, 303)
    assert "These 2 cases get the message" in looked
    assert "Your message is on the pages of 2 cases." in told
    assert sent.status_code == 303
    with stage.visitor() as parent:
        assert "We will ask you." in parent.get(f"/r/{two.token}").text


def test_only_cases_that_were_looked_at_and_go_on_get_the_answer_to_all(stage: Stage) -> None:
    one, two, late, done = (stage.case(f"all {each}") for each in ("one", "two", "late", "done"))
    page, message = f"/desk/cases/{one.reference}/linked", {"message": "To everybody."}
    why = {"link-why": "The same."}
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        others = [two.reference, done.reference]
        head.submit(page, page, case=others, name="Dinner times", **why)
        change_status(stage.desk, staff_id=HEAD, reference=done.reference, why="Settled.",
                      status=CaseStatus.CLOSED, idempotency_key="all done")  # fmt: skip
        looked = head.submit(page, f"{page}/answer", **message, step="look").text
        to = re.findall(r'name="cases" value="([^"]+)"', looked)[0]
        assert set(to.split()) == {one.reference, two.reference}
        head.submit(page, page, case=late.reference, **why)
        refused = head.submit(page, f"{page}/answer", **message, step="send", cases=to)
        assert refused.status_code == 400
        for words in ("have changed since you looked", "To everybody.", late.reference):
            assert words in refused.text
        to = re.findall(r'name="cases" value="([^"]+)"', refused.text)[0]
        sent = head.submit(page, f"{page}/answer", **message, step="send", cases=to)
        assert sent.headers["location"] == f"{page}?sent=3"
        for case, is_told in ((one, True), (late, True), (done, False)):
            assert ("To everybody." in parent.get(f"/r/{case.token}").text) is is_told


def test_what_was_ticked_and_typed_to_link_cases_stays(stage: Stage) -> None:
    one, two = stage.case("tick one"), stage.case("tick two")
    page = f"/desk/cases/{one.reference}/linked"
    typed = {"case": two.reference, "reference": "SG-000-000-000", "name": "x" * 90}
    with stage.signed_in(HEAD) as head:
        answer = head.submit(page, page, **typed, **{"link-why": "The same."}).text
        gone = head.submit(page, f"{page}/end", **{"end-why": "A point of its own."}).text
    assert re.search(rf'value="{two.reference}"\s+checked', answer)
    for words in ("SG-000-000-000", "x" * 90, "The same.", "at most 80 characters"):
        assert words in answer
    assert "It is linked with no others any more" in gone
    assert "A point of its own." in gone
