"""Searching and saved views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Make the tables; the web process fills the words of older records when it starts."""
    op.create_table(
        "search_token",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("token", "record_kind", "record_id", name=op.f("pk_search_token")),
    )
    op.create_index(
        op.f("ix_search_token_record_kind_record_id"), "search_token", ["record_kind", "record_id"]
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_saved_view_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_staff_id"), "saved_view", ["staff_id"])
    op.create_index(
        op.f("ix_case_deadline_case_id_met_at_due_on"),
        "case_deadline",
        ["case_id", "met_at", "due_on"],
    )
