"""Signing in: no guessing, no enumeration, no session that outlives its use."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import cast

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from assistant.security import passwords
from assistant.security.passwords import hash_password, password_matches
from assistant.services import sign_in as sign_in_module
from assistant.services import tries
from assistant.services.clock import FixedClock
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.errors import TooManySignIns, WeakPassword, WrongSignIn
from assistant.services.issue_desk_login import LOGIN_PATH, issue_desk_login
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.sign_out import sign_out
from assistant.services.tries import MOST_FOR_A_NAME, MOST_FOR_A_NETWORK, MOST_OVERALL
from assistant.store.ledger import HistoryEvent
from assistant.store.tables import DeskSession, SignInAttempt, Staff, StaffLogin
from tests.desks import pass_time, stored
from tests.services.filings import HEAD, SENCO, address_of, rows_of
from tests.services.signing_in import ON_SQLITE

PASSWORD = "correct horse battery"
NETWORK = "192.0.2.7"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


@pytest.fixture
def address(desk: Desk) -> str:
    """Give the headteacher a password; return their e-mail address."""
    hashed = hash_password(PASSWORD)
    with desk.unit_of_work() as work:
        now = desk.clock.now()
        work.session.add(StaffLogin(staff_id=HEAD, password_hash=hashed, changed_at=now))
        work.commit(unrecorded="a test")
    return address_of(desk, HEAD)


def enter(desk: Desk, address: str, password: str = PASSWORD, network: str = NETWORK) -> str:
    return sign_in(desk, email=address, password=password, network=network).token


def fail(desk: Desk, address: str, network: str = NETWORK) -> None:
    with pytest.raises(WrongSignIn):
        enter(desk, address, "wrong", network)


def test_the_right_password_opens_a_session(desk: Desk, address: str) -> None:
    me = current_session(desk, token=enter(desk, f" {address.upper()} "))
    assert me is not None
    assert (me.staff_id, me.email, me.has_password) == (HEAD, address, True)
    assert "headteacher" in me.roles


@ON_SQLITE
def test_every_sign_in_has_a_session_of_its_own(desk: Desk, address: str) -> None:
    assert enter(desk, address) != enter(desk, address)


def test_the_token_itself_is_not_in_the_database(desk: Desk, address: str) -> None:
    token = enter(desk, address)
    everything = stored(desk.unit_of_work, "desk_session", "sign_in_attempt", "history_event")
    for secret in (token, address, NETWORK):
        assert secret not in everything


@pytest.mark.parametrize("name", ["nobody@school.example", "", "\0", "\ud800", "x" * 9000])
def test_an_unknown_name_is_told_what_a_wrong_password_is_told(desk: Desk, name: str) -> None:
    with pytest.raises(WrongSignIn) as unknown:
        enter(desk, name)
    with pytest.raises(WrongSignIn) as known:
        enter(desk, address_of(desk, SENCO))
    assert str(unknown.value) == str(known.value)


@ON_SQLITE
def test_an_unknown_name_takes_as_long_as_a_wrong_password(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    set_password(desk, staff_id=HEAD, password=PASSWORD)
    address = address_of(desk, HEAD)

    def duration(name: str) -> float:
        started = time.thread_time()
        fail(desk, name)
        return time.thread_time() - started

    fail(desk, "warm@up.example")
    known, unknown = duration(address), duration("nobody@school.example")
    assert unknown > known / 3


def test_after_five_failures_the_right_password_must_wait(desk: Desk, address: str) -> None:
    for _ in range(MOST_FOR_A_NAME):
        fail(desk, address)
    with pytest.raises(TooManySignIns) as refusal:
        enter(desk, address)
    assert refusal.value.minutes == 15
    pass_time(desk, minutes=16)
    assert enter(desk, address)


def test_the_wait_ends_also_where_the_clock_of_the_school_stands_still(
    desk: Desk, address: str
) -> None:
    for _ in range(MOST_FOR_A_NAME):
        fail(desk, address)
    cast("FixedClock", desk.machine_clock).instant += timedelta(minutes=16)
    assert enter(desk, address)


def test_nobody_is_locked_out_from_afar_of_a_network_they_know(desk: Desk, address: str) -> None:
    enter(desk, address)
    for _ in range(MOST_FOR_A_NAME):
        fail(desk, address, "203.0.113.9")
    with pytest.raises(TooManySignIns):
        enter(desk, address, network="203.0.113.9")
    assert enter(desk, address)


@ON_SQLITE
def test_a_flood_from_everywhere_is_stopped_but_not_for_a_network_that_is_known(
    desk: Desk, address: str
) -> None:
    enter(desk, address)
    now = desk.machine_clock.now()
    with desk.unit_of_work() as work:
        for number in range(MOST_OVERALL):
            digests = {"name_digest": f"n{number}", "network_digest": f"w{number}"}
            work.session.add(SignInAttempt(**digests, at=now, succeeded=False))
        work.commit(unrecorded="a test")
    with pytest.raises(TooManySignIns):
        enter(desk, "nobody@school.example", network="203.0.113.9")
    assert enter(desk, address)


def test_a_burst_of_failures_is_in_the_history_once(desk: Desk) -> None:
    for _ in range(MOST_FOR_A_NAME):
        fail(desk, "nobody@school.example")
    for _ in range(3):
        with pytest.raises(TooManySignIns):
            enter(desk, "nobody@school.example")
    with desk.unit_of_work(read_only=True) as work:
        kinds = list(work.session.scalars(select(HistoryEvent.kind)))
    assert kinds.count("sign_in.burst") == 1
    assert kinds.count("sign_in.tried") == MOST_FOR_A_NAME


@ON_SQLITE
def test_many_tries_at_many_names_hit_nothing_and_few_are_looked_at(
    desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def look(stored: str | None, given: str) -> bool:
        looked_at.append(given)
        return password_matches(stored, given)

    monkeypatch.setattr(sign_in_module, "password_matches", look)
    monkeypatch.setattr(tries, "MOST_OVERALL", 40)
    for number in range(120):
        with contextlib.suppress(WrongSignIn, TooManySignIns):
            enter(desk, (address, f"n{number}@x.example")[number % 2], f"p{number}", f"w{number}")
            pytest.fail("a guess was right")
    assert len(looked_at) == 40
    assert sum(int(each[1:]) % 2 == 0 for each in looked_at) == MOST_FOR_A_NAME


def test_an_unknown_name_is_slowed_down_like_a_known_one(desk: Desk) -> None:
    for _ in range(MOST_FOR_A_NAME):
        fail(desk, "nobody@school.example")
    with pytest.raises(TooManySignIns):
        enter(desk, "nobody@school.example")


def test_a_network_that_tries_many_names_is_stopped(desk: Desk, address: str) -> None:
    now = desk.machine_clock.now()
    fail(desk, "first@school.example")
    with desk.unit_of_work() as work:
        seen = work.session.query(SignInAttempt).one()
        for number in range(MOST_FOR_A_NETWORK):
            work.session.add(
                SignInAttempt(
                    name_digest=str(number),
                    network_digest=seen.network_digest,
                    at=now,
                    succeeded=False,
                )
            )
        work.commit(unrecorded="a test")
    with pytest.raises(TooManySignIns):
        enter(desk, address)
    assert enter(desk, address, network="198.51.100.1")


def test_a_failure_is_counted_however_the_request_ends(desk: Desk) -> None:
    fail(desk, "nobody@school.example")
    assert rows_of(desk.unit_of_work, SignInAttempt) == 1


@ON_SQLITE
def test_signing_in_often_and_rightly_is_never_slowed_down(desk: Desk, address: str) -> None:
    for _ in range(MOST_FOR_A_NAME + 1):
        assert enter(desk, address)


@ON_SQLITE
def test_an_idle_session_ends(desk: Desk, address: str) -> None:
    token = enter(desk, address)
    for _ in range(3):
        pass_time(desk, minutes=29)
        assert current_session(desk, token=token)
    pass_time(desk, minutes=31)
    assert current_session(desk, token=token) is None


@ON_SQLITE
def test_a_session_ends_after_twelve_hours_however_busy(desk: Desk, address: str) -> None:
    token = enter(desk, address)
    for _ in range(24):
        pass_time(desk, minutes=29)
        assert current_session(desk, token=token)
    pass_time(desk, minutes=29)
    assert current_session(desk, token=token) is None


def test_signing_out_ends_the_session_for_good(desk: Desk, address: str) -> None:
    token, other = enter(desk, address), enter(desk, address)
    for _twice in range(2):
        sign_out(desk, token=token)
    assert current_session(desk, token=token) is None
    assert current_session(desk, token=other)


@ON_SQLITE
@pytest.mark.parametrize("token", ["", "\0", "\ud800", "x" * 9000])
def test_a_made_up_token_is_nobody(desk: Desk, token: str) -> None:
    assert current_session(desk, token=token) is None


def test_somebody_who_left_the_school_is_signed_out(desk: Desk, address: str) -> None:
    token = enter(desk, address)
    with desk.unit_of_work() as work:
        work.session.get_one(Staff, HEAD).active = False
        work.commit(unrecorded="a test")
    assert current_session(desk, token=token) is None
    with pytest.raises(WrongSignIn):
        enter(desk, address)


def test_a_one_time_login_works_once(desk: Desk) -> None:
    path, staff_id = issue_desk_login(desk)
    token = path.removeprefix(LOGIN_PATH)
    assert staff_id == HEAD

    def redeem(_number: int) -> str:
        try:
            return redeem_desk_login(desk, token=token).token
        except WrongSignIn:
            return ""

    with ThreadPoolExecutor(4) as pool:
        opened = [session for session in pool.map(redeem, range(8)) if session]
    assert len(opened) == 1
    me = current_session(desk, token=opened[0])
    assert me is not None
    assert not me.has_password


@ON_SQLITE
def test_a_one_time_login_gets_old(desk: Desk) -> None:
    path, _staff_id = issue_desk_login(desk, SENCO)
    pass_time(desk, hours=25)
    with pytest.raises(WrongSignIn):
        redeem_desk_login(desk, token=path.removeprefix(LOGIN_PATH))


@ON_SQLITE
@pytest.mark.parametrize("token", ["", "\0", "\ud800"])
def test_a_made_up_one_time_login_opens_nothing(desk: Desk, token: str) -> None:
    with pytest.raises(WrongSignIn):
        redeem_desk_login(desk, token=token)


def test_a_new_password_ends_every_other_session(desk: Desk, address: str) -> None:
    before = enter(desk, address)
    opened = set_password(desk, staff_id=HEAD, password="another long password")
    assert current_session(desk, token=before) is None
    assert current_session(desk, token=opened.token)
    fail(desk, address)
    assert enter(desk, address, "another long password")
    assert rows_of(desk.unit_of_work, DeskSession) == 2


@ON_SQLITE
def test_a_short_password_is_refused(desk: Desk) -> None:
    with pytest.raises(WeakPassword):
        set_password(desk, staff_id=HEAD, password="elevenchars")
    assert rows_of(desk.unit_of_work, StaffLogin) == 0
