"""Whether passkeys can work at the address under which the desk is reached."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sanic import Request


def passkeys_work(request: Request) -> bool:
    """Tell whether browsers bind passkeys to our address: a name by https, or ``localhost``.

    WebAuthn knows no bare numbers, so not the 127.0.0.1 of a demonstration.
    """
    parts = urlsplit(request.app.ctx.desk.settings.public_url)
    host = parts.hostname or ""
    return host == "localhost" or (parts.scheme == "https" and not _is_number(host))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
