"""Second factors, passkeys and outside accounts."""

from __future__ import annotations

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Second factors, passkeys and outside accounts."""
