"""A parent and a member of staff talk, without a script on either side."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest
from sqlalchemy import func, select

from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.policy_steps import RestrictedUse
from assistant.services.end_duty import end_duty
from assistant.services.open_case import open_case
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, Needs
from assistant.store.alert_tables import Alert
from assistant.store.tables import CaseFile
from tests.services.policing import close
from tests.web.desk_stage import DEPUTY, HEAD, PASSWORD, TEACHER, Stage, Visitor
from tests.web.running import brain_process, free_port, web_process
from tests.web.test_chat_page import fields, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

OFFICE = "ms-begum"
SECRET = "The heron stood in the boiler room."
FIRST = "Which door is open after clubs?"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Serve the school with a brain that follows a script, and a password for the office."""
    made, brain_port = Stage.build(tmp_path_factory.mktemp("person")), free_port()
    data: Path = made.desk.settings.data
    set_password(made.desk, staff_id=OFFICE, password=PASSWORD)
    with brain_process(brain_port, data) as brain, web_process(data, brain_port) as url:
        made.url, made.brain_url = url, brain  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def parent(stage: Stage) -> Iterator[httpx.Client]:
    """Give a browser without scripts, as far as HTTP goes."""
    with httpx.Client(base_url=stage.url, timeout=30, follow_redirects=True) as client:
        yield client


@pytest.fixture
def office(stage: Stage) -> Iterator[Visitor]:
    """Give the school office, here for chats."""
    with stage.signed_in(OFFICE) as visitor:
        be_here(visitor)
        yield visitor
    end_duty(stage.desk, staff_id=OFFICE)


def be_here(visitor: Visitor) -> None:
    """Press the button, until closing time."""
    page = visitor.get("/desk/chats").text
    until = re.findall(r'<option value="([^"]+)"', page)[-1]
    answer = visitor.submit("/desk/chats", "/desk/chats/duty", until=until)
    assert answer.status_code == 303, answer.text


def ask(parent: httpx.Client, words: str = FIRST, **given: str | list[str]) -> httpx.Response:
    """Send the first step of the page."""
    form = fields(parent.get("/person?again=yes").text, 'id="ask"')
    return parent.post("/person/ask", data={**form, "words": words, **given})


def write(parent: httpx.Client, words: str) -> httpx.Response:
    form = fields(parent.get("/person").text, 'id="composer"')
    return parent.post("/person/say", data={**form, "text": words})


def take(visitor: Visitor) -> str:
    """Take the chat that waits; return its address."""
    found = re.findall(r'action="(/desk/chats/[0-9a-f]{32})/take"', visitor.get("/desk/chats").text)
    answer = visitor.submit("/desk/chats", f"{found[0]}/take")
    assert answer.headers["location"] == found[0]
    return str(found[0])


def answer(visitor: Visitor, chat: str, words: str) -> httpx.Response:
    form = fields(visitor.get(chat).text, 'id="composer"')
    return visitor.post(f"{chat}/say", data={**form, "text": words})


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_with_nobody_here_the_page_says_so_and_offers_a_call(parent: httpx.Client) -> None:
    page = words_of(parent.get("/person").text)
    assert "Nobody is here for chats just now" in page
    assert "from 8am to 4.30pm on working days" in page
    assert "Ask for a call" in page
    assert "/person" in parent.get("/").text


def test_the_whole_way_from_the_question_to_the_end(parent: httpx.Client, office: Visitor) -> None:
    say(parent, "He forgot his PE kit.")
    say(parent, SECRET)
    first = parent.get("/person")
    assert "Ms Begum, school office" in first.text
    assert "checked" not in first.text
    assert "They see only what you send from this page." in first.text
    waiting = ask(parent, share=["1"], name="Dana")
    assert "We are asking for a person." in waiting.text
    assert "1 parent is waiting" in words_of(office.get("/desk").text)
    listed = words_of(office.get("/desk/chats").text)
    assert "Waiting for less than a minute" in listed
    assert FIRST not in listed
    assert "Dana" not in listed
    chat = take(office)
    seen = words_of(office.get(chat).text)
    assert FIRST in seen
    assert "He forgot his PE kit." in seen
    assert SECRET not in seen
    assert answer(office, chat, "The side door, until half past four.").status_code == 303
    there = words_of(parent.get("/person").text)
    assert "Ms Begum, school office The side door, until half past four." in there
    write(parent, "Thank you!")
    assert "Thank you!" in office.get(f"{chat}/log").text
    assert 'http-equiv="refresh" content="10"' in parent.get("/person/log").text
    office.submit(chat, f"{chat}/end", how="answered")
    assert "The assistant, a computer program, is back." in words_of(parent.get("/person").text)
    main = words_of(parent.get("/").text)
    assert "Ms Begum, school office The side door" in main
    copy = parent.post("/transcript", data={"as": "text"}).text
    assert copy.index("Here you asked for a person.") > copy.index(SECRET)
    assert "Ms Begum, school office: The side door, until half past four.\n" in copy
    assert "You: Thank you!" in copy


def test_the_brain_is_not_asked_while_a_person_is_in_the_chat(
    stage: Stage, parent: httpx.Client, office: Visitor
) -> None:
    say(parent, "shoes")
    ask(parent)
    conversation = parent.cookies["chat"].partition(".")[0]
    chat = take(office)
    quiet = say(parent, "shoes again")
    assert "What you just wrote went to nobody." in unescape(quiet.text)
    seen = httpx.get(f"{stage.brain_url}/seen/{conversation}").json()  # type: ignore[attr-defined]
    assert [each["text"] for each in seen] == ["shoes"]
    assert "shoes again" not in office.get(chat).text
    office.submit(chat, f"{chat}/end", how="answered")
    assert "Two days for shoes" in say(parent, "shoes").text


def test_danger_goes_to_the_leads_and_staff_get_fixed_advice_and_not_a_block(
    stage: Stage, parent: httpx.Client, office: Visitor
) -> None:
    ask(parent)
    chat = take(office)
    before = alerts(stage)
    words = "My son says his stepdad hits him with a belt."
    shown = words_of(write(parent, words).text)
    assert alerts(stage) == before + 1
    assert "I have passed your exact words to" in shown
    assert '<details class="govuk-details help-card" id="help" open>' in parent.get("/person").text
    seen = words_of(office.get(chat).text)
    assert words in seen
    assert "Do not ask what happened or who did it." in seen
    assert "Mr Mensah" in seen
    assert "I have passed your exact words to" not in seen
    assert answer(office, chat, "Thank you for telling me.").status_code == 303


def alerts(stage: Stage) -> int:
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(Alert)) or 0


def test_a_call_after_nobody_came_has_the_words_already_and_no_address_has_them(
    stage: Stage, parent: httpx.Client, office: Visitor
) -> None:
    ask(parent, name="Dana", phone="07700 900123")
    chat = take(office)
    office.submit(chat, f"{chat}/end", how="call_back")
    page = parent.get("/person").text
    assert 'href="/call-back?from=person"' in page
    form = parent.get("/call-back?from=person").text
    assert FIRST in form
    assert 'value="07700 900123"' in form
    sent = parent.post(
        "/call-back",
        data={**fields(form, 'id="call-back"'), "name": "Dana", "phone": "07700 900123",
              "words": FIRST},
    )  # fmt: skip
    assert "We have your request" in sent.text
    with stage.desk.unit_of_work(read_only=True) as work:
        made = select(CaseFile).where(CaseFile.kind == CaseKind.CALL_BACK.value)
        assert work.session.scalars(made).one()


def test_what_names_the_only_one_here_is_not_sent_and_not_lost(
    parent: httpx.Client, office: Visitor
) -> None:
    words = "Ms Begum was rude to me."
    page = ask(parent, words)
    assert page.status_code == 422
    assert "nothing was sent" in page.text
    assert words in page.text
    assert 'formaction="/call-back"' in page.text
    assert "Nobody is waiting." in office.get("/desk/chats").text
    form = fields(page.text, 'id="ask"')
    call = parent.post("/call-back", data={**form, "words": words, "name": "", "phone": ""})
    assert words in call.text


def test_a_case_is_recorded_once_the_parent_agrees(parent: httpx.Client, office: Visitor) -> None:
    ask(parent)
    chat = take(office)
    office.submit(chat, f"{chat}/offer", kind="concern", words="The side door was locked.")
    page = parent.get("/person").text
    assert "Shall this be recorded as a concern?" in page
    form = {**fields(page, 'action="/person/case"'), "words": "The side door was locked twice."}
    agreed = parent.post(
        "/person/case",
        data={**form, "name": "Dana", "phone": "07700 900123", "answer": "yes"},
    )
    shown = words_of(agreed.text)
    assert "Your reference is" in shown
    assert "The talk is over." in shown


def test_the_parent_may_forget_it_and_the_desk_finds_nothing(
    parent: httpx.Client, office: Visitor
) -> None:
    ask(parent)
    chat = take(office)
    parent.post("/forget")
    gone = office.get(chat)
    assert gone.status_code == 404
    assert "not here any more" in gone.text
    assert office.get(f"{chat}/news").json() == {"gone": True}


def test_whoever_presses_second_is_told_the_same_as_of_a_chat_that_never_was(
    stage: Stage, parent: httpx.Client, office: Visitor
) -> None:
    ask(parent)
    with stage.signed_in(DEPUTY) as deputy:
        be_here(deputy)
        chat = take(office)
        lost = deputy.submit("/desk/chats", f"{chat}/take")
        never = deputy.submit("/desk/chats", f"/desk/chats/{'0' * 32}/take")
    end_duty(stage.desk, staff_id=DEPUTY)
    assert (lost.status_code, words_of(lost.text)) == (never.status_code, words_of(never.text))
    assert lost.status_code == 404


def test_a_role_that_takes_no_chats_has_no_such_page(stage: Stage) -> None:
    with stage.signed_in(TEACHER) as teacher:
        assert teacher.get("/desk/chats").status_code == 404
        assert "/desk/chats" not in teacher.get("/desk").text


@pytest.mark.usefixtures("office")
def test_who_was_asked_not_to_chat_is_told_the_other_ways_and_danger_still_passes(
    stage: Stage, parent: httpx.Client
) -> None:
    say(parent, "hello")
    conversation = parent.cookies["chat"].partition(".")[0]
    case = open_case(
        stage.desk, idempotency_key="post", conversation_id=conversation,
        kind=CaseKind.SOCIAL_MEDIA, channel=Channel.POLICY, statement="A post.", outcome_wanted="",
        contact=Contact("Q", "07700 900999"), child=Child(), needs=Needs(),
    )  # fmt: skip
    close(stage.desk, case.reference, what=RestrictedUse.CHAT, staff_id=HEAD)
    assert "asked you not to use this chat" in parent.get("/person").text
    form = {"key": "k" * 20, "name": "", "phone": ""}
    refused = parent.post("/person/ask", data={**form, "words": FIRST})
    assert "asked you not to use this chat" in refused.text
    before = alerts(stage)
    danger = "My son says his stepdad hits him with a belt."
    taken = parent.post("/person/ask", data={**form, "key": "d" * 20, "words": danger})
    assert alerts(stage) == before + 1
    assert "We are asking for a person." in taken.text
    parent.post("/person/stop")


def test_the_page_works_in_a_frame_and_for_a_browser_that_keeps_no_cookie(
    stage: Stage, office: Visitor
) -> None:
    with httpx.Client(base_url=stage.url, timeout=30) as forgetful:
        page = forgetful.get("/chat/person")
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        form = fields(page.text, 'id="ask"')
        waiting = forgetful.post("/chat/person/ask", data={**form, "words": FIRST})
        forgetful.cookies.clear()
        chat = take(office)
        answer(office, chat, "The side door.")
        look = fields(waiting.text, 'action="/chat/person/look"')
        forgetful.cookies.clear()
        there = forgetful.post("/chat/person/look", data=look)
        assert "The side door." in there.text
        forgetful.cookies.clear()
        news = forgetful.post("/chat/person/news", data={**look, "after": "2"}).json()
        assert "The side door." in news["rows"]
        assert FIRST not in news["rows"]
    office.submit(chat, f"{chat}/end", how="answered")
