"""Check before you send, without any script: on the real process, and across its death."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.running import brain_process, free_port, web_process
from tests.web.test_chat_page import fields, say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.running import Running

pytestmark = pytest.mark.slow

RANT = "Two days in isolation for shoes. Also his maths set was changed. And nobody rang me back."
CONTACT = {"name": "Jo Bloggs", "phone": "07700 900123"}
REFERENCE = re.compile(r"SG-[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}")


def cases(data: Path) -> int:
    """Return how many records stand on the desk."""
    with sqlite3.connect(data / "cases.db") as database:
        return int(database.execute("select count(*) from case_file").fetchone()[0])


def words_on(page: str) -> dict[str, str]:
    """Return what stands in each point, by the name of its field."""
    found = re.findall(
        r'<textarea[^>]* name="(words:[^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL
    )
    return {unescape(name): unescape(words) for name, words in found}


def form(page: str, **changed: str) -> dict[str, str]:
    """Return the whole form of the page as a browser would send it."""
    doors = re.findall(r'name="(door:[^"]*)" value="([^"]*)" checked', page)
    hidden = fields(page, 'id="check-form"')
    return {**hidden, **words_on(page), **dict(doors), **CONTACT, **changed}


@pytest.fixture
def ranted(visitor: httpx.Client) -> httpx.Client:
    say(visitor, RANT)
    return visitor


def test_four_angry_messages_write_no_record_and_send_writes_the_edited_words(
    visitor: httpx.Client, served: Running
) -> None:
    before = cases(served.data)
    for words in ("2 days for SHOES", "shoes!!!", "are you joking", "shoes shoes shoes"):
        say(visitor, words)
    page = visitor.get("/check").text
    assert cases(served.data) == before
    [(name, words)] = words_on(page).items()
    assert words.split("\n\n") == [
        "2 days for SHOES",
        "shoes!!!",
        "are you joking",
        "shoes shoes shoes",
    ]
    kept = visitor.post("/check", data=form(page, do="next", **{name: "Please explain the shoes."}))
    assert kept.headers["location"] == "/check/send"
    last = visitor.get("/check/send").text
    assert "Please explain the shoes." in last
    assert cases(served.data) == before
    assert visitor.post("/check/send", data=fields(last, "/check/send")).status_code == 303
    receipt = visitor.get("/check/sent").text
    [reference] = set(REFERENCE.findall(receipt))
    assert cases(served.data) == before + 1
    link = re.search(r'href="(/r/[^"]+)"', receipt)
    assert link
    record = visitor.get(link[1]).text
    assert "Please explain the shoes." in record
    assert reference in record
    assert "joking" not in record


def test_each_point_says_to_whom_who_reads_it_and_by_when(ranted: httpx.Client) -> None:
    page = ranted.get("/check").text
    assert list(words_on(page).values()) == [
        "Two days in isolation for shoes.",
        "Also his maths set was changed.",
        "And nobody rang me back.",
    ]
    for words in ("Who will read it", "Mrs Doyle, pastoral lead", "Tuesday 1 December 2026"):
        assert words in page


def test_an_edit_is_there_after_a_reload_and_after_the_process_died(tmp_path: Path) -> None:
    port = free_port()
    with brain_process(port, tmp_path), httpx.Client(timeout=30) as parent:
        with web_process(tmp_path, port, crashes=True) as url:
            parent.base_url = httpx.URL(url)
            say(parent, RANT)
            page = parent.get("/check").text
            name = next(iter(words_on(page)))
            parent.post("/check", data=form(page, do="next", **{name: "My edit, kept."}))
            last = parent.get("/check/send").text
            sent = parent.post("/check/send", data=fields(last, "/check/send"))
            assert sent.status_code == 303
        assert cases(tmp_path) == 3
        with web_process(tmp_path, port) as url:
            parent.base_url = httpx.URL(url)
            again = parent.post("/check/send", data=fields(last, "/check/send"))
            assert again.status_code == 303
            assert len(set(REFERENCE.findall(parent.get("/check/sent").text))) == 3
        assert cases(tmp_path) == 3


def test_danger_in_an_edited_point_comes_first_and_nothing_is_filed(
    ranted: httpx.Client, served: Running
) -> None:
    before, page = cases(served.data), ranted.get("/check").text
    name = next(iter(words_on(page)))
    danger = "he has a knife and he is here now"
    shown = ranted.post("/check", data=form(page, do="next", **{name: danger}))
    assert "Please read this first" in shown.text
    assert "999" in shown.text
    assert "They do not need to be sent again" in shown.text
    assert cases(served.data) == before
    last = ranted.post("/check", data=form(ranted.get("/check").text, do="next"))
    assert last.headers["location"] == "/check/send"
    assert danger not in ranted.get("/check/send").text


def test_what_is_missing_is_named_and_what_was_typed_stays(ranted: httpx.Client) -> None:
    page = ranted.get("/check").text
    name = next(iter(words_on(page)))
    again = ranted.post("/check", data=form(page, do="next", name="", phone="", **{name: "Mine."}))
    assert again.status_code == 422
    assert "Tell us what to call you" in again.text
    assert words_on(again.text)[name] == "Mine."


def test_a_page_from_before_another_change_loses_nothing(ranted: httpx.Client) -> None:
    old = ranted.get("/check").text
    first, second = list(words_on(old))[:2]
    ranted.post("/check", data=form(old, do=f"join:{second.partition(':')[2]}"))
    back = ranted.post("/check", data=form(old, do="save", **{first: "From the older page."}))
    assert back.status_code == 409
    assert "From the older page." in back.text
    assert len(words_on(back.text)) == 2


def test_a_chat_that_is_over_gives_the_typed_words_back(served: Running) -> None:
    with httpx.Client(base_url=served.url) as stranger:
        assert "No draft here" in stranger.get("/check").text
        page = stranger.post("/check", data={"words:1-0": "Overnight words", "do": "next"})
    assert "Overnight words" in page.text
    assert "nobody else on a shared device" in page.text


def test_it_works_where_cookies_are_refused(served: Running) -> None:
    def post(path: str, data: dict[str, str]) -> str:
        return httpx.post(f"{served.url}{path}", data=data, timeout=30).text

    page = post("/chat", {"text": RANT, "key": "k"})
    session = fields(page, 'action="/chat/check"')
    check = post("/chat/check", {**session, "do": "show"})
    assert len(words_on(check)) == 3
    last = post("/chat/check", form(check, do="next"))
    receipt = post("/chat/check/send", fields(last, "/chat/check/send"))
    assert len(set(REFERENCE.findall(receipt))) == 3


def test_a_point_becomes_a_booking_with_its_words(ranted: httpx.Client) -> None:
    page = ranted.get("/check").text
    name = next(iter(words_on(page)))
    point = name.partition(":")[2]
    ranted.post("/check", data=form(page, do="next", **{f"door:{point}": "talk"}))
    last = ranted.get("/check/send").text
    ranted.post("/check/send", data=fields(last, "/check/send"))
    assert "Choose a person and a time" in ranted.get("/check/sent").text
    booking = ranted.post("/check/talk", data={"point": point})
    assert "Two days in isolation" in ranted.get(booking.headers["location"]).text


@pytest.mark.parametrize(
    "text", ["👩‍👧‍👦🏽 שלום אבנר " * 2_000, "no full stop here and so on " * 80]
)
def test_very_long_words_of_any_script_are_all_there(visitor: httpx.Client, text: str) -> None:
    say(visitor, text)
    page = visitor.get("/check").text
    shown = "".join("".join(words_on(page).values()).split())
    assert shown == "".join(text.split())


def test_the_drawer_masks_names_and_says_to_whom(visitor: httpx.Client) -> None:
    page = say(visitor, "Two days for shoes and Mrs Okafor shrugged.").text
    drawer = page[page.index('id="draft-drawer"') :].partition("</details>")[0]
    assert "Okafor" not in drawer
    assert "[a member of staff]" in drawer
    assert "To Mrs Doyle, pastoral lead" in drawer


def test_another_site_can_send_nothing(ranted: httpx.Client) -> None:
    for path in ("/check", "/check/send", "/check/talk"):
        answer = ranted.post(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


def test_without_the_brain_a_message_is_one_point_for_the_office(visitor: httpx.Client) -> None:
    say(visitor, f"{RANT} break")
    page = visitor.get("/check").text
    assert list(words_on(page).values()) == [f"{RANT} break"]
    assert "the school office will pass it on" in page
