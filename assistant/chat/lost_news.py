"""What became of a yes whose news was lost: the brain died between the record and its answer.

The record then stands, once and complete, while the brain takes the matter for told. The rows of
the case database decide, and the next answer tells them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.chat.answers import Reply
from assistant.security.tokens import record_token
from assistant.services.find_records import find_records
from assistant.services.receipts import receipt_for
from assistant.services.record_links import CASE, MEETING
from assistant.services.turns import CONFIRM

if TYPE_CHECKING:
    from assistant.chat.answers import Answer
    from assistant.services.desk import Desk
    from assistant.services.shapes import PendingTurn, RecordView

NOTHING = "I have looked: nothing from this chat has been booked, sent or changed."


def with_the_news(desk: Desk, turn: PendingTurn, answer: Answer) -> Answer:
    """Return the brain's answer, and after an unsure one what is recorded for this chat.

    An answer that gives a record, or asks for the yes again, knows the matter and stays as it is.
    """
    if not turn.unsure or answer.record or answer.expects == CONFIRM:
        return answer
    records = find_records(desk, conversation_id=turn.conversation_id)
    words = _words(desk, records) if records else NOTHING
    newest = _as_told(records[0]) if records else None
    return replace(answer, replies=(*answer.replies, Reply(words)), record=newest)


def _words(desk: Desk, records: list[RecordView]) -> str:
    told = "\n\n".join(_line(desk, record) for record in records)
    return f"I have looked whether your yes went through. This is what is recorded now:\n\n{told}"


def _line(desk: Desk, record: RecordView) -> str:
    kind = MEETING if record.kind == MEETING else CASE
    token = record_token(desk.keys.lookup, kind, record.id)
    link = f"{desk.settings.public_url}/r/{token}"
    lines = [
        f"{record.summary}. {record.status_label}. Your reference:",
        record.reference,
        f"To see, change or withdraw it, keep this link to yourself: {link}",
    ]
    if kind == CASE:
        lines.append(f"Your receipt, if you lose the link: {receipt_for(desk, record.id)}")
    return "\n".join(lines)


def _as_told(record: RecordView) -> dict[str, str]:
    return {"kind": record.kind, "reference": record.reference, "status": record.status}
