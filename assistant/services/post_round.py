"""One round of the postman: the errands that fall due with time, then the mail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import structlog

from assistant.services.deliver_outbox import Delivery, deliver_outbox
from assistant.services.end_restrictions import end_restrictions
from assistant.services.expire_time_offers import expire_time_offers
from assistant.services.offer_earlier import offer_earlier
from assistant.services.purge import purge_daily
from assistant.services.purge_drafts import purge_drafts
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.send_daily_head import send_daily_head
from assistant.services.settle_chats import settle_chats
from assistant.services.store_held_alerts import store_held_alerts
from assistant.services.tell_of_held_alerts import tell_of_held_alerts

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.mailers import Mailer

ERRANDS: tuple[Callable[[Desk], int], ...] = (
    store_held_alerts,
    repeat_alerts,
    expire_time_offers,
    end_restrictions,
    settle_chats,
    offer_earlier,
    purge_drafts,
    purge_daily,
    send_daily_head,
)
"""What is done before the delivery, each whether or not the others can be."""

log = structlog.get_logger()


def post_round(desk: Desk, mailer: Mailer) -> Delivery:
    """Go one round and return what was delivered; an errand that fails waits for the next."""
    for errand in ERRANDS:
        _run(errand.__name__, partial(errand, desk))
    _run(tell_of_held_alerts.__name__, partial(tell_of_held_alerts, desk, mailer))
    return deliver_outbox(desk, mailer)


def _run(name: str, errand: Callable[[], int]) -> None:
    try:
        errand()
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        log.warning("errand_put_off", errand=name, error=type(problem).__name__)
