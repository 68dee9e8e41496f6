"""Messages that were given up are found quickly."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """Index when a message was given up."""
    op.create_index(op.f("ix_outbox_given_up_at"), "outbox", ["given_up_at"], unique=False)
