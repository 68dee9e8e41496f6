"""Grants say who gave them and why they ended."""

from __future__ import annotations

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Grants say who gave them and why they ended."""
