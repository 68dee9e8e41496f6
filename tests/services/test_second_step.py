"""The second step: no session before it, each code once, and no way around it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assistant.services import take_second_step as take_second_step_module
from assistant.services.code_app import (
    app_being_added,
    confirm_code_app,
    remove_code_app,
    start_code_app,
)
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.errors import (
    NotHere,
    NotPossibleNow,
    SignInTooSlow,
    TooManySignIns,
    WrongCode,
    WrongSignIn,
)
from assistant.services.issue_desk_login import (
    LOGIN_PATH,
    TooClose,
    issue_desk_login,
    issue_for_colleague,
)
from assistant.services.make_recovery_codes import make_recovery_codes
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.take_second_step import take_second_step
from assistant.services.tries import MOST_STEPS_A_DAY
from assistant.services.view_own_sign_in import view_own_sign_in
from assistant.store.sign_in_tables import CodeApp
from assistant.store.tables import DeskSession
from tests.desks import pass_time, stored
from tests.services.filings import (
    BUSINESS_MANAGER,
    CHAIR,
    CLERK,
    HEAD,
    HEADS_PA,
    SENCO,
    address_of,
    mail,
    rows_of,
)
from tests.services.signing_in import (
    NETWORK,
    ON_SQLITE,
    PASSWORD,
    Phone,
    first_step,
    with_phone,
)

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("cheap_passwords")]
"""What must hold under locks is in ``test_sign_in_races``, on both databases."""


def step(desk: Desk, token: str, code: str, network: str = NETWORK) -> str:
    return take_second_step(desk, token=token, code=code, network=network).token


def test_the_password_alone_opens_nothing(desk: Desk) -> None:
    with_phone(desk)
    before = rows_of(desk.unit_of_work, DeskSession)
    token = first_step(desk)
    assert current_session(desk, token=token) is None
    assert rows_of(desk.unit_of_work, DeskSession) == before


def test_the_code_opens_a_session_under_an_id_of_its_own(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    token = first_step(desk)
    pass_time(desk, seconds=30)
    opened = step(desk, token, phone.code())
    assert opened != token
    me = current_session(desk, token=opened)
    assert me
    assert me.second_step.has_one


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(desk: Desk, steps: int) -> None:
    phone, _ = with_phone(desk)
    pass_time(desk, minutes=2)
    assert step(desk, first_step(desk), phone.code(steps))


@pytest.mark.parametrize("steps", [-2, 2])
def test_but_not_two(desk: Desk, steps: int) -> None:
    phone, _ = with_phone(desk)
    pass_time(desk, minutes=2)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), phone.code(steps))


def test_the_code_that_confirmed_the_app_is_used_up(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), phone.code())


def test_a_right_code_is_used_up_even_if_the_sign_in_it_was_typed_for_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SecureDrop's lesson: whoever watched it being typed must not have a second try with it."""
    phone, _ = with_phone(desk)
    pass_time(desk, minutes=1)

    monkeypatch.setattr(take_second_step_module, "take_step", lambda *_: None)
    with pytest.raises(SignInTooSlow):
        step(desk, first_step(desk), phone.code())
    monkeypatch.undo()
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), phone.code())


def test_a_recovery_code_works_once_in_any_spelling(desk: Desk) -> None:
    _, codes = with_phone(desk)
    assert len(codes) == len(set(codes)) == 10
    typed = f" {codes[0].lower().replace('-', ' ')} "
    assert step(desk, first_step(desk), typed)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), codes[0])
    assert view_own_sign_in(desk, staff_id=HEAD).codes_left == 9


def test_a_recovery_code_of_somebody_else_opens_nothing(desk: Desk) -> None:
    _, codes = with_phone(desk)
    with_phone(desk, SENCO)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk, SENCO), codes[0])


def test_new_recovery_codes_end_the_old_ones(desk: Desk) -> None:
    _, old = with_phone(desk)
    fresh = make_recovery_codes(desk, staff_id=HEAD)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), old[1])
    assert step(desk, first_step(desk), fresh[1])


def test_who_has_no_second_step_needs_no_recovery_codes(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow):
        make_recovery_codes(desk, staff_id=HEAD)


def test_neither_secret_nor_codes_stand_in_the_database(desk: Desk) -> None:
    set_password(desk, staff_id=HEAD, password=PASSWORD)
    new = start_code_app(desk, staff_id=HEAD)
    assert new.secret not in stored(desk.unit_of_work, "sign_in_step", "history_event")
    _, codes = with_phone(desk, SENCO)
    everything = stored(
        desk.unit_of_work, "code_app", "recovery_code", "sign_in_step", "history_event"
    )
    for code in codes:
        assert code not in everything
    with desk.unit_of_work(read_only=True) as work:
        app = work.session.scalars(select(CodeApp)).one()
        secret = work.unseal(app, "secret")
    assert secret not in everything


@pytest.mark.parametrize("typed", ["", "000000", "12345", "\0", "\ud800", "١٢٣٤٥٦", "9" * 9000])
def test_nonsense_is_a_wrong_code(desk: Desk, typed: str) -> None:
    with_phone(desk)
    with pytest.raises(WrongCode):
        step(desk, first_step(desk), typed)


def test_guessing_is_stopped_after_five_and_after_twenty_a_day(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    looked_at = 0
    for number in range(36):
        if number % 6 == 0:
            pass_time(desk, minutes=16)
        try:
            step(desk, first_step(desk, network=f"192.0.2.{number}"), "000000", f"192.0.2.{number}")
        except WrongCode:
            looked_at += 1
        except TooManySignIns:
            pass
    assert looked_at == MOST_STEPS_A_DAY
    with pytest.raises(TooManySignIns):
        step(desk, first_step(desk), phone.code())
    pass_time(desk, days=1, minutes=1)
    assert step(desk, first_step(desk), phone.code())


def test_a_half_sign_in_ends_after_ten_minutes(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    token = first_step(desk)
    pass_time(desk, minutes=11)
    with pytest.raises(SignInTooSlow):
        step(desk, token, phone.code())


def test_a_half_sign_in_ends_with_the_password_it_was_begun_with(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    token = first_step(desk)
    pass_time(desk, minutes=1)
    set_password(desk, staff_id=HEAD, password="another long password")
    with pytest.raises(SignInTooSlow):
        step(desk, token, phone.code())


def test_a_half_sign_in_is_good_for_one_session(desk: Desk) -> None:
    _, codes = with_phone(desk)
    token = first_step(desk)
    assert step(desk, token, codes[0])
    with pytest.raises(SignInTooSlow):
        step(desk, token, codes[1])


def test_an_app_counts_only_once_its_code_was_typed(desk: Desk) -> None:
    session = set_password(desk, staff_id=HEAD, password=PASSWORD).token
    new = start_code_app(desk, staff_id=HEAD)
    with pytest.raises(WrongCode):
        confirm_code_app(desk, staff_id=HEAD, session=session, step=new.step, code="000000")
    assert view_own_sign_in(desk, staff_id=HEAD).app_added_at is None
    assert app_being_added(desk, staff_id=HEAD, step=new.step) == new


def test_nobody_confirms_the_app_that_a_colleague_began(desk: Desk) -> None:
    new = start_code_app(desk, staff_id=SENCO)
    with pytest.raises(SignInTooSlow):
        app_being_added(desk, staff_id=HEAD, step=new.step)


def test_adding_and_removing_an_app_ends_every_other_session(desk: Desk) -> None:
    here = set_password(desk, staff_id=HEAD, password=PASSWORD).token

    there = sign_in(desk, email=address_of(desk, HEAD), password=PASSWORD, network=NETWORK).token
    new = start_code_app(desk, staff_id=HEAD)

    code = Phone(desk, new.secret).code()
    confirm_code_app(desk, staff_id=HEAD, session=here, step=new.step, code=code)
    assert current_session(desk, token=there) is None
    assert current_session(desk, token=here)
    remove_code_app(desk, staff_id=HEAD, session="")
    assert current_session(desk, token=here) is None


def test_a_one_time_login_still_asks_for_the_second_step(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    path, _who = issue_desk_login(desk)
    entered = redeem_desk_login(desk, token=path.removeprefix(LOGIN_PATH))
    assert current_session(desk, token=entered.token) is None
    pass_time(desk, minutes=1)
    me = current_session(desk, token=step(desk, entered.token, phone.code()))
    assert me
    assert not me.has_password  # the forgotten one has stopped
    assert not me.may_work


def test_only_the_clerk_lets_in_somebody_who_has_lost_the_second_step(desk: Desk) -> None:

    with_phone(desk)
    lost = {"staff_id": HEAD, "resets_second_step": True}
    with pytest.raises(NotPossibleNow):
        issue_for_colleague(desk, by=BUSINESS_MANAGER, **lost)
    with pytest.raises(NotHere):
        issue_for_colleague(desk, by=CLERK, staff_id=CLERK)
    assert issue_for_colleague(desk, by=BUSINESS_MANAGER, staff_id=CLERK, resets_second_step=True)
    path = issue_for_colleague(desk, by=CLERK, **lost)
    opened = redeem_desk_login(desk, token=path.removeprefix(LOGIN_PATH))
    me = current_session(desk, token=opened.token)
    assert me
    assert not me.second_step.has_one
    assert not me.may_work


def test_the_old_password_stops_when_the_one_time_login_is_used(desk: Desk) -> None:

    set_password(desk, staff_id=HEAD, password=PASSWORD)
    path = issue_for_colleague(desk, by=CLERK, staff_id=HEAD)
    redeem_desk_login(desk, token=path.removeprefix(LOGIN_PATH))
    with pytest.raises(WrongSignIn):
        sign_in(desk, email=address_of(desk, HEAD), password=PASSWORD, network=NETWORK)


@pytest.mark.parametrize(
    ("by", "staff_id"), [(BUSINESS_MANAGER, HEAD), (BUSINESS_MANAGER, HEADS_PA)]
)
def test_nobody_lets_in_a_colleague_whose_mailbox_they_read(
    desk: Desk, by: str, staff_id: str
) -> None:
    with pytest.raises(TooClose):
        issue_for_colleague(desk, by=by, staff_id=staff_id)
    assert mail(desk) == []


def test_of_each_login_the_colleague_the_clerk_and_the_chair_are_told(desk: Desk) -> None:
    path = issue_for_colleague(desk, by=BUSINESS_MANAGER, staff_id=SENCO)
    sent = {to: body for to, _, body in mail(desk)}
    assert set(sent) == {address_of(desk, each) for each in (SENCO, CLERK, CHAIR)}
    assert (
        "Mr Lund, school business manager, has made a one-time login"
        in sent[address_of(desk, CHAIR)]
    )
    assert all(path.removeprefix(LOGIN_PATH) not in body for body in sent.values())
    issue_for_colleague(desk, by=CLERK, staff_id=CHAIR)
    all_sent = [to for to, _, _ in mail(desk)]
    assert sorted(all_sent) == sorted([*sent, address_of(desk, CHAIR)])
