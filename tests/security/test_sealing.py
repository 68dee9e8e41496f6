"""A sealed value opens in its own place and nowhere else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from assistant.security.sealing import SealBrokenError, Sealer, key_of

KEY_ID = "ab" * 16
SEALER = Sealer(b"k" * 32, KEY_ID)
PLACE = {"table": "turn", "column": "words", "row_id": "a1"}


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert SEALER.unseal(SEALER.seal(text, **PLACE), **PLACE) == text


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert SEALER.seal("words", **PLACE) != SEALER.seal("words", **PLACE)


@pytest.mark.parametrize("elsewhere", [{"table": "alert"}, {"column": "answer"}, {"row_id": "a2"}])
def test_a_value_moved_to_another_place_does_not_open(elsewhere: dict[str, str]) -> None:
    envelope = SEALER.seal("words", **PLACE)
    with pytest.raises(SealBrokenError):
        SEALER.unseal(envelope, **(PLACE | elsewhere))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_breaks_the_seal(position: int, change: int) -> None:
    envelope = bytearray(SEALER.seal("words", **PLACE))
    envelope[position % len(envelope)] ^= change
    with pytest.raises(SealBrokenError):
        SEALER.unseal(bytes(envelope), **PLACE)


@pytest.mark.parametrize("envelope", [b"", b"\x01", b"\x02" + b"0" * 40, b"\x03" + b"0" * 60])
def test_what_is_no_envelope_does_not_open(envelope: bytes) -> None:
    with pytest.raises(SealBrokenError):
        SEALER.unseal(envelope, **PLACE)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBrokenError):
        Sealer(b"x" * 32, KEY_ID).unseal(SEALER.seal("words", **PLACE), **PLACE)


def test_an_envelope_names_its_key() -> None:
    assert key_of(SEALER.seal("words", **PLACE)) == KEY_ID


def test_an_envelope_that_is_said_to_be_of_another_key_does_not_open() -> None:
    envelope = bytearray(SEALER.seal("words", **PLACE))
    envelope[1:17] = bytes(16)
    with pytest.raises(SealBrokenError):
        SEALER.unseal(bytes(envelope), **PLACE)


def test_the_first_envelopes_which_named_no_key_still_open() -> None:
    nonce = b"n" * 12
    sealed = AESGCM(b"k" * 32).encrypt(nonce, b"words", b"turn|words|a1")
    first = b"\x01" + nonce + sealed
    assert key_of(first) is None
    assert SEALER.unseal(first, **PLACE) == "words"
    with pytest.raises(SealBrokenError):
        SEALER.unseal(first, **(PLACE | {"row_id": "a2"}))
