"""Brings the databases to their present shape and the school's people into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.app import build_desk
from assistant.bootstrap.progress import SetupError
from assistant.services.publish_policy import PolicyChanged, publish_policy
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.settings import Settings


def fill_databases(settings: Settings) -> Desk:
    """Migrate and seed; doing it again changes nothing. Returns the desk that was wired.

    Raises ``SetupError`` with a sentence when the policy that parents have read was changed.
    """
    migrate_databases(settings)
    desk = build_desk(settings)
    seed_school(desk.unit_of_work, desk.school)
    try:
        publish_policy(desk)
    except PolicyChanged as problem:
        raise SetupError(str(problem)) from problem
    return desk
