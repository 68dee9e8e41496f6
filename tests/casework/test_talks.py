"""Who a talk is about decides whose doors are open."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel, Role
from assistant.casework.school import load_school
from assistant.casework.talks import REASONS, TalkAbout, doors_for, reason_to_meet


def test_what_is_about_the_head_goes_to_the_governors_alone() -> None:
    assert doors_for(TalkAbout.HEAD, known=True) == (Channel.GOVERNORS,)


def test_no_colleague_is_offered_while_the_member_of_staff_is_unknown() -> None:
    assert doors_for(TalkAbout.STAFF, known=False) == (Channel.HEADTEACHER,)
    assert doors_for(TalkAbout.STAFF, known=True)[0] is Channel.STAFF


@pytest.mark.parametrize("about", [TalkAbout.NOBODY, TalkAbout.FAMILY, TalkAbout.LATER])
def test_everything_else_begins_with_whoever_knows_the_child(about: TalkAbout) -> None:
    assert doors_for(about, known=False) == (Channel.STAFF, Channel.HEADTEACHER)


@pytest.mark.parametrize("school", ["primary", "secondary"])
def test_every_role_that_hosts_has_a_sentence_that_says_why(school: str) -> None:
    hosting = {role for rules in load_school(school).meeting_rules for role in rules.roles}
    assert {role for role in hosting if not reason_to_meet(role)} == {Role.GOVERNOR}
    assert all(sentence.endswith(".") for sentence in REASONS.values())
