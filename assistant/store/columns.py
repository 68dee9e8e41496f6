"""Column types and the two declarative bases: one a database."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import JSON, DateTime, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_ROW_ID = re.compile(r"[0-9a-f]{32}")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC, without a zone on SQLite, which has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], datetime | None] | None:
        """Read in one step, as thousands are read to know what is free.

        SQLite keeps no zone, and our connections to PostgreSQL are in UTC (``open_engine``).
        """
        del coltype
        if dialect.name != "sqlite":
            return None
        read = datetime.fromisoformat
        return lambda stored: None if stored is None else read(f"{stored}+00:00")


def new_id() -> str:
    """Return a random row id of 32 hexadecimal digits: no gaps that tell of hidden rows."""
    return uuid.uuid4().hex


def is_row_id(text: str) -> bool:
    """Tell whether ``text`` could be a row's id; anything may stand in an address."""
    return _ROW_ID.fullmatch(text) is not None


RowId = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
StaffId = Annotated[str, mapped_column(String(64))]
Key = Annotated[str, mapped_column(String(200))]
Digest = Annotated[str, mapped_column(String(64))]
Code = Annotated[str, mapped_column(String(40))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
At = Annotated[datetime, mapped_column(Instant())]
Codes = Annotated[list[str], mapped_column(JSON)]


class CaseBase(DeclarativeBase):
    """Everything but alerts."""

    metadata = MetaData(naming_convention=NAMING)


class AlertBase(DeclarativeBase):
    """Safeguarding alerts, which must work while the other database does not."""

    metadata = MetaData(naming_convention=NAMING)


Row = Any
"""A mapped row of either base with an ``id``; SQLAlchemy has no common type for it."""
