"""Settles the names of a message: the child's, the parent's, the staff's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.casework.details import cues
from assistant.casework.details.names import NameRun, find_names, find_staff
from assistant.casework.details.ownership import NameInPlace, Owner, owner_of, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT = 30
"""Words; a longer message is a story, in which only names with a cue are read."""
_VERY_SHORT = 15
_NEAR = 60
"""Characters before a name, or after it, that may tell whose it is."""


@dataclass
class Who:
    """The names settled so far, as shown to people."""

    children: list[str] = field(default_factory=list)
    parent: str | None = None
    staff: list[str] = field(default_factory=list)
    loose: list[NameRun] = field(default_factory=list)


def settle_names(masked: str, expects: str | None, people: Sequence[str]) -> Who:
    r"""Read the names of ``masked``, the message with the marks that ``cues`` tells of."""
    who = Who()
    rest = _settle_titled(who, masked, expects)
    short = len(masked.split()) <= _SHORT
    lower_case = short and (_has_no_capitals(masked) or expects in ("child", "contact", "confirm"))
    runs = find_names(rest, people, lower_case=lower_case)
    for number, run in enumerate(runs):
        after_a_child = number > 0 and _joined(runs[number - 1], run, rest, who)
        before, after = rest[max(0, run.start - _NEAR) : run.start], rest[run.end :][:_NEAR]
        _settle(who, NameInPlace(run, before, after, expects, short, after_a_child))
    _join_siblings(who, runs, rest)
    if short:
        _settle_loose(who, rest, expects)
    return who


def _has_no_capitals(text: str) -> bool:
    return text.replace("I", "").islower()


def _settle_titled(who: Who, text: str, expects: str | None) -> str:
    """Settle the names with a title and return the text with marks in their places."""
    rest = text
    for run in find_staff(text):
        if _is_the_writer(run, text, expects):
            who.parent = who.parent or run.text
        else:
            who.staff.append(run.text)
        rest = rest[: run.start] + "\x04" * (run.end - run.start) + rest[run.end :]
    return rest


def _is_the_writer(run: NameRun, text: str, expects: str | None) -> bool:
    before, after = text[: run.start], text[run.end :]
    if cues.PARENT_SURELY_BEFORE.search(before):
        return True
    if expects == "contact" and not before.strip(" ,."):
        return True
    met = cues.MEETING_BEFORE.search(before)
    return expects != "child" and not met and bool(cues.PARENT_AFTER.match(after))


def _settle(who: Who, name: NameInPlace) -> None:
    owner = owner_of(name)
    if owner is Owner.CHILD:
        who.children.append(shown(name.run))
    elif owner is Owner.PARENT:
        who.parent = who.parent or shown(name.run)
    elif owner is Owner.LOOSE:
        who.loose.append(name.run)


def _joined(run: NameRun, following: NameRun, text: str, who: Who) -> bool:
    between = text[run.end : following.start]
    return shown(run) in who.children and bool(cues.AND.fullmatch(between))


def _join_siblings(who: Who, runs: Sequence[NameRun], text: str) -> None:
    """Make a bare name that is joined by "and" to a child after it a child too."""
    for run, following in pairwise(runs):
        joined = cues.AND.fullmatch(text[run.end : following.start])
        if joined and run in who.loose and shown(following) in who.children:
            who.loose.remove(run)
            who.children.insert(who.children.index(shown(following)), shown(run))


def _settle_loose(who: Who, text: str, expects: str | None) -> None:
    """Give the names without a cue to whoever was asked for; otherwise to nobody."""
    loose = [run for run in who.loose if _stands_alone(run, text)]
    if not loose:
        return
    if expects == "child":
        _settle_child(who, loose, text)
    elif expects == "contact":
        _settle_contact(who, loose, text)
    elif expects != "confirm" and _has_a_year(text) and not who.children:
        who.children.append(shown(loose[0]))


def _settle_child(who: Who, loose: list[NameRun], text: str) -> None:
    if not who.children:
        who.children.append(shown(loose.pop(0)))
        while loose and cues.AND_BEFORE.search(text[: loose[0].start]):
            who.children.append(shown(loose.pop(0)))
    if loose and not who.parent and _has_a_number(text):
        who.parent = shown(loose[0])


def _settle_contact(who: Who, loose: list[NameRun], text: str) -> None:
    """Of two bare names the child's comes first, as people say "Ada, year 2, Jo 07…"."""
    if who.parent:
        return
    two = len(loose) > 1 and not who.children and _has_a_number(text)
    who.parent = shown(loose[-1] if two else loose[0])
    if two:
        who.children.append(shown(loose[0]))


def _has_a_year(text: str) -> bool:
    return "\x01" in text and len(text.split()) <= _VERY_SHORT


def _has_a_number(text: str) -> bool:
    return bool(re.search(r"[\x02\x03]", text))


def _stands_alone(run: NameRun, text: str) -> bool:
    """Tell whether the name is the whole of its part; one in lower case must be."""
    opens = bool(cues.OPENING.search(text[: run.start]))
    closes = bool(cues.CLOSING.match(text[run.end :]))
    return (opens and closes) if run.text.islower() else (opens or closes)
