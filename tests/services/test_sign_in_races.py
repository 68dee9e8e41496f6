"""Signing in while something else happens: on both databases, for here locks decide."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, delete, event, select

from assistant.casework.kinds import Role
from assistant.security.passwords import password_matches
from assistant.services import sign_in as sign_in_module
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.errors import TooManySignIns, WrongCode, WrongSignIn
from assistant.services.issue_desk_login import LOGIN_PATH, issue_desk_login
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from assistant.services.take_second_step import take_second_step
from assistant.services.tries import MOST_FOR_A_NAME
from assistant.store.ledger import HistoryEvent
from assistant.store.seed import seed_school
from assistant.store.tables import DeskSession
from tests.desks import pass_time
from tests.services.filings import HEAD, SENCO, address_of, rows_of
from tests.services.signing_in import NETWORK, PASSWORD, first_step, with_phone

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def enter(desk: Desk, password: str = PASSWORD, staff_id: str = HEAD) -> str:
    email = address_of(desk, staff_id)
    return sign_in(desk, email=email, password=password, network=NETWORK).token


def test_tries_side_by_side_do_not_slip_past_the_limit(desk: Desk) -> None:
    set_password(desk, staff_id=HEAD, password=PASSWORD)

    def was_looked_at(_number: int) -> bool:
        try:
            enter(desk, "wrong")
        except WrongSignIn:
            return True
        except TooManySignIns:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(was_looked_at, range(24))) == MOST_FOR_A_NAME


def test_a_code_works_once_however_many_use_it_at_once(desk: Desk) -> None:
    phone, _ = with_phone(desk)
    pass_time(desk, minutes=1)
    code, tokens = phone.code(), [first_step(desk) for _ in range(4)]

    def opens(token: str) -> bool:
        try:
            return bool(take_second_step(desk, token=token, code=code, network=NETWORK))
        except WrongCode:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(opens, tokens)) == 1


def test_an_old_password_opens_nothing_when_it_is_changed_while_it_is_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(desk, staff_id=HEAD, password=PASSWORD)
    kept: list[str] = []

    def change_meanwhile(stored: str | None, given: str) -> bool:
        fits = password_matches(stored, given)
        kept.append(set_password(desk, staff_id=HEAD, password="another long password").token)
        return fits

    monkeypatch.setattr(sign_in_module, "password_matches", change_meanwhile)
    with pytest.raises(WrongSignIn):
        enter(desk)
    assert rows_of(desk.unit_of_work, DeskSession) == 1
    assert current_session(desk, token=kept[0])


@pytest.mark.parametrize("fresh_database", ["postgresql"], indirect=True)
def test_a_session_that_is_ended_while_it_is_noticed_stays_ended(desk: Desk) -> None:
    """SQLite lets nobody write beside a writer, so there it cannot happen."""
    token = set_password(desk, staff_id=HEAD, password=PASSWORD).token
    pass_time(desk, minutes=2)
    event.listen(Engine, "before_cursor_execute", end_sessions_first)
    assert current_session(desk, token=token)
    event.remove(Engine, "before_cursor_execute", end_sessions_first)
    assert current_session(desk, token=token) is None


def end_sessions_first(connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    """Delete every session, from another connection, the moment before one is changed."""
    if statement.startswith("UPDATE desk_session"):
        engine: Engine = connection.engine  # type: ignore[attr-defined]
        with engine.begin() as other:
            other.execute(delete(DeskSession))


def test_a_new_password_ends_one_time_logins_that_were_not_used(desk: Desk) -> None:
    path, _who = issue_desk_login(desk)
    set_password(desk, staff_id=HEAD, password=PASSWORD)
    with pytest.raises(WrongSignIn):
        redeem_desk_login(desk, token=path.removeprefix(LOGIN_PATH))


def test_a_new_one_time_login_ends_the_one_before(desk: Desk) -> None:
    first, second = (issue_desk_login(desk)[0].removeprefix(LOGIN_PATH) for _ in range(2))
    with pytest.raises(WrongSignIn):
        redeem_desk_login(desk, token=first)
    assert redeem_desk_login(desk, token=second)


def test_other_roles_in_the_school_file_end_the_sessions_of_that_person_alone(desk: Desk) -> None:
    set_password(desk, staff_id=SENCO, password=PASSWORD)
    senco = enter(desk, staff_id=SENCO)
    head = set_password(desk, staff_id=HEAD, password=PASSWORD).token
    people = tuple(
        replace(each, roles=(*each.roles, Role.DEPUTY)) if each.id == SENCO else each
        for each in desk.school.people
    )
    seed_school(desk.unit_of_work, desk.school)
    assert current_session(desk, token=senco), "the same file ends nothing"
    seed_school(desk.unit_of_work, replace(desk.school, people=people))
    assert current_session(desk, token=senco) is None
    assert current_session(desk, token=head)
    with desk.unit_of_work(read_only=True) as work:
        ended = HistoryEvent.kind == "sessions.ended", HistoryEvent.target_id == SENCO
        assert work.session.scalars(select(HistoryEvent).where(*ended)).one()
