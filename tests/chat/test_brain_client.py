"""The client of the brain, against a server that follows the connector's contract."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from assistant.chat.brain_client import BrainTurn, BrainUnavailable, HttpBrain
from assistant.security.keys import Keys
from tests.web.running import brain_process, free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = pytest.mark.asyncio


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def brain_url(data: Path) -> Iterator[str]:
    with brain_process(free_port(), data) as url:
        yield url


@pytest_asyncio.fixture
async def brain(brain_url: str, data: Path) -> AsyncIterator[HttpBrain]:
    client = HttpBrain(brain_url, Keys.load_or_create(data).brain_key, timeout_seconds=1)
    yield client
    await client.close()


def turn(text: str, turn_id: str = "t1") -> BrainTurn:
    now = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
    return BrainTurn("c1", turn_id, text, None, now, expects="child", net=("threat?",))


async def test_a_turn_comes_back_as_messages(brain: HttpBrain) -> None:
    (message,) = await brain.turn(turn("shoes"))
    assert message.custom["channel"] == "staff"
    assert message.buttons[0].payload == "/book_meeting"
    assert await brain.is_ready()


@pytest.mark.parametrize("text", ["break", "be slow"])
async def test_a_failing_or_late_brain_is_unavailable_within_the_limit(
    brain: HttpBrain, text: str
) -> None:
    started = time.monotonic()
    with pytest.raises(BrainUnavailable):
        await brain.turn(turn(text, text))
    assert time.monotonic() - started < 2


async def test_a_wrong_key_is_unavailable(brain_url: str) -> None:
    stranger = HttpBrain(brain_url, "wrong", timeout_seconds=1)
    with pytest.raises(BrainUnavailable):
        await stranger.turn(turn("hello"))
    await stranger.close()


async def test_nobody_at_the_port_is_unavailable_after_one_more_try() -> None:
    nobody = HttpBrain(f"http://127.0.0.1:{free_port()}", "key", timeout_seconds=2)
    with pytest.raises(BrainUnavailable):
        await nobody.turn(turn("hello"))
    assert not await nobody.is_ready()
    await nobody.close()


async def test_a_brain_that_starts_during_the_wait_answers(data: Path) -> None:
    """A restart refuses connections for a moment; the parent does not notice."""
    port = free_port()
    client = HttpBrain(f"http://127.0.0.1:{port}", Keys.load_or_create(data).brain_key, 8)
    with brain_process(port, data):
        assert await client.turn(turn("hello"))
    await client.close()
