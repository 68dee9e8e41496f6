"""Grants say who gave them and why they ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Grants say who gave them and why they ended."""
    by = sa.Column("granted_by", sa.String(length=64), nullable=False, server_default="schoolgate")
    op.add_column("case_access", by)
    op.create_table(
        "ended_access",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("granted_by", sa.String(length=64), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("ended_by", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_ended_access_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_ended_access_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_access")),
    )
    op.create_index(op.f("ix_ended_access_case_id"), "ended_access", ["case_id"], unique=False)
