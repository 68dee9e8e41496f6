"""Namings that alerts are still to hear of; terms whose figures are gone with their cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """Make the table and the column; every term of before still has its figures."""
    op.create_table(
        "naming_wish",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=200), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming_wish")),
    )
    op.create_index(
        op.f("ix_naming_wish_conversation_id"), "naming_wish", ["conversation_id"], unique=False
    )
    op.add_column("settled_term", sa.Column("removed_at", Instant(), nullable=True))
