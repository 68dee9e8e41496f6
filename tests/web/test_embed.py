"""The one line that a school puts on its site."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.embed import Embed, EmbedPage, EmbedWords
from assistant.casework.school import BUILT_IN, SchoolFileError, load_logo, load_school
from assistant.settings import Settings
from assistant.web.assets import STATIC, Assets
from assistant.web.languages import load_languages
from assistant.web.loader import Loader
from assistant.web.pages import LANGUAGES
from tests.web.running import stack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx as client

    from tests.web.running import Running

import httpx

pytestmark = pytest.mark.slow

TWO_KILOBYTES = 2_048
PRIMARY = load_school("primary")
SCHOOL = "https://www.school.example"
SOURCE = (STATIC / "embed.js").read_text(encoding="utf-8")
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
WELSH = load_languages([LANGUAGES])["cy"]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with stack(tmp_path_factory.mktemp("embedded"), embed_origins=SCHOOL) as running:
        yield running


def test_the_loader_is_small_and_may_be_loaded_by_any_site(visitor: client.Client) -> None:
    loader = visitor.get("/embed.js")
    assert loader.status_code == 200
    assert "javascript" in loader.headers["content-type"]
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert loader.headers["access-control-allow-origin"] == "*"
    assert len(gzip.compress(loader.content)) <= TWO_KILOBYTES
    assert b"__SCHOOL__" not in loader.content
    assert b"//" not in loader.content.replace(b"://", b"")


def test_the_loader_is_kept_for_five_minutes_asks_for_no_cookie_and_knows_its_own_version(
    visitor: client.Client,
) -> None:
    first = visitor.get("/embed.js")
    assert first.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in first.headers
    assert "cookie" not in first.headers["vary"].lower()
    again = visitor.get("/embed.js", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert visitor.get("/embed.js", headers={"if-none-match": 'W/"old"'}).status_code == 200


def test_a_rule_for_school_hours_is_decided_by_the_schools_clock() -> None:
    page = EmbedPage("office", ("/contact",), show="in school hours")
    school = replace(PRIMARY, embed=Embed(pages=(page,)))
    loader = Loader("__SCHOOL__", school, SchoolCalendar.from_school(school))
    opened, left = loader.at(datetime(2026, 11, 24, 16, 29, tzinfo=UTC))
    closed, _ = loader.at(datetime(2026, 11, 24, 16, 30, tzinfo=UTC))
    assert left == 60
    assert json.loads(opened.body)["pages"][0][1:] == [1, ""]
    assert json.loads(closed.body)["pages"][0][1:] == [0, ""]
    assert opened.tag != closed.tag


def test_rules_that_make_the_loader_too_heavy_are_refused_at_start() -> None:
    pages = tuple(EmbedPage(f"r{n}", (f"/{n * 7919:x}/*",)) for n in range(40))
    school = replace(PRIMARY, embed=Embed(pages=pages))
    with pytest.raises(SchoolFileError, match=r"embed, page: .* may weigh 2048"):
        Loader(SOURCE, school, SchoolCalendar.from_school(school))


def test_words_of_the_school_file_cannot_leave_their_place_in_the_script() -> None:
    embed = Embed(button='"});alert(1)//</script>', pages=(EmbedPage("a", ("/a",)),))
    school = replace(PRIMARY, embed=embed)
    script, _ = Loader("__SCHOOL__", school, SchoolCalendar.from_school(school)).at(
        datetime(2026, 11, 24, 12, tzinfo=UTC)
    )
    assert json.loads(script.body)["button"] == embed.button


def rules_in_welsh(embed: Embed) -> dict[str, object]:
    """Return what the loader of a page in Welsh knows."""
    school = replace(PRIMARY, embed=embed)
    calendar = SchoolCalendar.from_school(school)
    loader = Loader("__SCHOOL__", school, calendar, load_languages([LANGUAGES]).values())
    rules: dict[str, object] = json.loads(loader.at(TUESDAY, WELSH)[0].body)
    return rules


def test_a_page_in_welsh_gets_our_words_in_welsh_where_the_school_kept_the_usual_ones() -> None:
    rules = rules_in_welsh(PRIMARY.embed)
    assert rules["button"] == "Siaradwch â ni’n breifat"
    assert (rules["close"], rules["lang"]) == ("Cau’r sgwrs", "cy")
    assert rules["query"] == "?lang=cy"
    pages = PRIMARY.embed.pages
    assert [each.id for each in pages] == ["jobs", "complaints"]
    wanted = [[pages[0].pattern, 0, "?lang=cy"], [pages[1].pattern, 1, "?page=complaints&lang=cy"]]
    assert rules["pages"] == wanted


def test_the_words_that_a_school_gives_in_welsh_go_before_ours() -> None:
    words = EmbedWords("cy", "Dewch i siarad", "Cau", "Agor y dudalen")
    rules = rules_in_welsh(Embed(button="Have a word", words=(words,)))
    assert [rules[each] for each in ("button", "close", "own")] == [
        "Dewch i siarad", "Cau", "Agor y dudalen"
    ]  # fmt: skip
    assert rules["lang"] == "cy"


def test_words_of_the_schools_own_in_english_alone_stay_english_and_say_so() -> None:
    rules = rules_in_welsh(Embed(button="Have a word"))
    assert [rules[each] for each in ("button", "close", "lang")] == [
        "Have a word", "Close the chat", "en-GB"
    ]  # fmt: skip
    assert rules["query"] == "?lang=cy", "the chat is in Welsh all the same"


def test_words_in_a_language_that_no_page_is_in_are_refused_at_start() -> None:
    words = EmbedWords("pl", "Porozmawiaj", "Zamknij", "Otwórz")
    with pytest.raises(
        SchoolFileError, match=r"embed, words row 1: no page .* in “pl”.* cy, en-GB"
    ):
        rules_in_welsh(Embed(words=(words,)))


def test_in_welsh_the_loader_is_as_small_and_a_language_that_is_not_there_is_english(
    visitor: client.Client,
) -> None:
    welsh, english = visitor.get("/embed.js?lang=cy"), visitor.get("/embed.js")
    assert len(gzip.compress(welsh.content)) <= TWO_KILOBYTES
    assert "Siaradwch â ni’n breifat".encode() in welsh.content
    assert welsh.headers["etag"] != english.headers["etag"]
    assert welsh.headers["content-type"] == "text/javascript; charset=utf-8"
    for other in ("tlh", "cy%22%29", ""):
        assert visitor.get(f"/embed.js?lang={other}").content == english.content


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_a_greeting_is_found_by_its_rule_and_never_taken_from_the_address(
    visitor: client.Client, path: str
) -> None:
    assert "Looking for how to complain?" in visitor.get(f"{path}?page=complaints").text
    for other in ("jobs", "none", "Your+head+has+been+sacked", ""):
        page = visitor.get(f"{path}?page={other}").text
        assert "Looking for how to complain?" not in page
        assert "sacked" not in page


def test_a_greeting_is_the_schools_own_in_any_language_whatever_signs_are_in_it(
    tmp_path: Path,
) -> None:
    text = (BUILT_IN / "primary.toml").read_text(encoding="utf-8")
    file = tmp_path / "ours.toml"
    file.write_text(text.replace("Looking for how to complain?", "100% private: %(num)s?", 1))
    with stack(tmp_path / "data", school=str(file)) as running:
        page = httpx.get(f"{running.url}/chat?page=complaints&lang=cy")
    assert page.status_code == 200
    said = '<p class="said__words">100% private: %(num)s?'
    assert f'<div class="said__reply" lang="en-GB" dir="ltr">{said}' in page.text


def test_the_webmasters_page_names_the_line_the_sites_and_the_policy(embedded: Running) -> None:
    page = unescape(httpx.get(f"{embedded.url}/embed/check").text)
    assert f"{embedded.url}/embed.js?lang=cy" in page
    assert "Siaradwch â ni’n breifat" in page
    assert f'<script src="{embedded.url}/embed.js" async crossorigin></script>' in page
    assert f"frame-src {embedded.url}" in page
    assert f"{SCHOOL}/#schoolgate-check" in page
    script = httpx.get(f"{embedded.url}/embed/check.js")
    assert SCHOOL in script.text
    assert script.headers["access-control-allow-origin"] == "*"


def test_every_failure_that_the_check_links_to_is_explained(embedded: Running) -> None:
    page = httpx.get(f"{embedded.url}/embed/check").text
    source = (STATIC / "embed_check.js").read_text(encoding="utf-8")
    ids = set(re.findall(r'\["(\w+)", (?!null|true)', source))
    assert ids >= {"once", "approved", "seen", "topmost", "words", "csp", "answered", "cookie"}
    for each in ids:
        assert f'id="{each}"' in page, each


def test_the_probe_of_the_check_keeps_its_cookie_for_a_minute_and_takes_it_back(
    embedded: Running,
) -> None:
    with httpx.Client(base_url=embedded.url) as browser:
        probe = browser.get("/embed/probe")
        assert "Max-Age=60" in probe.headers["set-cookie"]
        assert SCHOOL in probe.headers["content-security-policy"]
        assert browser.get("/embed/probe/kept").json() == {"kept": True}
        assert browser.get("/embed/probe/kept").json() == {"kept": False}


def test_a_schools_logo_is_among_the_files_that_are_served() -> None:
    secondary = load_school("secondary")
    logo = load_logo("secondary", secondary)
    asset = Assets(Settings.load({}).front, secondary, logo).find("logo.svg")
    assert asset is not None
    assert asset.content_type == "image/svg+xml"
    assert b"<path" in asset.body


def test_the_sample_page_shows_the_line_that_works(served: Running) -> None:
    page = httpx.get(f"{served.url}/sample-school").text
    assert f"{served.url}/embed.js" in page
    assert '<script src="/embed.js" async crossorigin></script>' in page


def test_only_approved_sites_may_frame_the_chat(embedded: Running) -> None:
    policy = httpx.get(f"{embedded.url}/chat").headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {embedded.url} {SCHOOL}")


@pytest.mark.parametrize("path", ["/", "/privacy", "/embed/check", "/call-back", "/desk/sign-in"])
def test_nothing_else_may_be_framed(embedded: Running, path: str) -> None:
    policy = httpx.get(f"{embedded.url}{path}").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'none'")
