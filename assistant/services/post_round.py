"""One round of the postman: repeat alerts that nobody acknowledged, then deliver what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assistant.services.deliver_outbox import Delivery, deliver_outbox
from assistant.services.repeat_alerts import repeat_alerts

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.mailers import Mailer

log = structlog.get_logger()


def post_round(desk: Desk, mailer: Mailer) -> Delivery:
    """Go one round and return what was delivered; a database that is down waits for the next."""
    try:
        repeat_alerts(desk)
    except SQLAlchemyError as problem:
        log.warning("alerts_not_repeated", error=type(problem).__name__)
    return deliver_outbox(desk, mailer)
