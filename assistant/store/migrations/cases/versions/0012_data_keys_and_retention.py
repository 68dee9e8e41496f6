"""A data key for each record; how long records stay, and what was removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Make the tables; rows sealed before there were data keys open as they are."""
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
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_by", sa.String(length=64), nullable=False),
        sa.Column("placed_at", Instant(), nullable=False),
        sa.Column("lifted_by", sa.String(length=64), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(
        op.f("ix_legal_hold_record_kind_record_id"),
        "legal_hold",
        ["record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "longer_kept",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=64), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_longer_kept_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_longer_kept")),
    )
    op.create_table(
        "removed_record",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("reference_digest", sa.String(length=64), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("removed_by", sa.String(length=200), nullable=False),
        sa.Column("removed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_record")),
    )
    for column in ("reference_digest", "removed_at"):
        op.create_index(
            op.f(f"ix_removed_record_{column}"), "removed_record", [column], unique=False
        )
    op.create_table(
        "removed_reader",
        sa.Column("removed_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["removed_id"],
            ["removed_record.id"],
            name=op.f("fk_removed_reader_removed_id_removed_record"),
        ),
        sa.PrimaryKeyConstraint("removed_id", "staff_id", name=op.f("pk_removed_reader")),
    )
    op.create_table(
        "forget_wish",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_forget_wish")),
    )
