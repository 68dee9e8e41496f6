"""Parent and staff write to each other."""

from __future__ import annotations

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Parent and staff write to each other."""
