"""A data key for each record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Make the table of the data keys; rows sealed before it open as they are."""
    op.create_table(
        "data_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_under", sa.String(length=32), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_key")),
        sa.UniqueConstraint("owner_kind", "owner_id", name=op.f("uq_data_key_owner_kind_owner_id")),
    )
    op.create_index(op.f("ix_data_key_wrapped_under"), "data_key", ["wrapped_under"], unique=False)
