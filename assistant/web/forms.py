"""Read what people send in forms."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import TYPE_CHECKING

from assistant.chat.typed_text import tidy
from assistant.web.languages import translatable

if TYPE_CHECKING:
    from sanic import Request

NOTE_CHARACTERS = 20_000
"""The longest note that is taken: about seven pages."""
NO_NUMBER = translatable("Give a number that we can ring.")
NO_WORDS = translatable("Write a few words first.")
TOO_MANY_CHARACTERS = translatable("Make it shorter: at most 20,000 characters.")

FEWEST_DIGITS = 7
LONGEST_PHONE = 60

_KEY = re.compile(r"[0-9a-z-]{8,60}")


def field(request: Request, name: str) -> str:
    """Return one field of the form without invisible tricks, empty when it was not sent."""
    return tidy(secret_field(request, name))


def several(request: Request, name: str) -> tuple[str, ...]:
    """Return every value that the form sent under one name, such as the boxes that are ticked."""
    form = request.form
    return tuple(tidy(str(value)) for value in form.getlist(name)) if form else ()


def secret_field(request: Request, name: str) -> str:
    """Return one field exactly as it was typed: a password."""
    form = request.form
    return str(form.get(name) or "") if form else ""


def day_of(text: str) -> date | None:
    """Return the day that a date field holds, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def one_line(text: str) -> str:
    """Return ``text`` with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def is_phone(text: str) -> bool:
    """Tell whether ``text`` holds digits enough to be rung and is not too long to be a number."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= FEWEST_DIGITS and len(text) <= LONGEST_PHONE


def new_key() -> str:
    """Return a key for a form that is being shown; sending the form twice then counts once."""
    return secrets.token_hex(16)


def sent_key(request: Request) -> str:
    """Return the form's key; a form without a good one gets a fresh key."""
    key = field(request, "idempotency_key")
    return key if is_key(key) else new_key()


def is_key(key: str) -> bool:
    """Tell whether ``key`` has the shape of one that a page was given."""
    return bool(_KEY.fullmatch(key))


def problem_with_words(words: str) -> str | None:
    """Return a sentence when a note or a reason cannot be taken, else None."""
    if not words:
        return NO_WORDS
    if len(words) > NOTE_CHARACTERS:
        return TOO_MANY_CHARACTERS
    return None
