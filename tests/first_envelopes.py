"""Envelopes as Schoolgate made them before there were data keys."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant.security.keys import Keys
from assistant.services.desk import Desk


def first_envelope(desk: Desk, text: str, place: str) -> bytes:
    """Return ``text`` sealed for ``table|column|row`` with the master key itself."""
    nonce = os.urandom(12)
    master = Keys.load_or_create(desk.settings.data).master
    return b"\x01" + nonce + AESGCM(master).encrypt(nonce, text.encode(), place.encode())
