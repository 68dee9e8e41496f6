"""The draft of a parent's points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """Make the table of drafts."""
    op.create_table(
        "point_draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_point_draft_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_draft")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_point_draft_conversation_id")),
    )
