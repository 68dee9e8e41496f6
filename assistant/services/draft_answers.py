"""What a parent has filled in so far on the booking pages; kept sealed, as plain JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.services.shapes import Child, Contact, Needs

if TYPE_CHECKING:
    from collections.abc import Mapping

INSTANTS = ("starts_at", "ends_at", "held_until")


@dataclass(frozen=True)
class Answers:
    """The answers; an empty one was not given yet.

    ``matter`` and ``note`` are the parent's words. ``about`` is a stored ``TalkAbout`` and
    ``named`` the name typed beside it. ``meant`` and ``spared`` are ids of people whom the words
    name: the talk is about the first and not about the second. ``channel`` and ``mode`` are stored
    forms. Instants are aware UTC. ``warning`` is what the parent must read first.
    """

    matter: str = ""
    about: str = ""
    named: str = ""
    meant: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    host_id: str = ""
    channel: str = ""
    mode: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    held_until: datetime | None = None
    note: str = ""
    child: Child = field(default_factory=Child)
    needs: Needs = field(default_factory=Needs)
    contact: Contact = field(default_factory=Contact)
    warning: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answers:
        """Read what ``to_json`` wrote."""
        shapes = {"child": Child, "needs": Needs, "contact": Contact}
        lists = {name: tuple(data[name]) for name in ("meant", "spared", "warning")}
        instants = {name: _instant(data[name]) for name in INSTANTS}
        built = {name: shape(**data[name]) for name, shape in shapes.items()}
        return cls(**{**data, **lists, **instants, **built})

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON types."""
        instants = {name: getattr(self, name) for name in INSTANTS}
        written = {name: when.isoformat() if when else None for name, when in instants.items()}
        return {**asdict(self), **written}

    def without_time(self) -> Answers:
        """Return the answers with no time chosen."""
        return replace(self, starts_at=None, ends_at=None, held_until=None)

    def without_host(self) -> Answers:
        """Return the answers with nobody and no time chosen."""
        return replace(self.without_time(), host_id="", channel="")

    def words(self) -> str:
        """Return all that the parent wrote about the matter."""
        return "\n\n".join(part for part in (self.matter, self.note) if part)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
