"""A version of the policy that parents have read is refused once it is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.casework.policy import SocialMediaPolicy
from assistant.services.desk import Desk
from assistant.services.publish_policy import PolicyChanged, publish_policy
from tests.databases import ON_SQLITE
from tests.desks import pass_time

pytestmark = ON_SQLITE


def with_versions(desk: Desk, *versions: SocialMediaPolicy) -> Desk:
    return replace(desk, school=replace(desk.school, policy_versions=versions))


def test_each_version_is_noted_once_and_a_new_one_beside_it(desk: Desk) -> None:
    before, now = desk.school.policy_versions
    assert (publish_policy(desk), publish_policy(desk)) == (2, 0)
    ended = replace(now, replaced_on=date(2027, 1, 4))
    new = replace(now, version="2027.1", agreed_on=date(2027, 1, 4), may=("Something new.",))
    later = with_versions(desk, before, ended, new)
    assert (publish_policy(later), publish_policy(later)) == (1, 0)


def test_a_changed_version_is_refused_with_what_to_do(desk: Desk) -> None:
    before, now = desk.school.policy_versions
    publish_policy(desk)
    pass_time(desk, days=40)
    for changed in (replace(before, title="Other"), replace(now, first=("We ring at once.",))):
        kept = [changed if each.version == changed.version else each for each in (before, now)]
        with pytest.raises(PolicyChanged) as problem:
            publish_policy(with_versions(desk, *kept))
        assert str(problem.value) == (
            f"Version {changed.version} of the social media policy was changed. Parents could "
            "read it from 24 November 2026 on, so it has to stay as it was: put it back, and "
            "write what is new as a new version below it."
        )


def test_a_version_that_is_gone_is_refused_and_another_school_is_not(desk: Desk) -> None:
    _before, now = desk.school.policy_versions
    publish_policy(desk)
    with pytest.raises(PolicyChanged, match=r"Version 2024\.1 .* is gone from the school file"):
        publish_policy(with_versions(desk, now))
    other = replace(
        desk.school, short_name="Elsewhere", policy_versions=(replace(now, may=("X",)),)
    )
    assert publish_policy(replace(desk, school=other)) == 1
