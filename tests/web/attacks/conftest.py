"""A school under attack: its desk, and its application in a thread, with a brain that echoes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from assistant.chat.brain_client import BrainMessage, Button
from assistant.evaluation.matrix.serving import PlainBrain, served
from tests.web.desk_stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanic import Sanic

    from assistant.chat.brain_client import BrainTurn


class EchoingBrain(PlainBrain):
    """Says whatever it is told, wherever a brain can say something."""

    async def turn(self, turn: BrainTurn) -> list[BrainMessage]:
        """Return the words as a reply, as a reason, and on a button."""
        words = turn.text or "again"
        return [
            BrainMessage(
                text=words,
                buttons=[Button(title=words[:200], payload="/go_on")],
                custom={"channel": "staff", "reason": words},
            )
        ]


@dataclass
class Target:
    """The school, and the application that serves it, which a test may break on purpose."""

    stage: Stage
    app: Sanic[Any, Any]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    stage = Stage.build(tmp_path_factory.mktemp("attacked") / "data")
    with served(stage.desk, EchoingBrain()) as (url, app):
        stage.url = url
        yield Target(stage, app)
