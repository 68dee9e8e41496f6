"""A sum that costs one browser a second and a flood hours: ALTCHA proof of work, version 2.

The browser looks for the counter whose PBKDF2-HMAC-SHA-256 key (RFC 8018) begins as we say; the
`altcha` library makes, signs (HMAC-SHA-256) and checks it. A challenge names the form that it is
for and when it ends. That it is used once is for the caller to see to, by what ``check`` returns.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import altcha

from assistant.security.tokens import token_digest

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 5_000
FEWEST_KEYS, MOST_KEYS = 100, 250
"""How many keys are tried until the right one: bounded, so that nobody is unlucky for minutes."""
SECONDS_GOOD = 1_800
MOST_CHARACTERS = 4_000
PURPOSE, FORM = "proof of work", "form"


@dataclass(frozen=True)
class ProofOfWork:
    """Challenges under two keys of this installation: one signs them, one signs the answer."""

    _signing: str = field(repr=False)
    _answering: str = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> ProofOfWork:
        """Return the one whose keys are derived from ``key``."""
        return cls(token_digest(key, PURPOSE, "challenge"), token_digest(key, PURPOSE, "answer"))

    def challenge(self, form: str, made_at: float | None = None) -> dict[str, Any]:
        """Return a fresh challenge for ``form`` as JSON; ``made_at`` is seconds since 1970."""
        made = altcha.create_challenge(
            ALGORITHM,
            ROUNDS,
            counter=FEWEST_KEYS + secrets.randbelow(MOST_KEYS - FEWEST_KEYS),
            expires_at=int((time.time() if made_at is None else made_at) + SECONDS_GOOD),
            data={FORM: form},
            hmac_secret=self._signing,
            hmac_key_secret=self._answering,
        )
        shown: dict[str, Any] = made.to_dict()
        return shown

    def check(self, proof: str, form: str) -> str | None:
        """Return the name of the challenge that ``proof`` (base64) solves, to be used once.

        None when it is not solved, has ended, is for another form, or is not one of ours.
        """
        if not proof or len(proof) > MOST_CHARACTERS:
            return None
        try:
            payload = altcha.Payload.from_base64(proof)
            result = altcha.verify_solution(payload, self._signing, hmac_key_secret=self._answering)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None  # whatever it was, it is no answer to a challenge of ours
        parameters = payload.challenge.parameters
        ours = result.verified and (parameters.data or {}).get(FORM) == form
        return str(parameters.nonce) if ours else None
