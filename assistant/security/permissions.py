"""Who may do what: one enum, one map of tiny predicates, one table of routes.

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
    from collections.abc import Callable, Mapping


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
    return any(role.value in visitor.roles for role in LETS_IN)


LETS_IN = (Role.CLERK, Role.BUSINESS_MANAGER)


def arranges_for_others(visitor: Visitor) -> bool:
    """Somebody who finds other hosts for who leaves may: the business manager, the clerk."""
    return any(role.value in visitor.roles for role in REASSIGNS)


def answers_for_the_school(visitor: Visitor) -> bool:
    """Governors, their clerk and the head may see how many cases there are and how they went."""
    return any(role.value in visitor.roles for role in ANSWERS_FOR_THE_SCHOOL)


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
    return any(role.value in visitor.roles for role in HOLDS_RECORDS)


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
    return any(role.value in visitor.roles for role in KEEPS_RECORDS)


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

ROUTES: Mapping[str, Permission] = {
    "assets.file": Permission.READ_PUBLIC_PAGE,
    "notices.accessibility": Permission.READ_PUBLIC_PAGE,
    "notices.privacy": Permission.READ_PUBLIC_PAGE,
    "notices.social_media_policy": Permission.READ_PUBLIC_PAGE,
    "health.healthz": Permission.READ_PUBLIC_PAGE,
    "embed.loader": Permission.READ_PUBLIC_PAGE,
    "embed.sample": Permission.READ_PUBLIC_PAGE,
    "embed_check.page": Permission.READ_PUBLIC_PAGE,
    "embed_check.script": Permission.READ_PUBLIC_PAGE,
    "embed_check.probe": Permission.READ_PUBLIC_PAGE,
    "embed_check.kept": Permission.READ_PUBLIC_PAGE,
    "api.openapi": Permission.READ_PUBLIC_PAGE,
    "api.start": Permission.SPEAK_IN_CHAT,
    "api.say": Permission.SPEAK_IN_CHAT,
    "api.read": Permission.SPEAK_IN_CHAT,
    "api.forget": Permission.SPEAK_IN_CHAT,
    "chat.full": Permission.SPEAK_IN_CHAT,
    "chat.say_full": Permission.SPEAK_IN_CHAT,
    "chat.framed": Permission.SPEAK_IN_CHAT,
    "chat.say_framed": Permission.SPEAK_IN_CHAT,
    "leaving.exit": Permission.SPEAK_IN_CHAT,
    "leaving.forget": Permission.SPEAK_IN_CHAT,
    "leaving.transcript": Permission.SPEAK_IN_CHAT,
    "check.full": Permission.SPEAK_IN_CHAT,
    "check.framed": Permission.SPEAK_IN_CHAT,
    "check.keep_full": Permission.SPEAK_IN_CHAT,
    "check.keep_framed": Permission.SPEAK_IN_CHAT,
    "check.last_full": Permission.SPEAK_IN_CHAT,
    "check.last_framed": Permission.SPEAK_IN_CHAT,
    "check.send_full": Permission.SPEAK_IN_CHAT,
    "check.send_framed": Permission.SPEAK_IN_CHAT,
    "check.sent_full": Permission.SPEAK_IN_CHAT,
    "check.sent_framed": Permission.SPEAK_IN_CHAT,
    "check.talk_full": Permission.SPEAK_IN_CHAT,
    "check.talk_framed": Permission.SPEAK_IN_CHAT,
    "call_back.show": Permission.SPEAK_IN_CHAT,
    "talk_first.show": Permission.SPEAK_IN_CHAT,
    "call_back.send": Permission.SPEAK_IN_CHAT,
    "person.show": Permission.SPEAK_IN_CHAT,
    "person.look": Permission.SPEAK_IN_CHAT,
    "person.ask": Permission.SPEAK_IN_CHAT,
    "person.say": Permission.SPEAK_IN_CHAT,
    "person.stop": Permission.SPEAK_IN_CHAT,
    "person.case": Permission.SPEAK_IN_CHAT,
    "person.news": Permission.SPEAK_IN_CHAT,
    "person.stream": Permission.SPEAK_IN_CHAT,
    "person.log": Permission.SPEAK_IN_CHAT,
    "person_framed.show": Permission.SPEAK_IN_CHAT,
    "person_framed.look": Permission.SPEAK_IN_CHAT,
    "person_framed.ask": Permission.SPEAK_IN_CHAT,
    "person_framed.say": Permission.SPEAK_IN_CHAT,
    "person_framed.stop": Permission.SPEAK_IN_CHAT,
    "person_framed.case": Permission.SPEAK_IN_CHAT,
    "person_framed.news": Permission.SPEAK_IN_CHAT,
    "person_framed.stream": Permission.SPEAK_IN_CHAT,
    "person_framed.log": Permission.SPEAK_IN_CHAT,
    "data_page.show": Permission.SPEAK_IN_CHAT,
    "data_page.send": Permission.SPEAK_IN_CHAT,
    "meet.start": Permission.BOOK_A_TALK,
    "meet.begin": Permission.BOOK_A_TALK,
    "meet.resume": Permission.BOOK_A_TALK,
    "meet.show": Permission.BOOK_A_TALK,
    "meet.answer": Permission.BOOK_A_TALK,
    "meet.times": Permission.BOOK_A_TALK,
    "meet.hold": Permission.BOOK_A_TALK,
    "meet.check": Permission.BOOK_A_TALK,
    "meet.book": Permission.BOOK_A_TALK,
    "meet.booked": Permission.BOOK_A_TALK,
    "meet.clear": Permission.BOOK_A_TALK,
    "meet.exit": Permission.BOOK_A_TALK,
    "chats.list": Permission.ANSWER_CHATS,
    "chats.begin": Permission.ANSWER_CHATS,
    "chats.end_duty": Permission.ANSWER_CHATS,
    "chats.waiting": Permission.ANSWER_CHATS,
    "chats.list_news": Permission.ANSWER_CHATS,
    "chats.count": Permission.ANSWER_CHATS,
    "chats.list_stream": Permission.ANSWER_CHATS,
    "chats.take": Permission.ANSWER_CHATS,
    "chats.show": Permission.ANSWER_CHATS,
    "chats.say": Permission.ANSWER_CHATS,
    "chats.end": Permission.ANSWER_CHATS,
    "chats.offer": Permission.ANSWER_CHATS,
    "chats.log": Permission.ANSWER_CHATS,
    "chats.news": Permission.ANSWER_CHATS,
    "chats.stream": Permission.ANSWER_CHATS,
    "sign_in.form": Permission.SIGN_IN,
    "sign_in.enter": Permission.SIGN_IN,
    "sign_in.first_form": Permission.SIGN_IN,
    "sign_in.first_enter": Permission.SIGN_IN,
    "second_step.show": Permission.SIGN_IN,
    "second_step.take": Permission.SIGN_IN,
    "own_sign_in.show": Permission.CARE_FOR_OWN_SIGN_IN,
    "own_sign_in.prove_form": Permission.CARE_FOR_OWN_SIGN_IN,
    "own_sign_in.prove": Permission.CARE_FOR_OWN_SIGN_IN,
    "own_sign_in.start_app": Permission.CHANGE_OWN_SIGN_IN,
    "own_sign_in.confirm_app": Permission.CHANGE_OWN_SIGN_IN,
    "own_sign_in.remove_app": Permission.CHANGE_OWN_SIGN_IN,
    "own_sign_in.make_codes": Permission.CHANGE_OWN_SIGN_IN,
    "school_account.start": Permission.SIGN_IN,
    "school_account.back": Permission.SIGN_IN,
    "passkeys.sign_in_options": Permission.SIGN_IN,
    "passkeys.sign_in": Permission.SIGN_IN,
    "passkeys.new_options": Permission.CHANGE_OWN_SIGN_IN,
    "passkeys.add": Permission.CHANGE_OWN_SIGN_IN,
    "passkeys.remove": Permission.CHANGE_OWN_SIGN_IN,
    "sessions.show": Permission.CARE_FOR_OWN_SIGN_IN,
    "sessions.end": Permission.CARE_FOR_OWN_SIGN_IN,
    "sessions.end_all": Permission.CARE_FOR_OWN_SIGN_IN,
    "colleague_login.form": Permission.LET_COLLEAGUE_IN,
    "colleague_login.make": Permission.LET_COLLEAGUE_IN,
    "sign_in.password_form": Permission.CHOOSE_PASSWORD,
    "sign_in.password_save": Permission.CHOOSE_PASSWORD,
    "sign_in.leave": Permission.SIGN_OUT,
    "desk.work": Permission.SEE_WORK,
    "figures.show": Permission.SEE_FIGURES,
    "figures.chart": Permission.SEE_FIGURES,
    "figures.csv": Permission.SEE_FIGURES,
    "case_lists.cases": Permission.SEE_WORK,
    "case_lists.search": Permission.SEE_WORK,
    "case_lists.csv": Permission.SEE_WORK,
    "case_lists.save_view": Permission.SEE_WORK,
    "case_lists.remove_view": Permission.SEE_WORK,
    "case_lists.keys": Permission.SEE_WORK,
    "desk.case": Permission.OPEN_RECORD,
    "desk.note": Permission.WRITE_ON_RECORD,
    "desk.status": Permission.WRITE_ON_RECORD,
    "desk.topic": Permission.WRITE_ON_RECORD,
    "take_down.form": Permission.SEE_WORK,
    "take_down.save": Permission.SEE_WORK,
    "desk_steps.show": Permission.OPEN_RECORD,
    "desk_steps.panel": Permission.OPEN_RECORD,
    "desk_steps.take": Permission.WRITE_ON_RECORD,
    "access.show": Permission.OPEN_RECORD,
    "access.grant": Permission.WRITE_ON_RECORD,
    "access.revoke": Permission.WRITE_ON_RECORD,
    "access.recuse": Permission.WRITE_ON_RECORD,
    "access.hand_over": Permission.WRITE_ON_RECORD,
    "access.many": Permission.SEE_WORK,
    "access.give_many": Permission.WRITE_ON_RECORD,
    "access.leaver": Permission.REASSIGN_CASES,
    "access.give_leaver": Permission.REASSIGN_CASES,
    "campaigns.show": Permission.OPEN_RECORD,
    "campaigns.link": Permission.WRITE_ON_RECORD,
    "campaigns.unlink": Permission.WRITE_ON_RECORD,
    "campaigns.answer": Permission.WRITE_ON_RECORD,
    "their_data.begin": Permission.ANSWER_DATA_REQUEST,
    "their_data.open": Permission.ANSWER_DATA_REQUEST,
    "their_data.records": Permission.ANSWER_DATA_REQUEST,
    "their_data.choose": Permission.ANSWER_DATA_REQUEST,
    "their_data.draft": Permission.ANSWER_DATA_REQUEST,
    "their_data.rule": Permission.ANSWER_DATA_REQUEST,
    "their_data.erase": Permission.ANSWER_DATA_REQUEST,
    "their_data.seal": Permission.ANSWER_DATA_REQUEST,
    "desk_policy.show": Permission.OPEN_RECORD,
    "desk_policy.begin": Permission.WRITE_ON_RECORD,
    "desk_policy.step": Permission.OPEN_RECORD,
    "desk_policy.take": Permission.WRITE_ON_RECORD,
    "desk_restrictions.form": Permission.OPEN_RECORD,
    "desk_restrictions.restrict": Permission.WRITE_ON_RECORD,
    "desk_restrictions.show": Permission.OPEN_RECORD,
    "desk_restrictions.decide": Permission.WRITE_ON_RECORD,
    "desk_restrictions.appeal": Permission.WRITE_ON_RECORD,
    "desk_remote.change": Permission.WRITE_ON_RECORD,
    "desk_letters.write": Permission.OPEN_RECORD,
    "desk_letters.send": Permission.WRITE_ON_RECORD,
    "keeping.removals": Permission.KEEP_RECORDS,
    "keeping.show": Permission.KEEP_RECORDS,
    "keeping.change": Permission.KEEP_RECORDS,
    "desk_mail.all": Permission.SEE_WORK,
    "desk_mail.settle": Permission.WRITE_ON_RECORD,
    "desk_alerts.all": Permission.HANDLE_ALERT,
    "desk_alerts.show": Permission.HANDLE_ALERT,
    "desk_alerts.acknowledge": Permission.HANDLE_ALERT,
    "desk_alerts.steps": Permission.HANDLE_ALERT,
    "desk_alerts.take": Permission.HANDLE_ALERT,
    "alert_keeping.all": Permission.HANDLE_ALERT,
    "alert_keeping.show": Permission.HANDLE_ALERT,
    "alert_keeping.change": Permission.HANDLE_ALERT,
    "desk_meetings.diary": Permission.SEE_WORK,
    "desk_meetings.show": Permission.OPEN_RECORD,
    "desk_meetings.note": Permission.WRITE_ON_RECORD,
    "desk_meetings.mark": Permission.WRITE_ON_RECORD,
    "desk_meetings.takers": Permission.OPEN_RECORD,
    "desk_meetings.hand_over": Permission.WRITE_ON_RECORD,
    "desk_propose.times": Permission.OPEN_RECORD,
    "desk_propose.propose": Permission.WRITE_ON_RECORD,
    "reassign.find": Permission.REASSIGN_MEETINGS,
    "reassign.give": Permission.REASSIGN_MEETINGS,
    "desk_calendar.show": Permission.SEE_WORK,
    "desk_calendar.make": Permission.SEE_WORK,
    "desk_calendar.end": Permission.SEE_WORK,
    "availability.mine": Permission.SET_AVAILABILITY,
    "availability.show": Permission.SET_AVAILABILITY,
    "availability.change": Permission.SET_AVAILABILITY,
    "calendar_feed.read": Permission.USE_SECRET_LINK,
    "come_back.show": Permission.READ_PUBLIC_PAGE,
    "come_back.enter": Permission.USE_SECRET_LINK,
    "record.receipt": Permission.USE_SECRET_LINK,
    "record.qr": Permission.USE_SECRET_LINK,
    "record.show": Permission.USE_SECRET_LINK,
    "record.cancel": Permission.USE_SECRET_LINK,
    "record.withdraw": Permission.USE_SECRET_LINK,
    "record.note": Permission.USE_SECRET_LINK,
    "record.times": Permission.USE_SECRET_LINK,
    "record.move": Permission.USE_SECRET_LINK,
    "record.calendar": Permission.USE_SECRET_LINK,
    "record.answer": Permission.USE_SECRET_LINK,
    "record.earlier": Permission.USE_SECRET_LINK,
    "record.appeal": Permission.USE_SECRET_LINK,
}
"""Every route by its name, blueprint first; a test fails on a route that is not here."""


def may(visitor: Visitor, permission: Permission) -> bool:
    """Tell whether the visitor has the permission."""
    return all(holds(visitor) for holds in PERMISSIONS[permission])


def may_use(visitor: Visitor, route: str) -> bool:
    """Tell whether the visitor may use the route; one that is not in the table is for nobody."""
    return route in ROUTES and may(visitor, ROUTES[route])
