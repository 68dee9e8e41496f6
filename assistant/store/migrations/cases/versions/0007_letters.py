"""Parent and staff write to each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Make the tables of receipts and of letters to parents."""
    op.create_table(
        "receipt_of_case",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_receipt_of_case_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_receipt_of_case")),
        sa.UniqueConstraint("case_id", name=op.f("uq_receipt_of_case_case_id")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_letter_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_letter_idempotency_key")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
