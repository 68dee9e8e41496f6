"""Passwords are kept as argon2id hashes."""

from __future__ import annotations

from argon2 import PasswordHasher

from assistant.security.passwords import hash_password, needs_new_hash, password_matches


def test_a_password_fits_its_own_hash_alone() -> None:
    stored = hash_password("correct horse battery")
    assert stored.startswith("$argon2id$")
    assert password_matches(stored, "correct horse battery")
    assert not password_matches(stored, "correct horse batterz")


def test_nobodys_password_never_fits_and_costs_the_same_work() -> None:
    assert not password_matches(None, "the password of nobody")


def test_a_damaged_hash_fits_nothing() -> None:
    assert not password_matches("not a hash", "anything")


def test_a_password_of_any_characters_and_length_is_taken() -> None:
    odd = "\ud800\0😡" * 10_000
    assert password_matches(hash_password(odd), odd)


def test_a_weaker_hash_is_recognised() -> None:
    assert needs_new_hash(PasswordHasher(time_cost=1).hash("correct horse battery"))
    assert not needs_new_hash(hash_password("correct horse battery"))
