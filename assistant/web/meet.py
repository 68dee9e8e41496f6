"""The booking pages, gathered on their blueprint: the routes are added by being imported."""

from __future__ import annotations

from assistant.web import meet_check_pages, meet_pages, meet_time_pages
from assistant.web.meet_frame import blueprint

__all__ = ["blueprint", "meet_check_pages", "meet_pages", "meet_time_pages"]
