"""Who may use which part of the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.security.permissions import PERMISSIONS, Permission, Visitor, may
from assistant.security.routes import ROUTES, may_use

PARENT = Visitor()
NEWCOMER = Visitor("mrs-okafor")
TEACHER = Visitor("mrs-okafor", has_own_password=True, roles=("teacher", "senco"))
MANAGER = Visitor("mr-lund", has_own_password=True, roles=("business_manager",))

DESK_ROUTES = sorted(name for name in ROUTES if name.startswith(("desk", "availability.")))
CLERKS_ROUTES = ["access.give_leaver", "access.leaver"]
REASSIGN_ROUTES = sorted(name for name in ROUTES if name.startswith("reassign."))


def test_every_permission_says_who_has_it() -> None:
    assert set(PERMISSIONS) == set(Permission)


def test_a_route_that_nobody_thought_of_is_for_nobody() -> None:
    assert not may_use(TEACHER, "desk.something_new")


@pytest.mark.parametrize("route", DESK_ROUTES + REASSIGN_ROUTES)
def test_no_part_of_the_desk_is_open_to_a_parent_or_before_a_password_is_chosen(route: str) -> None:
    assert not may_use(PARENT, route)
    assert not may_use(NEWCOMER, route)


def test_somebody_let_in_by_a_one_time_login_may_choose_a_password_or_leave() -> None:
    assert may(NEWCOMER, Permission.CHOOSE_PASSWORD)
    assert may(NEWCOMER, Permission.SIGN_OUT)


def test_staff_with_a_password_may_do_everything_at_the_desk() -> None:
    assert all(may_use(TEACHER, route) for route in DESK_ROUTES)


def test_only_the_clerk_and_the_business_manager_arrange_for_who_leaves() -> None:
    for route in REASSIGN_ROUTES:
        assert may_use(MANAGER, route)
        assert may_use(Visitor("ms-whitaker", has_own_password=True, roles=("clerk",)), route)
        assert not may_use(TEACHER, route)
        assert not may_use(Visitor("mr-lund", roles=("business_manager",)), route)


def test_only_who_holds_records_of_parents_makes_a_copy_of_a_persons_data() -> None:
    for role in ("dpo", "clerk", "headteacher", "chair"):
        assert may_use(Visitor("somebody", has_own_password=True, roles=(role,)), "their_data.seal")
    assert not any(may_use(each, "their_data.draft") for each in (PARENT, NEWCOMER, TEACHER))


def test_only_who_takes_chats_by_the_school_file_sees_that_anybody_waits() -> None:
    chats = [name for name in ROUTES if name.startswith("chats.")]
    assert len(chats) > 10
    for route in chats:
        assert may_use(replace(TEACHER, takes_chats=True), route)
        assert not any(may_use(each, route) for each in (PARENT, NEWCOMER, TEACHER, MANAGER))


OWN_SIGN_IN = sorted(
    name for name in ROUTES if name.startswith(("own_sign_in.", "sessions.", "passkeys."))
)


def test_who_lacks_a_second_step_reaches_nothing_but_the_way_to_one() -> None:
    late = replace(TEACHER, lacks_second_step=True, proved_lately=True)
    for route in DESK_ROUTES:
        assert not may_use(late, route)
    for route in OWN_SIGN_IN:
        assert may_use(late, route)


def test_nobody_changes_how_they_sign_in_without_a_fresh_proof() -> None:
    for route in ROUTES:
        if ROUTES[route] in {Permission.CHANGE_OWN_SIGN_IN, Permission.CHOOSE_PASSWORD}:
            assert not may_use(TEACHER, route)
            assert may_use(replace(TEACHER, proved_lately=True), route)
    assert may_use(NEWCOMER, "sign_in.password_save")


def test_only_the_clerk_and_the_business_manager_let_colleagues_in() -> None:
    for roles in (("clerk",), ("business_manager",), ("headteacher", "dsl", "chair", "deputy")):
        proved = Visitor("x", has_own_password=True, roles=roles, proved_lately=True)
        assert may_use(proved, "colleague_login.make") is (len(roles) == 1)
        assert not may_use(replace(proved, proved_lately=False), "colleague_login.make")


def test_only_the_clerk_gives_away_the_cases_of_who_leaves() -> None:
    for route in CLERKS_ROUTES:
        assert may_use(Visitor("ms-whitaker", has_own_password=True, roles=("clerk",)), route)
        assert not any(may_use(each, route) for each in (PARENT, NEWCOMER, TEACHER, MANAGER))
