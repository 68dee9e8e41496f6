"""The chat page without any script: forms, redirects and honest words."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest

from assistant.casework.school import load_school
from tests.web.running import stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.running import Running

pytestmark = pytest.mark.slow

HTTPS = {"public_url": "https://chat.school.example"}


def fields(page: str, form: str) -> dict[str, str]:
    """Return the hidden fields of the first form whose opening tag holds ``form``."""
    inside = page[page.index(form) :].partition("</form>")[0]
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(
            r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inside
        )
    }


def say(visitor: httpx.Client, text: str, path: str = "/") -> httpx.Response:
    page = visitor.get(path).text
    return visitor.post(path, data={**fields(page, 'id="composer"'), "text": text})


def test_nothing_is_stored_before_the_first_message(visitor: httpx.Client) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert "I’m a computer program" in page.text


def test_help_numbers_can_be_tapped_without_a_script(visitor: httpx.Client) -> None:
    page = visitor.get("/").text
    for number in ("tel:999", "tel:116123", "tel:111", "tel:08088005000", "sms:85258"):
        assert f'href="{number}"' in page


def test_the_first_message_is_answered_at_once_and_starts_the_chat(visitor: httpx.Client) -> None:
    answer = say(visitor, "2 days for shoes")
    assert answer.status_code == 200
    assert "Two days for shoes" in answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Your draft: 1 point" in answer.text


def test_later_messages_are_posted_redirected_and_shown(visitor: httpx.Client) -> None:
    say(visitor, "shoes")
    answer = say(visitor, "hello")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Can you tell me a bit more?" in visitor.get("/").text


def test_a_choice_is_a_button_in_a_form(visitor: httpx.Client) -> None:
    page = say(visitor, "shoes").text
    visitor.post("/", data={**fields(page, 'aria-label="Choices"'), "choice": "0"})
    booked = visitor.get("/").text
    assert "TG-7K2M-9QXR" in booked
    assert 'name="choice"' not in booked


def test_reloading_a_sent_form_says_nothing_twice(visitor: httpx.Client) -> None:
    page = visitor.get("/").text
    sent = {**fields(page, 'id="composer"'), "text": "shoes"}
    visitor.post("/", data=sent)
    visitor.post("/", data=sent)
    assert visitor.get("/").text.count('data-turn="') == 1


def test_a_first_message_whose_answer_was_lost_is_said_once_when_sent_again(
    served: Running,
) -> None:
    """No cookie came with the answer, as it never came: the form alone knows what it began."""
    with httpx.Client(base_url=served.url) as before, httpx.Client(base_url=served.url) as after:
        page = before.get("/").text
        form = {**fields(page, 'id="composer"'), "text": "2 days for shoes"}
        assert before.post("/", data=form).status_code == 200
        assert after.post("/", data=form).text.count('said__words" dir="auto">2 days') == 1
        (mine,) = before.cookies.jar
        (again,) = after.cookies.jar
        assert again.value == mine.value


def test_the_key_of_a_form_opens_nothing_with_other_words(served: Running) -> None:
    with httpx.Client(base_url=served.url) as before, httpx.Client(base_url=served.url) as after:
        form = fields(before.get("/").text, 'id="composer"')
        before.post("/", data={**form, "text": "2 days for shoes"})
        shown = after.post("/", data={**form, "text": "Something else"}).text
        assert "2 days for shoes" not in shown


def test_a_stale_choice_says_so_and_shows_the_latest(visitor: httpx.Client) -> None:
    page = say(visitor, "shoes").text
    old = {**fields(page, 'aria-label="Choices"'), "choice": "1"}
    say(visitor, "hello")
    refused = visitor.post("/", data=old)
    assert refused.status_code == 409
    assert "not on offer any more" in refused.text
    assert "Can you tell me a bit more?" in refused.text


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_gets_a_sentence(visitor: httpx.Client, text: str) -> None:
    refused = visitor.post("/", data={"text": text})
    assert refused.status_code == 422
    assert "Write what happened first" in refused.text
    assert "set-cookie" not in refused.headers


def test_a_message_that_is_too_long_is_given_back_whole(visitor: httpx.Client) -> None:
    refused = visitor.post("/", data={"text": "a" * 200_001})
    assert refused.status_code == 413
    assert "a" * 200_001 in refused.text


def test_what_a_parent_types_is_shown_as_text(visitor: httpx.Client) -> None:
    page = say(visitor, "<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_browser_that_refuses_cookies_goes_on_through_the_form(served: Running) -> None:
    first = httpx.post(f"{served.url}/", data={"text": "shoes"}).text
    again = {**fields(first, 'id="composer"'), "text": "hello"}
    second = httpx.post(f"{served.url}/", data=again)
    assert second.status_code == 200
    assert second.text.count('data-turn="') == 2
    assert "session" in fields(second.text, 'id="composer"')


def test_another_sites_form_is_refused(visitor: httpx.Client) -> None:
    refused = visitor.post("/", data={"text": "shoes"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


def test_a_copy_can_be_kept_as_text(visitor: httpx.Client) -> None:
    say(visitor, "2 days for shoes")
    copy = visitor.post("/transcript", data={"as": "text"})
    assert copy.headers["content-disposition"] == 'attachment; filename="notes.txt"'
    assert "1. You: 2 days for shoes" in copy.text
    assert "Assistant: Two days for shoes" in copy.text


def test_deleting_the_chat_leaves_nothing_and_says_what_stays(visitor: httpx.Client) -> None:
    say(visitor, "2 days for shoes")
    deleted = visitor.post("/forget")
    assert (deleted.status_code, deleted.headers["location"]) == (303, "/?forgotten=yes")
    page = visitor.get(deleted.headers["location"]).text
    assert "Your chat is deleted" in page
    assert "stays with the school" in page
    assert "2 days for shoes" not in page
    assert visitor.cookies == {}


def test_leaving_drops_the_key_and_going_back_shows_nothing(visitor: httpx.Client) -> None:
    say(visitor, "2 days for shoes")
    left = visitor.get("/exit")
    assert left.status_code == 303
    assert "weather" in left.headers["location"]
    back = visitor.get("/")
    assert "2 days for shoes" not in back.text
    assert back.headers["cache-control"] == "no-store"


def test_a_call_can_be_asked_for_without_the_brain(visitor: httpx.Client) -> None:
    page = visitor.get("/call-back").text
    sent = {
        **fields(page, 'action="/call-back"'),
        "name": "Sam Vale",
        "phone": "07700 900123",
        "words": "After six, please.",
    }
    done = visitor.post("/call-back", data=sent)
    assert "Your reference is" in done.text
    reference = re.search(r"<strong>([A-Z0-9-]+)</strong>", done.text)
    again = visitor.post("/call-back", data=sent)
    assert reference
    assert reference[1] in again.text


def test_a_call_without_a_number_is_asked_again_with_all_that_was_typed(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/call-back").text
    sent = {**fields(page, 'action="/call-back"'), "name": "Sam Vale", "phone": "", "words": "Hi."}
    again = visitor.post("/call-back", data=sent)
    assert again.status_code == 422
    assert "Give a number that we can ring." in again.text
    assert "Sam Vale" in again.text


def test_the_social_media_policy_that_the_chat_names_can_be_read(visitor: httpx.Client) -> None:
    page = visitor.get(load_school("primary").social_media_policy.url)
    assert page.status_code == 200
    assert "tells you, unless that could put somebody at risk." in page.text
    for sentence in load_school("primary").social_media_policy.gist:
        assert sentence in unescape(page.text)


def test_an_earlier_version_of_the_policy_stays_readable_with_its_days(
    visitor: httpx.Client,
) -> None:
    url = load_school("primary").social_media_policy.url
    earlier = visitor.get(f"{url}?version=2024.1")
    assert "It was replaced on 18 March 2026 and no longer holds" in earlier.text
    assert "agreed on 20 March 2024" in earlier.text
    now = visitor.get(url).text
    assert "Version 2024.1</a>, from 20 March 2024 until it was replaced on 18 March 2026" in now
    assert "no longer holds" not in now
    for version in ("2019", "%00", "%ED%A0%80", "x" * 3000):
        assert visitor.get(f"{url}?version={version}").status_code == 404


def test_privacy_is_told_in_short(visitor: httpx.Client) -> None:
    page = visitor.get("/privacy")
    assert page.status_code == 200
    assert "Nothing is stored before your first message" in page.text


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with stack(tmp_path_factory.mktemp("safe"), **HTTPS) as running:
        yield running


def test_on_https_the_cookie_is_bound_to_the_host(safe: Running) -> None:
    cookie = httpx.post(f"{safe.url}/", data={"text": "shoes"}).headers["set-cookie"]
    assert cookie.startswith("__Host-chat=")
    assert "Secure" in cookie


def test_on_https_the_frames_cookie_is_partitioned(safe: Running) -> None:
    cookie = httpx.post(f"{safe.url}/chat", data={"text": "shoes"}).headers["set-cookie"]
    assert "Partitioned" in cookie
    assert "SameSite=None" in cookie
