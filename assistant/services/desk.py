"""Everything that a service needs, handed to it as its first argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School
    from assistant.security.keys import Keys
    from assistant.services.clock import Clock
    from assistant.services.school_account import SchoolAccount
    from assistant.settings import Settings
    from assistant.store.unit_of_work import OpenWork


@dataclass(frozen=True)
class Desk:
    """The wired parts of one process; made by ``assistant.app.build_desk``.

    ``clock`` is the school's time, which may stand still; ``machine_clock`` always runs and is
    only for leases between processes. ``unit_of_work`` opens the case database and
    ``alerts_unit_of_work`` the alerts database; neither needs the other.
    ``school_account`` is None where staff have no account of the school's to sign in with.
    """

    settings: Settings
    school: School
    calendar: SchoolCalendar
    keys: Keys
    clock: Clock
    machine_clock: Clock
    unit_of_work: OpenWork
    alerts_unit_of_work: OpenWork
    school_account: SchoolAccount | None = None
