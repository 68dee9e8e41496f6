"""Before you post: a page to link from a post, and when people answer, said beforehand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.running import stack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.running import Running

pytestmark = pytest.mark.slow

THREAT = re.compile(r"police|solicitor|legal|lawyer|\bban|restrict|defam", re.IGNORECASE)


def test_the_first_words_typed_there_open_the_chat(served: Running) -> None:
    with httpx.Client(base_url=served.url, follow_redirects=True) as parent:
        page = parent.get("/talk-first")
        assert not page.cookies
        action = re.search(r'<form method="post" action="([^"]+)" class="talk-first', page.text)
        assert action
        chat = parent.post(action[1], data={"text": "two days for shoes"}).text
    assert "Book a private talk" in chat
    assert "two days for shoes" in chat


def test_nobody_is_threatened_and_the_other_ways_stand_there(served: Running) -> None:
    page = httpx.get(f"{served.url}/talk-first").text
    shown = page[page.index("<main") : page.index("</main>")]
    assert not THREAT.search(shown)
    assert {"/meet", "/call-back", "/policies/social-media"} <= set(
        re.findall('href="([^"]+)"', shown)
    )
    assert 'property="og:title"' in page


def test_it_speaks_the_language_of_its_address(served: Running) -> None:
    page = httpx.get(f"{served.url}/talk-first?lang=cy").text
    assert "Siaradwch â ni’n gyntaf" in page
    assert 'action="/?lang=cy"' in page


@pytest.mark.parametrize("path", ["/", "/chat", "/talk-first"])
def test_before_the_text_box_it_says_when_people_answer(served: Running, path: str) -> None:
    page = httpx.get(f"{served.url}{path}").text
    assert page.index("People are at school until 4.30pm today.") < page.index("<textarea")


def test_on_the_friday_before_half_term_it_says_when_people_are_back(tmp_path: Path) -> None:
    with stack(tmp_path, now="2026-10-23T18:00") as running:
        english = httpx.get(running.url).text
        welsh = httpx.get(f"{running.url}/?lang=cy").text
        answer = httpx.post(running.url, data={"text": "two days for shoes"}).text
    assert "People are back on Monday 2 November at 8am. You can write at any time." in english
    assert "Dydd Llun 2 Tachwedd am 08:00" in welsh
    assert "Book a private talk" in answer
