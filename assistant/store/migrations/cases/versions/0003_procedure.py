"""Cases follow the procedure of their kind."""

from __future__ import annotations

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Cases follow the procedure of their kind."""
