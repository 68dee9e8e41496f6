"""Data keys: one for each case, meeting, conversation and alert, wrapped by the master key."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from assistant.store.columns import AlertBase, At, CaseBase, Code, Key, RowId, Sealed


class DataKeyColumns:
    """The key of everything that hangs on one record; with this row its words are gone for good.

    ``wrapped`` is the key's envelope under the master key ``wrapped_under``. The owner is the pair
    of ``store.key_owners``.
    """

    __tablename__ = "data_key"

    id: Mapped[RowId]
    owner_kind: Mapped[Code]
    owner_id: Mapped[Key]
    wrapped: Mapped[Sealed]
    wrapped_under: Mapped[str] = mapped_column(String(32), index=True)
    made_at: Mapped[At]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[UniqueConstraint, ...]:
        """One owner, one key."""
        return (UniqueConstraint("owner_kind", "owner_id"),)


class DataKey(DataKeyColumns, CaseBase):
    """Data keys of the case database."""


class AlertDataKey(DataKeyColumns, AlertBase):
    """Data keys of the alerts database, which must open while the other one does not."""
