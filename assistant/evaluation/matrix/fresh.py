"""One record as it is asked for, and those that are made anew, because asking may use them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.references import new_token
from assistant.evaluation.matrix.gaps import Gap
from assistant.evaluation.matrix.planting import passkey_of
from assistant.evaluation.matrix.records import COLLEAGUES, OWN, stranger_to
from assistant.services.draft_answers import Answers
from assistant.services.issue_desk_login import LOGIN_PATH, issue_desk_login
from assistant.services.make_feed import make_feed
from assistant.services.sessions import Way, open_session, session_digest, session_handle
from assistant.services.start_conversation import start_conversation
from assistant.services.start_draft import start_draft
from assistant.store.columns import new_id
from assistant.store.tables import DeskSession
from assistant.web.api_tokens import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assistant.services.desk import Desk

OF_NONE = "of none"
LEAVING = frozenset({"meet.clear", "meet.exit"})
"""Whoever leaves is led on, whether or not there was anything to forget."""


@dataclass(frozen=True)
class Filled:
    """One record as it is asked for: whose it is, what stands in the address, its headers.

    ``there`` tells of what a secret opens whether it opens anything; ``form`` holds references
    that travel in the form instead of the address.
    """

    whose: str
    value: str = ""
    there: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


NO_NAME = Filled(OF_NONE, "no-such-name", there=False)


def _drafts(desk: Desk, key: str) -> Iterator[Filled]:
    yield Filled(OWN, start_draft(desk, idempotency_key=f"{key}-{new_id()}", answers=Answers()))
    yield Filled(OF_NONE, new_token(), there=key.partition("-")[0] in LEAVING)


def _conversations(desk: Desk, _key: str) -> Iterator[Filled]:
    (mine, token), (theirs, _) = start_conversation(desk), start_conversation(desk)
    headers = {"Authorization": f"Bearer {marked(desk.keys, token)}"}
    yield Filled(OWN, mine, headers=headers)
    yield Filled("another parent's", theirs, there=False, headers=headers)
    yield Filled(OF_NONE, new_id(), there=False, headers=headers)


def _calendars(desk: Desk, key: str) -> Iterator[Filled]:
    staff_id = key.rpartition("-")[2]
    if staff_id not in desk.school.by_id:
        return
    yield Filled(OWN, f"{make_feed(desk, staff_id=staff_id, idempotency_key='feed')}.ics")
    yield Filled(OF_NONE, f"{new_token()}.ics", there=False)


def _logins(desk: Desk, key: str) -> Iterator[Filled]:
    path, _ = issue_desk_login(desk, key.rpartition("-")[2])
    yield Filled("unused", path.removeprefix(LOGIN_PATH))
    yield Filled(OF_NONE, new_token(), there=not key.startswith("sign_in.first_enter"))


def _sessions(desk: Desk, key: str) -> Iterator[Filled]:
    staff_id = key.rpartition("-")[2]
    yield Filled(OWN, _another_session(desk, staff_id))
    yield Filled(COLLEAGUES, _another_session(desk, stranger_to(desk, staff_id)))
    yield Filled(OF_NONE, new_id())


def _another_session(desk: Desk, staff_id: str) -> str:
    """Return the handle of a session at another device of theirs."""
    with desk.unit_of_work() as work:
        token = open_session(desk, work, staff_id, Way.PASSWORD).token
        work.commit(unrecorded="a measurement signs in elsewhere")
        row = work.session.get_one(DeskSession, session_digest(desk, token))
        return session_handle(desk, row)


def _passkeys(desk: Desk, key: str) -> Iterator[Filled]:
    staff_id = key.rpartition("-")[2]
    for whose, owner in ((OWN, staff_id), (COLLEAGUES, stranger_to(desk, staff_id))):
        with passkey_of(desk, owner) as passkey:
            yield Filled(whose, passkey)
    yield Filled(OF_NONE, new_id())


FRESH: Mapping[Gap, Callable[[Desk, str], Iterator[Filled]]] = {
    Gap.NONE: lambda _desk, _key: iter((Filled(""),)),
    Gap.CHART: lambda _desk, _key: iter((Filled("known", "kinds"), NO_NAME)),
    Gap.ASSET: lambda _desk, _key: iter((Filled("known", "chat.js"), NO_NAME)),
    Gap.DRAFT: _drafts,
    Gap.CONVERSATION: _conversations,
    Gap.CALENDAR: _calendars,
    Gap.LOGIN: _logins,
    Gap.SESSION: _sessions,
    Gap.PASSKEY: _passkeys,
}
"""What is made anew for each question, because asking may use it up."""
