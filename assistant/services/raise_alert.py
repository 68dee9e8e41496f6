"""Raise an alert: the parent's exact words, to the safeguarding leads only.

Uses the alerts database and nothing else: it works while the case database does not. While the
alerts database does not work either, the words are kept in a sealed file, and go into the database
with the first round of the postman that can reach it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from assistant.casework.reading import Reading
from assistant.services.alert_spool import Told, spool, unspool
from assistant.services.errors import AlertHeldUp
from assistant.services.store_alert import lead_views, store_alert
from assistant.services.turns import stored_key
from assistant.services.who_is_meant import who_is_meant
from assistant.store.columns import new_id

if TYPE_CHECKING:
    from assistant.casework.kinds import AlertKind
    from assistant.services.desk import Desk
    from assistant.services.shapes import AlertReceipt, Contact

log = structlog.get_logger()


def raise_alert(  # noqa: PLR0913 - an alert is what it is
    desk: Desk,
    *,
    idempotency_key: str,
    conversation_id: str | None,
    kind: AlertKind,
    words: str,
    contact: Contact | None = None,
    subjects: frozenset[str] = frozenset(),
    passed_over: frozenset[str] = frozenset(),
) -> AlertReceipt:
    """Store the alert, put its messages into the outbox, and say who reads it and when.

    A lead whom the words or ``subjects`` (staff ids) name, or who is close to somebody named, is
    passed over; so are those in ``passed_over`` while another lead can be told. The same
    ``idempotency_key`` raises nothing new. Raises ``AlertHeldUp`` when the database cannot take
    it: then nobody was told, and the parent has to hear that.
    """
    named = who_is_meant(desk, text=words, reading=Reading(act="disclose")).subjects
    told = Told(
        id=new_id(),
        key=stored_key(idempotency_key),
        conversation_id=conversation_id,
        kind=kind,
        words=words,
        contact=contact,
        subjects=named | subjects,
        passed_over=passed_over,
        raised_at=desk.clock.now(),
    )
    kept = spool(desk, told)
    try:
        receipt = store_alert(desk, told)
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        log.warning("alert_held_up", alert=told.id, kept=kept, error=type(problem).__name__)
        raise AlertHeldUp(lead_views(desk, told), kept=kept) from None
    unspool(desk, told.key)
    return receipt
