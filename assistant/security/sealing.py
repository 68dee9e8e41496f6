"""AES-256-GCM for single fields, bound to the row that they belong to (NIST SP 800-38D).

The associated data is table, column and row id, so that a sealed value copied to another row or
column no longer opens. Envelope of today: the byte 2, 16 bytes that name the key, 12 bytes of
nonce, ciphertext with its tag. The first envelopes (byte 1) named no key; they still open.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIRST, NAMED = b"\x01", b"\x02"
KEY_ID_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = {FIRST: 1, NAMED: 1 + KEY_ID_BYTES}


class SealBrokenError(Exception):
    """A sealed value was altered, moved to another row, or sealed with another key."""


class KeyGoneError(SealBrokenError):
    """The key of a sealed value was destroyed, or never was in this installation."""


class Sealer:
    """Seals and opens text with one key; ``key_id`` is its name, 32 hexadecimal digits."""

    def __init__(self, key: bytes, key_id: str) -> None:
        self._cipher = AESGCM(key)
        self._header = NAMED + bytes.fromhex(key_id)
        self.key_id = key_id

    def seal(self, text: str, *, table: str, column: str, row_id: str) -> bytes:
        """Return the envelope of ``text`` for that place."""
        nonce = os.urandom(NONCE_BYTES)
        bound = self._header + _place(table, column, row_id)
        # Lone surrogates are not valid UTF-8, and a parent's message must never be lost to one.
        sealed = self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), bound)
        return self._header + nonce + sealed

    def unseal(self, envelope: bytes, *, table: str, column: str, row_id: str) -> str:
        """Return the text; raises ``SealBrokenError`` when it does not belong to that place."""
        place = _place(table, column, row_id)
        bound = place if key_of(envelope) is None else envelope[: len(self._header)] + place
        start = HEADER_BYTES[envelope[:1]]
        nonce, sealed = envelope[start : start + NONCE_BYTES], envelope[start + NONCE_BYTES :]
        try:
            opened = self._cipher.decrypt(nonce, sealed, bound)
        except InvalidTag as problem:
            message = f"the seal of {table}.{column} is broken"
            raise SealBrokenError(message) from problem
        return opened.decode("utf-8", "surrogatepass")


def key_of(envelope: bytes) -> str | None:
    """Return the name of the key of an envelope, None for a first envelope, which names none.

    Raises ``SealBrokenError`` for what is no envelope.
    """
    header = HEADER_BYTES.get(envelope[:1])
    if header is None or len(envelope) < header + NONCE_BYTES + TAG_BYTES:
        message = "this is no envelope of version 1 or 2"
        raise SealBrokenError(message)
    return None if header == 1 else envelope[1:header].hex()


def _place(table: str, column: str, row_id: str) -> bytes:
    return f"{table}|{column}|{row_id}".encode()
