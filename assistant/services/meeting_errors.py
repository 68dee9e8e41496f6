"""What the meeting services refuse; the text of each is a sentence for the parent.

ServiceError
├── SlotTaken        the time went to somebody else, or is no longer offered
├── HostNotAllowed   this person may not host this matter; never says why
├── VisitNotAllowed  this parent may not come in; by phone or video they may
├── HostBusy         the colleague cannot take the meeting at its time
├── MeetingGone      unknown, cancelled, or over
└── NoWayToTell      no e-mail address that is safe to write to
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.kinds import MeetingMode
    from assistant.casework.slots import Slot


class SlotTaken(ServiceError):  # noqa: N818 - it names the slot
    """The time has gone; ``alternatives`` are the nearest free ones, soonest first."""

    def __init__(self, alternatives: Sequence[Slot] = ()) -> None:
        """Keep up to three alternatives."""
        super().__init__("That time has just gone. Nothing you wrote is lost. Choose another time.")
        self.alternatives = list(alternatives)


class HostNotAllowed(ServiceError):  # noqa: N818 - it names the host
    """The wall, or the person's role, forbids it. Tells nothing about either."""

    def __init__(self) -> None:
        """Take no detail, so that none can leak."""
        super().__init__("This talk cannot be with that person. Choose somebody else.")


class VisitNotAllowed(ServiceError):  # noqa: N818 - it names the visit
    """The school has asked this parent not to come in; how they can meet instead.

    ``modes`` (phone, video) are free at the very time that was wished for; if none is,
    ``alternatives`` are the nearest times at which one is, soonest first.
    """

    def __init__(
        self, modes: Sequence[MeetingMode] = (), alternatives: Sequence[Slot] = ()
    ) -> None:
        """Say it without a reason, which is for a person to give."""
        super().__init__(
            "For now the school meets you by phone or video call, not in person. "
            "Nothing you wrote is lost. Choose one of these."
        )
        self.modes, self.alternatives = tuple(modes), list(alternatives)


class HostBusy(ServiceError):  # noqa: N818 - it names the host
    """They do not meet then, or are taken; ``nearest`` are their nearest free times."""

    def __init__(self, nearest: Sequence[Slot] = ()) -> None:
        """Keep up to three times."""
        super().__init__("That colleague is not free at the time of this meeting.")
        self.nearest = list(nearest)


class MeetingGone(ServiceError):  # noqa: N818 - it names the meeting
    """There is no such meeting that could still be changed."""

    def __init__(self) -> None:
        """Say the same of a meeting that is cancelled, over, or was never there."""
        super().__init__("That meeting was cancelled or is over, so it cannot be changed.")


class NoWayToTell(ServiceError):  # noqa: N818 - it names what is missing
    """The parent asks for news by e-mail and gave no address that is safe."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "We have no e-mail address that is safe to write to, so we cannot tell you of an "
            "earlier time. You can look for one on this page at any time."
        )
