"""Help and the way out: one tap away on every page of a parent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.meeting_journey import ABOUT, HOW, WHO, Journey

if TYPE_CHECKING:
    import httpx

    from tests.web.desk_stage import Stage

pytestmark = pytest.mark.slow

CARD = re.compile(r'<details class="[^"]*help-card"[^>]*id="help"[^>]*>.*?</details>', re.DOTALL)


def assert_helps(page: httpx.Response) -> None:
    card = CARD.search(page.text)
    assert card, page.url
    numbers = re.findall(r'href="(?:tel|sms):(\d+)"', card[0])
    assert {"999", "08001111", "01632960300"} <= set(numbers)
    assert page.text.index('id="exit"') < page.text.index("<main")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/chat", "/talk-first", "/person", "/meet", "/call-back", "/data-protection",
        "/come-back", "/privacy", "/meet/abc", "/r/abc", "/no-such-page",
    ],
)  # fmt: skip
def test_it_is_on_every_page_that_needs_no_chat(visitor: httpx.Client, path: str) -> None:
    assert_helps(visitor.get(path))


def test_the_way_out_of_a_frame_leaves_the_whole_page_also_after_a_fault(
    visitor: httpx.Client,
) -> None:
    assert 'target="_top"' in visitor.get("/chat/no-such-page").text
    assert 'target="_top"' not in visitor.get("/no-such-page").text


def test_the_desk_has_neither(visitor: httpx.Client) -> None:
    assert not CARD.search(visitor.get("/desk/no-such-page").text)


@pytest.mark.parametrize("page", ["", "/receipt", "/move"])
def test_it_is_on_the_pages_of_a_record(stage: Stage, page: str) -> None:
    booked = stage.meeting("one")
    with stage.visitor() as parent:
        assert_helps(parent.get(f"/r/{booked.token}{page}"))


def test_it_is_on_every_step_of_booking(stage: Stage) -> None:
    with stage.visitor() as parent:
        journey = Journey(parent)
        for answers in (ABOUT, WHO, HOW):
            journey.send(**answers)
            assert_helps(parent.get(journey.at))
