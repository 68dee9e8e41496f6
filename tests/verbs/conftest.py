"""Fixtures of tests that touch a database."""

from tests.desks import desk, settings

__all__ = ["desk", "settings"]
