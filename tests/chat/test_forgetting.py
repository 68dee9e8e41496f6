"""A brain that was down when a parent wished to be forgotten forgets them when it is back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.app import build_desk
from assistant.chat.brain_client import BrainTurn, HttpBrain
from assistant.chat.forgetting import forget, forget_again
from assistant.services.clock import FixedClock
from assistant.services.forget_wishes import open_wishes
from assistant.services.start_conversation import start_conversation
from assistant.store.migrate import migrate_databases
from tests.databases import create_file
from tests.desks import TUESDAY_MORNING, close_databases, pass_time, settings_for
from tests.web.running import brain_process, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk

pytestmark = pytest.mark.asyncio


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = settings_for(tmp_path / "data", create_file(tmp_path), create_file(tmp_path))
    migrate_databases(settings)
    made = build_desk(settings)
    yield replace(
        made, clock=FixedClock(TUESDAY_MORNING), machine_clock=FixedClock(TUESDAY_MORNING)
    )
    close_databases(made)


async def test_the_wish_is_kept_while_the_brain_is_down_and_granted_when_it_is_back(
    desk: Desk,
) -> None:
    conversation, port = start_conversation(desk)[0], free_port()
    brain = HttpBrain(f"http://127.0.0.1:{port}", desk.keys.brain_key, timeout_seconds=5)
    await forget(desk, brain, conversation)
    assert await forget_again(desk, brain) == 0
    assert open_wishes(desk) == [conversation]
    pass_time(desk, minutes=1)
    with brain_process(port, desk.settings.data) as url:
        await brain.turn(BrainTurn(conversation, "t1", "shoes", None, TUESDAY_MORNING, 1, None, ()))
        seen = f"{url}/seen/{conversation}"
        assert (await brain.client.get(seen)).json()
        assert await forget_again(desk, brain) == 1
        assert (await brain.client.get(seen)).json() == []
    assert open_wishes(desk) == []
    await brain.close()
