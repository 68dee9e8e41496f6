"""Tokens: 128 bits, of which only digests are stored."""

from __future__ import annotations

import base64

from assistant.security.tokens import TOKEN_BYTES, link_digest, record_token, token_digest

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def test_a_link_token_has_128_bits_and_is_the_same_each_time() -> None:
    token = record_token(KEY, "case", "a1")
    assert token == record_token(KEY, "case", "a1")
    assert len(base64.urlsafe_b64decode(token + "==")) == TOKEN_BYTES == 16


def test_every_record_kind_and_key_has_another_link() -> None:
    tokens = {
        record_token(key, kind, record)
        for key in (KEY, OTHER_KEY)
        for kind in ("case", "meeting")
        for record in ("a1", "a2")
    }
    assert len(tokens) == 8


def test_what_is_stored_of_a_token_is_not_the_token() -> None:
    token = record_token(KEY, "case", "a1")
    assert token not in link_digest(KEY, token)
    assert link_digest(KEY, token) != link_digest(OTHER_KEY, token)


def test_one_purpose_never_opens_another() -> None:
    assert token_digest(KEY, "desk session", "t") != token_digest(KEY, "one-time login", "t")


def test_a_token_of_any_characters_has_a_digest() -> None:
    assert len(token_digest(KEY, "desk session", "\ud800\0")) == 64
