"""Reads British time phrases: read_time, find_time, told_times, looks_like_time."""

from assistant.casework.times.finder import find_time, looks_like_time
from assistant.casework.times.reader import read_time
from assistant.casework.times.shapes import SchoolDays, TimeReading, Window
from assistant.casework.times.told import told_times

__all__ = [
    "SchoolDays",
    "TimeReading",
    "Window",
    "find_time",
    "looks_like_time",
    "read_time",
    "told_times",
]
