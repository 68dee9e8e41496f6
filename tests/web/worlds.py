"""Two schools that differ only by a matter about the head, and what each of them answers.

The second is a copy of the first one's databases and keys, so identifiers and references agree;
then the matter is added. Every route of the real router is asked, new ones included.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.app import build_desk
from assistant.casework.kinds import AlertKind, CaseKind, Channel, MeetingMode
from assistant.casework.policy_steps import PolicyStep, RestrictedUse
from assistant.evaluation.matrix.chats import be_here as plant_duty
from assistant.evaluation.matrix.forms import complete_form
from assistant.evaluation.matrix.gaps import Gap, asked_of
from assistant.security.permissions import Visitor as Asking
from assistant.security.routes import may_use
from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.ask_for_person import Wish, ask_for_person
from assistant.services.begin_follow_up import begin_follow_up
from assistant.services.book_meeting import book_meeting
from assistant.services.campaigns import LINKED, OTHERS
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.raise_alert import raise_alert
from assistant.services.record_links import CASE
from assistant.services.restrict_use import restrict_use
from assistant.services.seen_records import case_is_open_to
from assistant.services.shapes import Child, Contact, Needs
from assistant.services.start_conversation import start_conversation
from assistant.services.take_policy_step import take_policy_step
from assistant.services.view_policy import view_policy
from assistant.settings import Settings
from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.columns import new_id
from assistant.store.ledger import AlertOutbox, Outbox
from assistant.store.live_tables import LiveChat, OnDuty
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile, DeskSession
from assistant.web.app import create_app
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt

HUSBAND, ASSISTANT = "mr-rigby", "mrs-pickering"
NEAR_THE_HEAD = (HEAD, HUSBAND, ASSISTANT)
CHAIR = "dr-siddiqui"
RANDOM = re.compile(
    r'((?:name="(?:form_token|idempotency_key|key)" value=")|nonce-|nonce=")[^"\' ;]+'
)
PASSING = re.compile(r'<time class="session-time".*?</time>|sessions/[0-9a-f]{32}')
"""When and where the reader signed in, to each world at another moment."""
ADDRESS = re.compile(r"(?:http|webcal)://127\.0\.0\.1:\d+")
PASSING_HEADERS = {"date", "set-cookie"}
CONTACT = Contact("Ottoline Quill", "07700 900321", "quill@home.example", safe=True)


@dataclass
class Worlds:
    """One school served twice, once with what must stay hidden."""

    plain: Stage
    other: Stage
    open: tuple[str, ...] = ()
    """References of the cases that the head may read; the first two are linked with hidden ones."""
    hidden: tuple[str, ...] = ()
    """References of the hidden cases and of the hidden meeting, and the id of the alert."""
    visit: str = ""
    """In both: the reference of a meeting with the head of the parent who complains in one."""
    hidden_chat: str = ""
    """The id of the chat of a parent who waits, and whose words name the head."""


def copy_of(stage: Stage, folder: Path) -> Stage:
    """Return the same school on a copy of its databases and keys."""
    shutil.copytree(stage.desk.settings.data, folder)
    values = {"SCHOOLGATE_DATA": str(folder), "SCHOOLGATE_NOW": "2026-11-24T10:15"}
    desk = build_desk(Settings.load(values))
    return Stage(desk, desk.clock)  # type: ignore[arg-type]


def complain(desk: Desk, key: str, subject: str, conversation_id: str | None = None) -> str:
    """File a complaint about ``subject``; return its reference."""
    return open_case(
        desk,
        idempotency_key=key,
        conversation_id=conversation_id,
        kind=CaseKind.COMPLAINT,
        channel=Channel.COMPLAINT,
        statement="Zephyrine was shouted at.",
        outcome_wanted="",
        contact=CONTACT,
        child=Child("Zephyrine", 4, "4B"),
        needs=Needs(),
        subjects=frozenset({subject}),
    ).reference


def begin(desk: Desk, reference: str) -> CaseReceipt:
    """Begin the follow-up of a post beside the case, as the chair."""
    words = "A post calls Zephyrine’s head names."
    beside = {"staff_id": CHAIR, "reference": reference, "idempotency_key": "hidden post"}
    return begin_follow_up(desk, **beside, words=words)


def post(desk: Desk, reference: str) -> str:
    """Follow a post up that the case tells of: the chair takes a step and closes things.

    It is appealed, the clerk hears the appeal, and a look again is overdue.
    """
    case = begin(desk, reference)
    day = desk.clock.now().date() + timedelta(days=9)
    wish = {
        "staff_id": CHAIR,
        "reference": case.reference,
        "review_on": day,
        "notice": "Dear Ms Q.",
    }
    take_policy_step(
        desk, step=PolicyStep.LEGAL, reason="It is untrue.", idempotency_key="hidden step", **wish
    )
    for what in (RestrictedUse.CHAT, RestrictedUse.VISITS):
        restrict_use(
            desk, what=what, reason="Why.", expires_on=day, idempotency_key=what.value, **wish
        )
    for use in view_policy(desk, CHAIR, case.reference).uses:
        appeal_restriction(desk, case_id=case.id, restriction_id=use.id, words="Look again.")
    return case.reference


def link(desk: Desk, *references: str) -> None:
    """Let these cases belong to one campaign, as if somebody was named in one of them later."""
    same, now = select(CaseFile.id).where(CaseFile.reference.in_(references)), desk.clock.now()
    with desk.unit_of_work() as work:
        begun = Campaign(id=new_id(), begun_by=CLERK, begun_at=now)
        work.seal(begun, "name", "Zephyrine and the head")
        work.session.add(begun)
        work.session.flush()
        ids = frozenset(work.session.scalars(same))
        for each in sorted(ids):
            row = CampaignCase(case_id=each, campaign_id=begun.id, linked_by=CLERK, linked_at=now)
            work.session.add(row)
            others = {OTHERS: sorted(ids - {each})}
            work.history.append(LINKED, CLERK, CASE, each, why="Zephyrine.", **others)
        work.commit()


def open_to_head(stage: Stage) -> list[str]:
    """Return the references of the cases that the head may read."""
    with stage.desk.unit_of_work(read_only=True) as work:
        theirs = case_is_open_to(stage.desk.school, HEAD)
        return sorted(work.session.scalars(select(CaseFile.reference).where(theirs)))


def meet(desk: Desk, subject: str) -> str:
    """Book a meeting of the chair's about ``subject``; return its reference."""
    mode = MeetingMode.PHONE
    offer = offer_slots(desk, host_ids=[CHAIR], windows=None, mode=mode, needs=Needs())
    times = (*offer.matching, *offer.nearest)
    return book_meeting(
        desk,
        idempotency_key="hidden meeting",
        conversation_id=None,
        channel=Channel.GOVERNORS,
        host_id=CHAIR,
        starts_at=times[0].starts_at,
        mode=mode,
        contact=CONTACT,
        child=Child("Zephyrine", 4, "4B"),
        needs=Needs(),
        note="About the head.",
        subjects=frozenset({subject}),
    ).reference


def visit(desk: Desk) -> str:
    """Book a visit of the parent's to the head about nobody; return its reference."""
    offer = offer_slots(desk, host_ids=[HEAD], windows=None, mode=MeetingMode.IN_PERSON)
    return book_meeting(
        desk,
        idempotency_key="visit",
        conversation_id=None,
        channel=Channel.HEADTEACHER,
        host_id=HEAD,
        starts_at=(*offer.matching, *offer.nearest)[0].starts_at,
        mode=MeetingMode.IN_PERSON,
        contact=CONTACT,
        child=Child("Finn", 2, "2W"),
        needs=Needs(),
        note="About dinner.",
        subjects=frozenset(),
    ).reference


def alarm(desk: Desk, subject: str) -> str:
    """Raise an alert that names ``subject``; return its id."""
    return raise_alert(
        desk,
        idempotency_key="hidden alert",
        conversation_id=None,
        kind=AlertKind.SAFEGUARDING,
        words="She is afraid of the head.",
        contact=CONTACT,
        subjects=frozenset({subject}),
    ).id


TOMORROW = timedelta(days=1)
"""Signs of life from the future: nothing ends by itself while every address is asked."""


def be_here(desk: Desk, staff_id: str) -> None:
    """Let somebody be here for chats, in a session that outlives the tests."""
    plant_duty(desk, staff_id)
    later = desk.machine_clock.now() + TOMORROW
    with desk.unit_of_work() as work:
        row = work.session.get_one(OnDuty, staff_id)
        row.seen_at = later
        work.session.get_one(DeskSession, row.session_digest).seen_at = later
        work.commit(unrecorded="planted")


def wait_for_person(desk: Desk, words: str) -> str:
    """Let a parent wait for a person with ``words``; return the id of their chat."""
    conversation, _ = start_conversation(desk)
    wish = Wish(words, frozenset(), CONTACT)
    chat_id = ask_for_person(
        desk, conversation_id=conversation, idempotency_key="hidden", wish=wish
    )
    with desk.unit_of_work() as work:
        work.session.get_one(LiveChat, chat_id).asked_at += TOMORROW
        work.commit(unrecorded="planted")
    return chat_id


def addresses(stage: Stage) -> list[str]:
    """Return every address that can be fetched: each GET route for each record there is."""
    with stage.desk.unit_of_work(read_only=True) as work:
        cases = list(work.session.scalars(select(CaseFile.reference)))
    with stage.desk.unit_of_work(read_only=True) as work:
        chats = list(work.session.scalars(select(LiveChat.id)))
    gaps = [*sorted(cases), *sorted(each.id for each in stage.desk.school.people), *chats]
    found = set()
    for route in create_app(stage.desk).router.routes:
        if "GET" not in route.methods or route.name.partition(".")[2] == "assets.file":
            continue
        for gap in gaps:
            parts = (gap if part.startswith("<") else part for part in route.parts)
            found.add("/" + "/".join(parts))
    return sorted(found)


def seen_by(stage: Stage, staff_id: str, paths: list[str]) -> dict[str, tuple[object, ...]]:
    """Return status, headers and body of every path, without what is random in each answer."""
    seen: dict[str, tuple[object, ...]] = {}
    with stage.signed_in(staff_id) as person:
        for path in paths:
            seen[path] = told(person.get(path))
    return seen


def differences(worlds: Worlds, staff_id: str, paths: list[str]) -> list[str]:
    """Return the paths at which the person could tell the worlds apart."""
    plain, other = (seen_by(each, staff_id, paths) for each in (worlds.plain, worlds.other))
    return [path for path in paths if plain[path] != other[path]]


def mail_to(desk: Desk, staff_id: str) -> list[tuple[str, str]]:
    """Return subject and words of all mail to the person.

    Without references: a form that opens a case opens another one in each world.
    """
    email, found = desk.school.person(staff_id).email, []
    for open_work, table in (
        (desk.unit_of_work, Outbox),
        (desk.alerts_unit_of_work, AlertOutbox),
    ):
        with open_work(read_only=True) as work:
            rows = work.session.scalars(select(table).order_by(table.created_at, table.id))
            found += [
                (MADE.sub("", row.subject), MADE.sub("", ADDRESS.sub("", work.unseal(row, "body"))))
                for row in rows
                if work.unseal(row, "recipient") == email
            ]
    return sorted(found)


def free_times(desk: Desk, host_id: str) -> object:
    """Return what a parent is offered of the host's time."""
    mode = MeetingMode.PHONE
    return offer_slots(desk, host_ids=[host_id], windows=None, mode=mode, needs=Needs())


HIDDEN_WORDS = ("Zephyrine", "Ottoline Quill", "07700 900321", "quill@home.example")
FRESH = re.compile(r"/desk/views/[0-9a-f]{32}/|drop-[0-9a-f]{32}")
MADE = re.compile(r"[A-Z]{2}(?:-[0-9A-Z]{3,4}){2,3}|/r/[\w-]{20,}")
"""Ids that are drawn anew whenever something is saved; references and secret links too."""
LAST = (
    "chats.end_duty", "access.recuse", "access.hand_over", "desk_meetings.hand_over",
    "take_down.save", "sign_in.password_save",
)  # fmt: skip
"""Forms after which others would be refused for another reason; nobody signs out in between."""
LEFT_OUT = frozenset(
    {"sign_in.leave", "sign_in.password_save", "sessions.end_all", "own_sign_in.start_app"}
)
"""They end the session, or show a secret that is drawn anew."""


def forms_of(
    worlds: Worlds, staff_id: str, only: frozenset[str] = frozenset()
) -> list[tuple[Asked, str, dict[str, object]]]:
    """Return each form of the desk as the person could send it: path, and fields without token.

    Each is sent for a hidden record, for one that is not, and for one that never was; ``only``
    some of the routes, if any are named.
    """
    desk = worlds.other.desk
    sent = [
        asked
        for route in create_app(desk).router.routes
        for asked in asked_of(route)
        if asked.method == "POST" and not may_use(Asking(), asked.name)
        if asked.name not in LEFT_OUT and (not only or asked.name in only)
    ]
    order = sorted(sent, key=lambda asked: (asked.name in LAST, asked.name))
    return [
        (asked, value, {**fields, "idempotency_key": f"key-of-{number:04}"})
        for number, asked in enumerate(order)
        for value in values_of(worlds, asked, staff_id)
        for fields in fields_of(worlds, asked, staff_id)
    ]


def values_of(worlds: Worlds, asked: Asked, staff_id: str) -> list[str]:
    """Return what the gap of the path is filled with."""
    gap, behind = asked.gap, {Gap.STEP: "/talk", Gap.USE: f"/{hidden_use(worlds)}"}
    if gap is Gap.HOURS:
        return [staff_id, DEPUTY]
    if gap is Gap.CHAT:
        return [worlds.hidden_chat, "0" * 32]
    if gap is Gap.LETTER:
        return [hidden_letter(worlds)]
    if gap is not Gap.MEETING and gap not in OF_CASES:
        return [worlds.hidden[-1]]
    found = worlds.open[0]
    if gap is Gap.MEETING:
        with worlds.plain.desk.unit_of_work(read_only=True) as work:
            found = min(work.session.scalars(select(Meeting.reference)))
    hidden = (worlds.hidden[-2], worlds.visit) if gap is Gap.MEETING else worlds.hidden[:1]
    if gap in {Gap.POST, *behind}:
        hidden = (*worlds.hidden[:1], worlds.hidden[-3])
    return [f"{each}{behind.get(gap, '')}" for each in (*hidden, found, "SG-000-000-000")]


OF_CASES = {
    Gap.CASE, Gap.CAMPAIGN, Gap.POST, Gap.STEP, Gap.USE, Gap.REQUEST, Gap.RECORD
}  # fmt: skip


def hidden_use(worlds: Worlds) -> str:
    """Return the id of something that is closed over the hidden follow-up."""
    return view_policy(worlds.other.desk, CHAIR, worlds.hidden[-3]).uses[0].id


def hidden_letter(worlds: Worlds) -> str:
    """Return the id of a message about a hidden case."""
    with worlds.other.desk.unit_of_work(read_only=True) as work:
        same = CaseFile.reference == worlds.hidden[-3]
        hidden = select(CaseFile.id).where(same).scalar_subquery()
        mine = select(Outbox.id).where(Outbox.target_id == hidden)
        return work.session.scalars(mine.order_by(Outbox.id)).first() or ""


def fields_of(worlds: Worlds, asked: Asked, staff_id: str) -> Iterator[dict[str, object]]:
    """Yield the complete form; where names or references travel in it, one with each."""
    form = complete_form(asked.name, DEPUTY)
    if asked.name == "case_lists.search":
        yield from ({"words": words} for words in (*HIDDEN_WORDS, *worlds.hidden, "finn"))
    elif asked.name == "access.give_many":
        yield {**form, "case": [*worlds.hidden]}
    elif asked.name == "campaigns.link":
        yield from ({**form, "reference": each} for each in (worlds.open[1], worlds.hidden[0]))
    elif asked.name == "reassign.give":
        yield {**form, "who": CHAIR, **{f"give-{each}": DEPUTY for each in worlds.hidden}}
    elif asked.name.startswith("access."):
        yield from ({**form, "colleague": each} for each in (DEPUTY, CHAIR, staff_id))
    else:
        yield form


def told(answer: httpx.Response) -> tuple[object, ...]:
    """Return status, headers and body, without what is random in each answer."""
    headers = sorted(
        (name, RANDOM.sub(r"\1", ADDRESS.sub("", value)))
        for name, value in answer.headers.items()
        if name not in PASSING_HEADERS
    )
    words = PASSING.sub("", ADDRESS.sub("", answer.text))
    return (answer.status_code, headers, RANDOM.sub(r"\1", words))


def answers_to_forms(
    worlds: Worlds, stage: Stage, staff_id: str, only: frozenset[str] = frozenset()
) -> list[tuple[object, ...]]:
    """Send all of the person's forms in one world; return what came of each."""
    found: list[tuple[object, ...]] = []
    with stage.signed_in(staff_id) as person:
        token = person.hidden("/desk/password")["form_token"]
        for asked, value, fields in forms_of(worlds, staff_id, only):
            path = asked.path(value)
            answer = person.post(path, data={**fields, "form_token": token})
            status, headers, body = told(answer)
            body = MADE.sub("", FRESH.sub("", str(body))) if answer.is_success else body
            found.append((asked.name, value, str(fields), status, headers, body))
    return found
