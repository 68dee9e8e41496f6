"""The composition root: the one place that decides what stands behind each protocol."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.school import SchoolFileError, load_school
from assistant.security.key_ring import KeyRing
from assistant.security.keys import Keys
from assistant.services.clock import FixedClock, SystemClock
from assistant.services.desk import Desk
from assistant.services.school_account import SchoolAccount
from assistant.settings import SettingsError
from assistant.store.engine import open_engine
from assistant.store.history import ALERT_HISTORY, CASE_HISTORY, Chain, HistoryTables
from assistant.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.services.clock import Clock
    from assistant.settings import Settings
    from assistant.store.unit_of_work import OpenWork


def build_desk(settings: Settings) -> Desk:
    """Wire a process. Reads the school file and the keys; connects to no database yet.

    Raises ``SettingsError`` and ``ValueError`` with sentences for the person at the terminal.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = Keys.load_or_create(settings.data)
    school = _school_of(settings)
    clock = FixedClock(settings.now) if settings.now else SystemClock()
    ring = KeyRing(settings.data, keys)
    return Desk(
        settings=settings,
        school=school,
        calendar=SchoolCalendar.from_school(school),
        keys=keys,
        clock=clock,
        machine_clock=SystemClock(),
        unit_of_work=_opener(settings.database_url, CASE_HISTORY, keys, ring, clock),
        alerts_unit_of_work=_opener(settings.alerts_database_url, ALERT_HISTORY, keys, ring, clock),
        school_account=SchoolAccount(settings) if settings.oidc_issuer else None,
    )


def _school_of(settings: Settings) -> School:
    """Read the school file; one that cannot be used is a setting that cannot."""
    try:
        return load_school(settings.school)
    except SchoolFileError as problem:
        raise SettingsError(str(problem)) from problem


def keep_what_stays() -> None:
    """Take what a started process has made for good out of the collector's sight.

    Each search for slots makes thousands of small objects; a collection in the middle of one then
    walks over them alone, and not over every module. Call once, before serving.
    """
    gc.collect()
    gc.freeze()


def _opener(
    database_url: str, tables: HistoryTables, keys: Keys, ring: KeyRing, clock: Clock
) -> OpenWork:
    chain = Chain(tables, keys.history)
    return partial(UnitOfWork, open_engine(database_url), chain, ring, clock.now)
