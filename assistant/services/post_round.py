"""One round of the postman: the chores that fall due with time, then the mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assistant.services.deliver_outbox import Delivery, deliver_outbox
from assistant.services.purge_drafts import purge_drafts
from assistant.services.repeat_alerts import repeat_alerts

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.mailers import Mailer

log = structlog.get_logger()

CHORES = (repeat_alerts, purge_drafts)
"""In this order; one that fails does not hold up the others."""


def post_round(desk: Desk, mailer: Mailer) -> Delivery:
    """Go one round and return what was delivered; a database that is down waits for the next."""
    for chore in CHORES:
        try:
            chore(desk)
        except SQLAlchemyError as problem:
            log.warning("chore_put_off", chore=chore.__name__, error=type(problem).__name__)
    return deliver_outbox(desk, mailer)
