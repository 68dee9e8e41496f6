"""The desk's side of talks with parents: the list, and the talk itself."""

from __future__ import annotations

from assistant.web import chats_talk
from assistant.web.chats_list import blueprint

__all__ = ["blueprint", "chats_talk"]
