"""No log, letter's subject or database file of the data folder holds a parent's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.store.ledger import AlertOutbox, Outbox
from tests.whole.parent import Parent

CANARIES = ("quixotrope", "Wilhelmtine", "Brackenfold", "07700 900615", "07700900615")
STORY = "My son Wilhelmtine was called a quixotrope by his teacher and nobody rang me"
WHO = "Wilhelmtine Brackenfold 4B"
REACH = "Perpetua Brackenfold 07700 900615"


@pytest.fixture(scope="module")
def quiet(stack: Stack) -> Stack:
    """Hold conversations full of rare words, well and badly, and give the stack after them."""
    with Parent.at(stack.url) as booking, Parent.at(stack.url) as complaint:
        booking.tell(STORY, "yes", WHO, "thursday after school", REACH, "yes")
        complaint.tell(f"I want to make a formal complaint. {STORY}, for three weeks now")
        complaint.tell("an end to the word quixotrope", f"{WHO}. {REACH}", "yes")
    with Parent.at(stack.url) as disclosure, Parent.at(stack.url) as odd:
        disclosure.tell("his stepdad hits Wilhelmtine with a belt he calls the quixotrope", REACH)
        odd.send({"text": STORY, "quixotrope": "Wilhelmtine"})
        odd.http.post(f"/conversations/quixotrope/messages?Wilhelmtine={STORY}", content=b"{")
        odd.say("quixotrope " * 5_000)
    fail(stack, "actions")
    fail(stack, "brain")
    return stack


def fail(stack: Stack, name: str) -> None:
    """Tell the story while a process is down."""
    stack.hold(name)
    with Parent.at(stack.url) as parent:
        parent.tell(STORY, "his stepdad hits Wilhelmtine, the quixotrope")
    stack.release(name)
    stack.wait_until_healthy("web")


def files(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_file_of_the_data_folder_holds_their_words(quiet: Stack) -> None:
    found = [
        f"{path.relative_to(quiet.settings.data)} holds {canary}"
        for path in files(quiet.settings.data)
        for canary in CANARIES
        if canary.lower().encode() in path.read_bytes().lower()
    ]
    assert not found, "\n".join(found)


def test_the_logs_were_written(quiet: Stack) -> None:
    """Else the test above would pass on nothing."""
    logs = {path.name: path for path in files(quiet.settings.data / "logs")}
    assert {"web.log", "brain.log", "actions.log"} <= set(logs)
    assert "brain_unavailable" in logs["web.log"].read_text()
    assert "brain.turn_failed" in logs["brain.log"].read_text()


def test_no_subject_of_a_letter_holds_their_words(quiet: Stack, desk: Desk) -> None:
    del quiet
    subjects = []
    for open_work, table in (
        (desk.unit_of_work, Outbox),
        (desk.alerts_unit_of_work, AlertOutbox),
    ):
        with open_work(read_only=True) as work:
            subjects += work.session.scalars(select(table.subject))
    assert len(subjects) > 3
    assert not [one for one in subjects if any(canary in one for canary in CANARIES)]
