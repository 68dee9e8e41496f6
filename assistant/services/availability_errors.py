"""What the availability services refuse, beside ``NotHere`` for whom one may not set hours.

ServiceError
├── ChangedMeanwhile      somebody saved other hours since these were opened
└── MeetingsLeftOutside   meetings would lie outside the hours, and nobody has confirmed that
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import ServiceError

if TYPE_CHECKING:
    from assistant.casework.availability.effects import Booked


class ChangedMeanwhile(ServiceError):  # noqa: N818 - it names what happened
    """The weekly hours or the terms were saved by another hand since they were read."""

    def __init__(self) -> None:
        """Say it in the words of the page."""
        super().__init__("These times were changed by somebody else since you opened them.")


class MeetingsLeftOutside(ServiceError):  # noqa: N818 - it names the meetings
    """The change would leave ``meetings`` outside the hours; a confirmation must name them."""

    def __init__(self, meetings: tuple[Booked, ...]) -> None:
        """Keep the meetings, soonest first."""
        super().__init__("Booked meetings would lie outside these times.")
        self.meetings = meetings
