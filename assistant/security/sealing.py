"""AES-256-GCM for single fields, bound to the row that they belong to (NIST SP 800-38D).

The associated data is table, column and row id, so that a sealed value copied to another row or
column no longer opens. Envelope: one version byte, 12 bytes of nonce, ciphertext with its tag.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST = 1 + NONCE_BYTES + TAG_BYTES


class SealBrokenError(Exception):
    """A sealed value was altered, moved to another row, or sealed with another key."""


class Sealer:
    """Seals and opens text for one place in the database."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(master)

    def seal(self, text: str, *, table: str, column: str, row_id: str) -> bytes:
        """Return the envelope of ``text`` for that place."""
        nonce = os.urandom(NONCE_BYTES)
        place = _place(table, column, row_id)
        # Lone surrogates are not valid UTF-8, and a parent's message must never be lost to one.
        sealed = self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), place)
        return VERSION + nonce + sealed

    def unseal(self, envelope: bytes, *, table: str, column: str, row_id: str) -> str:
        """Return the text; raises ``SealBrokenError`` when it does not belong to that place."""
        if envelope[:1] != VERSION or len(envelope) < SHORTEST:
            message = f"{table}.{column} holds no envelope of version 1"
            raise SealBrokenError(message)
        nonce, sealed = envelope[1 : 1 + NONCE_BYTES], envelope[1 + NONCE_BYTES :]
        try:
            opened = self._cipher.decrypt(nonce, sealed, _place(table, column, row_id))
        except InvalidTag as problem:
            message = f"the seal of {table}.{column} is broken"
            raise SealBrokenError(message) from problem
        return opened.decode("utf-8", "surrogatepass")


def _place(table: str, column: str, row_id: str) -> bytes:
    return f"{table}|{column}|{row_id}".encode()
