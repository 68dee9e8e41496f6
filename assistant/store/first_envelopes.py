"""Rows that were sealed before there were data keys: found, and sealed again."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, exists, func, or_, select

import assistant.store
from assistant.security.sealing import FIRST, SealBrokenError, key_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import DeclarativeBase

    from assistant.store.columns import Row
    from assistant.store.history import HistoryTables
    from assistant.store.unit_of_work import UnitOfWork

AT_A_TIME = 200


def sealed_tables(base: type[DeclarativeBase], tables: HistoryTables) -> list[type[Any]]:
    """Return every mapped table of a database whose sealed columns can be sealed again.

    Not the history's details: the chain binds their envelopes as they are.
    """
    for module in pkgutil.iter_modules(assistant.store.__path__):
        if module.name.endswith("tables"):
            importlib.import_module(f"assistant.store.{module.name}")
    mapped: list[type[Any]] = [mapper.class_ for mapper in base.registry.mappers]
    left_out = {tables.detail, tables.key}
    return [each for each in mapped if each not in left_out and sealed_columns(each)]


def sealed_columns(table: type[Any]) -> list[str]:
    """Return the names of a table's sealed columns."""
    columns = table.__table__.columns
    return [each.name for each in columns if isinstance(each.type, LargeBinary)]


def seal_again(work: UnitOfWork, table: type[Any], after: str) -> tuple[int, str, int]:
    """Seal first envelopes of rows that are named after ``after`` with the keys of their records.

    Returns how many rows, the last one (empty when none was left), and how many would not open.
    """
    names = sealed_columns(table)
    first = or_(*(is_first(getattr(table, name)) for name in names))
    wanted = select(table).where(first, table.id > after).order_by(table.id).limit(AT_A_TIME)
    rows = work.session.scalars(wanted.with_for_update()).all()
    broken = sum(not _seal_row(work, row, names) for row in rows)
    return len(rows) - broken, rows[-1].id if rows else "", broken


def has_first_details(work: UnitOfWork, tables: HistoryTables) -> bool:
    """Tell whether the history holds details that were sealed before there were data keys."""
    return bool(work.session.scalar(select(exists().where(is_first(tables.detail.details)))))


def is_first(column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
    """Return the condition that a sealed column holds a first envelope."""
    return func.substr(column, 1, 1, type_=LargeBinary()) == FIRST


def _seal_row(work: UnitOfWork, row: Row, names: list[str]) -> bool:
    """Tell whether all of the row could be opened; a row that could not stays as it is."""
    envelopes = [(name, getattr(row, name)) for name in names]
    try:
        for name, envelope in envelopes:
            if envelope is not None and key_of(envelope) is None:
                work.seal(row, name, work.unseal(row, name))
    except SealBrokenError:
        work.session.expire(row)
        return False
    return True
