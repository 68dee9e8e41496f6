"""Coarse words for what somebody sits at: enough to know one's own, too little to follow anybody.

From the User-Agent header (RFC 9110, section 10.1.5), which says what it likes: nothing rests on
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.sessions import UNKNOWN_DEVICE

if TYPE_CHECKING:
    from sanic import Request

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that fits counts: most browsers also name those whom they resemble."""
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android device"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def device_words(request: Request) -> str:
    """Return words such as ``Chrome on Windows``."""
    header = request.headers.get("user-agent") or ""
    browser = _first(header, BROWSERS)
    machine = _first(header, MACHINES)
    if not browser and not machine:
        return UNKNOWN_DEVICE
    return f"{browser or 'a browser'} on {machine or 'a device'}"


def _first(header: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((words for mark, words in known if mark in header), "")
