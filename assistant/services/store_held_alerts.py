"""Store the alerts that were kept on the disk while the alerts database was away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from assistant.services.alert_spool import spooled, unspool
from assistant.services.store_alert import store_alert

if TYPE_CHECKING:
    from assistant.services.desk import Desk

log = structlog.get_logger()


def store_held_alerts(desk: Desk) -> int:
    """Store each of them once and return how many; one that fails waits for the next round."""
    done = 0
    for told in spooled(desk):
        try:
            store_alert(desk, told)
        except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
            log.warning("alert_still_held", alert=told.id, error=type(problem).__name__)
            continue
        unspool(desk, told.key)
        done += 1
    return done
