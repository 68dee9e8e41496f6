"""The OpenAPI document is true of the three real processes, not of the web process alone."""

from __future__ import annotations

from pathlib import Path

from assistant.running.stack import Stack
from tests.web.contract import assert_the_document_is_true


def test_the_document_is_true_of_the_whole(stack: Stack, tmp_path: Path) -> None:
    assert_the_document_is_true(stack.url, tmp_path, examples=15)
