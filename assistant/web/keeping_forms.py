"""What the pages share on which somebody decides how long a record or an alert is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.web.forms import day_of, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanic import Request

    from assistant.web.desk_frame import Words

HOLD, LIFT, REMOVE = "hold", "lift", "remove"
"""The steps of both pages: what the forms send as ``step``."""


def wish_to_hold(
    request: Request, hold: Callable[..., None]
) -> tuple[Callable[..., None] | None, Words]:
    """Return ``hold`` with the day of its review, or what is wrong with that day."""
    day = day_of(field(request, "on"))
    return (partial(hold, review_on=day), {}) if day else (None, wrong_review())


def wrong_review() -> Words:
    """Return what is said of a review that is not in the future."""
    return {"hold-on": "Choose a day after today on which somebody looks at the hold again"}
