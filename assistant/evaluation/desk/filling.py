"""Fills a stage with cases by the thousand: real sealed rows, copies of one that was opened."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.casework.references import new_reference
from assistant.services.open_case import open_case
from assistant.services.record_links import CASE
from assistant.services.search_index import index_record
from assistant.services.shapes import Child, Contact, Needs
from assistant.store.columns import new_id
from assistant.store.tables import CaseAccess, CaseDeadline, CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

CHUNK = 500
FIRST = ("Dana", "Imran", "Marta", "Jo", "Ewa", "Ola", "Grace", "Leanne", "Tariq", "Wen")
LAST = ("Whitlock", "Sadiq", "Kowalska", "Reeves", "Nowak", "Brandt", "Adeyemi", "Price", "Osei")
SYLLABLES = ("ba", "ler", "min", "sto", "ken", "dra", "wil", "hun", "tor", "vey", "lan", "mar")
OPEN_PART = 0.4
DAYS_BACK = 400
DAYS_TO_ANSWER = 28


def fill_with_cases(desk: Desk, staff_id: str, cases: int) -> None:
    """Make so many cases that the person may read, four in ten of them open."""
    drawn = random.Random(1902)  # noqa: S311 - the same cases each time, no secret
    columns = _really_opened(desk)
    for start in range(0, cases, CHUNK):
        with desk.unit_of_work() as work:
            for _ in range(start, min(cases, start + CHUNK)):
                _write(desk, work, columns, staff_id, drawn)
            work.commit(unrecorded="a measurement sets its stage")


def _really_opened(desk: Desk) -> dict[str, Any]:
    receipt = open_case(
        desk,
        idempotency_key="filling",
        conversation_id=None,
        kind=CaseKind.COMPLAINT,
        channel=Channel.COMPLAINT,
        statement="He was kept in at lunch for two days over his shoes. " * 8,
        outcome_wanted="Somebody rings me.",
        contact=Contact("Dana Whitlock", "07700 900123", "dana@home.example", safe=True),
        child=Child("Finn", 4, "4B"),
        needs=Needs(),
    )
    with desk.unit_of_work(read_only=True) as work:
        row = work.session.get_one(CaseFile, receipt.id)
        return {name: getattr(row, name) for name in CaseFile.__table__.columns.keys()}  # noqa: SIM118 - a collection, no mapping


def _write(
    desk: Desk, work: UnitOfWork, columns: dict[str, Any], staff_id: str, drawn: random.Random
) -> None:
    new, is_open = new_id(), drawn.random() < OPEN_PART
    received = desk.clock.now() - timedelta(days=drawn.randrange(30 if is_open else DAYS_BACK))
    names = {"id": new, "token_digest": new, "idempotency_key": new, "reference": new_reference()}
    status = CaseStatus.RECEIVED if is_open else CaseStatus.CLOSED
    case = CaseFile(**columns | names | {"status": status.value, "received_at": received})
    people = _people(drawn)
    _seal(work, case, *people)
    work.session.add(case)
    work.session.flush()
    now = desk.clock.now()
    work.session.add(CaseAccess(case_id=new, staff_id=staff_id, why="handler", granted_at=now))
    for name, days in (("Acknowledge", 5), ("Reply", DAYS_TO_ANSWER)):
        due = (received + timedelta(days=days)).date()
        met = None if is_open else received
        work.session.add(
            CaseDeadline(case_id=new, name=name, due_on=due, clock="school_days", days=days,
                         sum="Received, and so many school days after it.", met_at=met)
        )  # fmt: skip
    index_record(desk, work, CASE, new, people)


def _people(drawn: random.Random) -> tuple[Contact, Child]:
    surname = drawn.choice((*LAST, "".join(drawn.choices(SYLLABLES, k=3)).title()))
    phone = f"07700 {drawn.randrange(900_000, 999_999)}"
    name, class_name = f"{drawn.choice(FIRST)} {surname}", f"{drawn.randrange(1, 7)}B"
    child = Child(name, drawn.randrange(7), class_name)
    return Contact(f"{drawn.choice(FIRST)} {surname}", phone, f"{surname}@home.example"), child


def _seal(work: UnitOfWork, case: CaseFile, contact: Contact, child: Child) -> None:
    work.seal(case, "statement", "He was kept in at lunch for two days over his shoes. " * 8)
    work.seal(case, "outcome_wanted", "Somebody rings me.")
    work.seal_json(case, "contact", asdict(contact))
    work.seal_json(case, "child", asdict(child))
    work.seal_json(case, "needs", asdict(Needs()))
