"""No write without history: every service that changes a record leaves an event of its own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from assistant import services
from assistant.casework.alert_steps import AlertStep
from assistant.casework.kinds import (
    AlertKind,
    CaseKind,
    CaseStatus,
    MeetingMode,
    MeetingStatus,
    TimeOfferKind,
)
from assistant.casework.masking import Ruling, RulingKind
from assistant.services import hold_record
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.add_note import add_note
from assistant.services.add_passkey import add_passkey, offer_new_passkey
from assistant.services.add_to_case import add_to_case
from assistant.services.add_to_meeting import add_to_meeting
from assistant.services.alert_step import LeadStep
from assistant.services.answer_time_offer import answer_time_offer
from assistant.services.answer_turn import answer_turn
from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.case_figures import export_figures
from assistant.services.case_lists import CaseFilter
from assistant.services.change_status import change_status
from assistant.services.choose_topic import choose_topic
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.desk import Desk
from assistant.services.draft_disclosure import view_draft
from assistant.services.end_chat import end_by_parent
from assistant.services.end_disclosure import end_disclosure
from assistant.services.end_duty import end_duty
from assistant.services.end_restrictions import end_restrictions
from assistant.services.expire_time_offers import expire_time_offers
from assistant.services.export_cases import export_cases
from assistant.services.forget_conversation import forget_conversation
from assistant.services.hand_over_meeting import hand_over_meeting
from assistant.services.issue_desk_login import LOGIN_PATH, issue_desk_login
from assistant.services.judge_alert import take_plain_step
from assistant.services.keep_alert import LeadDecision, hold_alert
from assistant.services.leaving_meetings import leaving_meetings
from assistant.services.link_cases import link_cases
from assistant.services.list_dead_letters import list_dead_letters
from assistant.services.list_feeds import list_feeds
from assistant.services.mailers import ConsoleMailer, Outcome
from assistant.services.make_feed import make_feed
from assistant.services.make_recovery_codes import make_recovery_codes
from assistant.services.mark_meeting import mark_meeting
from assistant.services.move_meeting import move_meeting
from assistant.services.naming_wishes import grant_naming_wishes, wish_naming
from assistant.services.offer_case import decline_case, offer_case
from assistant.services.offer_time import offer_time
from assistant.services.own_sessions import end_all_sessions
from assistant.services.passkey_sign_in import offer_passkey_sign_in, sign_in_with_passkey
from assistant.services.persons_records import propose_records
from assistant.services.prove_again import prove_again
from assistant.services.publish_policy import publish_policy
from assistant.services.purge import purge
from assistant.services.purge_drafts import purge_drafts
from assistant.services.raise_alert import raise_alert
from assistant.services.readmit import readmit
from assistant.services.reassign_meetings import reassign_meetings
from assistant.services.recuse import recuse
from assistant.services.redeem_desk_login import redeem_desk_login
from assistant.services.redirect_case import redirect_case
from assistant.services.remove_passkey import remove_passkey
from assistant.services.remove_record import remove_record
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.revoke_feed import revoke_feed
from assistant.services.rotate_keys import rotate_keys
from assistant.services.saved_views import save_view
from assistant.services.say_in_chat import ParentSaid, parent_says, staff_says
from assistant.services.school_account import SchoolAccount
from assistant.services.school_account_sign_in import finish_school_account, start_school_account
from assistant.services.second_steps import use_code
from assistant.services.send_daily_head import send_daily_head
from assistant.services.set_password import set_password
from assistant.services.settle_chats import settle_chats
from assistant.services.settle_dead_letter import Settling, settle_dead_letter
from assistant.services.settle_terms import settle_terms
from assistant.services.shapes import PendingTurn
from assistant.services.sign_in import sign_in
from assistant.services.sign_out import sign_out
from assistant.services.start_conversation import start_conversation
from assistant.services.take_second_step import take_second_step
from assistant.services.take_turn import take_turn
from assistant.services.tries import SIGN_IN, count_try
from assistant.services.unlock_record import unlock_record
from assistant.services.verify_history import verify_history
from assistant.services.view_alert import view_alert
from assistant.services.view_case import view_case
from assistant.services.view_meeting import view_meeting
from assistant.services.view_own_sign_in import view_own_sign_in
from assistant.services.waiting_list import ask_for_earlier
from assistant.services.withdraw_case import withdraw_case
from assistant.services.write_to_parent import write_to_parent
from assistant.store.ledger import AlertHistoryEvent, HistoryEvent
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.services.authenticator import Authenticator
from tests.services.bookings import HALF_PAST_NINE, HOST, book
from tests.services.disclosing import begin_part, request_data, rule, seal
from tests.services.drafting import drafted
from tests.services.filings import CLERK, HEAD, PARENT, file_case
from tests.services.hours import plan_with, save
from tests.services.live import OFFICE, ask, chatted, here, talk
from tests.services.policing import close, decide, follow_up, take, use_of
from tests.services.provider import CLIENT, SECRET, serving
from tests.services.signing_in import NETWORK, PASSWORD, Phone, first_step, with_phone
from tests.services.test_deliver_outbox import Scripted

LEAD = "mr-mensah"
NOON = HALF_PAST_NINE.replace(hour=11)


class World:
    """One of everything, so that each service has something to work on."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.conversation, _token = start_conversation(desk)
        turn = take_turn(
            desk, conversation_id=self.conversation, idempotency_key="first", text="Hello"
        )
        assert isinstance(turn, PendingTurn)
        self.turn = turn
        self.case = file_case(desk, "case")
        self.post = follow_up(desk)
        self.meeting = book(desk, "meeting")
        self.alert = self.raise_alert("alert")
        self.session = set_password(desk, staff_id=HEAD, password="correct horse battery")

    def give_phone(self) -> tuple[Phone, tuple[str, ...]]:
        """Give the head a password and an authenticator app, a minute ago."""
        phone, codes = with_phone(self.desk)
        pass_time(self.desk, minutes=1)
        return phone, codes

    def take_second_step(self) -> None:
        _, codes = self.give_phone()
        token = first_step(self.desk)
        take_second_step(self.desk, token=token, code=codes[0], network=NETWORK)

    def prove(self) -> None:
        token = set_password(self.desk, staff_id=HEAD, password=PASSWORD).token
        who = {"staff_id": HEAD, "session": token}
        prove_again(self.desk, **who, password=PASSWORD, network=NETWORK)

    def make_passkey(self) -> Authenticator:
        made = Authenticator(self.desk.settings.public_url, "chat.school.example")
        answer = made.make(offer_new_passkey(self.desk, staff_id=HEAD))
        add_passkey(self.desk, staff_id=HEAD, session="", answer=answer, name="laptop")
        return made

    def use_passkey(self) -> None:
        made = self.make_passkey()
        sign_in_with_passkey(self.desk, answer=made.sign(offer_passkey_sign_in(self.desk)))

    def remove_passkey(self) -> None:
        self.make_passkey()
        (row,) = view_own_sign_in(self.desk, staff_id=HEAD).passkeys
        remove_passkey(self.desk, staff_id=HEAD, session="", passkey_id=row.id)

    def use_school_account(self) -> None:
        with serving() as provider:
            provider.email = self.desk.school.person(HEAD).email
            given = {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
            settings = replace(self.desk.settings, oidc_issuer=provider.issuer, **given)
            desk = replace(self.desk, school_account=SchoolAccount(settings))
            way = start_school_account(desk, onward="/desk")
            back = parse_qs(urlsplit(httpx.get(way.address).headers["location"]).query)
            state, code = back["state"][0], back["code"][0]
            finish_school_account(desk, state=state, browser=way.browser, code=code)

    def settle(self) -> None:
        pass_time(self.desk, days=60)
        settle_terms(self.desk)

    def data_request(self) -> str:
        return request_data(self.desk).reference

    def begun_part(self) -> str:
        reference = self.data_request()
        begin_part(self.desk, reference, reference)
        return reference

    def raise_alert(self, key: str) -> Any:
        return raise_alert(
            self.desk,
            idempotency_key=key,
            conversation_id=self.conversation,
            kind=AlertKind.SAFEGUARDING,
            words="She is afraid.",
        )

    def answer(self) -> None:
        answer_turn(
            self.desk,
            conversation_id=self.conversation,
            turn=self.turn,
            replies=[{"text": "Thank you."}],
            channel="staff",
        )

    def take_another(self) -> None:
        pass_time(self.desk, minutes=1)
        take_turn(
            self.desk, conversation_id=self.conversation, idempotency_key="second", text="And"
        )

    def mark(self) -> None:
        pass_time(self.desk, days=2)
        mark_meeting(
            self.desk,
            staff_id=HOST,
            reference=self.meeting.reference,
            status=MeetingStatus.ATTENDED,
            idempotency_key="m",
        )

    def appeal(self) -> None:
        close(self.desk, self.post.reference)
        use = use_of(self.desk, self.post.reference).id
        appeal_restriction(self.desk, case_id=self.post.id, restriction_id=use, words="Look again.")

    def decide(self) -> None:
        self.appeal()
        decide(
            self.desk,
            self.post.reference,
            restriction_id=use_of(self.desk, self.post.reference).id,
        )

    def let_restriction_end(self) -> None:
        close(self.desk, self.post.reference)
        pass_time(self.desk, days=70)
        end_restrictions(self.desk)

    def find_nobody(self) -> None:
        """Ask for the meetings of a host whose every colleague is busy: the number is shown."""
        found = leaving_meetings(self.desk, CLERK, leaver=HOST, since=HALF_PAST_NINE.date())
        for taker in found[0].takers:
            book(self.desk, taker.staff_id, host_id=taker.staff_id, mode=MeetingMode.PHONE)
        before = sequences(self.desk)
        leaving_meetings(self.desk, CLERK, leaver=HOST, since=HALF_PAST_NINE.date())
        assert sequences(self.desk) > before

    def offer(self, key: str = "offer") -> str:
        return offer_time(
            self.desk,
            meeting_id=self.meeting.id,
            starts_at=NOON,
            kind=TimeOfferKind.PROPOSED,
            made_by=HOST,
            idempotency_key=key,
        )

    def answer_offer(self) -> None:
        answer_time_offer(
            self.desk,
            offer_id=self.offer(),
            meeting_id=self.meeting.id,
            accept=True,
            idempotency_key="a",
        )

    def let_offer_expire(self) -> None:
        self.offer()
        pass_time(self.desk, days=1)
        expire_time_offers(self.desk)

    def revoke(self) -> None:
        make_feed(self.desk, staff_id=HOST, idempotency_key="f")
        (feed,) = list_feeds(self.desk, staff_id=HOST)
        revoke_feed(self.desk, staff_id=HOST, feed_id=feed.id)

    def purge(self) -> None:
        drafted(self.desk)
        pass_time(self.desk, days=2)
        purge_drafts(self.desk)

    def hold(self) -> None:
        day = self.desk.clock.now().date() + timedelta(days=30)
        hold_record.place_hold(self.desk, staff_id=HEAD, reference=self.case.reference,
                               why="A claim.", review_on=day, idempotency_key="h")  # fmt: skip

    def let_chats_grow_old(self) -> None:
        pass_time(self.desk, days=30)
        purge(self.desk)

    def remove(self) -> None:
        for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED):
            change_status(self.desk, staff_id=HEAD, reference=self.case.reference, status=status,
                          why="Done.", idempotency_key=status.value)  # fmt: skip
        pass_time(self.desk, days=365 * 7)
        remove_record(self.desk, staff_id=HEAD, reference=self.case.reference)

    def see_to_letter(self) -> None:
        deliver_outbox(self.desk, Scripted(*[Outcome.REFUSED] * 50))
        (letter, *_) = list_dead_letters(self.desk, HEAD)
        settle_dead_letter(
            self.desk, staff_id=HEAD, letter_id=letter.id, how=Settling.AGAIN, why="Mended."
        )

    def name_late(self) -> None:
        with self.desk.unit_of_work() as work:
            wish_naming(self.desk, work, self.conversation, {LEAD})
            work.commit(unrecorded="a test")
        grant_naming_wishes(self.desk)

    def write_down(self) -> None:
        acknowledge_alert(self.desk, staff_id=LEAD, alert_id=self.alert.id)
        wish = LeadStep(LEAD, self.alert.id, AlertStep.NOTE, "Rang the council.", "n")
        take_plain_step(self.desk, wish)

    def hold_alert(self) -> None:
        day = self.desk.clock.now().date() + timedelta(days=30)
        hold_alert(self.desk, LeadDecision(LEAD, self.alert.id, "A claim.", "h"), day)

    def repeat(self) -> None:
        pass_time(self.desk, minutes=20)
        repeat_alerts(self.desk)

    def talk(self) -> tuple[str, str]:
        """Let somebody of the office talk with the parent; return conversation and talk."""
        conversation, chat, _ = talk(self.desk)
        return conversation, chat

    def let_wait_lapse(self) -> None:
        here(self.desk)
        ask(self.desk, chatted(self.desk))
        before = sequences(self.desk)
        pass_time(self.desk, minutes=5)
        settle_chats(self.desk)
        cases, _ = sequences(self.desk)
        assert cases == before[0] + 2, "the wait, and who is here no more"

    def say_and_answer(self) -> None:
        conversation, chat = self.talk()
        before = sequences(self.desk)
        parent_says(self.desk, conversation_id=conversation, said=ParentSaid("Hello", "k"))
        staff_says(self.desk, staff_id=OFFICE, chat_id=chat, words="Hello", key="k")
        assert sequences(self.desk)[0] == before[0] + 2

    def end_talk(self) -> None:
        conversation, _ = self.talk()
        before = sequences(self.desk)
        end_by_parent(self.desk, conversation_id=conversation)
        assert sequences(self.desk)[0] == before[0] + 1

    def offer_to_record(self) -> None:
        conversation, chat = self.talk()
        before = sequences(self.desk)
        wanted = {"staff_id": OFFICE, "chat_id": chat, "kind": CaseKind.CONCERN}
        offer_case(self.desk, **wanted, words="The door was locked.")
        decline_case(self.desk, conversation_id=conversation)
        assert sequences(self.desk)[0] == before[0] + 2

    def leave_duty(self) -> None:
        here(self.desk)
        before = sequences(self.desk)
        end_duty(self.desk, staff_id=OFFICE)
        end_duty(self.desk, staff_id=OFFICE)
        assert sequences(self.desk)[0] == before[0] + 1


ACTS: dict[str, Callable[[World], object]] = {
    "change_access": lambda world: recuse(
        world.desk,
        staff_id=HEAD,
        reference=world.case.reference,
        why="A neighbour.",
        idempotency_key="r",
    ),
    "start_conversation": lambda world: start_conversation(world.desk),
    "take_turn": World.take_another,
    "answer_turn": World.answer,
    "forget_conversation": lambda world: forget_conversation(world.desk, world.conversation),
    "open_case": lambda world: file_case(world.desk, "another"),
    "export_cases": lambda world: export_cases(world.desk, "mrs-ashworth", CaseFilter()),
    "case_figures": lambda world: export_figures(world.desk, "mrs-ashworth"),
    "settle_terms": World.settle,
    "choose_topic": lambda world: choose_topic(
        world.desk, staff_id=HEAD, reference=world.case.reference, topic="bullying"
    ),
    "saved_views": lambda world: save_view(
        world.desk, staff_id="mrs-ashworth", name="Late", query="due=late", idempotency_key="v"
    ),
    "add_to_case": lambda world: add_to_case(
        world.desk, case_id=world.case.id, words="More.", idempotency_key="a"
    ),
    "add_to_meeting": lambda world: add_to_meeting(
        world.desk, meeting_id=world.meeting.id, words="More.", idempotency_key="a"
    ),
    "purge_drafts": World.purge,
    "withdraw_case": lambda world: withdraw_case(
        world.desk, case_id=world.case.id, idempotency_key="w"
    ),
    "link_cases": lambda world: link_cases(
        world.desk,
        staff_id=HEAD,
        reference=world.case.reference,
        others=[file_case(world.desk, "another").reference],
        name="Shoes",
        why="The same letter.",
        idempotency_key="l",
    ),
    "case_step": lambda world: redirect_case(
        world.desk,
        staff_id=HEAD,
        reference=world.case.reference,
        route="ofsted",
        why="Not ours.",
        idempotency_key="r",
    ),
    "add_note": lambda world: add_note(
        world.desk,
        staff_id=HEAD,
        reference=world.case.reference,
        words="Rang.",
        idempotency_key="n",
    ),
    "write_to_parent": lambda world: write_to_parent(
        world.desk,
        staff_id=HEAD,
        reference=world.case.reference,
        template="",
        words="We ring on Friday.",
        idempotency_key="l",
    ),
    "publish_policy": lambda world: publish_policy(world.desk),
    "take_policy_step": lambda world: take(world.desk, world.post.reference),
    "restrict_use": lambda world: close(world.desk, world.post.reference),
    "appeal_restriction": World.appeal,
    "decide_restriction": World.decide,
    "end_restrictions": World.let_restriction_end,
    "view_case": lambda world: view_case(world.desk, HEAD, world.case.reference),
    "view_meeting": lambda world: view_meeting(world.desk, HOST, world.meeting.reference),
    "open_disclosure": lambda world: begin_part(world.desk, world.data_request()),
    "persons_records": lambda world: propose_records(world.desk, HEAD, world.begun_part()),
    "draft_disclosure": lambda world: view_draft(world.desk, HEAD, world.begun_part()),
    "rule_on_masks": lambda world: rule(
        world.desk, world.begun_part(), Ruling(RulingKind.HIDE, "", "rain")
    ),
    "end_disclosure": lambda world: end_disclosure(
        world.desk, staff_id=HEAD, reference=world.begun_part()
    ),
    "seal_disclosure": lambda world: seal(world.desk, world.begun_part()),
    "view_alert": lambda world: view_alert(world.desk, LEAD, world.alert.id),
    "book_meeting": lambda world: book(world.desk, "another", NOON),
    "move_meeting": lambda world: move_meeting(
        world.desk, meeting_id=world.meeting.id, starts_at=NOON, idempotency_key="m"
    ),
    "cancel_meeting": lambda world: cancel_meeting(
        world.desk, meeting_id=world.meeting.id, idempotency_key="c"
    ),
    "mark_meeting": World.mark,
    "change_hours": lambda world: save(world.desk, plan_with(world.desk, minutes=20)),
    "hand_over_meeting": lambda world: hand_over_meeting(
        world.desk,
        staff_id=HOST,
        reference=world.meeting.reference,
        to=LEAD,
        why="Away.",
        idempotency_key="h",
    ),
    "leaving_meetings": World.find_nobody,
    "reassign_meetings": lambda world: reassign_meetings(
        world.desk,
        staff_id=CLERK,
        choices={world.meeting.reference: LEAD},
        why="He leaves.",
        idempotency_key="r",
    ),
    "offer_time": World.offer,
    "answer_time_offer": World.answer_offer,
    "expire_time_offers": World.let_offer_expire,
    "waiting_list": lambda world: ask_for_earlier(
        world.desk, meeting_id=world.meeting.id, idempotency_key="w"
    ),
    "make_feed": lambda world: make_feed(world.desk, staff_id=HOST, idempotency_key="f"),
    "revoke_feed": World.revoke,
    "unlock_record": lambda world: unlock_record(
        world.desk,
        conversation_id=world.conversation,
        reference=world.case.reference,
        contact_clue=PARENT.phone,
    ),
    "hold_record": World.hold,
    "purge": World.let_chats_grow_old,
    "remove_record": World.remove,
    "rotate_keys": lambda world: rotate_keys(world.desk, lambda _what, _much: None),
    "store_alert": lambda world: world.raise_alert("another"),
    "repeat_alerts": World.repeat,
    "send_daily_head": lambda world: send_daily_head(world.desk),
    "naming_wishes": World.name_late,
    "settle_dead_letter": World.see_to_letter,
    "alert_step": World.write_down,
    "keep_alert": World.hold_alert,
    "acknowledge_alert": lambda world: acknowledge_alert(
        world.desk, staff_id=LEAD, alert_id=world.alert.id
    ),
    "deliver_outbox": lambda world: deliver_outbox(
        world.desk, ConsoleMailer(world.folder / "outbox.log")
    ),
    "set_password": lambda world: set_password(
        world.desk, staff_id=HOST, password="correct horse battery"
    ),
    "sign_in": lambda world: sign_in(
        world.desk,
        email=world.desk.school.person(HEAD).email,
        password="correct horse battery",
        network="192.0.2.1",
    ),
    "sign_out": lambda world: sign_out(world.desk, token=world.session.token),
    "issue_desk_login": lambda world: issue_desk_login(world.desk),
    "redeem_desk_login": lambda world: redeem_desk_login(
        world.desk, token=issue_desk_login(world.desk)[0].removeprefix(LOGIN_PATH)
    ),
    "tries": lambda world: count_try(world.desk, SIGN_IN, "somebody", NETWORK),
    "second_steps": lambda world: use_code(world.desk, HEAD, world.give_phone()[0].code()),
    "take_second_step": World.take_second_step,
    "code_app": World.give_phone,
    "make_recovery_codes": lambda world: (
        world.give_phone(),
        make_recovery_codes(world.desk, staff_id=HEAD),
    ),
    "prove_again": World.prove,
    "readmit": lambda world: readmit(world.desk, CLERK),
    "own_sessions": lambda world: end_all_sessions(world.desk, staff_id=HEAD),
    "add_passkey": World.make_passkey,
    "passkey_sign_in": World.use_passkey,
    "remove_passkey": World.remove_passkey,
    "school_account_sign_in": World.use_school_account,
    "begin_duty": lambda world: here(world.desk),
    "end_duty": World.leave_duty,
    "ask_for_person": lambda world: (here(world.desk), ask(world.desk, chatted(world.desk))),
    "take_chat": World.talk,
    "say_in_chat": World.say_and_answer,
    "offer_case": World.offer_to_record,
    "end_chat": World.end_talk,
    "settle_chats": World.let_wait_lapse,
}

PASSING = {
    "current_session": "notes when a session was last used",
    "forget_leftovers": "the figures went with a case that is tried there",
    "forget_wishes": "the wish itself was written with the event of forgetting",
    "signs_of_life": "being awake is not an event",
    "search_index": "digests of what the records hold already",
    "receipts": "digests of what the keys tell already",
    "hold_slot": "a hold ends by itself",
    "start_draft": "a draft is nobody's record until it is booked",
    "change_draft": "a draft is nobody's record until it is booked",
    "change_points": "a draft is nobody's record until it is sent",
    "clear_draft": "a parent deletes what they never sent",
    "book_draft": "the booking leaves its own event; emptying the draft is no other",
}
"""Services whose only write passes by itself, and why it is no event."""


def sequences(desk: Desk) -> tuple[int, int]:
    with desk.unit_of_work(read_only=True) as work:
        cases = len(work.session.scalars(select(HistoryEvent.sequence)).all())
    with desk.alerts_unit_of_work(read_only=True) as work:
        return cases, len(work.session.scalars(select(AlertHistoryEvent.sequence)).all())


@AT_LENGTH_ON_BOTH
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.usefixtures("cheap_passwords")
def test_it_leaves_history_and_a_whole_chain(desk: Desk, tmp_path: Path, name: str) -> None:
    world = World(desk, tmp_path)
    before = sequences(desk)
    ACTS[name](world)
    assert sum(sequences(desk)) > sum(before)
    assert verify_history(desk) == ()


def test_every_service_that_commits_is_tried_above() -> None:
    folder = Path(str(services.__file__)).parent
    committing = {file.stem for file in folder.glob("*.py") if commits(file)}
    assert committing - set(PASSING) == set(ACTS)


def commits(file: Path) -> bool:
    """Tell whether a module calls ``work.commit``."""
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return any(
        isinstance(call.func, ast.Attribute) and call.func.attr == "commit" for call in calls
    )
