"""A sealed value opens in its own place and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.security.sealing import SealBrokenError, Sealer

SEALER = Sealer(b"k" * 32)
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


@pytest.mark.parametrize("envelope", [b"", b"\x01", b"\x02" + b"0" * 40])
def test_what_is_no_envelope_does_not_open(envelope: bytes) -> None:
    with pytest.raises(SealBrokenError):
        SEALER.unseal(envelope, **PLACE)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBrokenError):
        Sealer(b"x" * 32).unseal(SEALER.seal("words", **PLACE), **PLACE)
