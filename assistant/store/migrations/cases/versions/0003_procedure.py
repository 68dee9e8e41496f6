"""Cases follow the procedure of their kind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Cases follow the procedure of their kind."""
    op.add_column("case_file", sa.Column("paused_from", sa.String(length=40), nullable=True))
    op.add_column("case_file", sa.Column("escalate_by", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("redirected_to", sa.String(length=40), nullable=True))
    op.add_column("case_file", sa.Column("incident_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("lateness", sa.String(length=40), nullable=True))
    op.add_column("case_deadline", sa.Column("stopped_on", sa.Date(), nullable=True))
