"""The alert pages: exact words to the leads alone, and every step of theirs on one page."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from assistant.services.acknowledge_alert import acknowledge_alert
from tests.web.desk_stage import DEPUTY, HEAD, TEACHER, Stage, Visitor

pytestmark = pytest.mark.slow

ACT = "I have read this and I am acting on it"


def acted_on(stage: Stage, key: str, words: str = "She is afraid at home.") -> str:
    """Return the address of an alert that the lead has acknowledged."""
    alert = stage.alert(key, words=words)
    acknowledge_alert(stage.desk, staff_id=DEPUTY, alert_id=alert)
    return f"/desk/alerts/{alert}"


def step(visitor: Visitor, page: str, name: str, **fields: str) -> str:
    """Take a step as a person does; return where it leads."""
    sent = {f"{name}-why": "A reason.", **fields}
    answer = visitor.submit(f"{page}/steps", f"{page}/steps", step=name, **sent)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_alert_shows_its_exact_words_to_a_lead_and_does_not_exist_for_others(
    stage: Stage,
) -> None:
    alert = stage.alert("shown alert", words="he told me  NOT to say\nanything")
    page = f"/desk/alerts/{alert}"
    with stage.signed_in(DEPUTY) as lead, stage.signed_in(TEACHER) as teacher:
        assert alert in lead.get("/desk").text
        assert alert in lead.get("/desk/alerts").text
        assert "he told me  NOT to say\nanything" in lead.get(page).text
        assert "01632 960391" in lead.get(page).text
        for path in (page, f"{page}/steps"):
            assert teacher.get(path).status_code == 404
        for path in (f"{page}/acknowledge", f"{page}/steps"):
            for wanted in ("note", "nonsense"):
                answer = teacher.submit("/desk", path, step=wanted, **{f"{wanted}-why": "x"})
                assert answer.status_code == 404
        assert "Safeguarding alerts" not in teacher.get("/desk").text
        assert "No alert is open to you" in teacher.get("/desk/alerts").text


def test_an_alert_stays_on_top_until_it_is_closed(stage: Stage) -> None:
    alert = stage.alert("acknowledged alert")
    page = f"/desk/alerts/{alert}"
    with stage.signed_in(DEPUTY) as lead:
        assert "sent again every 15 minutes" in lead.get(page).text
        lead.submit(page, f"{page}/acknowledge")
        after = lead.get(page).text
        assert "Mr Mensah, deputy headteacher, is acting on this" in after
        assert ACT not in after
        assert alert in lead.get("/desk").text
        step(lead, page, "close")
        assert alert not in lead.get("/desk").text
        assert alert in lead.get("/desk/alerts").text


def test_a_referral_to_the_councils_officer_stops_that_clock(stage: Stage) -> None:
    page = acted_on(stage, "referred", "Mr Bennett hit him.")
    fields = {"what": "lado", "on": "2026-11-24", "reference": "L-9", "advice": "Wait for us."}
    with stage.signed_in(DEPUTY) as lead:
        before = lead.get(page).text
        assert "Wednesday 25 November 2026" in before
        assert "Why this date" in before
        assert step(lead, page, "refer", **fields) == page
        after = lead.get(page).text
    assert "Done on Tuesday 24 November 2026" in after
    for words in ("L-9", "Wait for us.", "A reason.", "referred this onward"):
        assert words in after


def test_what_a_lead_judges_to_be_less_waits_for_a_second_one(stage: Stage) -> None:
    page = acted_on(stage, "judged")
    with stage.signed_in(DEPUTY) as lead, stage.signed_in(HEAD) as head:
        step(lead, page, "downgrade", what="pastoral")
        assert "a second lead looks at it" in lead.get(page).text
        assert 'value="agree"' not in lead.get(f"{page}/steps").text
        assert 'value="agree"' in head.get(f"{page}/steps").text
        step(head, page, "agree")
        assert "agreed, and closed this" in lead.get(page).text
        step(lead, page, "reopen")
        assert "Somebody is acting on it" in lead.get(page).text


def test_who_names_themselves_is_sent_to_the_list_and_no_longer_finds_it(stage: Stage) -> None:
    page = acted_on(stage, "named")
    with stage.signed_in(DEPUTY) as lead, stage.signed_in(HEAD) as head:
        assert step(lead, page, "name", what=DEPUTY) == "/desk/alerts"
        assert lead.get(page).status_code == 404
        assert page not in lead.get("/desk/alerts").text
        assert ACT in head.get(page).text


REFUSALS: list[tuple[str, dict[str, str], str]] = [
    ("note", {"note-why": ""}, "Say why"),
    ("note", {"note-why": "x" * 20_001}, "Say why"),
    ("refer", {"refer-why": "x", "what": "lado", "on": "yesterday"}, "Choose whom you told"),
    ("refer", {"refer-why": "x", "what": "lado", "on": "2026-11-25"}, "Choose whom you told"),
    ("refer", {"refer-why": "x", "what": "\x00", "on": "2026-11-24"}, "Choose whom you told"),
    ("refer", {"refer-why": "x", "reference": "r" * 201}, "Use at most 200"),
    ("refer", {"refer-why": "x", "advice": "a" * 20_001}, "Make the advice shorter"),
    ("downgrade", {"downgrade-why": "x", "what": "harmless"}, "Choose what it is instead"),
    ("share", {"share-why": "x", "what": TEACHER}, "Choose a colleague"),
    ("share", {"share-why": "x"}, "Choose a colleague"),
    ("name", {"name-why": "x", "what": "nobody"}, "Choose a member of staff"),
    ("agree", {"agree-why": "x"}, "moved on"),
    ("acknowledge", {"acknowledge-why": "x"}, "moved on"),
    ("fly", {}, "Choose one of the steps"),
    ("", {}, "Choose one of the steps"),
]


def test_what_cannot_be_taken_is_said_and_changes_nothing(stage: Stage) -> None:
    page = acted_on(stage, "refused")
    with stage.signed_in(DEPUTY) as lead:
        before = lead.get(page).text.count("timeline__event")
        for name, fields, said in REFUSALS:
            answer = lead.submit(f"{page}/steps", f"{page}/steps", step=name, **fields)
            assert answer.status_code == 400, (name, fields)
            assert said in answer.text, (name, fields)
            assert "Nothing was saved" in answer.text
        assert lead.get(page).text.count("timeline__event") == before


def test_a_form_with_odd_bytes_and_repeated_fields_is_answered(stage: Stage) -> None:
    page = acted_on(stage, "odd")
    with stage.signed_in(DEPUTY) as lead:
        hidden = lead.hidden(f"{page}/steps")
        pairs = [*hidden.items(), ("step", "note"), ("step", "close"), ("note-why", "one")]
        odd = f"{urlencode(pairs)}&note-why=%ED%A0%80%00two&what=%FF"
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = lead.post(f"{page}/steps", content=odd, headers=headers)
        assert answer.status_code in {303, 400}
        assert lead.get(page).status_code == 200
