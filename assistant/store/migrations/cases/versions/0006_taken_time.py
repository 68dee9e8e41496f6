"""What is taken is read from one index."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Let an index hold all that is asked to know what is free."""
    op.drop_index(op.f("ix_meeting_starts_at"), table_name="meeting")
    op.create_index(
        "ix_meeting_taken_time",
        "meeting",
        ["starts_at", "host_id", "status", "cells", "room_id", "interpreter_id", "id"],
        unique=False,
    )
