"""The parent's record pages, gathered on their blueprint: routes are added by being imported."""

from __future__ import annotations

from assistant.web import receipt_page, record_appeal, record_moving, record_offers
from assistant.web.record_pages import blueprint

__all__ = ["blueprint", "receipt_page", "record_appeal", "record_moving", "record_offers"]
