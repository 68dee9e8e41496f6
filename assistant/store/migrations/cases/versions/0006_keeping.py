"""Keys of cases, holds and what was removed."""

from __future__ import annotations

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Keys of cases, holds and what was removed."""
