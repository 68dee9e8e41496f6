"""The parent's record pages, gathered on their blueprint: routes are added by being imported."""

from __future__ import annotations

from assistant.web import record_moving, record_offers
from assistant.web.record_pages import blueprint

__all__ = ["blueprint", "record_moving", "record_offers"]
