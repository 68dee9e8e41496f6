"""A private talk: who it is about decides who may be asked for, and why each of them helps.

Asked before any host or time is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Labelled, Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class TalkAbout(Labelled):
    """Who a talk is about, as a parent chooses it."""

    NOBODY = "nobody", "Nobody in particular"
    STAFF = "staff", "A member of staff"
    HEAD = "head", "The headteacher"
    FAMILY = "family", "Another child or parent"
    LATER = "later", "I would rather say it in the meeting"


STAFF_FIRST = (Channel.STAFF, Channel.HEADTEACHER)

BESIDE_THE_ORDER = (Role.SENCO, Role.OFFICE)
"""Not in the order of a general talk, but a parent may want exactly them."""

REASONS: Mapping[Role, str] = {
    Role.TEACHER: "Sees your child most days and can act soonest.",
    Role.TUTOR: "Sees your child most days and can act soonest.",
    Role.HEAD_OF_YEAR: "Looks after everybody in the year.",
    Role.PHASE_LEADER: "Leads the teachers of these years.",
    Role.HEAD_OF_DEPARTMENT: "Answers for how the subject is taught.",
    Role.PASTORAL: "Helps with worries, friends and behaviour.",
    Role.SENCO: "Plans extra help for children who need it.",
    Role.OFFICE: "Helps with money, dinners, trips and attendance.",
    Role.BUSINESS_MANAGER: "Helps with money, dinners and lettings.",
    Role.DEPUTY: "Stands in for the headteacher and can look into things.",
    Role.HEADTEACHER: "Decides when nobody else could put it right.",
    Role.EXECUTIVE_HEAD: "Leads this school and others.",
    Role.CHAIR: "Hears what is about the headteacher.",
    Role.VICE_CHAIR: "Stands in for the chair of governors.",
    Role.CLERK: "Is independent of the headteacher and knows the steps.",
}


def doors_for(about: TalkAbout, *, known: bool) -> tuple[Channel, ...]:
    """Return the channels whose hosts are offered, in their order.

    ``known`` tells that the member of staff was found in the directory. While they are unknown, no
    colleague is offered, who might be that very person, but the headteacher alone.
    """
    if about is TalkAbout.HEAD:
        return (Channel.GOVERNORS,)
    if about is TalkAbout.STAFF and not known:
        return (Channel.HEADTEACHER,)
    return STAFF_FIRST


def reason_to_meet(role: Role) -> str:
    """Return in one sentence how somebody in this role can help; empty for a role without one."""
    return REASONS.get(role, "")
