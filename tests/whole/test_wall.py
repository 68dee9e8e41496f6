"""The wall from end to end: the person a complaint is about cannot learn that it exists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from assistant.casework.references import new_reference
from assistant.casework.wall import school_wall
from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.services.set_password import set_password
from assistant.store.ledger import Outbox
from assistant.store.tables import CaseFile
from tests.web.desk_stage import HEAD, PASSWORD, Visitor
from tests.whole.parent import Parent, words_of

COMPLAINT = (
    "I am making a formal complaint about the headteacher. She read my letter about my daughter "
    "out in a staff meeting and laughed at the word marzipanesque"
)
TRACES = ("marzipanesque", "Becky Wardle", "Ellie Wardle")
HEARD_BY = {"dr-siddiqui", "ms-whitaker"}
"""The chair and the clerk of the demonstration school."""
PAGES = ("/desk", "/desk/cases", "/desk/meetings")


@dataclass(frozen=True)
class Lodged:
    """A complaint about the headteacher that was made by chat."""

    reference: str
    said: str


@pytest.fixture(scope="module")
def lodged(stack: Stack) -> Lodged:
    """Make the complaint, as a parent does."""
    with Parent.at(stack.url) as parent:
        parent.tell(COMPLAINT, "I want it looked into by the governors")
        recorded = parent.tell("Ellie Wardle 5B. Becky Wardle 07700 900616", "yes")
    assert recorded["record"]["kind"] == "complaint", words_of(recorded)
    return Lodged(recorded["record"]["reference"], words_of(recorded))


@contextmanager
def at_the_desk(stack: Stack, desk: Desk, staff_id: str) -> Iterator[Visitor]:
    """Give somebody who has signed in."""
    set_password(desk, staff_id=staff_id, password=PASSWORD)
    with Visitor(base_url=stack.url, timeout=30) as visitor:
        yield visitor.sign_in(staff_id, desk)


def walled_off(desk: Desk) -> frozenset[str]:
    """Return the head, the head's relatives and everybody who reads the head's mail."""
    return school_wall(desk.school, {HEAD})


def test_the_wall_is_more_than_one_person(desk: Desk) -> None:
    assert walled_off(desk) >= {HEAD, "mr-rigby", "mrs-pickering", "mr-lund"}


@pytest.mark.parametrize("staff_id", [HEAD, "mr-rigby", "mrs-pickering", "mr-lund"])
def test_those_it_is_about_find_no_trace(
    staff_id: str, stack: Stack, desk: Desk, lodged: Lodged
) -> None:
    with at_the_desk(stack, desk, staff_id) as walled:
        for page in PAGES:
            shown = walled.get(page)
            assert shown.status_code == 200
            assert not [word for word in (lodged.reference, *TRACES) if word in shown.text]


@pytest.mark.parametrize("path", ["/desk/cases/{}", "/desk/meetings/{}"])
@pytest.mark.parametrize("staff_id", [HEAD, "mrs-pickering"])
def test_its_address_answers_as_one_that_does_not_exist(
    staff_id: str, path: str, stack: Stack, desk: Desk, lodged: Lodged
) -> None:
    made_up = new_reference()
    with at_the_desk(stack, desk, staff_id) as walled:
        real, unknown = (walled.get(path.format(one)) for one in (lodged.reference, made_up))
    assert real.status_code == unknown.status_code == 404
    assert real.text.replace(lodged.reference, "") == unknown.text.replace(made_up, "")


def test_a_note_by_the_head_is_refused_as_on_nothing(
    stack: Stack, desk: Desk, lodged: Lodged
) -> None:
    with at_the_desk(stack, desk, HEAD) as head:
        answer = head.submit(
            "/desk/password", f"/desk/cases/{lodged.reference}/notes", note="I saw this"
        )
    assert answer.status_code == 404


@pytest.mark.parametrize("staff_id", sorted(HEARD_BY))
def test_the_chair_and_the_clerk_can_read_it(
    staff_id: str, stack: Stack, desk: Desk, lodged: Lodged
) -> None:
    with at_the_desk(stack, desk, staff_id) as reader:
        assert lodged.reference in reader.get("/desk/cases").text
        case = reader.get(f"/desk/cases/{lodged.reference}")
    assert case.status_code == 200
    assert "marzipanesque" in case.text


def test_no_letter_about_it_goes_to_a_mailbox_behind_the_wall(desk: Desk, lodged: Lodged) -> None:
    with desk.unit_of_work(read_only=True) as work:
        case = select(CaseFile.id).where(CaseFile.reference == lodged.reference)
        letters = work.session.scalars(select(Outbox).where(Outbox.target_id.in_(case))).all()
        reached = {work.unseal(letter, "recipient") for letter in letters}
    people = desk.school.by_id
    assert reached >= {people[one].email for one in HEARD_BY}
    assert not reached & {people[one].email for one in walled_off(desk)}


def test_the_parent_is_told_that_it_went_past_the_head(lodged: Lodged) -> None:
    assert "Mrs Ashworth" not in lodged.said
    assert "clerk" in lodged.said.lower() or "chair" in lodged.said.lower()


def test_no_talk_about_the_head_is_offered_with_the_head(parent: Parent) -> None:
    parent.tell("The headteacher called me a liar in front of the whole playground", "yes")
    offered = words_of(parent.tell("Freya Moss 6A"))
    assert not [name for name in ("Ashworth", "Rigby") if name in offered]
