"""What the program said in a talk, so that the parent's page can say it in another language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    """Add the column; what was said before stays as it was written."""
    op.add_column("live_message", sa.Column("told", sa.LargeBinary(), nullable=True))
