"""HMAC-SHA256 (RFC 2104) for tokens: the database keeps only digests, never a token."""

from __future__ import annotations

import base64
import hashlib
import hmac

TOKEN_BYTES = 16
"""128 bits: no memory-hard hash is needed, and none can be used to tire the server."""


def token_digest(key: bytes, purpose: str, token: str) -> str:
    """Return what is stored of a token; ``purpose`` keeps one kind from opening another."""
    words = f"{purpose}|{token}".encode("utf-8", "surrogatepass")
    return hmac.new(key, words, hashlib.sha256).hexdigest()


def record_token(key: bytes, kind: str, record_id: str) -> str:
    """Return the secret-link token of a record: 128 bits, the same each time.

    Derived rather than drawn, so that a repeated request returns the same receipt although only
    ``token_digest`` of it is stored.
    """
    whole = hmac.new(key, f"record link|{kind}|{record_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(whole[:TOKEN_BYTES]).decode().rstrip("=")


def first_message_token(key: bytes, begun_by: str) -> str:
    """Return the token of the conversation that a form begins: 128 bits, the same each time.

    As secret as the form's own key, which a page was given and nobody else.
    """
    words = f"first message|{begun_by}".encode("utf-8", "surrogatepass")
    whole = hmac.new(key, words, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(whole[:TOKEN_BYTES]).decode().rstrip("=")


def receipt_secret(key: bytes, case_id: str) -> bytes:
    """Return the 80 bits of a case's receipt, the same each time; derived as the link is."""
    return hmac.new(key, f"receipt|{case_id}".encode(), hashlib.sha256).digest()[:10]


def receipt_digest(key: bytes, receipt: str) -> str:
    """Return the stored form of a receipt in its canonical spelling."""
    return token_digest(key, "receipt", receipt)


def link_digest(key: bytes, token: str) -> str:
    """Return the stored form of a secret-link token (columns ``token_digest``)."""
    return token_digest(key, "record link", token)
