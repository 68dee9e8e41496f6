"""Passwords whose hash costs next to nothing, for tests that only need somebody signed in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from assistant.security import passwords

if TYPE_CHECKING:
    from collections.abc import Iterator

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Let this process hash so; a hash of another price still fits its password."""
    dear, passwords._hasher = passwords._hasher, CHEAP
    passwords._nobody.cache_clear()
    try:
        yield
    finally:
        passwords._hasher = dear
        passwords._nobody.cache_clear()
