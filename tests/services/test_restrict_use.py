"""Something of the school's own is closed for a time: told, looked at again, appealed, over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from assistant.casework.kinds import CaseKind, MeetingMode
from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse
from assistant.security.sealing import key_of
from assistant.services.appeal_restriction import appeal_restriction, take_down_appeal
from assistant.services.case_step import StepUnclear
from assistant.services.desk import Desk
from assistant.services.end_restrictions import end_restrictions
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.grant_access import grant_access
from assistant.services.meeting_errors import VisitNotAllowed
from assistant.services.open_link import open_link
from assistant.services.overdue_reviews import overdue_reviews
from assistant.services.policy_ladder import StepNotTheirs
from assistant.services.restrictions import chat_closed_until
from assistant.services.shapes import CaseReceipt, Contact
from assistant.services.start_conversation import start_conversation
from assistant.services.view_case import view_case
from assistant.services.view_policy import view_policy
from assistant.services.visit_restrictions import RestrictionUnclear, restriction_for
from assistant.store.meeting_tables import VisitRestriction
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.tables import CaseFile
from tests.desks import pass_time
from tests.services.bookings import book
from tests.services.filings import (
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    PARENT,
    SENCO,
    VICE_CHAIR,
    address_of,
    file_case,
    mail,
    rows_of,
)
from tests.services.policing import END, ONE_DATABASE, REVIEW, close, decide, follow_up, use_of

WORDS = "Mrs Ashworth closed it because I complained about her."


def appeal(desk: Desk, case: CaseReceipt, words: str = WORDS) -> str:
    use = use_of(desk, case.reference)
    appeal_restriction(desk, case_id=case.id, restriction_id=use.id, words=words)
    return use.id


def letters(desk: Desk, case: CaseReceipt) -> list[str]:
    record = open_link(desk, token=case.token)
    assert record
    return [letter.words for letter in record.letters]


def test_it_is_recorded_once_and_the_letter_always_tells_the_rights(desk: Desk) -> None:
    case = follow_up(desk)
    for _ in range(2):
        close(desk, case.reference)
    assert rows_of(desk.unit_of_work, UseRestriction) == 1
    (letter,) = letters(desk, case)
    for said in (
        "For now we ask you not to use the chat.",
        "It ends by itself after Friday 29 January 2027",
        "look at it again by Tuesday 15 December 2026",
        "Phone and letter stay open to you for everything, a complaint as well",
        desk.school.phone,
        desk.school.address,
        "If a child may be at risk, tell us in any way you like, the chat as well",
        "ask somebody who had no part in this",
    ):
        assert said in letter
    taken = view_policy(desk, HEAD, case.reference).taken
    assert [each.step for each in taken] == [PolicyStep.RESTRICT]
    titles = [each.title for each in view_case(desk, HEAD, case.reference).timeline]
    assert any("closed the chat on the website to the parent until" in each for each in titles)


@ONE_DATABASE
@pytest.mark.parametrize(
    "changed",
    [
        {"reason": " "},
        {"notice": " "},
        {"review_on": date(2026, 11, 24)},
        {"review_on": END + timedelta(days=1)},
        {"expires_on": date(2026, 11, 24) + timedelta(days=91)},
    ],
    ids=["no reason", "nothing to read", "review today", "review after the end", "too long"],
)
def test_one_that_lacks_something_is_refused(desk: Desk, changed: dict[str, Any]) -> None:
    case = follow_up(desk)
    with pytest.raises(StepUnclear):
        close(desk, case.reference, **changed)
    assert rows_of(desk.unit_of_work, UseRestriction) == 0


@ONE_DATABASE
def test_only_head_and_chair_close_things_and_each_thing_once(desk: Desk) -> None:
    case = follow_up(desk)
    for reader in (DEPUTY, CLERK):
        wish = {"staff_id": HEAD, "reference": case.reference, "to": reader, "why": "Help."}
        grant_access(desk, idempotency_key=reader, **wish)
        with pytest.raises(StepNotTheirs):
            close(desk, case.reference, staff_id=reader)
    with pytest.raises(NotHere):
        close(desk, case.reference, staff_id=SENCO)
    close(desk, case.reference)
    with pytest.raises(NotPossibleNow):
        close(desk, case.reference, idempotency_key="again")
    may_close = view_policy(desk, HEAD, case.reference).may_close
    assert RestrictedUse.CHAT not in may_close
    assert view_policy(desk, DEPUTY, case.reference).may_close == ()


def test_a_conversation_is_known_by_its_case_or_by_the_contact_of_a_record(desk: Desk) -> None:
    linked, _ = start_conversation(desk)
    later, _ = start_conversation(desk)
    stranger, _ = start_conversation(desk)
    case = follow_up(desk, conversation_id=linked)
    close(desk, case.reference)
    assert chat_closed_until(desk, linked) == END
    assert chat_closed_until(desk, later) is None
    same = Contact("O", "+44 7700 900123")
    file_case(desk, "later", conversation_id=later, contact=same)
    assert chat_closed_until(desk, later) == END
    other = Contact("Sam", "07700 900999", "sam@home.example")
    file_case(desk, "stranger", conversation_id=stranger, contact=other)
    assert chat_closed_until(desk, stranger) is None
    assert chat_closed_until(desk, "0" * 32) is None


@ONE_DATABASE
def test_a_complaint_and_a_talk_are_taken_all_the_same(desk: Desk) -> None:
    case = follow_up(desk)
    close(desk, case.reference)
    assert file_case(desk, "complaint").status == "received"
    assert book(desk, "talk", contact=PARENT).status == "booked"


def test_visits_have_their_effect_through_the_one_that_is_there(desk: Desk) -> None:
    case = file_case(desk, kind=CaseKind.COMPLAINT)
    with pytest.raises(NotPossibleNow):
        close(desk, case.reference)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    found = restriction_for(desk, PARENT)
    assert found
    assert (found.decided_by, found.expires_on) == (HEAD, END)
    with pytest.raises(VisitNotAllowed):
        book(desk, "visit", contact=PARENT)
    assert book(desk, "call", contact=PARENT, mode=MeetingMode.PHONE).mode == "phone"
    decide(
        desk,
        case.reference,
        staff_id=HEAD,
        restriction_id=use_of(desk, case.reference).id,
        decision=AppealDecision.SHORTENED,
        on=REVIEW,
    )
    sooner = restriction_for(desk, PARENT)
    assert sooner
    assert sooner.expires_on == REVIEW
    use = use_of(desk, case.reference).id
    decide(desk, case.reference, restriction_id=use, staff_id=HEAD, idempotency_key="end")
    assert restriction_for(desk, PARENT) is None


@ONE_DATABASE
def test_visits_need_somebody_to_know(desk: Desk) -> None:
    case = follow_up(desk, contact=Contact("No number"))
    with pytest.raises(RestrictionUnclear):
        close(desk, case.reference, what=RestrictedUse.VISITS)
    assert rows_of(desk.unit_of_work, VisitRestriction) == 0


def test_it_ends_by_itself_and_that_is_noted_and_told(desk: Desk) -> None:
    conversation, _ = start_conversation(desk)
    case = follow_up(desk, conversation_id=conversation)
    close(desk, case.reference)
    pass_time(desk, days=66)  # its last day
    assert chat_closed_until(desk, conversation) == END
    assert end_restrictions(desk) == 0
    pass_time(desk, days=1)
    assert chat_closed_until(desk, conversation) is None
    assert (end_restrictions(desk), end_restrictions(desk)) == (1, 0)
    assert use_of(desk, case.reference).ended == "It ended by itself."
    titles = [each.title for each in view_case(desk, HEAD, case.reference).timeline]
    assert "It ended by itself, and is open to the parent again: the chat on the website" in titles
    assert any("There is news" in body for to, _, body in mail(desk) if to == PARENT.email)


def test_an_appeal_goes_to_the_chair_who_reads_it_and_the_head_does_not(desk: Desk) -> None:
    case = follow_up(desk)
    close(desk, case.reference)
    for _ in range(2):
        appeal(desk, case)
    assert sum(address_of(desk, CHAIR) == to for to, _, _ in mail(desk)) == 1
    head, chair = (use_of(desk, case.reference, each) for each in (HEAD, CHAIR))
    assert (head.words, chair.words) == ("", WORDS)
    assert (head.may_decide, chair.may_decide) == (False, True)
    assert head.appeal == "It waits for Dr Siddiqui, chair of governors."
    assert WORDS not in repr(view_case(desk, HEAD, case.reference))
    with pytest.raises(StepNotTheirs):
        decide(desk, case.reference, restriction_id=head.id, staff_id=HEAD)


@pytest.mark.parametrize("decision", AppealDecision)
def test_the_chair_ends_it_shortens_it_or_keeps_it_and_the_parent_is_told(
    desk: Desk, decision: AppealDecision
) -> None:
    conversation, _ = start_conversation(desk)
    case = follow_up(desk, conversation_id=conversation)
    close(desk, case.reference)
    pass_time(desk, minutes=1)
    use = appeal(desk, case)
    on = None if decision is AppealDecision.LIFTED else date(2026, 12, 18)
    for _ in range(2):
        decide(desk, case.reference, restriction_id=use, decision=decision, on=on)
    until = {
        AppealDecision.LIFTED: None,
        AppealDecision.SHORTENED: on,
        AppealDecision.KEPT: END,
    }[decision]
    assert chat_closed_until(desk, conversation) == until
    assert letters(desk, case)[1:] == ["You can use the chat again."]
    told = use_of(desk, case.reference).appeal
    assert told == f"Dr Siddiqui, chair of governors, decided: {decision.label.lower()}."
    story = [each.title for each in view_case(desk, HEAD, case.reference).timeline]
    assert any(
        f"decided the appeal about the chat on the website: “{decision.label}”" in t for t in story
    )


@ONE_DATABASE
@pytest.mark.parametrize(
    ("decision", "on"),
    [
        (AppealDecision.SHORTENED, None),
        (AppealDecision.SHORTENED, END),
        (AppealDecision.SHORTENED, date(2026, 11, 23)),
        (AppealDecision.KEPT, None),
        (AppealDecision.KEPT, END + timedelta(days=1)),
        (AppealDecision.KEPT, date(2026, 11, 24)),
    ],
)
def test_a_decision_with_a_day_that_does_not_fit_is_refused(
    desk: Desk, decision: AppealDecision, on: date | None
) -> None:
    case = follow_up(desk)
    close(desk, case.reference)
    use = appeal(desk, case)
    with pytest.raises(StepUnclear):
        decide(desk, case.reference, restriction_id=use, decision=decision, on=on)
    assert not use_of(desk, case.reference).ended


@ONE_DATABASE
def test_what_the_chair_imposed_goes_to_the_vice_chair_and_a_judge_who_is_named_is_passed_over(
    desk: Desk,
) -> None:
    case = follow_up(desk, subjects=frozenset({HEAD}))
    close(desk, case.reference, staff_id=CHAIR)
    use = use_of(desk, case.reference, CHAIR)
    words = "Mr Thorpe hates me too."
    take_down_appeal(
        desk, staff_id=CHAIR, reference=case.reference, restriction_id=use.id, words=words
    )
    assert (
        use_of(desk, case.reference, CHAIR).appeal
        == "It waits for Ms Whitaker, clerk to governors."
    )
    for walled in (HEAD, VICE_CHAIR):
        with pytest.raises(NotHere):
            view_policy(desk, walled, case.reference)


@ONE_DATABASE
def test_an_appeal_of_another_case_or_of_what_has_ended_is_refused(desk: Desk) -> None:
    case, other = follow_up(desk), file_case(desk)
    close(desk, case.reference)
    use = use_of(desk, case.reference).id
    with pytest.raises(NotHere):
        appeal_restriction(desk, case_id=other.id, restriction_id=use, words=WORDS)
    decide(desk, case.reference, restriction_id=use, staff_id=HEAD)
    with pytest.raises(NotPossibleNow):
        appeal_restriction(desk, case_id=case.id, restriction_id=use, words=WORDS)
    with pytest.raises(NotPossibleNow):
        decide(desk, case.reference, restriction_id=use, staff_id=HEAD, idempotency_key="two")


def test_an_overdue_review_is_shown_to_the_clerk_unless_it_is_about_them(desk: Desk) -> None:
    case = follow_up(desk)
    hidden = follow_up(desk, "hidden", subjects=frozenset({CLERK}))
    close(desk, case.reference)
    close(desk, hidden.reference)
    pass_time(desk, days=20)
    assert overdue_reviews(desk, CLERK) == ()
    pass_time(desk, days=1)
    (overdue,) = overdue_reviews(desk, CLERK)
    assert (overdue.review_on, overdue.reference) == (REVIEW, "")
    assert overdue.who == "Mrs Ashworth, headteacher"
    assert overdue_reviews(desk, HEAD) == ()
    chairs = follow_up(desk, "chair", subjects=frozenset({HEAD}))
    later = {"review_on": date(2026, 12, 16), "staff_id": CHAIR}
    close(desk, chairs.reference, **later)
    pass_time(desk, days=1)
    references = {each.reference for each in overdue_reviews(desk, CLERK)}
    assert references == {"", chairs.reference}


@ONE_DATABASE
def test_its_words_and_those_of_the_appeal_are_under_the_key_of_the_case(desk: Desk) -> None:
    case = follow_up(desk)
    close(desk, case.reference, what=RestrictedUse.VISITS)
    decide(desk, case.reference, restriction_id=appeal(desk, case))
    with desk.unit_of_work(read_only=True) as work:
        of_case = key_of(work.session.get_one(CaseFile, case.id).statement)
        (asked,) = work.session.scalars(select(RestrictionAppeal))
        (visits,) = work.session.scalars(select(VisitRestriction))
        sealed = (asked.words, asked.why or b"", visits.person, visits.reason)
        assert {key_of(each) for each in sealed} == {of_case}


def locks(act: Callable[[], object]) -> list[str]:
    """Return the tables whose rows ``act`` locks, in order."""
    taken: list[str] = []

    def note(*told: Any) -> None:
        if "FOR UPDATE" in told[2]:
            taken.append(told[2].partition("FROM ")[2].split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return [each for each in taken if each in {"case_file", "use_restriction"}]


@pytest.mark.parametrize("fresh_database", ["postgresql"], indirect=True)
def test_whoever_changes_a_restriction_holds_its_case_first(desk: Desk) -> None:
    """Else two who change what a case owes at once could both leave its dates wrong."""
    case = follow_up(desk)
    close(desk, case.reference)
    use = use_of(desk, case.reference).id
    in_order = ["case_file", "use_restriction"]
    assert locks(lambda: appeal(desk, case)) == in_order
    kept = {"decision": AppealDecision.KEPT, "on": REVIEW}
    assert locks(lambda: decide(desk, case.reference, restriction_id=use, **kept)) == in_order
    pass_time(desk, days=67)
    assert locks(lambda: end_restrictions(desk)) == in_order
