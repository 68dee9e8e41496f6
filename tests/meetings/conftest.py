"""Fixtures of the proofs about meetings."""

from tests.desks import desk, settings
from tests.meetings.staging import copy_stage, make_stage

__all__ = ["copy_stage", "desk", "make_stage", "settings"]
