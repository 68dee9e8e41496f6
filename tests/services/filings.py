"""Cases filed with the demonstration primary school."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from assistant.casework.kinds import CaseKind, Channel
from assistant.services.desk import Desk
from assistant.services.open_case import open_case
from assistant.services.shapes import CaseReceipt, Child, Contact, Needs
from assistant.store.ledger import AlertOutbox, Outbox
from assistant.store.unit_of_work import OpenWork

HEAD, HEADS_HUSBAND, HEADS_PA = "mrs-ashworth", "mr-rigby", "mrs-pickering"
BUSINESS_MANAGER, DEPUTY, SENCO = "mr-lund", "mr-mensah", "mrs-okafor"
CHAIR, VICE_CHAIR, CLERK, OFFICE = "dr-siddiqui", "mr-thorpe", "ms-whitaker", "ms-begum"

STATEMENT = "Zephyrine was left outside in the rain for an hour."
CHILD = "Zephyrine Quill"
PARENT = Contact("Ottoline Quill", "07700 900123", "o.quill@home.example", safe=True)


def file_case(desk: Desk, key: str = "key", **changed: Any) -> CaseReceipt:
    """Open a complaint; ``changed`` replaces any part of it."""
    request: dict[str, Any] = {
        "idempotency_key": key,
        "conversation_id": None,
        "kind": CaseKind.COMPLAINT,
        "channel": Channel.COMPLAINT,
        "statement": STATEMENT,
        "outcome_wanted": "An apology and a plan.",
        "contact": PARENT,
        "child": Child(CHILD, 4, "4B"),
        "needs": Needs(interpreter="Polish"),
        "subjects": frozenset(),
    }
    return open_case(desk, **(request | changed))


def rows_of(open_work: OpenWork, table: Any) -> int:
    """Return how many rows ``table`` has."""
    with open_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0


def mail(desk: Desk, *, alerts: bool = False) -> list[tuple[str, str, str]]:
    """Return recipient, subject and body of everything in an outbox, oldest first."""
    open_work = desk.alerts_unit_of_work if alerts else desk.unit_of_work
    table = AlertOutbox if alerts else Outbox
    with open_work(read_only=True) as work:
        rows = work.session.scalars(select(table).order_by(table.created_at, table.id))
        return [
            (work.unseal(row, "recipient"), row.subject, work.unseal(row, "body")) for row in rows
        ]


def address_of(desk: Desk, staff_id: str) -> str:
    """Return somebody's e-mail address."""
    return desk.school.person(staff_id).email
