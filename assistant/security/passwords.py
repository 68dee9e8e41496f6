"""argon2id (RFC 9106, the low-memory recommendation of argon2-cffi) for desk passwords."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

FEWEST_CHARACTERS = 12
MOST_CHARACTERS = 200

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the salted hash in the PHC format."""
    return _hasher.hash(_bytes(password))


def password_matches(stored: str | None, given: str) -> bool:
    """Return whether the password fits; nobody's hash (None) takes as long and never fits."""
    try:
        fits = _hasher.verify(stored or _nobody(), _bytes(given))
    except (VerificationError, InvalidHashError):
        return False
    return fits and stored is not None


def needs_new_hash(stored: str) -> bool:
    """Return whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("the password of nobody")


def _bytes(password: str) -> bytes:
    """Cut what no honest person types, so that length is no lever on the server."""
    return password[:MOST_CHARACTERS].encode("utf-8", "surrogatepass")
