"""Receipts of 80 bits with a check character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.receipts import RECEIPT_BYTES, normalise_receipt, spell_receipt
from assistant.casework.references import ALPHABET

SECRETS = st.binary(min_size=RECEIPT_BYTES, max_size=RECEIPT_BYTES)


@given(SECRETS, SECRETS)
def test_two_secrets_never_share_a_receipt(one: bytes, other: bytes) -> None:
    assert (spell_receipt(one) == spell_receipt(other)) == (one == other)


@given(SECRETS)
def test_case_dashes_and_letters_that_look_like_digits_do_not_matter(secret: bytes) -> None:
    receipt = spell_receipt(secret)
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert normalise_receipt(typed) == receipt


@given(SECRETS, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(secret: bytes, place: int, wrong: str) -> None:
    letters = spell_receipt(secret).replace("-", "")
    typed = letters[:place] + wrong + letters[place + 1 :]
    assert (normalise_receipt(typed) is None) == (typed != letters)


@given(SECRETS, st.integers(0, 15))
def test_two_characters_swapped_are_noticed(secret: bytes, place: int) -> None:
    letters = spell_receipt(secret).replace("-", "")
    one, other = letters[place], letters[place + 1]
    typed = letters[:place] + other + one + letters[place + 2 :]
    assert (normalise_receipt(typed) is None) == (one != other)
