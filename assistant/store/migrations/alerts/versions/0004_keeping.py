"""Legal holds on alerts, and which alerts a lead removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alert_hold",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("alert_id", sa.String(length=32), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_by", sa.String(length=64), nullable=False),
        sa.Column("placed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_hold_alert_id_alert")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_hold")),
        sa.UniqueConstraint("alert_id", name=op.f("uq_alert_hold_alert_id")),
    )
    op.create_table(
        "removed_alert",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("removed_by", sa.String(length=64), nullable=False),
        sa.Column("removed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_alert")),
    )
    op.create_index(
        op.f("ix_removed_alert_removed_at"), "removed_alert", ["removed_at"], unique=False
    )
    op.create_table(
        "removed_alert_reader",
        sa.Column("removed_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["removed_id"],
            ["removed_alert.id"],
            name=op.f("fk_removed_alert_reader_removed_id_removed_alert"),
        ),
        sa.PrimaryKeyConstraint("removed_id", "staff_id", name=op.f("pk_removed_alert_reader")),
    )
