"""Serves as ``python -m assistant.web`` does, but a name that does not exist in a page is an error.

In production such a name leaves a gap and the rest of the page can be read. In a test it must not
pass unseen: a heading once stood over an empty list. Passwords cost next to nothing here: some
hundred sign-ins are on the way to what is tested. Their price is tried in ``tests/services``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Undefined
from jinja2.utils import missing

from assistant.security import passwords
from assistant.web import __main__ as web
from assistant.web import pages
from tests.cheap_passwords import CHEAP

if TYPE_CHECKING:
    from jinja2 import Environment

GENEROUS = pages.environment
TESTED_BY_GOVUK = frozenset({"caller", "null", "undefined"})
"""Names that the macros of GOV.UK Frontend ask about although they may not be there."""


def unknown(
    hint: str | None = None,
    obj: object = missing,
    name: str | None = None,
    exc: type[Exception] | None = None,
) -> Undefined:
    """Return what stands for a name that is not there; only a form may lack a field."""
    may_lack = isinstance(obj, Mapping) or name in TESTED_BY_GOVUK
    more = {"exc": exc} if exc else {}
    return (Undefined if may_lack else StrictUndefined)(hint, obj, name, **more)  # type: ignore[arg-type]


def strict_environment() -> Environment:
    """Return the environment of the pages with ``unknown``."""
    made = GENEROUS()
    made.undefined = unknown  # type: ignore[assignment]
    return made


def serve() -> None:
    """Serve until told to stop, with the settings of the environment."""
    pages.environment = strict_environment
    passwords._hasher = CHEAP
    web.main()
