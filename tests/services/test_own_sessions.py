"""Where you are signed in, ended from afar; a fresh proof; the days of grace."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from assistant.casework.school_shapes import SignInRules
from assistant.casework.second_step import needs_second_step
from assistant.services.code_app import remove_code_app
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.desk_shapes import SecondStep
from assistant.services.errors import NotHere, TooManySignIns, WrongSignIn
from assistant.services.own_sessions import end_all_sessions, end_session, list_sessions
from assistant.services.prove_again import prove_again
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.tries import MOST_FOR_A_NAME
from tests.desks import pass_time
from tests.services.filings import HEAD, SENCO, address_of
from tests.services.signing_in import NETWORK, ON_SQLITE, PASSWORD, with_phone

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("cheap_passwords")]


def enter(desk: Desk, device: str = "Chrome on Windows", staff_id: str = HEAD) -> str:
    email = address_of(desk, staff_id)
    return sign_in(desk, email=email, password=PASSWORD, network=NETWORK, device=device).token


@pytest.fixture
def here(desk: Desk) -> str:
    """Return the head's session."""
    set_password(desk, staff_id=SENCO, password=PASSWORD)
    return set_password(desk, staff_id=HEAD, password=PASSWORD, device="Firefox on Linux").token


def test_each_session_is_listed_with_its_device_and_this_one_first(desk: Desk, here: str) -> None:
    pass_time(desk, minutes=3)
    enter(desk)
    enter(desk, staff_id=SENCO)
    rows = list_sessions(desk, staff_id=HEAD, session=here)
    assert [(row.device, row.is_this) for row in rows] == [
        ("Firefox on Linux", True),
        ("Chrome on Windows", False),
    ]


def test_a_session_that_was_idle_too_long_is_not_listed(desk: Desk, here: str) -> None:
    pass_time(desk, minutes=31)
    assert list_sessions(desk, staff_id=HEAD, session=here) == ()


def test_one_session_ends_and_the_others_go_on(desk: Desk, here: str) -> None:
    there = enter(desk)
    other = next(row for row in list_sessions(desk, staff_id=HEAD, session=here) if not row.is_this)
    with pytest.raises(NotHere):
        end_session(desk, staff_id=SENCO, handle=other.handle)
    end_session(desk, staff_id=HEAD, handle=other.handle)
    assert current_session(desk, token=there) is None
    assert current_session(desk, token=here)
    with pytest.raises(NotHere):
        end_session(desk, staff_id=HEAD, handle=other.handle)


def test_the_name_of_a_session_on_the_page_opens_nothing(desk: Desk, here: str) -> None:
    (row,) = list_sessions(desk, staff_id=HEAD, session=here)
    assert current_session(desk, token=row.handle) is None


def test_signing_out_everywhere_ends_every_session_of_mine_alone(desk: Desk, here: str) -> None:
    there, theirs = enter(desk), enter(desk, staff_id=SENCO)
    end_all_sessions(desk, staff_id=HEAD)
    assert current_session(desk, token=here) is None
    assert current_session(desk, token=there) is None
    assert current_session(desk, token=theirs)


def test_the_longest_session_is_a_setting(desk: Desk, here: str) -> None:
    short = replace(desk, settings=replace(desk.settings, session_hours=1))
    for _ in range(3):
        pass_time(desk, minutes=20)
        assert current_session(short, token=here)
    pass_time(desk, minutes=1)
    assert current_session(short, token=here) is None
    assert current_session(desk, token=here)


def test_a_proof_is_good_for_five_minutes_in_this_session_alone(desk: Desk, here: str) -> None:
    there = enter(desk)
    pass_time(desk, minutes=6)
    for token in (here, there):
        assert is_proved(desk, token) is False
    prove_again(desk, staff_id=HEAD, session=here, password=PASSWORD, network=NETWORK)
    assert is_proved(desk, here)
    assert not is_proved(desk, there)
    pass_time(desk, minutes=6)
    assert not is_proved(desk, here)


def is_proved(desk: Desk, token: str) -> bool:
    me = current_session(desk, token=token)
    assert me
    return me.proved_lately


def test_guessing_the_proof_is_stopped_as_signing_in_is(desk: Desk, here: str) -> None:
    whose = {"staff_id": HEAD, "session": here, "network": NETWORK}
    for _ in range(MOST_FOR_A_NAME):
        with pytest.raises(WrongSignIn):
            prove_again(desk, **whose, password="wrong")
    with pytest.raises(TooManySignIns):
        prove_again(desk, **whose, password=PASSWORD)


def second_step(desk: Desk, token: str) -> SecondStep:
    me = current_session(desk, token=token)
    assert me
    return me.second_step


def test_who_reads_cases_is_reminded_for_fourteen_days_and_then_must(desk: Desk, here: str) -> None:
    needed_by = second_step(desk, here).needed_by
    assert needed_by
    assert (needed_by - desk.machine_clock.now()).days == 14
    pass_time(desk, days=13)
    assert not second_step(desk, enter(desk)).is_late
    pass_time(desk, days=1)
    assert second_step(desk, enter(desk)).is_late


def test_giving_the_second_step_up_wins_no_new_days(desk: Desk) -> None:
    with_phone(desk)
    pass_time(desk, days=15)
    token = set_password(desk, staff_id=HEAD, password=PASSWORD).token
    assert second_step(desk, token).has_one
    remove_code_app(desk, staff_id=HEAD, session=token)
    assert second_step(desk, token).is_late


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("readers", ["headteacher", "clerk", "dsl", "teacher"]),
        ("everybody", ["headteacher", "clerk", "dsl", "teacher", "ta"]),
        ("nobody", []),
    ],
)
def test_who_must_have_one_is_a_setting_of_the_school(
    desk: Desk, rule: Literal["readers", "everybody", "nobody"], wanted: list[str]
) -> None:
    school = replace(desk.school, sign_in=SignInRules(second_step=rule))
    asked = ["headteacher", "clerk", "dsl", "teacher", "ta"]
    assert [role for role in asked if needs_second_step(school, [role])] == wanted
