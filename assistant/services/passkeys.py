"""What all passkey services share: whose site it is, and the handle by which it knows somebody.

Web Authentication Level 3 (W3C), by py_webauthn. A challenge is a step of signing in: kept on the
server, good for ten minutes, and used up by the first answer to it, right or wrong.
"""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from assistant.services.errors import PasskeyRefused

if TYPE_CHECKING:
    from assistant.services.desk import Desk

MOST_PASSKEYS = 10
MOST_CHARACTERS = 20_000
"""The longest answer of a browser that is read; an honest one has about two thousand."""

UNUSABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What py_webauthn raises for an answer that is wrong, and for one that is nonsense."""


def site_of(desk: Desk) -> tuple[str, str]:
    """Return the relying party's id and the origin that a browser must have seen."""
    parts = urlsplit(desk.settings.public_url)
    return parts.hostname or "", f"{parts.scheme}://{parts.netloc}"


def user_handle(desk: Desk, staff_id: str) -> bytes:
    """Return the 32 bytes that a passkey keeps of its owner; they tell nothing about them."""
    words = f"passkey user|{staff_id}".encode()
    return hmac.new(desk.keys.lookup, words, sha256).digest()


def read_answer(text: str) -> tuple[dict[str, Any], str]:
    """Return a browser's answer and the token of the challenge that it says it answers.

    Raises ``PasskeyRefused`` for anything that is no such answer.
    """
    try:
        if len(text) > MOST_CHARACTERS:
            raise PasskeyRefused
        answer = json.loads(text)
        client_data = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return answer, base64url_to_bytes(client_data["challenge"]).decode("ascii")
    except (*UNUSABLE, RecursionError) as problem:
        raise PasskeyRefused from problem
