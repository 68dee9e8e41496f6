"""Whose a name is, told by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from assistant.casework.details import cues
from assistant.casework.details.names import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.casework.details.names import NameRun


class Owner(Enum):
    """Whose name it is; a loose one goes to whoever was asked for."""

    CHILD = auto()
    PARENT = auto()
    NOBODY = auto()
    LOOSE = auto()


@dataclass(frozen=True)
class NameInPlace:
    """A name with the text before and after it, and what was asked for.

    ``short`` messages answer a question; ``after_a_child`` names follow a child's name and "and".
    """

    run: NameRun
    before: str
    after: str
    expects: str | None
    short: bool
    after_a_child: bool

    def of_a_childs_adult(self) -> bool:
        """Tell whether it reads like "Callum's mum" or "Callum's teacher"."""
        possessive = self.run.text.endswith(("'s", "’s"))
        return possessive and bool(cues.ADULT_OF_THE_CHILD.match(self.after))

    def of_a_child(self) -> bool:
        """Tell whether it reads like "my son Callum"."""
        certain = cues.CHILD_OF_WRITER.search(self.before)
        return bool(certain or (self.short and cues.CHILD_BEFORE.search(self.before)))

    def of_the_writer(self) -> bool:
        """Tell whether it reads like "I'm Callum"."""
        cue = cues.PARENT_BEFORE if self.short else cues.PARENT_SURELY_BEFORE
        return bool(cue.search(self.before)) and self.ends_well()

    def ends_well(self) -> bool:
        """Tell whether the phrase ends with the name, as a name in lower case must."""
        text = self.run.text
        if not text.islower():
            return not cues.NO_NAME_AFTER.match(self.after)
        if " " not in text and cues.LIKE_A_VERB.search(text):
            return False
        return bool(cues.END_OF_PHRASE.match(self.after))

    def in_mid_sentence(self) -> bool:
        """Tell whether it is in lower case with an ordinary sentence going on after it."""
        ends = self.ends_well() or cues.CHILD_AFTER.match(self.after)
        return self.run.text.islower() and not ends


def owner_of(name: NameInPlace) -> Owner:
    """Return whose name it is; the first rule that holds decides."""
    return next((owner for owner, rule in _RULES if rule(name)), Owner.LOOSE)


def shown(run: NameRun) -> str:
    """Return the name as people see it."""
    return tidy(re.sub(r"['’]s$", "", run.text))


def _answers_for_the_child(name: NameInPlace) -> bool:
    return name.expects == "child" and bool(cues.BARE_NAME_BEFORE.search(name.before))


def _has_the_year_after(name: NameInPlace) -> bool:
    return bool(cues.CHILD_AFTER.match(name.after))


def _is_a_sibling(name: NameInPlace) -> bool:
    return name.after_a_child and not cues.PARENT_AFTER.match(name.after)


def _has_the_number_after(name: NameInPlace) -> bool:
    return name.short and bool(cues.PARENT_AFTER.match(name.after))


def _is_what_it_is_about(name: NameInPlace) -> bool:
    asked = name.short and name.expects != "outcome"
    return asked and bool(cues.ABOUT_BEFORE.search(name.before))


def _is_somebody_else(name: NameInPlace) -> bool:
    return bool(cues.NOBODY_BEFORE.search(name.before))


_RULES: tuple[tuple[Owner, Callable[[NameInPlace], bool]], ...] = (
    (Owner.CHILD, NameInPlace.of_a_childs_adult),
    (Owner.LOOSE, NameInPlace.in_mid_sentence),
    (Owner.CHILD, NameInPlace.of_a_child),
    (Owner.CHILD, _answers_for_the_child),
    (Owner.PARENT, NameInPlace.of_the_writer),
    (Owner.CHILD, _has_the_year_after),
    (Owner.CHILD, _is_a_sibling),
    (Owner.PARENT, _has_the_number_after),
    (Owner.CHILD, _is_what_it_is_about),
    (Owner.NOBODY, _is_somebody_else),
)
