"""A form that is sent again finds the chat that it began."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    """Let each token open one conversation."""
    op.create_index(
        op.f("ix_conversation_token_digest"), "conversation", ["token_digest"], unique=True
    )
