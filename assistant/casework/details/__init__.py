"""Reads names, numbers, wishes and corrections out of what a parent types; invents nothing."""

from assistant.casework.details.answers import (
    is_no,
    is_yes,
    takes_anger_back,
    wants_back,
    wants_human,
    wants_nothing,
    wants_skip,
    wants_to_stop,
)
from assistant.casework.details.contact import normalise_phone
from assistant.casework.details.reader import read_details
from assistant.casework.details.shapes import Correction, Details

__all__ = [
    "Correction",
    "Details",
    "is_no",
    "is_yes",
    "normalise_phone",
    "read_details",
    "takes_anger_back",
    "wants_back",
    "wants_human",
    "wants_nothing",
    "wants_skip",
    "wants_to_stop",
]
