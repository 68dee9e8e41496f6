"""``readmit`` as the person with the server meets it: the only clerk lost phone and codes."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.security.keys import KEYS_FILE
from assistant.services.desk import Desk
from assistant.services.desk_shapes import OpenedSession
from assistant.services.errors import WrongSignIn
from assistant.services.issue_desk_login import LOGIN_PATH
from assistant.services.own_sessions import list_sessions
from assistant.services.readmit import witness_of
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.sign_in import sign_in
from assistant.services.verify_history import verify_history
from assistant.services.view_own_sign_in import view_own_sign_in
from assistant.store.ledger import HistoryEvent
from assistant.verbs import readmit
from tests.databases import ON_SQLITE
from tests.services.filings import CHAIR, CLERK, address_of, mail
from tests.services.signing_in import NETWORK, PASSWORD, with_phone

pytestmark = ON_SQLITE


@pytest.fixture
def locked_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return the desk of a clerk with a password, a lost phone and lost codes."""
    with_phone(desk, CLERK)
    for name, value in desk.settings.as_environment().items():
        monkeypatch.setenv(name, value)
    return desk


def answering(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    """Type an answer, or close the terminal's input."""

    def read(_prompt: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", read)


def run(staff_id: str, data: Path | None = None) -> int:
    return readmit.main(Namespace(staff_id=staff_id, data=str(data) if data else None, school=None))


def test_the_clerk_comes_in_with_what_is_printed_and_with_nothing_of_before(
    locked_out: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = locked_out
    assert list_sessions(desk, staff_id=CLERK, session="")
    answering(monkeypatch, CLERK)
    assert run(CLERK) == 0
    token = capsys.readouterr().out.strip().rpartition(LOGIN_PATH)[2]
    assert list_sessions(desk, staff_id=CLERK, session="") == ()
    with pytest.raises(WrongSignIn):
        sign_in(desk, email=address_of(desk, CLERK), password=PASSWORD, network=NETWORK)
    entered = redeem_desk_login(desk, token=token)
    assert isinstance(entered, OpenedSession)  # no second step is asked for
    left = view_own_sign_in(desk, staff_id=CLERK)
    assert (left.password_set_at, left.app_added_at, left.codes_left) == (None, None, 0)
    with pytest.raises(WrongSignIn):
        redeem_desk_login(desk, token=token)


def test_they_and_the_chair_are_written_to_without_a_secret_and_it_is_in_the_history(
    locked_out: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = locked_out
    before = len(mail(desk))
    answering(monkeypatch, f" {CLERK} ")
    assert run(CLERK) == 0
    token = capsys.readouterr().out.strip().rpartition(LOGIN_PATH)[2]
    letters = mail(desk)[before:]
    both = [address_of(desk, CHAIR), address_of(desk, CLERK)]
    assert sorted(to for to, _, _ in letters) == sorted(both)
    assert not any(token in body or "/desk/" in body for _, _, body in letters)
    with desk.unit_of_work(read_only=True) as work:
        events = work.session.execute(select(HistoryEvent.kind, HistoryEvent.actor)).all()
    assert ("staff.readmitted", "operator") in events
    assert ("second_step.reset", "operator") in events
    assert verify_history(desk) == ()


@pytest.mark.parametrize("answer", ["", "yes", "mr-croft", None])
def test_without_the_id_typed_again_nothing_changes(
    locked_out: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str | None,
) -> None:
    before = mail(locked_out), view_own_sign_in(locked_out, staff_id=CLERK)
    answering(monkeypatch, answer)
    assert run(CLERK) == 1
    assert (mail(locked_out), view_own_sign_in(locked_out, staff_id=CLERK)) == before
    shown = capsys.readouterr().out
    assert "Nothing was changed." in shown
    assert LOGIN_PATH not in shown


@pytest.mark.usefixtures("locked_out")
def test_an_unknown_id_or_folder_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("mrs-nobody") == 2
    assert "'mrs-nobody'" in capsys.readouterr().out
    assert run(CLERK, tmp_path / "empty") == 2
    assert "There is no Schoolgate" in capsys.readouterr().out
    assert not (tmp_path / "empty" / KEYS_FILE).exists()


def test_where_it_is_the_chair_the_next_one_hears_of_it(locked_out: Desk) -> None:
    chair, witness = witness_of(locked_out, CLERK), witness_of(locked_out, CHAIR)
    assert chair
    assert chair.id == CHAIR
    assert witness
    assert witness.id != CHAIR
