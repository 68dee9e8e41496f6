"""Bookings, moves and cancellations in any order and repeated at will, beside a simple model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from assistant.casework.calendar import to_utc
from assistant.casework.kinds import MeetingMode
from assistant.evaluation.booking.audit import faults, faults_of_time
from assistant.evaluation.booking.stage import RULES, SPANS, close, host_id
from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.move_meeting import move_meeting
from assistant.services.shapes import MeetingReceipt
from tests.meetings.staging import HOSTS, CopyStage, throw_away

CAP = 2
LENGTH, BUFFER = timedelta(minutes=RULES.minutes), timedelta(minutes=RULES.buffer_minutes)
DAYS = (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 29))
"""The last is the first school day of summer time."""
STARTS = st.builds(
    datetime.combine,
    st.sampled_from(DAYS),
    st.sampled_from([time(9), time(9, 5), time(9, 15), time(9, 20), time(12, 15), time(12, 20)]),
)
HOST_IDS = st.integers(0, HOSTS - 1).map(host_id)
KEYS = st.integers(0, 1_000_000).map(str)

Call = Callable[[], MeetingReceipt]


@dataclass(frozen=True)
class Told:
    """A call that was answered with a receipt, and the meeting that it was about."""

    call: Call
    meeting_id: str


@dataclass(frozen=True)
class Booked:
    """What the model knows of a meeting: ``wall`` is its start in London."""

    host: str
    wall: datetime
    reference: str
    status: str = "booked"


class Parents(RuleBasedStateMachine):
    """Parents who do what they like with two hosts; the model keeps what should stand."""

    told = Bundle("told")

    def __init__(self, copy_stage: CopyStage) -> None:
        super().__init__()
        self.stage = copy_stage()
        opened = self.stage.open()
        rules = (replace(RULES, daily_cap=CAP),)
        self.desk: Desk = replace(opened, school=replace(opened.school, meeting_rules=rules))
        self.model: dict[str, Booked] = {}
        self.keys: set[str] = set()

    @rule(target=told, host=HOST_IDS, wall=STARTS, key=KEYS)
    def book(self, host: str, wall: datetime, key: str) -> Any:
        if key in self.keys:
            return multiple()
        call = lambda: book_as_parent(  # noqa: E731 - kept
            self.desk, host, key, to_utc(wall), MeetingMode.PHONE
        )
        if not self.has_room(host, wall):
            self.is_refused(call)
            return multiple()
        self.keys.add(key)
        receipt = call()
        assert receipt.id not in self.model
        self.model[receipt.id] = Booked(host, wall, receipt.reference)
        self.says_what_stands(receipt)
        return Told(call, receipt.id)

    @rule(target=told, told=told, wall=STARTS, key=KEYS)
    def move(self, told: Told, wall: datetime, key: str) -> Any:
        meeting_id, key = told.meeting_id, f"move {len(self.keys)} {key}"
        call = lambda: move_meeting(  # noqa: E731 - kept
            self.desk, meeting_id=meeting_id, starts_at=to_utc(wall), idempotency_key=key
        )
        mine = self.model[meeting_id]
        if mine.status != "booked" or not self.has_room(mine.host, wall, besides=meeting_id):
            self.is_refused(call)
            return multiple()
        self.keys.add(key)
        self.model[meeting_id] = replace(mine, wall=wall)
        self.says_what_stands(call())
        return Told(call, meeting_id)

    @rule(target=told, told=told, key=KEYS)
    def cancel(self, told: Told, key: str) -> Any:
        meeting_id, key = told.meeting_id, f"cancel {len(self.keys)} {key}"
        call = lambda: cancel_meeting(  # noqa: E731 - kept
            self.desk, meeting_id=meeting_id, idempotency_key=key
        )
        if self.model[meeting_id].status != "booked":
            self.is_refused(call)
            return multiple()
        self.keys.add(key)
        self.model[meeting_id] = replace(self.model[meeting_id], status="cancelled")
        self.says_what_stands(call())
        return Told(call, meeting_id)

    @rule(told=told)
    def send_it_again(self, told: Told) -> None:
        receipt = told.call()
        assert receipt.id == told.meeting_id
        self.says_what_stands(receipt)

    @invariant()
    def every_cell_is_where_it_should_be(self) -> None:
        assert faults_of_time(self.desk) == []

    def teardown(self) -> None:
        assert faults(self.desk) == []
        close(self.desk)
        throw_away(self.stage)

    def has_room(self, host: str, wall: datetime, besides: str = "") -> bool:
        """Tell whether the host meets then, is free with the buffer, and may meet once more."""
        meets = any(
            datetime.combine(wall.date(), first) <= wall
            and wall + LENGTH <= datetime.combine(wall.date(), last)
            for first, last in SPANS
        )
        others = [
            each.wall
            for meeting_id, each in self.model.items()
            if (each.host, each.status) == (host, "booked") and meeting_id != besides
        ]
        free = all(abs(other - wall) >= LENGTH + BUFFER for other in others)
        return meets and free and sum(each.date() == wall.date() for each in others) < CAP

    def is_refused(self, call: Call) -> None:
        try:
            receipt = call()
        except (SlotTaken, MeetingGone):
            return
        assert receipt is None, "this should have been refused"

    def says_what_stands(self, receipt: MeetingReceipt) -> None:
        mine = self.model[receipt.id]
        expected = (mine.reference, mine.status, to_utc(mine.wall), to_utc(mine.wall) + LENGTH)
        told = (receipt.reference, receipt.status, receipt.starts_at, receipt.ends_at)
        assert told == expected


def test_whatever_parents_do_in_whatever_order_the_diary_is_right(copy_stage: CopyStage) -> None:
    few = settings(
        max_examples=12,
        stateful_step_count=16,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Parents(copy_stage), settings=few)  # type: ignore[no-untyped-call]
