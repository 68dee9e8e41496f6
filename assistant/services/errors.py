"""What a service refuses, one tree.

ServiceError
├── ConversationGone     unknown, forgotten, or somebody else's
├── ConversationBusy     another message of it is being answered
├── StaleChoice          not a choice of the latest answer
├── TextTooLong          more than MOST_CHARACTERS
├── NotHere              no such record, or not for this person: the same answer to both
├── ReaderNotAllowed     this colleague cannot be given the case; never why
├── DisclosureUnclear    no person, identity or reason; no words to hide or show
├── AlertHeldUp          nobody could be told; kept safe or not
├── NotPossibleNow       the record's status does not allow it
├── WrongSignIn          name or password, never which of them
├── WrongCode            not the code of a second step, or one that was used
├── SignInTooSlow        what was begun has ended: begin again
├── PasskeyRefused       not a passkey of ours, or not the answer to a challenge that runs
├── SchoolAccountRefused the provider's answer does not let anybody in
├── SchoolAccountAway    the provider cannot be reached, or publishes nonsense
├── WeakPassword         too short
└── TooManySignIns       wait first
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.services.shapes import LeadView


class ServiceError(Exception):
    """A request that a service understood and refused."""


class ConversationGone(ServiceError):  # noqa: N818 - it names what the parent finds
    """There is no such conversation for this caller."""


class ConversationBusy(ServiceError):  # noqa: N818 - a state, not a fault
    """Another message of this conversation is being answered; try again in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        """Remember how long the other message may still take."""
        super().__init__(f"another message is being answered; try again in {seconds:.0f} s")
        self.seconds = seconds


class StaleChoice(ServiceError):  # noqa: N818 - it names the choice
    """The choice is unknown, or belongs to an earlier answer."""


class TextTooLong(ServiceError):  # noqa: N818 - it names the text
    """The message is longer than can be stored."""


class NotHere(ServiceError):  # noqa: N818 - the very words of the answer
    """There is no such record for this person. Carries nothing, so that it tells nothing."""

    def __init__(self) -> None:
        """Take no detail: a hidden record and a missing one read the same."""
        super().__init__("There is no record with that reference.")


class AlertHeldUp(ServiceError):  # noqa: N818 - it names what happened to the alert
    """An alert that nobody could be told of yet; ``leads`` is whom a parent should ring.

    ``kept``: its words are safe on this machine, and reach the leads once the fault is mended.
    """

    def __init__(self, leads: tuple[LeadView, ...], *, kept: bool) -> None:
        """Take whom to ring, and whether the words are safe."""
        super().__init__("the alert is kept" if kept else "the alert is not kept")
        self.leads = leads
        self.kept = kept


class NotPossibleNow(ServiceError):  # noqa: N818 - it names a state
    """The record has moved on, so this can no longer be done to it."""


class ReaderNotAllowed(ServiceError):  # noqa: N818 - it names the person
    """The wall, or their own wish, keeps the colleague from the case. Never says which."""

    def __init__(self) -> None:
        """Take no detail, so that it tells nothing."""
        super().__init__("This case cannot be given to this colleague.")


class WrongSignIn(ServiceError):  # noqa: N818 - it names the attempt
    """The e-mail address or the password is wrong, or the one-time login was used or is old."""


class WrongCode(ServiceError):  # noqa: N818 - it names the code
    """The code of a second step is wrong, too old, or was used before; never said which."""


class SignInTooSlow(ServiceError):  # noqa: N818 - it names what happened
    """A step of signing in was begun too long ago, was finished already, or never was begun."""


class PasskeyRefused(ServiceError):  # noqa: N818 - it names the passkey
    """The answer of a browser about a passkey cannot be taken; never said why."""


class SchoolAccountRefused(ServiceError):  # noqa: N818 - it names the account
    """Nobody can be let in by what the provider of the school's accounts said; never said why."""


class SchoolAccountAway(ServiceError):  # noqa: N818 - it names the provider's state
    """The provider of the school's accounts cannot be used now."""


class WeakPassword(ServiceError):  # noqa: N818 - it names the password
    """The password has too few characters."""


class TooManySignIns(ServiceError):  # noqa: N818 - it names the attempts
    """Too many failures; another try counts after ``minutes``."""

    def __init__(self, minutes: int) -> None:
        """Remember how long to wait."""
        super().__init__(f"too many attempts; wait {minutes} minutes")
        self.minutes = minutes
