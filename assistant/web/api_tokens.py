"""Bearer tokens of the API: a conversation's token with our HMAC-SHA256 mark (RFC 2104, RFC 6750).

The mark tells a token that we never gave out (401) from one of another or a forgotten
conversation (404), without asking the database, which forgets on request.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING

from assistant.security.tokens import token_digest

if TYPE_CHECKING:
    from assistant.security.keys import Keys

MARK_CHARACTERS = 32
"""128 bits, in hexadecimal."""

_BEARER = re.compile(r"Bearer +([A-Za-z0-9_-]{1,100})\.([0-9a-f]{32})", re.IGNORECASE)


def marked(keys: Keys, token: str) -> str:
    """Return what the API gives out for a conversation's ``token``."""
    return f"{token}.{_mark(keys, token)}"


def token_of(keys: Keys, authorization: str) -> str | None:
    """Return the conversation's token in the header, None unless we gave it out."""
    bearer = _BEARER.fullmatch(authorization.strip())
    if bearer and hmac.compare_digest(bearer[2].lower(), _mark(keys, bearer[1])):
        return bearer[1]
    return None


def _mark(keys: Keys, token: str) -> str:
    return token_digest(keys.lookup, "api bearer", token)[:MARK_CHARACTERS]
