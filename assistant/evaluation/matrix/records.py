"""Records that somebody owns, shares, or must never hear of, made when they are first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.kinds import AlertKind, CaseKind, Role
from assistant.casework.policy_steps import RestrictedUse
from assistant.casework.references import new_reference
from assistant.casework.wall import school_wall
from assistant.evaluation.matrix.chats import plant_chat
from assistant.evaluation.matrix.opening import NOBODY, PARENT, TOLD, book_one, open_one
from assistant.evaluation.matrix.planting import (
    act_on,
    case_of,
    close_case,
    erase,
    give_alert_to,
    give_up_mail,
    let_read,
    let_see,
    link_cases,
    restrict,
)
from assistant.services.alert_readers import ALERT
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.forget_conversation import forget_conversation
from assistant.services.list_feeds import list_feeds
from assistant.services.make_feed import make_feed
from assistant.services.raise_alert import raise_alert
from assistant.services.record_links import CASE
from assistant.services.saved_views import list_views, save_view
from assistant.services.withdraw_case import withdraw_case
from assistant.store.columns import new_id
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk

WAITS = "waiting"
OWN, SHARED, COLLEAGUES = "own", "shared", "colleague's"
ABOUT_ME, ABOUT_RELATIVE, ABOUT_MAILBOX = "about me", "about my relative", "about my mailbox"
WITHDRAWN, DELETED, ELSEWHERE = "withdrawn", "deleted", "another school's"
CONFLICTED = (ABOUT_ME, ABOUT_RELATIVE, ABOUT_MAILBOX)


def stranger_to(desk: Desk, staff_id: str) -> str:
    """Return somebody who is free of every conflict with the person."""
    ids = [each.id for each in desk.school.people]
    return ids[(ids.index(staff_id) + len(ids) // 2) % len(ids)]


def near(desk: Desk, staff_id: str) -> dict[str, str]:
    """Return whose matters are closed to the person, by how: their own and those beside them."""
    ids = [each.id for each in desk.school.people]
    here = ids.index(staff_id)
    sides = (here + 1, here - 1) if here % 2 == 0 else (here - 1, here + 1)
    names = (ids[side % len(ids)] for side in sides)
    return dict(zip(CONFLICTED, (staff_id, *names), strict=True))


@dataclass
class Records:
    """The records of everybody; each is made once, by the services, and then planted.

    ``prefix`` sets apart the records of several such sets.
    """

    desk: Desk
    prefix: str = ""
    _made: dict[tuple[str, ...], str] = field(default_factory=dict)

    def case(self, staff_id: str, whose: str) -> str:
        """Return the reference of a case that stands so to the person."""
        return self._filed(staff_id, whose, CaseKind.CONCERN)

    def linked(self, staff_id: str, whose: str) -> str:
        """Return the same reference, of a case that belongs to a campaign with another such."""
        reference = self.case(staff_id, whose)
        link_cases(self.desk, reference, self.request(staff_id, whose))
        return reference

    def post(self, staff_id: str, whose: str) -> str:
        """Return the reference of the follow-up of a post that stands so to the person."""
        return self._filed(staff_id, whose, CaseKind.SOCIAL_MEDIA)

    def request(self, staff_id: str, whose: str) -> str:
        """Return the reference of a data-protection request that stands so to the person."""
        return self._filed(staff_id, whose, CaseKind.DATA_PROTECTION)

    def use(self, staff_id: str, whose: str) -> str:
        """Return a follow-up's reference and, behind a slash, what is closed over it."""
        return self._use(staff_id, whose, RestrictedUse.FORUM)

    def appealed_use(self, staff_id: str, whose: str) -> str:
        """Return the same of something whose closing was appealed."""
        return self._use(staff_id, whose, RestrictedUse.CHAT)

    def letter(self, staff_id: str, whose: str) -> str:
        """Return the id of a message about such a case that could not be delivered."""
        return self._kept(("letter", staff_id, whose), lambda: self._letter(staff_id, whose))

    def alert_letter(self, staff_id: str, whose: str) -> str:
        """Return the id of a message about such an alert that could not be delivered."""
        alert_id = self.alert(staff_id, whose)
        return self._kept(
            ("letter", alert_id),
            lambda: give_up_mail(self.desk, ALERT, alert_id, of_alerts=True),
        )

    def meeting(self, staff_id: str, whose: str) -> str:
        """Return the reference of a meeting that stands so to the person."""
        return self._kept(("meeting", staff_id, whose), lambda: self._meeting(staff_id, whose))

    def alert(self, staff_id: str, whose: str) -> str:
        """Return the id of an alert that stands so to the person."""
        return self._kept(("alert", staff_id, whose), lambda: self._alert(staff_id, whose))

    def chat(self, staff_id: str, whose: str) -> str:
        """Return the id of a chat with a parent that stands so to the person."""
        return self._kept(("talk", staff_id, whose), lambda: self._chat(staff_id, whose))

    def view(self, staff_id: str, _whose: str) -> str:
        """Return the id of a view that the person saved."""
        return self._kept(("view", staff_id), lambda: self._view(staff_id))

    def feed(self, staff_id: str, _whose: str) -> str:
        """Return the id of a calendar address of the person."""
        return self._kept(("feed", staff_id), lambda: self._feed(staff_id))

    def link(self, kind: str) -> str:
        """Return the secret link of a parent's ``case`` or ``meeting``."""
        opened = open_one if kind == "case" else book_one
        head = Role.HEADTEACHER.value
        return self._kept(
            ("link", kind), lambda: opened(self.desk, f"{self.prefix} linked", head).token
        )

    def _kept(self, key: tuple[str, ...], make: Callable[[], str]) -> str:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _filed(self, staff_id: str, whose: str, kind: CaseKind) -> str:
        key = (kind.value, staff_id, whose)
        return self._kept(key, lambda: self._case(staff_id, whose, kind))

    def _use(self, staff_id: str, whose: str, what: RestrictedUse) -> str:
        reference, appealed = self.post(staff_id, whose), what is RestrictedUse.CHAT
        key = (what.value, staff_id, whose)
        made = self._kept(key, lambda: restrict(self.desk, reference, what, appealed=appealed))
        return f"{reference}/{made}"

    def _letter(self, staff_id: str, whose: str) -> str:
        with self.desk.unit_of_work(read_only=True) as work:
            case = case_of(work, self.case(staff_id, whose))
            case_id = case.id if case else ""
        return give_up_mail(self.desk, CASE, case_id) if case_id else new_id()

    def _case(self, staff_id: str, whose: str, kind: CaseKind) -> str:
        if whose == ELSEWHERE:
            return new_reference()
        handler = staff_id if whose in {OWN, WITHDRAWN} else stranger_to(self.desk, staff_id)
        about = frozenset({staff_id}) if whose == ABOUT_ME else NOBODY
        key = f"{kind.value} {self.prefix} {whose} {staff_id}"
        made = open_one(self.desk, key, handler, about, kind)
        if whose == WITHDRAWN and kind is CaseKind.SOCIAL_MEDIA:
            close_case(self.desk, made.id)
        elif whose == WITHDRAWN:
            withdraw_case(self.desk, case_id=made.id, idempotency_key="withdrawn")
        if whose == DELETED:
            erase(self.desk, "case_id", made.id, CaseFile)
        if whose in {SHARED, ABOUT_ME}:
            closed = school_wall(self.desk.school, about) if about else {staff_id}
            let_read(self.desk, made.id, closed)
        return made.reference

    def _meeting(self, staff_id: str, whose: str) -> str:
        if whose == ELSEWHERE:
            return new_reference()
        host = staff_id if whose in {OWN, WITHDRAWN} else stranger_to(self.desk, staff_id)
        about = frozenset({staff_id}) if whose == ABOUT_ME else NOBODY
        made = book_one(self.desk, f"{self.prefix} {whose} {staff_id}", host, about)
        if whose == WITHDRAWN:
            cancel_meeting(self.desk, meeting_id=made.id, idempotency_key="off")
        if whose == DELETED:
            erase(self.desk, "meeting_id", made.id, Meeting)
        if whose in {SHARED, ABOUT_ME}:
            closed = school_wall(self.desk.school, about) if about else {staff_id}
            let_see(self.desk, made.id, closed)
        return made.reference

    def _alert(self, staff_id: str, whose: str) -> str:
        if whose == ELSEWHERE:
            return new_id()
        made = raise_alert(
            self.desk, idempotency_key=f"{self.prefix} {whose} {staff_id}", conversation_id=None,
            kind=AlertKind.SAFEGUARDING, words=TOLD, contact=PARENT,
            subjects=frozenset({staff_id}) if whose == ABOUT_ME else NOBODY,
        )  # fmt: skip
        if whose == OWN:
            give_alert_to(self.desk, made.id, staff_id)
        act_on(self.desk, made.id)
        return made.id

    def _chat(self, staff_id: str, whose: str) -> str:
        if whose == ELSEWHERE:
            return new_id()
        about = {staff_id} if whose == ABOUT_ME else NOBODY
        chat_id, conversation = plant_chat(self.desk, about, staff_id if whose == OWN else None)
        if whose == DELETED:
            forget_conversation(self.desk, conversation)
        return chat_id

    def _view(self, staff_id: str) -> str:
        key = f"matrix {self.prefix}"
        save_view(self.desk, staff_id=staff_id, name=key, query="", idempotency_key=key)
        return next(each.id for each in list_views(self.desk, staff_id) if each.name == key)

    def _feed(self, staff_id: str) -> str:
        key = f"matrix {self.prefix}"
        make_feed(self.desk, staff_id=staff_id, idempotency_key=key)
        return list_feeds(self.desk, staff_id=staff_id)[0].id
