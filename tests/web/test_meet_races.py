"""Many parents who confirm one time at one moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime

import pytest
from sqlalchemy import select

from assistant.store.meeting_tables import Meeting
from tests.web.desk_stage import DEPUTY, Stage
from tests.web.meeting_journey import ABOUT, DETAILS, HOW, Journey, let_every_hold_run_out

pytestmark = pytest.mark.slow

RIVALS = 8


def test_of_many_who_confirm_one_slot_at_one_time_one_wins_and_nobody_loses_words(
    stage: Stage,
) -> None:
    """Each holds the same time in turn, every hold runs out, and all press Book together."""
    with ExitStack() as open_clients:
        clients = [open_clients.enter_context(stage.visitor()) for _ in range(RIVALS)]
        race(stage, [Journey(client) for client in clients])


def race(stage: Stage, rivals: list[Journey]) -> None:
    wanted = ""
    for rival in rivals:
        rival.send(**ABOUT)
        rival.send(host=DEPUTY)
        rival.send(**HOW | {"mode": "phone"})
        wanted = wanted or rival.times()[3]
        rival.send(starts_at=wanted)
        rival.send(**DETAILS)
        let_every_hold_run_out(stage)
    with ThreadPoolExecutor(RIVALS) as pool:
        answers = list(pool.map(lambda rival: rival.send(), rivals))
    lost = [rival for rival in rivals if rival.answers[-1].status_code == 409]
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * (RIVALS - 1)
    for rival in lost:
        assert rival.answers[-1].text.count('id="instead-') == 3
        rival.send(f"{rival.base}/when", starts_at=rival.times()[0])
        assert "Dana Whitlock" in rival.page()
    with stage.desk.unit_of_work(read_only=True) as work:
        then = Meeting.starts_at == datetime.fromisoformat(wanted)
        mine = select(Meeting.id).where(then, Meeting.host_id == DEPUTY)
        assert len(work.session.scalars(mine).all()) == 1
