"""Steps over a post, restrictions and appeals over HTTP, and the chat that is closed for a time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from assistant.casework.kinds import CaseKind, CaseStatus, MeetingMode
from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse
from assistant.casework.school import BUILT_IN
from assistant.services.appeal_restriction import take_down_appeal
from assistant.services.change_status import change_status
from assistant.services.decide_restriction import decide_restriction
from assistant.services.publish_policy import publish_policy
from assistant.services.record_links import CASE, link_record
from assistant.services.restrict_use import restrict_use
from assistant.services.set_password import set_password
from assistant.services.view_policy import view_policy
from assistant.settings import ROOT
from assistant.store.alert_tables import Alert
from assistant.store.ledger import AlertOutbox
from assistant.store.tables import CaseFile
from tests.web.desk_stage import CLERK, HEAD, HIDDEN, IDLE, MANAGER, PASSWORD, Stage, at
from tests.web.running import brain_process, free_port, web_process
from tests.web.test_api import Parent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from assistant.services.shapes import CaseReceipt

pytestmark = pytest.mark.slow

CHAIR = "dr-siddiqui"
NOW, REVIEW = at("2026-11-24"), at("2026-12-15")
DAYS = {"on": "2026-12-15", "until": "2027-01-29"}
WHY = {"reason": "The post names a child.", "message": "For now, please do not use the chat."}
ODD = ("", "\x00", "\ud800", "x" * 30_000, "<script>alert(1)</script>")
"""What a form can carry besides words."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give a desk whose chat has a stand-in brain."""
    made = Stage.build(tmp_path_factory.mktemp("stage"))
    set_password(made.desk, staff_id=CHAIR, password=PASSWORD)
    port, data = free_port(), made.desk.settings.data
    with brain_process(port, data), web_process(data, port) as url:
        made.url = url
        yield made


def follow_up(stage: Stage, key: str, **changed: object) -> CaseReceipt:
    return stage.case(key, CaseKind.SOCIAL_MEDIA, words="A post about 4B.", **changed)  # type: ignore[arg-type]


def close(
    stage: Stage,
    case: CaseReceipt,
    what: RestrictedUse = RestrictedUse.CHAT,
    *,
    now: datetime = NOW,
    review_on: datetime = REVIEW,
) -> None:
    desk = stage.on(now)
    restrict_use(
        desk,
        staff_id=HEAD,
        reference=case.reference,
        what=what,
        reason=WHY["reason"],
        review_on=review_on.date(),
        expires_on=at("2027-01-29").date(),
        notice=WHY["message"],
        idempotency_key=what.value,
    )
    stage.on(NOW)


def alerts(stage: Stage) -> int:
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(Alert)) or 0


def test_a_step_is_looked_at_first_then_recorded_and_the_parent_reads_it(stage: Stage) -> None:
    case = follow_up(stage, "step")
    page = f"/desk/cases/{case.reference}/policy"
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        form = head.get(f"{page}/talk").text
        assert "would like to talk it over with you, in private" in form
        words = {"reason": "It names a child.", "on": "2026-12-01", "message": "Shall we talk?"}
        looked = head.submit(f"{page}/talk", f"{page}/talk", step="look", **words)
        assert "Look at it once more" in looked.text
        assert "Shall we talk?" not in parent.get(f"/r/{case.token}").text
        sent = head.submit(f"{page}/talk", f"{page}/talk", step="send", **words)
        assert (sent.status_code, sent.headers["location"]) == (303, page)
        steps = head.get(page).text
        assert "To be looked at again on Tuesday 1 December 2026" in steps
        story = head.get(f"/desk/cases/{case.reference}").text
        assert "took the step “Talk with the parent”" in story
        assert "What the school noted" in story
        told = parent.get(f"/r/{case.token}").text
    assert "Shall we talk?" in told
    assert "What it is about" in told
    assert "Withdraw this" not in told


def test_a_step_that_lacks_something_is_shown_again_and_nothing_odd_breaks_it(
    stage: Stage,
) -> None:
    case = follow_up(stage, "lacks")
    page = f"/desk/cases/{case.reference}/policy"
    good = {"reason": "Why.", "on": "2026-12-01", "message": "Hello."}
    with stage.signed_in(HEAD) as head:
        for name in good:
            for odd in (*ODD, "2020-01-01", "By [date]."):
                fields = {**good, name: odd.encode("utf-8", "surrogatepass").decode("latin-1")}
                answer = head.submit(f"{page}/removal", f"{page}/removal", step="look", **fields)
                assert answer.status_code in {200, 400}
                assert "<script>" not in answer.text
            lacking = {key: value for key, value in good.items() if key != name}
            answer = head.submit(f"{page}/removal", f"{page}/removal", step="send", **lacking)
            assert answer.status_code == 400
        for step in ("restrict", "nonsense", "%00"):
            assert head.get(f"{page}/{step}").status_code == 404
    assert view_policy(stage.desk, HEAD, case.reference).taken == ()


def test_a_letter_is_not_lost_when_the_case_moves_on_before_it_is_sent(stage: Stage) -> None:
    words = {"reason": "It names a child.", "message": "Shall we talk?", "step": "send"}
    case = follow_up(stage, "moves on")
    page, use = f"/desk/cases/{case.reference}", "{}/restrictions/{}"
    close(stage, case)
    closed = view_policy(stage.desk, HEAD, case.reference).uses[0].id
    with stage.signed_in(HEAD) as head:
        forms = {
            f"{page}/policy/talk": {"on": "2026-12-01"},
            f"{page}/restrict": {"what": "comments", **DAYS},
            use.format(page, closed): {"decision": "lifted"},
        }
        hidden = {form: head.hidden(form) for form in forms}
        appeal = {"staff_id": HEAD, "reference": case.reference, "restriction_id": closed}
        take_down_appeal(stage.desk, **appeal, words="It is unfair.")
        change_status(stage.desk, staff_id=HEAD, reference=case.reference, why="Settled.",
                      status=CaseStatus.CLOSED, idempotency_key="moves on")  # fmt: skip
        for form, fields in forms.items():
            answer = head.post(form, data={**hidden[form], **fields, **words})
            assert answer.status_code == 409, form
            for kept in ("Nothing was saved", "It names a child.", "Shall we talk?", page):
                assert kept in answer.text, form
        assert head.post(f"{page}/restrict", data=hidden[f"{page}/restrict"]).status_code == 303


def test_what_was_closed_meanwhile_is_named_beside_the_words_that_are_kept(stage: Stage) -> None:
    case = follow_up(stage, "meanwhile")
    form = f"/desk/cases/{case.reference}/restrict"
    with stage.signed_in(HEAD) as head:
        looked = head.submit(form, form, what="chat", step="look", **DAYS, **WHY)
        close(stage, case)
        sent = head.post(form, data=fields_of_look(looked.text) | {"step": "send"})
    assert sent.status_code == 400
    for kept in WHY.values():
        assert kept in sent.text


def fields_of_look(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea name="(\w+)" hidden>\n?([^<]*)</textarea>', page)
    return dict(HIDDEN.findall(page)) | {name: unescape(words) for name, words in found}


def test_to_tell_the_parent_later_keeps_the_letter_and_sends_none(stage: Stage) -> None:
    case = follow_up(stage, "later")
    page = f"/desk/cases/{case.reference}/policy"
    form, words = f"{page}/police", {"reason": "A threat.", "message": "We had to [say why]."}
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        ticked = head.submit(form, form, step="look", later="yes", on="2026-12-01", **words).text
        assert "The parent is told later" in ticked
        assert "Tuesday 1 December 2026" in ticked
        again = head.post(form, data=fields_of_look(ticked) | {"step": "change"}).text
        assert words["message"] in again
        sent = head.post(form, data=fields_of_look(ticked) | {"step": "send"})
        assert (sent.status_code, sent.headers["location"]) == (303, page)
        assert "The parent has not been told yet" in head.get(page).text
        assert "We had to" not in parent.get(f"/r/{case.token}").text
        talk = f"{page}/talk"
        always = head.submit(talk, talk, step="look", later="yes", on="2026-12-01", **WHY).text
    assert WHY["message"] in always
    assert "The parent is told later" not in always


def test_who_decides_sees_day_and_reason_once_more_before_it_counts(stage: Stage) -> None:
    case = follow_up(stage, "once more")
    close(stage, case)
    use = view_policy(stage.desk, HEAD, case.reference).uses[0].id
    form = f"/desk/cases/{case.reference}/restrictions/{use}"
    words = {"reason": "She has apologised.", "message": "It ends sooner.", "on": "2026-12-18"}
    with stage.signed_in(HEAD) as head:
        for decision, day in (("shortened", True), ("kept", True), ("lifted", False)):
            looked = head.submit(form, form, step="look", decision=decision, **words).text
            shown = looked[looked.index("You decide") : looked.index("<textarea")]
            assert "She has apologised." in shown
            assert ("Friday 18 December 2026" in shown) is day


def test_only_what_the_schools_own_words_left_open_has_to_be_replaced(stage: Stage) -> None:
    case = follow_up(stage, "brackets")
    page = f"/desk/cases/{case.reference}/policy/removal"
    school = stage.desk.school.letter_for(PolicyStep.REMOVAL)
    assert school
    gap = re.search(r"\[[^]]+\]", school.words)
    assert gap
    with stage.signed_in(HEAD) as head:
        for message, status in ((f"By {gap[0]}.", 400), ("As you wrote: “[sic]”.", 200)):
            fields = {"reason": "Why.", "on": "2026-12-01", "message": message, "step": "look"}
            assert head.submit(page, page, **fields).status_code == status


def test_who_may_not_take_a_step_is_shown_what_they_may(stage: Stage) -> None:
    case = follow_up(stage, "whose", about=frozenset({HEAD}))
    page = f"/desk/cases/{case.reference}/policy"
    with stage.signed_in(CLERK) as clerk, stage.signed_in(HEAD) as head:
        assert "Take this step" not in clerk.get(page).text
        assert clerk.get(f"{page}/talk").headers["location"] == page
        assert clerk.get(f"/desk/cases/{case.reference}/restrict").headers["location"] == page
        with stage.signed_in(IDLE) as idle:
            for path in (page, f"{page}/talk", f"/desk/cases/{case.reference}/restrict"):
                missing = head.get(path.replace(case.reference, "SG-000-000-000"))
                for visitor in (head, idle):
                    walled = visitor.get(path)
                    assert (walled.status_code, walled.content) == (404, missing.content)


def test_the_chat_is_closed_appealed_on_the_parents_page_and_opened_by_the_chair(
    stage: Stage,
) -> None:
    case, page = follow_up(stage, "whole way"), "/desk/cases/{}/restrict"
    form = page.format(case.reference)
    with stage.signed_in(HEAD) as head, stage.visitor() as parent:
        looked = head.submit(form, form, what="chat", step="look", **DAYS, **WHY).text
        assert "Phone and letter stay open to you for everything" in looked
        closed = head.submit(form, form, what="chat", step="send", **DAYS, **WHY)
        assert closed.status_code == 303
        own = f"/r/{case.token}"
        told = parent.get(own).text
        assert "until Friday 29 January 2027" in told
        found = re.search(r'name="restriction" value="([0-9a-f]+)"', told)
        assert found
        words = "Mrs Ashworth is unfair. He is not safe at his dad’s house."
        empty = parent.submit(own, f"{own}/appeal", restriction=found[1], appeal="")
        assert (empty.status_code, "Nothing was sent" in empty.text) == (400, True)
        for odd in ("", "nonsense", "\x00", "0" * 32):
            assert (
                parent.submit(own, f"{own}/appeal", restriction=odd, appeal="a").status_code == 404
            )
        asked = parent.submit(own, f"{own}/appeal", restriction=found[1], appeal=words)
        assert asked.status_code in {200, 303}
        assert "goes to Dr Siddiqui, chair of governors" in parent.get(own).text
        use = f"/desk/cases/{case.reference}/restrictions/{found[1]}"
        heads = head.get(use).text
        assert "Mrs Ashworth is unfair" not in heads
        assert "who imposed it does not hear the appeal" in heads
        with stage.signed_in(CHAIR) as chair:
            assert "Mrs Ashworth is unfair" in chair.get(use).text
            decision = {"decision": "lifted", "reason": "We spoke.", "message": "It is open again."}
            assert chair.submit(use, use, step="send", decision="lifted").status_code == 400
            assert "It is open again." in chair.submit(use, use, step="look", **decision).text
            assert chair.submit(use, use, step="send", **decision).status_code == 303
        assert "It is open again." in parent.get(own).text
    assert view_policy(stage.desk, HEAD, case.reference).uses[0].ended


def opened_by_the_head(stage: Stage, case: CaseReceipt) -> None:
    """End what is closed over the case."""
    for use in view_policy(stage.desk, HEAD, case.reference).uses:
        decision = {"decision": AppealDecision.LIFTED, "why": "We talked.", "on": None}
        decide_restriction(
            stage.desk,
            staff_id=HEAD,
            reference=case.reference,
            restriction_id=use.id,
            notice="It is open again.",
            idempotency_key=use.id,
            **decision,
        )


def told_of_alerts(stage: Stage) -> list[str]:
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        return [work.unseal(row, "recipient") for row in work.session.scalars(select(AlertOutbox))]


def test_danger_in_an_appeal_that_comes_too_late_is_passed_on_and_its_words_are_kept(
    stage: Stage,
) -> None:
    case, heads = follow_up(stage, "too late"), stage.desk.school.person(HEAD).email
    close(stage, case, RestrictedUse.FORUM)
    (use,) = view_policy(stage.desk, HEAD, case.reference).uses
    own, words = f"/r/{case.token}", "Let us back in. He is not safe at his dad’s house."
    before, told = alerts(stage), told_of_alerts(stage).count(heads)
    with stage.visitor() as parent:
        hidden = parent.hidden(own)
        opened_by_the_head(stage, case)
        sent = {**hidden, "restriction": use.id, "appeal": words}
        late = parent.post(f"{own}/appeal", data=sent)
        assert late.status_code == 400
        assert "Please read this first" in late.text
        assert "has ended already" in late.text
        assert "has been added below" not in late.text
        assert 'href="#appeal' not in late.text
        assert words in late.text
    assert alerts(stage) == before + 1
    assert told_of_alerts(stage).count(heads) == told  # who closed it is passed over


def test_an_appeal_that_cannot_be_taken_stays_in_its_own_form_with_its_words(stage: Stage) -> None:
    case, long = follow_up(stage, "two closed"), "Too much. " * 2_100
    close(stage, case, RestrictedUse.FORUM)
    close(stage, case, RestrictedUse.COMMENTS)
    own = f"/r/{case.token}"
    second = view_policy(stage.desk, HEAD, case.reference).uses[-1].id
    with stage.visitor() as parent:
        refused = parent.submit(own, f"{own}/appeal", restriction=second, appeal=long)
        assert refused.status_code == 400
        assert refused.text.count(f'href="#appeal-{second}"') == 1
        assert refused.text.count(f'id="appeal-{second}"') == 1
        assert refused.text.count('class="govuk-error-message"') == 1
        assert refused.text.count(long.strip()) == 1
        taken = parent.submit(own, f"{own}/appeal", restriction=second, appeal="He is not safe.")
        assert "added below" not in taken.text


def test_an_appeal_that_staff_take_down_says_who_took_it_down(stage: Stage) -> None:
    case = follow_up(stage, "by phone")
    close(stage, case)
    (use,) = view_policy(stage.desk, HEAD, case.reference).uses
    page = f"/desk/cases/{case.reference}/restrictions/{use.id}"
    with stage.signed_in(HEAD) as head:
        assert "If you decided it yourself, let a colleague" in head.get(page).text
        assert head.submit(page, f"{page}/appeal", words="She rang.").status_code == 303
        shown = head.get(page).text
    assert "It was taken down by Mrs Ashworth, headteacher." in shown
    assert "by nobody else" not in shown


def test_a_closed_chat_gives_the_other_ways_and_hears_danger_all_the_same(stage: Stage) -> None:
    case, parent = follow_up(stage, "chat"), Parent.starting(stage.url)
    assert "shoes" in parent.say(text="two days for shoes").json()["replies"][0]["text"]
    with stage.desk.unit_of_work() as work:
        link_record(work, parent.id, CASE, case.id, stage.desk.clock.now())
        work.history.append("test.linked", "test", CASE, case.id)
        work.commit()
    close(stage, case)
    answer = parent.say(text="two days for shoes, again").json()
    (reply,) = answer["replies"]
    assert "The school has asked you not to use this chat until" in reply["text"]
    assert stage.desk.school.phone in reply["text"]
    assert reply["choices"] == []
    before = alerts(stage)
    heard = parent.say(text="he came home with marks again").json()
    assert heard["replies"][0]["text"] == "Thank you for telling me. I pass it on."
    without_brain = parent.say(text="break. he has a knife and he is here now").json()
    assert without_brain["channel"] == "emergency"
    assert "999" in without_brain["replies"][0]["text"]
    assert alerts(stage) == before + 1
    down = parent.say(text="break. nobody rang me").json()
    assert "asked you not to use this chat" in down["replies"][0]["text"]
    stranger = Parent.starting(stage.url)
    assert stranger.say(text="two days for shoes").json()["channel"] == "staff"


def test_a_visit_that_is_booked_is_held_by_phone_from_the_case(stage: Stage) -> None:
    met = stage.meeting("visit", host=HEAD, mode=MeetingMode.IN_PERSON)
    other = stage.meeting("other", host=HEAD, mode=MeetingMode.IN_PERSON)
    case = stage.case("visits", CaseKind.COMPLAINT)
    with stage.desk.unit_of_work() as work:
        row = work.session.get_one(CaseFile, case.id)
        work.seal_json(row, "contact", {"name": "Imran", "phone": "07700 900456"})
        work.history.append("test.changed", "test", CASE, case.id)
        work.commit()
    page, meeting = f"/desk/cases/{case.reference}/policy", f"/desk/meetings/{met.reference}"
    with stage.signed_in(HEAD) as head:
        form = head.get(f"/desk/cases/{case.reference}/restrict").text
        assert met.reference in form
        assert "remote" not in form
        refused = head.submit(meeting, f"{meeting}/remote", mode="phone")
        assert refused.status_code == 303
        assert "in person" in head.get(meeting).text.lower()
        close(stage, case, RestrictedUse.VISITS)
        listed = head.get(page).text
        assert "Meetings in person that are booked" in listed
        assert f"{meeting}/remote" in listed
        for odd in ("", "in_person", "nonsense"):
            assert head.submit(page, f"{meeting}/remote", mode=odd).status_code in {303, 400}
        assert head.submit(page, f"{meeting}/remote", mode="phone").status_code == 303
        changed = head.get(meeting).text
        assert "By phone" in changed
        assert "asked not to come in until" in changed
        assert met.reference not in head.get(page).text
        assert other.reference in head.get(page).text


def test_a_follow_up_begins_beside_a_case_or_is_taken_down_and_the_parent_is_not_thanked(
    stage: Stage,
) -> None:
    complaint = stage.case("tells of a post")
    page = f"/desk/cases/{complaint.reference}/policy"
    with stage.signed_in(HEAD) as head, stage.signed_in(CLERK) as clerk:
        assert head.submit(page, page, words="").status_code == 400
        begun = head.submit(page, page, words="A post in a group of 4B.").text
        first = re.search(r"SG-[0-9A-Z-]+", begun)
        said = {"way": "phone", "kind": "social_media", "words": "A post.", "phone": "07700 900111"}
        taken = clerk.submit("/desk/take-down", "/desk/take-down", **said).text
        second = re.search(r"SG-[0-9A-Z-]+", taken)
        assert first
        assert second
        assert "took this down (from another case)" in head.get(f"/desk/cases/{first[0]}").text
        assert "Take this step" in head.get(f"/desk/cases/{second[0]}/policy").text
        said["way"] = "another_case"
        again = clerk.submit("/desk/take-down", "/desk/take-down", **said)
    assert again.status_code == 400
    assert "hears of it with the first step" in begun
    assert "hears of it with the first step" in taken


def test_the_clerk_sees_on_the_list_that_a_look_again_is_overdue(stage: Stage) -> None:
    case = follow_up(stage, "overdue", when=at("2026-11-09"))
    close(stage, case, now=at("2026-11-10"), review_on=at("2026-11-20"))
    with stage.signed_in(CLERK) as clerk, stage.signed_in(MANAGER) as manager:
        page = clerk.get("/desk").text
        assert "It was to be looked at again by Friday 20 November 2026" in page
        assert case.reference not in page
        assert "looked at again by" not in manager.get("/desk").text


def test_a_start_with_a_changed_version_is_refused_with_what_to_do(
    stage: Stage, tmp_path: Path
) -> None:
    publish_policy(stage.desk)
    text = (BUILT_IN / "primary.toml").read_text(encoding="utf-8")
    changed = tmp_path / "ours.toml"
    changed.write_text(text.replace("Racist, homophobic", "Unkind"), encoding="utf-8")
    values = {"DATA": str(stage.desk.settings.data), "SCHOOL": str(changed), "PORT": "1"}
    environment = os.environ | {f"SCHOOLGATE_{name}": value for name, value in values.items()}
    command = [sys.executable, "-m", "assistant.web"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"write what is new as a new version below it" in done.stderr
    assert b"Traceback" not in done.stderr
