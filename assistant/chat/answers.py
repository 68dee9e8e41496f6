"""One answer to a parent: what the brain's messages come to, as it is stored and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import Channel
from assistant.chat.brain_client import BrainUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.chat.brain_client import BrainMessage

RECORD_FIELDS = ("kind", "reference", "status")


@dataclass(frozen=True)
class Choice:
    """A button: the title is shown, the payload stays on the server."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One thing the assistant says, with the choices under it."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Everything that answers one turn.

    ``expects`` says what the next message should be; ``help`` pins the help card open; ``ended``
    tells that the matter is done. ``record`` has the keys ``RECORD_FIELDS`` or is None.
    ``unsure``: a yes may have been carried out, and the next answer must tell (``lost_news``).
    ``prove``: a yes was not carried out for want of the browser's proof of work.
    """

    channel: Channel
    replies: tuple[Reply, ...]
    alternatives: tuple[Channel, ...] = ()
    reason: str = ""
    record: Mapping[str, str] | None = None
    expects: str | None = None
    help: bool = False
    ended: bool = False
    unsure: bool = False
    prove: bool = False

    def replies_to_store(self) -> list[dict[str, Any]]:
        """Return the replies as JSON; what the next turn must know rides on the last of them."""
        stored: list[dict[str, Any]] = [
            {"text": reply.text, "choices": [vars(choice) for choice in reply.choices]}
            for reply in self.replies
        ]
        stored[-1].update(expects=self.expects, help=self.help, ended=self.ended)
        if self.unsure:
            stored[-1]["unsure"] = True
        if self.prove:
            stored[-1]["prove"] = True
        return stored


def merge(messages: Sequence[BrainMessage]) -> Answer:
    """Make one answer of the brain's messages; of a repeated ``custom`` key the later wins.

    Raises:
        BrainUnavailable: nothing was said, or the channel or record is not one of ours.
    """
    custom: dict[str, Any] = {}
    for message in messages:
        custom |= message.custom
    replies = tuple(_replies(messages))
    if not replies:
        raise BrainUnavailable("empty")
    try:
        return _answer(replies, custom)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise BrainUnavailable("nonsense") from error


def choices_of(stored_replies: Iterable[Mapping[str, Any]]) -> list[Choice]:
    """Return every choice of one stored turn in order; a choice's number is its place here."""
    return [
        Choice(choice["title"], choice["payload"])
        for reply in stored_replies
        for choice in reply.get("choices", ())
    ]


def _answer(replies: tuple[Reply, ...], custom: Mapping[str, Any]) -> Answer:
    return Answer(
        channel=Channel(custom.get("channel") or Channel.SERVICE),
        replies=replies,
        alternatives=tuple(Channel(code) for code in custom.get("alternatives") or ()),
        reason=str(custom.get("reason") or ""),
        record=_record(custom.get("record")),
        expects=custom.get("expects"),
        help=bool(custom.get("help")),
        ended=bool(custom.get("ended")),
        prove=bool(custom.get("prove")),
    )


def _replies(messages: Sequence[BrainMessage]) -> Iterable[Reply]:
    for message in messages:
        text = (message.text or "").strip()
        choices = tuple(Choice(button.title, button.payload) for button in message.buttons)
        if text or choices:
            yield Reply(text, choices)


def _record(record: Mapping[str, Any] | None) -> dict[str, str] | None:
    return {name: str(record[name]) for name in RECORD_FIELDS} if record else None
