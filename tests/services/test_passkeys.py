"""Passkeys: several a person, each its own, no answer good twice, no copy of a key."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from assistant.services.add_passkey import add_passkey, offer_new_passkey
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.desk_shapes import HalfSignedIn
from assistant.services.errors import NotHere, NotPossibleNow, PasskeyRefused
from assistant.services.passkey_sign_in import offer_passkey_sign_in, sign_in_with_passkey
from assistant.services.passkeys import MOST_PASSKEYS
from assistant.services.remove_passkey import remove_passkey
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.take_second_step import take_second_step
from assistant.services.view_own_sign_in import view_own_sign_in
from assistant.store.tables import DeskSession, Staff
from tests.desks import pass_time, stored
from tests.services.authenticator import PRESENT, Authenticator
from tests.services.filings import HEAD, SENCO, address_of, rows_of
from tests.services.signing_in import NETWORK, ON_SQLITE, PASSWORD

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("cheap_passwords")]

ORIGIN, SITE = "https://chat.school.example", "chat.school.example"


def with_passkey(desk: Desk, staff_id: str = HEAD) -> Authenticator:
    """Give somebody a password and a passkey."""
    session = set_password(desk, staff_id=staff_id, password=PASSWORD).token
    made = Authenticator(ORIGIN, SITE)
    add(desk, made, staff_id, session)
    return made


def add(desk: Desk, made: Authenticator, staff_id: str = HEAD, session: str = "") -> None:
    answer = made.make(offer_new_passkey(desk, staff_id=staff_id))
    add_passkey(desk, staff_id=staff_id, session=session, answer=answer, name="laptop")


def test_a_passkey_opens_a_session_by_itself(desk: Desk) -> None:
    made = with_passkey(desk)
    opened = sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))
    me = current_session(desk, token=opened.token)
    assert me
    assert (me.staff_id, me.second_step.has_one, me.proved_lately) == (HEAD, True, True)
    (row,) = view_own_sign_in(desk, staff_id=HEAD).passkeys
    assert (row.name, row.used_at) == ("laptop", desk.machine_clock.now())


def test_somebody_may_have_several_and_each_is_theirs_alone(desk: Desk) -> None:
    first, theirs = with_passkey(desk), with_passkey(desk, SENCO)
    second = Authenticator(ORIGIN, SITE)
    add(desk, second)
    for made, who in ((first, HEAD), (second, HEAD), (theirs, SENCO)):
        opened = sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))
        assert opened.staff_id == who


def test_the_options_name_nobody(desk: Desk) -> None:
    with_passkey(desk)
    assert json.loads(offer_passkey_sign_in(desk))["allowCredentials"] == []
    told = offer_new_passkey(desk, staff_id=HEAD)
    assert json.loads(told)["user"]["id"] not in (HEAD, address_of(desk, HEAD))


def test_a_password_alone_is_not_enough_for_who_has_a_passkey(desk: Desk) -> None:
    session = set_password(desk, staff_id=HEAD, password=PASSWORD).token
    made = Authenticator(ORIGIN, SITE)
    answer = made.make(offer_new_passkey(desk, staff_id=HEAD))
    codes = add_passkey(desk, staff_id=HEAD, session=session, answer=answer, name="")
    half = sign_in(desk, email=address_of(desk, HEAD), password=PASSWORD, network=NETWORK)
    assert isinstance(half, HalfSignedIn)
    assert take_second_step(desk, token=half.token, code=codes[0], network=NETWORK)


def test_an_answer_is_good_once_and_for_ten_minutes(desk: Desk) -> None:
    made = with_passkey(desk)
    answer = made.sign(offer_passkey_sign_in(desk))
    sign_in_with_passkey(desk, answer=answer)
    late = made.sign(offer_passkey_sign_in(desk))
    pass_time(desk, minutes=11)
    for each in (answer, late):
        with pytest.raises(PasskeyRefused):
            sign_in_with_passkey(desk, answer=each)


def test_a_wrong_answer_uses_the_challenge_up(desk: Desk) -> None:
    made = with_passkey(desk)
    options = offer_passkey_sign_in(desk)
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=Authenticator(ORIGIN, SITE).sign(options))
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=made.sign(options))


def move_to(origin: str, site: str) -> Callable[[Authenticator], None]:
    def change(made: Authenticator) -> None:
        made.origin, made.rp_id = origin, site

    return change


def count_back(made: Authenticator) -> None:
    made.count = -1  # the next signature counts 0, as a copy made at the start would


def without_the_lock(made: Authenticator) -> None:
    made.flags = PRESENT


def as_somebody_else(made: Authenticator) -> None:
    made.user_handle = b"x" * 32


def with_another_key(made: Authenticator) -> None:
    made.key = Authenticator(ORIGIN, SITE).key


@pytest.mark.parametrize(
    "change",
    [
        move_to("https://evil.example", SITE),
        move_to(ORIGIN, "evil.example"),
        move_to("http://chat.school.example", SITE),
        count_back,
        without_the_lock,
        as_somebody_else,
        with_another_key,
    ],
)
def test_a_passkey_that_is_not_what_it_was_opens_nothing(
    desk: Desk, change: Callable[[Authenticator], None]
) -> None:
    made = with_passkey(desk)
    made.count = 5
    sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))
    before = rows_of(desk.unit_of_work, DeskSession)
    change(made)
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))
    assert rows_of(desk.unit_of_work, DeskSession) == before


def test_a_passkey_is_made_for_who_asked_with_its_lock_and_once(desk: Desk) -> None:
    theirs = Authenticator(ORIGIN, SITE).make(offer_new_passkey(desk, staff_id=SENCO))
    unlocked = Authenticator(ORIGIN, SITE)
    unlocked.flags = PRESENT
    elsewhere = Authenticator("https://evil.example", SITE)
    answers = [made.make(offer_new_passkey(desk, staff_id=HEAD)) for made in (unlocked, elsewhere)]
    made = Authenticator(ORIGIN, SITE)
    add(desk, made)
    again = made.make(offer_new_passkey(desk, staff_id=HEAD))
    for answer in (theirs, *answers, again):
        with pytest.raises(PasskeyRefused):
            add_passkey(desk, staff_id=HEAD, session="", answer=answer, name="x")


def test_nobody_keeps_more_than_ten(desk: Desk) -> None:
    for _ in range(MOST_PASSKEYS):
        add(desk, Authenticator(ORIGIN, SITE))
    with pytest.raises(NotPossibleNow):
        add(desk, Authenticator(ORIGIN, SITE))


def test_a_removed_passkey_opens_nothing_and_other_sessions_end(desk: Desk) -> None:
    made = with_passkey(desk)
    there = sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk))).token
    (row,) = view_own_sign_in(desk, staff_id=HEAD).passkeys
    with pytest.raises(NotHere):
        remove_passkey(desk, staff_id=SENCO, session="", passkey_id=row.id)
    remove_passkey(desk, staff_id=HEAD, session="", passkey_id=row.id)
    assert current_session(desk, token=there) is None
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))


def test_who_left_the_school_stays_out(desk: Desk) -> None:
    made = with_passkey(desk)
    with desk.unit_of_work() as work:
        work.session.get_one(Staff, HEAD).active = False
        work.commit(unrecorded="a test")
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=made.sign(offer_passkey_sign_in(desk)))


def test_no_challenge_stands_in_the_database(desk: Desk) -> None:
    challenge = json.loads(offer_passkey_sign_in(desk))["challenge"]
    assert challenge not in stored(desk.unit_of_work, "sign_in_step")


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "\0", "\ud800", "[" * 9000, "x" * 90000]
)
def test_what_is_no_answer_at_all_is_refused(desk: Desk, answer: str) -> None:
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=answer)


NONSENSE = st.none() | st.integers() | st.text(max_size=40) | st.lists(st.integers(), max_size=3)
FEW = tried(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(data=st.data())
def test_an_answer_with_nonsense_in_any_place_is_refused(desk: Desk, data: st.DataObject) -> None:
    made = Authenticator(ORIGIN, SITE)
    answer = json.loads(made.sign(offer_passkey_sign_in(desk)))
    parts = [(answer, "id"), (answer, "rawId"), (answer, "type"), (answer, "response")]
    parts += [(answer["response"], name) for name in answer["response"]]
    part, name = data.draw(st.sampled_from(parts))
    part[name] = data.draw(NONSENSE)
    with pytest.raises(PasskeyRefused):
        sign_in_with_passkey(desk, answer=json.dumps(answer))


@FEW
@given(cut=st.integers(0, 180), junk=st.text("ABCDwxyz0189_-", min_size=1, max_size=12))
def test_a_damaged_key_is_refused_and_breaks_nothing(desk: Desk, cut: int, junk: str) -> None:
    made = Authenticator(ORIGIN, SITE)
    answer = json.loads(made.make(offer_new_passkey(desk, staff_id=HEAD)))
    whole = answer["response"]["attestationObject"]
    answer["response"]["attestationObject"] = whole[:cut] + junk + whole[cut + 5 :]
    with contextlib.suppress(PasskeyRefused, NotPossibleNow):
        add_passkey(desk, staff_id=HEAD, session="", answer=json.dumps(answer), name="")
