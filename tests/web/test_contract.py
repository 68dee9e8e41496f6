"""Somebody else's client, Schemathesis, finds that the OpenAPI document is true."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.contract import assert_the_document_is_true

if TYPE_CHECKING:
    from tests.web.running import Running

pytestmark = pytest.mark.slow


def test_the_document_is_true(served: Running, tmp_path: Path) -> None:
    assert_the_document_is_true(served.url, tmp_path, examples=25)


def test_the_document_is_open_api_3_1(served: Running) -> None:
    document = httpx.get(f"{served.url}/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/api/v1/conversations",
        "/api/v1/conversations/{conversation}",
        "/api/v1/conversations/{conversation}/messages",
        "/healthz",
    }
