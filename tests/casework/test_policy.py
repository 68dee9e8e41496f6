"""Versions of the policy: which holds, which was changed, and that nobody is threatened in chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.answer_facts import facts_of_school
from assistant.casework.policy import current_of, fingerprint, version_named
from assistant.casework.policy_check import NOT_IN_THE_CHAT
from assistant.casework.school import School, load_school

PRIMARY, SECONDARY = load_school("primary"), load_school("secondary")
BOTH = pytest.mark.parametrize("school", [PRIMARY, SECONDARY], ids=["primary", "secondary"])


def test_the_version_that_nothing_replaced_holds_and_earlier_ones_stay() -> None:
    assert PRIMARY.social_media_policy.version == "2026.1"
    earlier = version_named(PRIMARY.policy_versions, "2024.1")
    assert earlier is not None
    assert earlier.replaced_on == PRIMARY.social_media_policy.agreed_on
    assert version_named(PRIMARY.policy_versions, "1999") is None


@BOTH
def test_the_chat_quotes_the_current_version_alone(school: School) -> None:
    now = school.social_media_policy
    later = replace(
        now, title="New words", version="next", agreed_on=date(2027, 1, 4), gist=("Be kind.",)
    )
    ended = replace(now, replaced_on=later.agreed_on)
    versions = (*(each for each in school.policy_versions if each is not now), ended, later)
    facts = facts_of_school(replace(school, policy_versions=versions))
    assert current_of(versions) is later
    assert facts["policy_title"] == "New words"
    assert facts["policy_gist"] == "Be kind."
    assert facts["policy_agreed"] == "4 January 2027"
    assert facts["policy_link"] == now.url


@BOTH
def test_what_the_chat_quotes_threatens_nobody_and_says_rarely(school: School) -> None:
    said = " ".join(school.social_media_policy.gist)
    assert "rarely the right place" in said
    assert NOT_IN_THE_CHAT.search(said) is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"agreed_on": date(2026, 3, 19)},
        {"review_on": date(2029, 1, 1)},
        {"gist": ("Other.",)},
        {"purpose": ("Other.",)},
        {"unacceptable": ("Other.",)},
        {"first": ("Other.",)},
        {"may": ("Other.",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_fingerprint_holds_everything_that_a_parent_reads(change: dict[str, object]) -> None:
    now = PRIMARY.social_media_policy
    assert fingerprint(replace(now, **change)) != fingerprint(now)  # type: ignore[arg-type]
    assert fingerprint(replace(now, replaced_on=date(2027, 1, 1))) == fingerprint(now)
