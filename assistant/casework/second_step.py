"""Who must take a second step to sign in (NCSC: multi-factor authentication for organisations).

Decided by role and never by what somebody can read at the moment: a demand that comes and goes
with a case would tell of the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.handlers import GOVERNORS, HEADS, OF_ONE_CLASS, OF_ONE_YEAR, SENIOR
from assistant.casework.kinds import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.casework.school import School

SAFEGUARDING = (Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD)


def needs_second_step(school: School, roles: Iterable[str]) -> bool:
    """Tell whether somebody with these roles (their stored values) must have a second step."""
    if school.sign_in.second_step == "readers":
        return bool({role.value for role in reader_roles(school)} & set(roles))
    return school.sign_in.second_step == "everybody"


def reader_roles(school: School) -> frozenset[Role]:
    """Return the roles to which cases, alerts and meetings go by the school's own procedure."""
    handlers = {stage.handler for stage in school.stages}
    hosts = {role for rules in school.meeting_rules for role in rules.roles}
    near_the_child = (*OF_ONE_CLASS, *OF_ONE_YEAR) if handlers & OF_ONE_CLASS else ()
    by_office = {*SENIOR, *GOVERNORS, *HEADS, *SAFEGUARDING}
    return frozenset({*handlers, *hosts, *near_the_child, *by_office})
