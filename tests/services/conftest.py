"""Fixtures of tests that touch a database."""

from tests.databases import fresh_database, postgresql
from tests.desks import desk, settings

__all__ = ["desk", "fresh_database", "postgresql", "settings"]
