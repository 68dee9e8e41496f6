"""Who may do what: one enum and one map of tiny predicates; the routes stand in ``routes``.

Which record somebody may open is decided by rows, in the services: without a row
they get the answer of a record that does not exist. An alert opens for its recipients alone. Whose
hours somebody may set is decided by ``casework.hosts.may_set_hours``, with the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.casework.kinds import Role
from assistant.casework.taking_over import REASSIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Permission(StrEnum):
    """What a route lets somebody do."""

    READ_PUBLIC_PAGE = "read_public_page"
    SIGN_IN = "sign_in"
    SPEAK_IN_CHAT = "speak_in_chat"
    BOOK_A_TALK = "book_a_talk"
    USE_SECRET_LINK = "use_secret_link"  # noqa: S105 - a permission, not a secret
    CARE_FOR_OWN_SIGN_IN = "care_for_own_sign_in"
    CHANGE_OWN_SIGN_IN = "change_own_sign_in"
    LET_COLLEAGUE_IN = "let_colleague_in"
    CHOOSE_PASSWORD = "choose_password"  # noqa: S105 - a permission, not a password
    SIGN_OUT = "sign_out"
    SEE_WORK = "see_work"
    OPEN_RECORD = "open_record"
    WRITE_ON_RECORD = "write_on_record"
    HANDLE_ALERT = "handle_alert"
    SET_AVAILABILITY = "set_availability"
    REASSIGN_MEETINGS = "reassign_meetings"
    SEE_FIGURES = "see_figures"
    REASSIGN_CASES = "reassign_cases"
    ANSWER_DATA_REQUEST = "answer_data_request"
    KEEP_RECORDS = "keep_records"
    ANSWER_CHATS = "answer_chats"


@dataclass(frozen=True)
class Visitor:
    """Who is asking. ``staff_id`` is empty for a parent or anybody not signed in.

    ``roles`` are the stored values of their roles. ``has_own_password`` is also true for who came
    by the school's own account; ``proved_lately`` after a password or passkey of the last minutes;
    ``lacks_second_step`` once the days of grace without the second step that they need are over;
    ``takes_chats`` where a role of theirs is among those that the school file names for chats.
    """

    staff_id: str = ""
    has_own_password: bool = False
    roles: tuple[str, ...] = ()
    proved_lately: bool = False
    lacks_second_step: bool = False
    takes_chats: bool = False


def anybody(_visitor: Visitor) -> bool:
    """Everybody may."""
    return True


def is_signed_in(visitor: Visitor) -> bool:
    """Somebody with a running desk session may."""
    return bool(visitor.staff_id)


def has_own_password(visitor: Visitor) -> bool:
    """Somebody who replaced the one-time login by a password of their own may."""
    return visitor.has_own_password


def has_proved_lately(visitor: Visitor) -> bool:
    """Somebody who has just shown that it is they may: an open desk in an empty room may not."""
    return visitor.proved_lately


def may_replace_password(visitor: Visitor) -> bool:
    """Somebody without a password may choose one; who has one shows first that it is they."""
    return visitor.proved_lately or not visitor.has_own_password


def has_every_step(visitor: Visitor) -> bool:
    """Everybody may but who should have had a second step by now."""
    return not visitor.lacks_second_step


def lets_colleagues_in(visitor: Visitor) -> bool:
    """Somebody who makes one-time logins may: the clerk, the business manager.

    They keep the school's lists of people and accounts and decide no case about a colleague by
    rank; a head who could sign in as the chair, or a deputy as the head, would undo the wall.
    """
    return _has_one_of(visitor, LETS_IN)


LETS_IN = (Role.CLERK, Role.BUSINESS_MANAGER)


def arranges_for_others(visitor: Visitor) -> bool:
    """Somebody who finds other hosts for who leaves may: the business manager, the clerk."""
    return _has_one_of(visitor, REASSIGNS)


def answers_for_the_school(visitor: Visitor) -> bool:
    """Governors, their clerk and the head may see how many cases there are and how they went."""
    return _has_one_of(visitor, ANSWERS_FOR_THE_SCHOOL)


ANSWERS_FOR_THE_SCHOOL = (
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.GOVERNOR,
    Role.CLERK,
    Role.HEADTEACHER,
    Role.EXECUTIVE_HEAD,
)


def answers_data_requests(visitor: Visitor) -> bool:
    """Who holds records may make a copy of one person's, from a request that they may read."""
    return _has_one_of(visitor, HOLDS_RECORDS)


HOLDS_RECORDS = (
    Role.DATA_PROTECTION_OFFICER,
    Role.CLERK,
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.HEADTEACHER,
    Role.EXECUTIVE_HEAD,
)


def is_clerk(visitor: Visitor) -> bool:
    """Clerks may: they alone find another handler for the cases of who leaves."""
    return Role.CLERK.value in visitor.roles


def keeps_records(visitor: Visitor) -> bool:
    """Clerk, data protection officer and head may: they see to how long records are kept."""
    return _has_one_of(visitor, KEEPS_RECORDS)


KEEPS_RECORDS = (
    Role.CLERK,
    Role.DATA_PROTECTION_OFFICER,
    Role.HEADTEACHER,
    Role.EXECUTIVE_HEAD,
)


def takes_chats(visitor: Visitor) -> bool:
    """Who may be here for chats by the school's own list of roles may."""
    return visitor.takes_chats


AT_THE_DESK = (is_signed_in, has_own_password, has_every_step)

PERMISSIONS: Mapping[Permission, tuple[Callable[[Visitor], bool], ...]] = {
    Permission.READ_PUBLIC_PAGE: (anybody,),
    Permission.SIGN_IN: (anybody,),
    Permission.SPEAK_IN_CHAT: (anybody,),
    Permission.BOOK_A_TALK: (anybody,),
    Permission.USE_SECRET_LINK: (anybody,),
    Permission.CHOOSE_PASSWORD: (is_signed_in, may_replace_password),
    Permission.CARE_FOR_OWN_SIGN_IN: (is_signed_in, has_own_password),
    Permission.CHANGE_OWN_SIGN_IN: (is_signed_in, has_own_password, has_proved_lately),
    Permission.LET_COLLEAGUE_IN: (*AT_THE_DESK, lets_colleagues_in, has_proved_lately),
    Permission.SIGN_OUT: (is_signed_in,),
    Permission.SEE_WORK: AT_THE_DESK,
    Permission.OPEN_RECORD: AT_THE_DESK,
    Permission.WRITE_ON_RECORD: AT_THE_DESK,
    Permission.HANDLE_ALERT: AT_THE_DESK,
    Permission.SET_AVAILABILITY: AT_THE_DESK,
    Permission.REASSIGN_MEETINGS: (*AT_THE_DESK, arranges_for_others),
    Permission.SEE_FIGURES: (*AT_THE_DESK, answers_for_the_school),
    Permission.REASSIGN_CASES: (*AT_THE_DESK, is_clerk),
    Permission.ANSWER_DATA_REQUEST: (*AT_THE_DESK, answers_data_requests),
    Permission.KEEP_RECORDS: (*AT_THE_DESK, keeps_records),
    Permission.ANSWER_CHATS: (*AT_THE_DESK, takes_chats),
}
"""Every predicate of a permission must hold. The chat, a draft of a booking and the secret link are
open to anybody because the bearer's secret is checked by the service that opens them."""


def may(visitor: Visitor, permission: Permission) -> bool:
    """Tell whether the visitor has the permission."""
    return all(holds(visitor) for holds in PERMISSIONS[permission])


def _has_one_of(visitor: Visitor, roles: Iterable[Role]) -> bool:
    return any(role.value in visitor.roles for role in roles)
