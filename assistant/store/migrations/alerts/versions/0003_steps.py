"""What leads do with an alert, and whom it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Add the columns and tables; an alert that was acknowledged is being acted on."""
    for column in (
        sa.Column("state", sa.String(length=40), nullable=False, server_default="waiting"),
        sa.Column("repeats", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("about_adult", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("lado_told_on", sa.Date(), nullable=True),
        sa.Column("moved_by", sa.String(length=64), nullable=True),
    ):
        op.add_column("alert", column)
    op.execute("UPDATE alert SET state = 'acting' WHERE acknowledged_at IS NOT NULL")
    op.create_table(
        "alert_subject",
        sa.Column("alert_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_subject_alert_id_alert")
        ),
        sa.PrimaryKeyConstraint("alert_id", "staff_id", name=op.f("pk_alert_subject")),
    )
    op.create_table(
        "done_request",
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.String(length=200), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_done_request")),
    )
    op.create_index(op.f("ix_outbox_given_up_at"), "outbox", ["given_up_at"], unique=False)
