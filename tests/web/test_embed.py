"""The one line that a school puts on its site."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.web.running import stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx as client

    from tests.web.running import Running

import httpx

pytestmark = pytest.mark.slow

TWO_KILOBYTES = 2_048
SCHOOL = "https://www.school.example"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with stack(tmp_path_factory.mktemp("embedded"), embed_origins=SCHOOL) as running:
        yield running


def test_the_loader_is_small_and_may_be_loaded_by_any_site(visitor: client.Client) -> None:
    loader = visitor.get("/embed.js")
    assert loader.status_code == 200
    assert "javascript" in loader.headers["content-type"]
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(gzip.compress(loader.content)) <= TWO_KILOBYTES


def test_the_sample_page_shows_the_line_that_works(served: Running) -> None:
    page = httpx.get(f"{served.url}/sample-school").text
    assert f"{served.url}/embed.js" in page
    assert '<script src="/embed.js" async crossorigin></script>' in page


def test_only_approved_sites_may_frame_the_chat(embedded: Running) -> None:
    policy = httpx.get(f"{embedded.url}/chat").headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {embedded.url} {SCHOOL}")


@pytest.mark.parametrize("path", ["/", "/privacy", "/call-back", "/desk/sign-in"])
def test_nothing_else_may_be_framed(embedded: Running, path: str) -> None:
    policy = httpx.get(f"{embedded.url}{path}").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'none'")
