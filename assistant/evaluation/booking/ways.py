"""Three ways to book: ours, and the two that booking systems use, written for this measurement.

The controls do what is read in open booking systems: look for an overlap first and insert
afterwards, in two transactions, with or without a unique index over host, start and end. They
have the same engine as ours, so that neither gains by a setting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.casework.kinds import Channel, MeetingMode, MeetingStatus
from assistant.evaluation.booking.stage import RULES, close, host_id
from assistant.services.book_meeting import book_meeting
from assistant.services.meeting_errors import SlotTaken
from assistant.services.shapes import Child, Contact, Needs
from assistant.store.columns import Instant
from assistant.store.engine import READ_ONLY
from assistant.store.meeting_tables import Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from assistant.evaluation.booking.stage import Stage
    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt

Span = tuple[datetime, datetime]
"""A meeting with its buffer: from its start until its host is free again."""

Book = Callable[[int, datetime], object]
"""Books for a parent, a number, at a start; raises ``SlotTaken`` when the time is gone."""

OURS = "ours"
HOST = host_id(0)
LENGTH = timedelta(minutes=RULES.minutes)
BUFFER = timedelta(minutes=RULES.buffer_minutes)
PARENT = Contact("Sam Parent", "07700 900123", "sam@parent.example")
CHILD = Child("Robin", 4, "4B")

controls = MetaData()


def _control_table(name: str, *, unique: bool) -> Table:
    table = Table(
        name,
        controls,
        Column("id", Integer, primary_key=True),
        Column("host", String(40), nullable=False),
        Column("starts_at", Instant(), nullable=False),
        Column("free_from", Instant(), nullable=False),
    )
    columns = (table.c.host, table.c.starts_at, table.c.free_from)
    Index(f"ix_{name}", *columns, unique=unique)
    return table


CHECK_THEN_INSERT = _control_table("control_checked", unique=False)
UNIQUE = _control_table("control_unique", unique=True)


@dataclass(frozen=True)
class Way:
    """A way to book; ``table`` is None for ours."""

    table: Table | None

    def prepare(self, stage: Stage) -> None:
        """Make the control's table."""
        if self.table is not None:
            engine = stage.engine()
            controls.create_all(engine)
            engine.dispose()

    def open(self, stage: Stage) -> Book:
        """Return this process's way to book."""
        if self.table is None:
            return partial(book_as_parent, stage.open(), HOST)
        return partial(_book_control, stage.engine(), self.table)


WAYS: Mapping[str, Way] = {
    OURS: Way(None),
    "check, then insert": Way(CHECK_THEN_INSERT),
    "unique (host, start, end)": Way(UNIQUE),
}


def book_as_parent(
    desk: Desk,
    host: str,
    parent: int | str,
    starts_at: datetime,
    mode: MeetingMode = MeetingMode.IN_PERSON,
) -> MeetingReceipt:
    """Book with ``host`` through the real service; each ``parent`` books once."""
    return book_meeting(
        desk,
        idempotency_key=f"parent {parent}",
        conversation_id=None,
        channel=Channel.STAFF,
        host_id=host,
        starts_at=starts_at,
        mode=mode,
        contact=PARENT,
        child=CHILD,
        needs=Needs(),
        note="about reading at home",
        subjects=frozenset(),
    )


def stored_spans(stage: Stage, way: str) -> list[Span]:
    """Return the meetings that stand at the end, soonest first."""
    table = WAYS[way].table
    if table is None:
        return _our_spans(stage)
    engine = stage.engine()
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        rows = connection.execute(select(table.c.starts_at, table.c.free_from)).all()
    engine.dispose()
    return sorted((start, end) for start, end in rows)


def _our_spans(stage: Stage) -> list[Span]:
    desk = stage.open()
    booked = select(Meeting).where(Meeting.status == MeetingStatus.BOOKED.value)
    with desk.unit_of_work(read_only=True) as work:
        spans = [(each.starts_at, each.ends_at + BUFFER) for each in work.session.scalars(booked)]
    close(desk)
    return sorted(spans)


def _book_control(engine: Engine, table: Table, _parent: int, starts_at: datetime) -> None:
    free_from = starts_at + LENGTH + BUFFER
    overlap = select(table.c.id).where(
        table.c.host == HOST, table.c.starts_at < free_from, table.c.free_from > starts_at
    )
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        if connection.execute(overlap).first():
            raise SlotTaken
    row = {"host": HOST, "starts_at": starts_at, "free_from": free_from}
    try:
        with engine.begin() as connection:
            connection.execute(insert(table), row)
    except IntegrityError as problem:
        raise SlotTaken from problem
