"""The steps a school takes over a post, and who may take them; what may be closed, and appeals.

The steps stand in the usual order, gentlest first, but no order is forced: a threat may go past
all that come before. Each is one person's decision, and nothing takes a step by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, Labelled, Role
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person


class PolicyStep(Labelled):
    """A step of the policy, gentlest first."""

    TALK = "talk", "Talk with the parent"
    REMOVAL = "removal", "Ask for it to be taken down"
    LETTER = "letter", "Letter with a warning"
    RESTRICT = "restrict", "Close something of the school's own for a time"
    REPORT = "report", "Report it to the platform"
    LEGAL = "legal", "Ask for legal advice"
    POLICE = "police", "Ask the police"


class RestrictedUse(Labelled):
    """What may be closed to a parent for a time; phone and letter never are."""

    CHAT = "chat", "the chat on the website"
    FORUM = "forum", "the school's forum"
    COMMENTS = "comments", "comments on the website"
    VISITS = "visits", "coming into school"


class AppealDecision(Labelled):
    """What somebody else decides about a restriction."""

    LIFTED = "lifted", "End it now"
    SHORTENED = "shortened", "End it sooner"
    KEPT = "kept", "Leave it as it is"


GRAVE = frozenset({PolicyStep.RESTRICT, PolicyStep.LEGAL, PolicyStep.POLICE})
"""Steps that need one of the school's ``grave_steps_by``."""

MAY_WAIT = frozenset({PolicyStep.POLICE})
"""Steps of which the parent may be told later: a word too soon could put somebody at risk."""

OF_ANY_CASE = (RestrictedUse.VISITS,)
"""What may be closed over any case; the rest only over a social media follow-up."""

JUDGES = (Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
"""Who hears an appeal, in the order to ask: what the head decided goes to the chair."""


def may_take(
    step: PolicyStep, roles: Collection[Role], *, deciders: Collection[Role], handles: bool
) -> bool:
    """Tell whether a reader of the case may take the step; ``handles`` it or not.

    The wall is not asked here: who is behind it reads no case and so takes no step.
    """
    decides = bool(set(roles) & set(deciders))
    return decides or (handles and step not in GRAVE)


def uses_of(kind: CaseKind) -> tuple[RestrictedUse, ...]:
    """Return what may be closed to the parent of a case of ``kind``."""
    return tuple(RestrictedUse) if kind is CaseKind.SOCIAL_MEDIA else OF_ANY_CASE


def judges_of(
    school: School,
    *,
    imposed_by: str,
    subjects: AbstractSet[str],
    recused: AbstractSet[str] = frozenset(),
) -> tuple[Person, ...]:
    """Return who may hear the appeal, first whom to ask.

    Nobody who imposed it, or is close to who did; nobody whom the case is about (``subjects``,
    ids), or close to them; nobody who stepped back from it (``recused``).
    """
    barred = school_wall(school, {*subjects, imposed_by}) | recused
    people = (person for role in JUDGES for person in school.with_role(role))
    return tuple(dict.fromkeys(person for person in people if person.id not in barred))
