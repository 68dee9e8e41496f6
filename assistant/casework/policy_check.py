"""What must agree among the versions of the social media policy in a school file."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.casework.policy import SocialMediaPolicy
    from assistant.casework.school import School

Problem = tuple[str, str]
"""Where it is in the file, and the rest of the sentence."""

TABLE = "social_media_policy"
LISTS = ("gist", "purpose", "unacceptable", "first", "may")
NOT_IN_THE_CHAT = re.compile(
    r"\b(?:police|solicitors?|lawyers?|legal|court|prosecut\w*|bann?(?:ed|ing)?|defam\w*)\b",
    re.IGNORECASE,
)
"""The chat reads the gist to parents who only criticise, which is lawful: none of this."""


def wrong_versions(versions: Sequence[SocialMediaPolicy]) -> Iterator[Problem]:
    """Yield what is wrong with the versions, which stand in the file the earliest first."""
    if not versions:
        yield TABLE, "there must be at least one version."
        return
    yield from _repeated(versions)
    for row, version in enumerate(versions, start=1):
        yield from ((_row(row, version), problem) for problem in _wrong_words(version))
    for row, (earlier, later) in enumerate(pairwise(versions), start=2):
        yield from ((_row(row, later), problem) for problem in _wrong_pair(earlier, later))
    last = versions[-1]
    if last.replaced_on is not None:
        told = "it was replaced, but no later version is there. Which one holds now?"
        yield _row(len(versions), last), told


def wrong_steps(school: School) -> Iterator[Problem]:
    """Yield what is wrong with who takes grave steps, for how long, and with what words."""
    if not any(school.with_role(role) for role in school.grave_steps_by):
        yield "grave_steps_by", "nobody on the staff list has one of these roles."
    if school.restriction_days_at_most < 1:
        yield "restriction_days_at_most", "it must be at least 1."
    steps = [each.step for each in school.letters if each.step]
    for row, letter in enumerate(school.letters, start=1):
        if letter.step and steps.count(letter.step) > 1:
            yield f"letter row {row}", f"the step “{letter.step.value}” has two letters."


def _repeated(versions: Sequence[SocialMediaPolicy]) -> Iterator[Problem]:
    names = [each.version for each in versions]
    for row, version in enumerate(versions, start=1):
        if version.version in names[: row - 1]:
            yield _row(row, version), "this version is there twice. Give the new one a new name."


def _wrong_words(version: SocialMediaPolicy) -> Iterator[str]:
    for name in LISTS:
        if not getattr(version, name):
            yield f"“{name}” is empty."
    if version.review_on <= version.agreed_on:
        yield "its review comes before it was agreed."
    said = NOT_IN_THE_CHAT.search(" ".join(version.gist))
    if said:
        yield (
            f"“{said[0]}” stands in “gist”, which the chat reads to parents who are upset. "
            "Leave it to “may”."
        )


def _wrong_pair(earlier: SocialMediaPolicy, later: SocialMediaPolicy) -> Iterator[str]:
    if earlier.replaced_on is None:
        yield (
            f"two versions hold at once: say in version {earlier.version} since when this one "
            "holds, with “replaced_on”."
        )
    elif earlier.replaced_on < later.agreed_on:
        yield f"nothing holds between {earlier.replaced_on} and {later.agreed_on}."
    elif earlier.replaced_on > later.agreed_on:
        yield f"it holds from {later.agreed_on}, but {earlier.version} until {earlier.replaced_on}."


def _row(row: int, version: SocialMediaPolicy) -> str:
    return f"{TABLE} row {row} (version {version.version})"
