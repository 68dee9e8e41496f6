"""How long records are kept, over HTTP: what goes next, holds, removals, and for whom."""

from __future__ import annotations

import pytest

from assistant.casework.alert_steps import AlertStep
from assistant.casework.kinds import AlertKind, CaseKind, CaseStatus
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.alert_step import LeadStep
from assistant.services.change_status import change_status
from assistant.services.judge_alert import take_plain_step
from assistant.services.raise_alert import raise_alert
from assistant.services.set_password import set_password
from tests.web.desk_stage import DEPUTY, HEAD, PASSWORD, SENCO, Stage, at

pytestmark = pytest.mark.slow


def old_case(stage: Stage, key: str, kind: CaseKind = CaseKind.COMPLAINT) -> str:
    """Return the reference of a case that was closed in 2019."""
    case = stage.case(key, kind, when=at("2019-11-04"))
    for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED):
        change_status(stage.on(at("2019-11-20")), staff_id=HEAD, reference=case.reference,
                      status=status, why="Done.", idempotency_key=f"{key} {status}")  # fmt: skip
    stage.on(at("2026-11-24"))
    return case.reference


def test_a_complaint_is_listed_held_freed_and_removed(stage: Stage) -> None:
    reference = old_case(stage, "old")
    page = f"/desk/keeping/{reference}"
    with stage.signed_in(HEAD) as head:
        listed = head.get("/desk/removals").text
        hold = {"step": "hold", "on": "2027-03-01", "hold-why": "A claim <b>was</b> made."}
        held = head.submit(page, page, **hold)
        shown, beside = head.get(page).text, head.get("/desk/removals").text
        twice = head.submit(page, page, **hold)
        refused = head.submit(page, page, step="remove", sure="yes")
        freed = head.submit(page, page, step="lift", **{"lift-why": "Settled."})
        story = head.get(f"/desk/cases/{reference}").text
        unsure = head.submit(page, page, step="remove")
        removed = head.submit(page, page, step="remove", sure="yes")
        after = head.get("/desk/removals").text
        gone = [head.get(each).status_code for each in (page, f"/desk/cases/{reference}")]
    assert reference in listed
    assert "Kept for 6 years after that, until 20 November 2025" in listed
    assert (held.status_code, held.headers["location"]) == (303, page)
    assert "A claim &lt;b&gt;was&lt;/b&gt; made." in shown
    assert "Monday 1 March 2027" in beside
    assert twice.status_code == refused.status_code == unsure.status_code == 400
    assert freed.status_code == 303
    assert "put a legal hold on this" in story
    assert "lifted the legal hold" in story
    assert (removed.status_code, removed.headers["location"]) == (303, "/desk/removals")
    assert "Removed by Mrs Ashworth" in after
    assert reference not in after
    assert gone == [404, 404]


def test_a_hold_whose_review_is_overdue_says_so(stage: Stage) -> None:
    reference = stage.case("overdue", when=at("2025-01-14")).reference
    from assistant.services.hold_record import place_hold

    place_hold(stage.on(at("2025-01-15")), staff_id=HEAD, reference=reference, why="An inquiry.",
               review_on=at("2025-06-01").date(), idempotency_key="overdue hold")  # fmt: skip
    stage.on(at("2026-11-24"))
    with stage.signed_in(HEAD) as head:
        for page in ("/desk/removals", f"/desk/keeping/{reference}"):
            assert "Review is overdue" in head.get(page).text


def test_what_is_missing_or_nonsense_changes_nothing_and_says_so(stage: Stage) -> None:
    reference = old_case(stage, "unclear")
    page = f"/desk/keeping/{reference}"
    with stage.signed_in(HEAD) as head:
        for fields in (
            {"step": "hold", "hold-why": "Why."},
            {"step": "hold", "hold-why": "Why.", "on": "2026-11-24"},
            {"step": "hold", "hold-why": "Why.", "on": "2026-02-31"},
            {"step": "hold", "on": "2027-03-01"},
            {"step": "hold", "on": "2027-03-01", "hold-why": "\u200b \x00"},
            {"step": "hold", "on": "2027-03-01", "hold-why": "x" * 20_001},
            {"step": "lift", "lift-why": "Why."},
            {"step": "matter", "matter-why": "Why.", "matter": "the moon"},
            {"step": "matter", "matter": "negligence"},
            {"step": "remove", "sure": "perhaps"},
            {"step": "nonsense"},
            {},
        ):
            answer = head.submit(page, page, **fields)
            assert answer.status_code == 400, fields
            assert "Nothing was saved" in answer.text
        kept = head.submit(
            page, page, step="matter", matter="safeguarding", **{"matter-why": "It is."}
        )
        assert kept.status_code == 303
        assert "until 20 November 2059" in head.get(page).text
        too_early = head.submit(page, page, step="remove", sure="yes")
    assert too_early.status_code == 400


def test_the_pages_are_for_clerk_officer_and_head_and_the_wall_holds(stage: Stage) -> None:
    reference = old_case(stage, "walled")
    set_password(stage.desk, staff_id="ms-nair", password=PASSWORD)
    with stage.signed_in("ms-nair") as officer:
        page = officer.get("/desk/removals")
        assert page.status_code == 200
        assert reference not in page.text
        assert officer.get(f"/desk/keeping/{reference}").status_code == 404
        assert officer.post(f"/desk/keeping/{reference}").status_code in {403, 404}
    with stage.signed_in(SENCO) as senco:
        assert senco.get("/desk/removals").status_code == 404
        assert "Removals" not in senco.get("/desk").text
        assert senco.get(f"/desk/keeping/{reference}").status_code == 404


def test_the_privacy_page_says_how_long(stage: Stage) -> None:
    with stage.visitor() as parent:
        page = parent.get("/privacy").text
    assert "A chat: 7 days after its last message" in page
    assert "A complaint: 6 years after it was finished" in page


def old_alert(stage: Stage, key: str) -> str:
    """Return the page on which leads decide about an alert that was closed in 2019."""
    desk = stage.on(at("2019-11-04"))
    alert = raise_alert(desk, idempotency_key=key, conversation_id=None,
                        kind=AlertKind.SAFEGUARDING, words="She is afraid at home.").id  # fmt: skip
    acknowledge_alert(desk, staff_id=DEPUTY, alert_id=alert)
    take_plain_step(desk, LeadStep(DEPUTY, alert, AlertStep.CLOSE, "Done.", key))
    stage.on(at("2026-11-24"))
    return f"/desk/alerts/{alert}/keeping"


def test_an_old_alert_is_put_to_the_leads_held_freed_and_removed_with_a_reason(
    stage: Stage,
) -> None:
    page = old_alert(stage, "old alert")
    with stage.signed_in(DEPUTY) as lead:
        listed = lead.get("/desk/alerts/kept").text
        hold = {"step": "hold", "on": "2027-03-01", "hold-why": "A claim <b>was</b> made."}
        held = lead.submit(page, page, **hold)
        shown, beside = lead.get(page).text, lead.get("/desk/alerts/kept").text
        refused = lead.submit(page, page, step="remove", sure="yes", **{"remove-why": "Why."})
        freed = lead.submit(page, page, step="lift", **{"lift-why": "Settled."})
        unsure = lead.submit(page, page, step="remove", **{"remove-why": "Why."})
        unsaid = lead.submit(page, page, step="remove", sure="yes")
        nonsense = lead.submit(page, page, step="nonsense")
        no_day = lead.submit(page, page, step="hold", **{"hold-why": "Why."})
        gone = lead.submit(
            page, page, step="remove", sure="yes", **{"remove-why": "The file has it."}
        )
        after = lead.get("/desk/alerts/kept").text
        missing = [lead.get(each).status_code for each in (page, page.removesuffix("/keeping"))]
    assert page in listed
    assert "Needs you" in listed
    assert (held.status_code, freed.status_code) == (303, 303)
    assert "A claim &lt;b&gt;was&lt;/b&gt; made." in shown
    assert "Monday 1 March 2027" in beside
    assert refused.status_code == 409
    assert {each.status_code for each in (unsure, unsaid, nonsense, no_day)} == {400}
    assert (gone.status_code, gone.headers["location"]) == (303, "/desk/alerts/kept")
    assert "The file has it." in after
    assert "Removed by Mr Mensah" in after
    assert page not in after
    assert missing == [404, 404]


def test_who_may_not_read_an_alert_learns_nothing_of_its_keeping(stage: Stage) -> None:
    page = old_alert(stage, "not theirs")
    with stage.signed_in(SENCO) as senco:
        assert senco.get(page).status_code == 404
        sent = senco.submit("/desk", page, step="remove", sure="yes", **{"remove-why": "Why."})
        assert sent.status_code == 404
        shown = senco.get("/desk/alerts/kept").text
    assert "Nothing waits for you" in shown
    assert page not in shown
