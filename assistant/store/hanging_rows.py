"""Delete a record with every row that hangs on it, also in tables that nobody thought of.

What hangs on a record is told by the columns that also tell whose key seals a row
(``key_owners``), and by foreign keys. History stays: its triggers refuse, and its chain needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.columns import AlertBase, CaseBase
from assistant.store.key_owners import ALSO, BY_COLUMN, BY_KIND, RECORDS
from assistant.store.ledger import (
    AlertHistoryDetail,
    AlertHistoryEvent,
    DoneRequest,
    HistoryDetail,
    HistoryEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, ForeignKey, Table
    from sqlalchemy.orm import Session

ALERT = "alert"
LEFT_ALONE = {HistoryEvent.__tablename__, HistoryDetail.__tablename__, "data_key"}


def delete_record(session: Session, kind: str, record_id: str) -> None:
    """Delete the record of ``kind`` (``case``, ``meeting`` or ``alert``) and what hangs on it.

    Another record that points at it is kept, and points at nothing.
    """
    root = next(table for table, named in RECORDS.items() if named == kind)
    metadata = (AlertBase if kind == ALERT else CaseBase).metadata
    hanging = {root: metadata.tables[root].c.id == record_id}
    tables = [each for each in metadata.sorted_tables if each.name not in LEFT_ALONE]
    for table in tables:
        if table.name not in RECORDS:
            conditions = list(_ways_to_hang(table, kind, record_id, hanging))
            if conditions:
                hanging[table.name] = or_(*conditions)
    for table in tables:
        for key in _pointers(table, root):
            session.execute(update(table).where(key.parent == record_id).values({key.parent: None}))
    for table in reversed(tables):
        if table.name in hanging:
            session.execute(delete(table).where(hanging[table.name]))


def drop_empty_campaigns(session: Session) -> None:
    """Delete each campaign whose last case has gone: its name hangs on no single case."""
    held = select(CampaignCase.campaign_id)
    session.execute(delete(Campaign).where(Campaign.id.not_in(held)))


def erase_details(session: Session, kind: str, record_id: str) -> None:
    """Delete the details of what happened to the record; that it happened stays."""
    of_alerts = AlertHistoryEvent, AlertHistoryDetail
    event, detail = of_alerts if kind == ALERT else (HistoryEvent, HistoryDetail)
    mine = select(event.sequence).where(event.target_kind == kind, event.target_id == record_id)
    session.execute(delete(detail).where(detail.sequence.in_(mine)))


def _ways_to_hang(
    table: Table, kind: str, record_id: str, hanging: dict[str, ColumnElement[bool]]
) -> Iterator[ColumnElement[bool]]:
    kinds = [kind, *(name for name, stands_for in ALSO.items() if stands_for == kind)]
    for column, named in BY_COLUMN:
        if named == kind and column in table.c:
            yield table.c[column] == record_id
    for kind_column, id_column in BY_KIND:
        if kind_column in table.c:
            yield table.c[kind_column].in_(kinds) & (table.c[id_column] == record_id)
    if table.name == DoneRequest.__tablename__:
        yield table.c.target_id == record_id
    for key in table.foreign_keys:
        parent = key.column.table
        if parent.name in hanging:
            yield key.parent.in_(select(key.column).where(hanging[parent.name]))


def _pointers(table: Table, root: str) -> list[ForeignKey]:
    """Return the foreign keys by which one record points at another."""
    if table.name not in RECORDS:
        return []
    return [key for key in table.foreign_keys if key.column.table.name == root]
