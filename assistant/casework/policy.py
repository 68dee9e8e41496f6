"""The social media policy as data: one version after another, each for its own days.

A version that parents have read is never changed. An edit is a new version beside the old one,
which keeps its words and the day on which it was replaced.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - read when the file is loaded
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = "/policies/social-media"


@dataclass(frozen=True)
class SocialMediaPolicy:
    """One version of the policy on parents' use of social media.

    It holds from ``agreed_on`` and up to the day before ``replaced_on``, which is None for the
    version that holds now. ``gist`` is what the chat reads out; the other lists are the page:
    what the policy is for, what is not acceptable, what the school does first, what it may do.
    """

    title: str
    version: str
    agreed_on: date
    review_on: date
    gist: tuple[str, ...]
    purpose: tuple[str, ...]
    unacceptable: tuple[str, ...]
    first: tuple[str, ...]
    may: tuple[str, ...]
    replaced_on: date | None = None

    @property
    def url(self) -> str:
        """Where parents read the current version."""
        return PAGE


def current_of(versions: Sequence[SocialMediaPolicy]) -> SocialMediaPolicy:
    """Return the version that holds now: the one that nothing has replaced."""
    return next(each for each in versions if each.replaced_on is None)


def version_named(versions: Sequence[SocialMediaPolicy], version: str) -> SocialMediaPolicy | None:
    """Return the version of that name, or None."""
    return next((each for each in versions if each.version == version), None)


def fingerprint(policy: SocialMediaPolicy) -> str:
    """Return the SHA-256 (hexadecimal) of everything that a parent could read of the version.

    The day on which it was replaced is not part of it: that comes to be known later.
    """
    words = {name: value for name, value in vars(policy).items() if name != "replaced_on"}
    return sha256(json.dumps(words, default=str, sort_keys=True).encode()).hexdigest()
