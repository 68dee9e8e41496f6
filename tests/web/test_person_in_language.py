"""The way to a person, the talk and the form for a call, in the language that a parent chose."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.policy_steps import RestrictedUse
from assistant.services.end_duty import end_duty
from assistant.services.open_case import open_case
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, Needs
from tests.services.policing import close
from tests.web.desk_stage import HEAD, PASSWORD, Stage, Visitor
from tests.web.made_up_language import untranslated, write_language
from tests.web.running import brain_process, free_port, web_process
from tests.web.test_chat_page import fields
from tests.web.test_languages import translatable_texts
from tests.web.test_person_pages import OFFICE, answer, be_here, take, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

FIRST = "Pa ddrws sydd ar agor ar ôl y clybiau?"
DANGER = "My son says his stepdad hits him with a belt."
OFFERED = "The side door was locked."
CONTACT = {"name": "Dana", "phone": "07700 900123"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Serve a school whose office has a password, with a language that is made up."""
    made, brain_port = Stage.build(tmp_path_factory.mktemp("language")), free_port()
    data = made.desk.settings.data
    set_password(made.desk, staff_id=OFFICE, password=PASSWORD)
    write_language(data / "languages", translatable_texts())
    with brain_process(brain_port, data), web_process(data, brain_port) as url:
        made.url = url
        yield made


@pytest.fixture
def office(stage: Stage) -> Iterator[Visitor]:
    """Give the school office, here for chats."""
    with stage.signed_in(OFFICE) as visitor:
        be_here(visitor)
        yield visitor
    end_duty(stage.desk, staff_id=OFFICE)


class Parent:
    """A parent without a script, who reads in one language and presses what the pages have."""

    def __init__(self, browser: httpx.Client, language: str, path: str = "/person") -> None:
        self.browser, self.language, self.path = browser, language, path

    def look(self, path: str = "", **query: str) -> str:
        """Return a page in the language; without a path that of the talk."""
        page = self.browser.get(path or self.path, params={"lang": self.language, **query})
        assert page.status_code == 200, path
        return page.text

    def press(self, page: str, form: str, **typed: str) -> str:
        """Send the form of the page that its opening tag names."""
        action = re.search(rf'<form[^>]*action="([^"]*{form}[^"]*)"', page)
        assert action, form
        assert f"lang={self.language}" in action[1]
        sent = self.browser.post(action[1], data={**fields(page, action[1]), **typed})
        assert self.language in (urlsplit(str(sent.url)).query or "")
        return sent.text

    def ask(self, words: str = FIRST, **typed: str) -> str:
        """Ask for a person."""
        return self.press(self.look(again="yes"), "/ask", words=words, **typed)

    def news(self, after: int = 0) -> dict[str, str]:
        """Return what a page is told that gets no stream, without tags."""
        told = self.browser.post(
            f"{self.path}/news", params={"lang": self.language}, data={"after": str(after)}
        ).json()
        return {name: str(told[name]) for name in ("rows", "status")}


@pytest.fixture
def browser(stage: Stage) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stage.url, timeout=30, follow_redirects=True) as client:
        yield client


@pytest.fixture(params=["/person", "/chat/person"])
def stranger(browser: httpx.Client, request: pytest.FixtureRequest) -> Parent:
    """Give a parent who reads in the language that is made up, on its own page or in a frame."""
    return Parent(browser, "eo", request.param)


@pytest.fixture
def names(stage: Stage) -> tuple[str, ...]:
    """Return what stays as it is in any language."""
    school = stage.desk.school
    return school.name, school.address, school.short_name


def test_before_anybody_is_here_nothing_on_the_page_is_left_in_english(
    stranger: Parent, names: tuple[str, ...]
) -> None:
    page = stranger.look()
    assert untranslated(page, *names) == []
    assert "⟦Nobody is here for chats just now.⟧" in page


def test_no_sentence_of_the_program_is_left_in_english_on_the_whole_way(
    stranger: Parent, office: Visitor, names: tuple[str, ...]
) -> None:
    shown = {"first": stranger.look()}
    shown["nothing written"] = stranger.ask("", phone="12")
    shown["names who is here"] = stranger.ask("Ms Begum was rude.")
    shown["waiting"] = stranger.ask(name="Dana")
    shown["waiting frame"] = stranger.look(f"{stranger.path}/log")
    chat = take(office)
    shown["taken"] = stranger.look()
    answer(office, chat, "The side door.")
    shown["not written"] = stranger.press(shown["taken"], "/say", text="")
    shown["danger"] = stranger.press(shown["taken"], "/say", text=DANGER)
    shown["taken frame"] = stranger.look(f"{stranger.path}/log")
    office.submit(chat, f"{chat}/offer", kind="concern", words=OFFERED)
    shown["offered"] = stranger.look()
    shown["offer without a number"] = stranger.press(shown["offered"], "/case", answer="yes")
    shown["declined"] = stranger.press(shown["offered"], "/case", answer="no")
    office.submit(chat, f"{chat}/offer", kind="complaint", words=OFFERED)
    last = {**CONTACT, "words": OFFERED, "answer": "yes"}
    shown["recorded"] = stranger.press(stranger.look(), "/case", **last)
    shown["said too late"] = stranger.press(shown["taken"], "/say", text="One more thing.")
    shown["over, in the frame"] = stranger.look(f"{stranger.path}/log")
    shown["copy on the chat page"] = stranger.look(stranger.path.removesuffix("person") or "/")
    left = {state: untranslated(page, "Esperanto", *names) for state, page in shown.items()}
    assert {state: words for state, words in left.items() if words} == {}
    news = stranger.news()
    assert untranslated(news["rows"]) + untranslated(news["status"]) == []
    assert "⟦Your reference is SG-" in shown["recorded"]


def test_every_other_end_is_told_in_the_language(
    stage: Stage, browser: httpx.Client, office: Visitor, names: tuple[str, ...]
) -> None:
    parent = Parent(browser, "eo")
    ends = {}
    for how in ("answered", "call_back"):
        parent.ask()
        chat = take(office)
        office.submit(chat, f"{chat}/end", how=how)
        ends[how] = parent.look()
    ends["left"] = parent.press(parent.ask(), "/stop")
    left = {how: untranslated(page, *names) for how, page in ends.items()}
    assert {how: words for how, words in left.items() if words} == {}
    assert "⟦The talk has ended." in ends["left"]
    assert stage.desk.school.person(OFFICE).known_as in ends["call_back"]


def test_the_form_for_a_call_and_its_answer_are_in_the_language(
    browser: httpx.Client, office: Visitor, names: tuple[str, ...]
) -> None:
    parent = Parent(browser, "eo")
    parent.ask(**CONTACT)
    chat = take(office)
    office.submit(chat, f"{chat}/end", how="call_back")
    way = re.search(r'href="(/call-back[^"]*)"', parent.look())
    assert way
    form = browser.get(way[1].replace("&amp;", "&")).text
    assert FIRST in form
    missing = parent.press(form, "/call-back", words="", phone="12", name="")
    warned = parent.press(form, "/call-back", **CONTACT, words=DANGER)
    sent = parent.press(form, "/call-back", **CONTACT, words=FIRST)
    for page in (form, missing, warned, sent):
        assert untranslated(page, *names) == []
    assert "⟦We have your request⟧" in sent
    assert 'lang="en-GB"' in warned, "the words about danger are marked as English"


@pytest.mark.usefixtures("office")
def test_who_was_asked_not_to_chat_is_told_the_other_ways_in_the_language(
    stage: Stage, browser: httpx.Client, names: tuple[str, ...]
) -> None:
    parent = Parent(browser, "eo")
    parent.press(parent.ask(), "/stop")
    conversation = browser.cookies["chat"].partition(".")[0]
    case = open_case(
        stage.desk, idempotency_key="post", conversation_id=conversation,
        kind=CaseKind.SOCIAL_MEDIA, channel=Channel.POLICY, statement="A post.", outcome_wanted="",
        contact=Contact("Q", "07700 900999"), child=Child(), needs=Needs(),
    )  # fmt: skip
    page = parent.look(again="yes")
    close(stage.desk, case.reference, what=RestrictedUse.CHAT, staff_id=HEAD)
    shown = (parent.look(again="yes"), parent.press(page, "/ask", words=FIRST))
    for each in shown:
        assert untranslated(each, *names) == []
        assert "asked you not to use this chat until" in each
        assert "/meet</a> ⟦(in English)⟧" in each


def test_in_welsh_the_parent_reads_welsh_and_the_desk_reads_english(
    browser: httpx.Client, office: Visitor
) -> None:
    parent = Parent(browser, "cy")
    assert "Rydym yn gofyn am berson." in parent.ask()
    chat = take(office)
    page = parent.look()
    assert 'Mae <span lang="en-GB" dir="ltr">Ms Begum, school office</span>, yma nawr.' in page
    assert "is here now" not in page
    answer(office, chat, "Y drws ochr.")
    assert '<p class="said__words" lang="en-GB" dir="ltr">Y drws ochr.</p>' in parent.look()
    assert f'<p class="said__words" dir="auto">{FIRST}</p>' in parent.look()
    seen = words_of(office.get(chat).text)
    assert "Ms Begum, school office, is here now. They see only what was shared." in seen
    assert "yma nawr" not in seen
    office.submit(chat, f"{chat}/end", how="answered")
    news = office.get(f"{chat}/news").json()
    assert "has left the chat" in news["rows"]
    assert "wedi gadael y sgwrs" in parent.news()["rows"]
    assert "lang=" not in news["rows"]


def test_the_stream_speaks_the_language_of_its_address(
    browser: httpx.Client, office: Visitor
) -> None:
    parent = Parent(browser, "cy")
    parent.ask()
    address = re.search(r'data-stream="([^"]+)"', parent.look())
    chat = take(office)
    assert address
    assert address[1] == "/person/stream?lang=cy"
    told = browser.get(address[1], params={"lang": "cy", "after": "1"}).text
    news = json.loads(told.partition("data: ")[2].partition("\n")[0])
    assert "yma nawr" in news["rows"]
    assert "yn y sgwrs hon gyda chi" in news["status"]
    assert 'href="/?lang=cy"' in parent.look()
    office.submit(chat, f"{chat}/end", how="answered")


def test_a_browser_that_keeps_no_cookie_stays_in_the_language(
    stage: Stage, office: Visitor
) -> None:
    with httpx.Client(base_url=stage.url, timeout=30) as forgetful:
        form = fields(forgetful.get("/chat/person?lang=cy").text, 'id="ask"')
        waiting = forgetful.post("/chat/person/ask?lang=cy", data={**form, "words": FIRST}).text
        chat = take(office)
        forgetful.cookies.clear()
        way = re.search(r'action="(/chat/person/look[^"]*)"', waiting)
        assert way
        look = fields(waiting, way[1])
        there = forgetful.post(way[1], data=look).text
    assert "yma nawr" in there
    assert 'action="/chat/person/say?lang=cy"' in there
    office.submit(chat, f"{chat}/end", how="answered")


def test_the_size_of_the_text_goes_along_to_the_person(stage: Stage) -> None:
    page = httpx.get(f"{stage.url}/?text=large&lang=cy").text
    way = re.search(r'href="(/person[^"]*)"', page)
    assert way
    person = httpx.get(stage.url + way[1].replace("&amp;", "&")).text
    assert 'class="govuk-template text-large"' in person
    assert 'href="/?text=large&amp;lang=cy"' in person


def test_a_sentence_that_was_stored_before_is_shown_in_english_and_marked(
    stage: Stage, browser: httpx.Client, office: Visitor
) -> None:
    parent = Parent(browser, "cy")
    parent.ask()
    chat = take(office)
    with sqlite3.connect(stage.desk.settings.data / "cases.db") as database:
        database.execute("update live_message set told = null")
    page = parent.look()
    said = '<p class="said__words" lang="en-GB" dir="ltr">Ms Begum, school office, is here now.'
    assert said in page
    office.submit(chat, f"{chat}/end", how="answered")


@pytest.mark.parametrize("path", ["/", "/chat", "/talk-first", "/person", "/call-back", "/check"])
def test_a_link_to_a_page_in_english_says_so(stage: Stage, path: str) -> None:
    with httpx.Client(base_url=stage.url, follow_redirects=True) as parent:
        parent.post("/", data={"text": "two days for shoes"})
        page = parent.get(f"{path}?lang=cy").text
        found = re.findall(r'<a [^>]*href="(/[^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
        ways = {address.replace("&amp;", "&"): words_of(said) for address, said in found}
        ways.pop("/exit", None)
        assert len(ways) >= 3
        wrong = {
            address: said
            for address, said in ways.items()
            if ('<html lang="cy"' in parent.get(address).text) == said.endswith("(yn Saesneg)")
        }
    assert wrong == {}
