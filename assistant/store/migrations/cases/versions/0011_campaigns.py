"""Cases on one subject, linked by a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Make the tables of campaigns."""
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("begun_by", sa.String(length=64), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_table(
        "campaign_case",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("linked_by", sa.String(length=64), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_campaign_case_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_case_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_campaign_case")),
    )
    op.create_index(
        op.f("ix_campaign_case_campaign_id"), "campaign_case", ["campaign_id"], unique=False
    )
