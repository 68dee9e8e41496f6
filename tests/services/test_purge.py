"""What is kept no longer goes, with its key; what is held or asks for a person stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.casework.policy_steps import RestrictedUse
from assistant.casework.retention import Matter
from assistant.casework.school_shapes import Relationship
from assistant.services.add_note import add_note
from assistant.services.add_to_case import add_to_case
from assistant.services.case_step import StepUnclear
from assistant.services.change_status import change_status
from assistant.services.dead_letters import TOLD_OTHERWISE
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.desk import Desk
from assistant.services.erase_record import removed_digest
from assistant.services.errors import NotHere, NotPossibleNow, WrongSignIn
from assistant.services.forget_wishes import open_wishes
from assistant.services.hold_record import keep_longer, lift_hold, place_hold
from assistant.services.issue_desk_login import issue_for_colleague
from assistant.services.link_cases import link_cases
from assistant.services.list_feeds import list_feeds
from assistant.services.mailers import ConsoleMailer, Outcome
from assistant.services.make_feed import make_feed
from assistant.services.purge import preview_purge, purge, purge_daily
from assistant.services.remove_record import remove_record
from assistant.services.restrict_visits import VisitDecision, lift, put_restriction
from assistant.services.revoke_feed import revoke_feed
from assistant.services.rotate_keys import rotate_keys
from assistant.services.search_records import search_records
from assistant.services.sign_in import sign_in
from assistant.services.verify_history import verify_history
from assistant.services.view_keeping import view_keeping, view_removals
from assistant.services.write_to_parent import write_to_parent
from assistant.settings import ROOT
from assistant.store.campaign_tables import Campaign
from assistant.store.key_tables import DataKey
from assistant.store.ledger import HistoryDetail, HistoryEvent, Outbox
from assistant.store.meeting_tables import Cell, Meeting, VisitRestriction
from assistant.store.policy_tables import UseRestriction
from assistant.store.retention_tables import RemovedRecord
from assistant.store.tables import CaseFile
from tests.databases import ON_SQLITE
from tests.desks import engine_of, pass_time, stored
from tests.services.bookings import book
from tests.services.filings import CLERK, HEAD, PARENT, file_case, rows_of
from tests.services.policing import close, follow_up
from tests.services.test_forget_conversation import found_in, talked

LONG_AGO = 365 * 8
OF_TIME = dict.fromkeys(("chat", "sign_in", "feed", "mail", "visit"), 0)


def finished(desk: Desk, key: str, kind: CaseKind = CaseKind.COMPLAINT) -> str:
    """Return the reference of a case with notes, letters and additions that was closed."""
    channel = Channel.COMPLAINT if kind is CaseKind.COMPLAINT else Channel.STAFF
    receipt = file_case(desk, key, kind=kind, channel=channel)
    reader = reader_of(desk, receipt.id)
    add_note(desk, staff_id=reader, reference=receipt.reference, words="Rang her.",
             idempotency_key=f"n{key}")  # fmt: skip
    add_to_case(desk, case_id=receipt.id, words="More of it.", idempotency_key=f"a{key}")
    write_to_parent(desk, staff_id=reader, reference=receipt.reference, template="",
                    words="We looked into it.", idempotency_key=f"w{key}")  # fmt: skip
    for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED):
        change_status(desk, staff_id=reader, reference=receipt.reference, status=status,
                      idempotency_key=f"{key}{status.value}", why="Done.")  # fmt: skip
    return receipt.reference


def reader_of(desk: Desk, case_id: str) -> str:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get_one(CaseFile, case_id).handler_id or ""


def id_of(desk: Desk, reference: str) -> str:
    with desk.unit_of_work(read_only=True) as work:
        wanted = select(CaseFile.id).where(CaseFile.reference == reference)
        return work.session.scalars(wanted).one()


def names(records: tuple[object, ...]) -> set[str]:
    return {each.reference for each in records}  # type: ignore[attr-defined]


def test_a_concern_goes_by_itself_and_a_complaint_waits_for_a_person(desk: Desk) -> None:
    concern = finished(desk, "concern", CaseKind.CONCERN)
    complaint = finished(desk, "complaint")
    still_open = file_case(desk, "open").reference
    assert preview_purge(desk).records == preview_purge(desk).waiting == ()
    pass_time(desk, days=LONG_AGO)
    planned = preview_purge(desk)
    assert (names(planned.records), names(planned.waiting)) == ({concern}, {complaint})
    assert names(purge(desk).records) == {concern}
    assert purge(desk).records == ()
    with desk.unit_of_work(read_only=True) as work:
        assert set(work.session.scalars(select(CaseFile.reference))) == {complaint, still_open}


def test_a_person_removes_a_complaint_once_its_time_is_over(desk: Desk) -> None:
    reference = finished(desk, "one")
    with pytest.raises(NotPossibleNow):
        remove_record(desk, staff_id=HEAD, reference=reference)
    pass_time(desk, days=LONG_AGO)
    with pytest.raises(NotHere):
        remove_record(desk, staff_id="mr-croft", reference=reference)
    remove_record(desk, staff_id=HEAD, reference=reference)
    with pytest.raises(NotHere):
        remove_record(desk, staff_id=HEAD, reference=reference)
    (line,) = view_removals(desk, HEAD).removed
    assert (line.what, line.number, line.removed_by) == (
        "Complaint",
        1,
        "Mrs Ashworth, headteacher",
    )
    assert line.why.startswith("Finished on 24 November 2026. Kept for 6 years")


def traces_of_case(desk: Desk, case_id: str) -> list[bytes]:
    with desk.unit_of_work(read_only=True) as work:
        case = work.session.get_one(CaseFile, case_id)
        letters = work.session.scalars(select(Outbox.body).where(Outbox.target_id == case_id))
        key = select(DataKey.wrapped).where(DataKey.owner_id == case_id)
        mine = select(HistoryEvent.sequence).where(HistoryEvent.target_id == case_id)
        details = select(HistoryDetail.details).where(HistoryDetail.sequence.in_(mine))
        sealed = [case.statement, case.contact, *letters, *work.session.scalars(details)]
        return [work.session.scalars(key).one(), *(bytes(each[-40:]) for each in sealed)]


def test_nothing_of_a_removed_case_is_left_but_figures(desk: Desk, tmp_path: Path) -> None:
    reference, other = finished(desk, "one"), finished(desk, "other")
    case_id, traces = id_of(desk, reference), traces_of_case(desk, id_of(desk, reference))
    keeper = traces_of_case(desk, id_of(desk, other))
    pass_time(desk, days=LONG_AGO)
    remove_record(desk, staff_id=HEAD, reference=reference)
    left = [name for name in tables(desk) if case_id in stored(desk.unit_of_work, name)]
    assert left == ["history_event"]
    assert not any(reference in stored(desk.unit_of_work, name) for name in tables(desk))
    with desk.unit_of_work(read_only=True) as work:
        line = work.session.scalars(select(RemovedRecord)).one()
    assert line.reference_digest == removed_digest(desk, reference)
    assert (line.kind, line.status, line.ended_on) == ("complaint", "closed", date(2026, 11, 24))
    assert verify_history(desk) == ()
    assert traces_of_case(desk, id_of(desk, other)) == keeper
    assert search_records(desk, HEAD, "quill").cases[0].reference == other
    if engine_of(desk.unit_of_work).dialect.name == "sqlite":
        assert found_in(tmp_path, traces) == []
        assert found_in(tmp_path, keeper)


@ON_SQLITE
def test_the_name_of_a_campaign_goes_with_the_last_of_its_cases(desk: Desk) -> None:
    kept = [finished(desk, key) for key in ("one", "two")]
    link_cases(
        desk, staff_id=HEAD, reference=kept[0], others=kept[1:], name="The uniform", why="Alike.",
        idempotency_key="l",
    )  # fmt: skip
    pass_time(desk, days=LONG_AGO)
    for left, reference in zip((1, 0), kept, strict=True):
        remove_record(desk, staff_id=HEAD, reference=reference)
        assert rows_of(desk.unit_of_work, Campaign) == left


def tables(desk: Desk) -> list[str]:
    return inspect(engine_of(desk.unit_of_work)).get_table_names()


def test_the_history_stays_whole_after_removals_and_a_new_master_key(desk: Desk) -> None:
    finished(desk, "concern", CaseKind.CONCERN)
    deliver_outbox(desk, ConsoleMailer(desk.settings.data / "outbox.log"))
    pass_time(desk, days=LONG_AGO)
    assert len(purge(desk).records) == 1
    rotate_keys(desk, lambda *_: None)
    assert verify_history(desk) == ()
    deliver_outbox(desk, ConsoleMailer(desk.settings.data / "outbox.log"))


def test_a_held_record_is_never_removed_until_the_hold_is_lifted(desk: Desk) -> None:
    reference = finished(desk, "one", CaseKind.CONCERN)
    staff = reader_of(desk, id_of(desk, reference))
    who = {"staff_id": staff, "reference": reference}
    with pytest.raises(StepUnclear):
        place_hold(desk, **who, why="A claim.", review_on=date(2026, 11, 24), idempotency_key="0")
    with pytest.raises(StepUnclear):
        place_hold(desk, **who, why="  ", review_on=date(2027, 3, 1), idempotency_key="0")
    for _ in range(2):
        place_hold(desk, **who, why="A claim.", review_on=date(2027, 3, 1), idempotency_key="1")
    with pytest.raises(NotPossibleNow):
        place_hold(desk, **who, why="Again.", review_on=date(2027, 3, 1), idempotency_key="2")
    pass_time(desk, days=LONG_AGO)
    assert names(preview_purge(desk).held) == {reference}
    assert purge(desk).records == ()
    with pytest.raises(NotPossibleNow):
        remove_record(desk, **who)
    (hold,) = view_removals(desk, staff).holds
    assert (hold.why, hold.overdue) == ("A claim.", True)
    lift_hold(desk, **who, why="The claim was settled.", idempotency_key="3")
    with pytest.raises(NotPossibleNow):
        lift_hold(desk, **who, why="Again.", idempotency_key="4")
    assert names(purge(desk).records) == {reference}


@ON_SQLITE
def test_a_case_about_a_child_s_safety_is_kept_longer_and_asks(desk: Desk) -> None:
    reference = finished(desk, "one", CaseKind.CONCERN)
    staff = reader_of(desk, id_of(desk, reference))
    keep_longer(desk, staff_id=staff, reference=reference, why="It is.",
                matter=Matter.SAFEGUARDING, idempotency_key="1")  # fmt: skip
    kept = view_keeping(desk, staff, reference).record.keeping
    assert (kept.until, kept.asks) == (date(2066, 11, 24), True)
    pass_time(desk, days=LONG_AGO)
    assert purge(desk).records == ()


def test_meetings_go_after_the_school_year_with_their_time_and_mail(desk: Desk) -> None:
    receipt = book(desk, "m")
    pass_time(desk, days=400)
    assert purge(desk).records == ()
    pass_time(desk, days=365)
    assert names(purge(desk).records) == {receipt.reference}
    for table in (Meeting, Cell, Outbox):
        assert rows_of(desk.unit_of_work, table) == 0


def test_chats_sign_ins_and_ended_feeds_go_by_time(desk: Desk) -> None:
    conversation = talked(desk)
    pass_time(desk, days=6)
    kept = talked(desk)
    pass_time(desk, days=2)
    assert purge(desk).counts == OF_TIME | {"chat": 1}
    assert open_wishes(desk) == [conversation]
    assert kept in stored(desk.unit_of_work, "conversation")
    make_feed(desk, staff_id=HEAD, idempotency_key="f")
    (feed,) = list_feeds(desk, staff_id=HEAD)
    revoke_feed(desk, staff_id=HEAD, feed_id=feed.id)
    with pytest.raises(WrongSignIn):
        sign_in(desk, email="head@school.example", password="a guess", network="203.0.113.9")
    pass_time(desk, days=91)
    assert purge(desk).counts == OF_TIME | {"chat": 1, "sign_in": 1, "feed": 1}
    assert purge(desk).counts == OF_TIME
    assert sorted(line.what for line in view_removals(desk, CLERK).removed) == [
        "Calendar addresses that were ended", "Chats", "Chats", "Tries to sign in"
    ]  # fmt: skip


@ON_SQLITE
def test_who_could_not_read_a_case_is_not_told_that_it_was_removed(desk: Desk) -> None:
    reference = finished(desk, "one")
    pass_time(desk, days=LONG_AGO)
    assert names(view_removals(desk, HEAD).due) == {reference}
    assert view_removals(desk, "mr-croft").due == ()
    remove_record(desk, staff_id=HEAD, reference=reference)
    assert view_removals(desk, "mr-croft").removed == ()
    assert len(view_removals(desk, HEAD).removed) == 1


@ON_SQLITE
@pytest.mark.parametrize("what", ["case", "meeting"])
def test_who_came_behind_the_wall_since_is_not_told_that_it_was_removed(
    desk: Desk, what: str
) -> None:
    about = frozenset({"mr-bennett"})
    if what == "case":
        receipt = file_case(desk, kind=CaseKind.CONCERN, channel=Channel.STAFF, subjects=about)
        reader = reader_of(desk, receipt.id)
        change_status(desk, staff_id=reader, reference=receipt.reference,
                      status=CaseStatus.CLOSED, idempotency_key="c", why="Done.")  # fmt: skip
    else:
        reader = "mr-mensah"
        book(desk, "m", host_id=reader, subjects=about)
    pass_time(desk, days=LONG_AGO)
    ties = (*desk.school.relationships, Relationship(reader, "mr-bennett", "brothers"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    purge(later)
    assert rows_of(later.unit_of_work, RemovedRecord)
    assert view_removals(later, reader).removed == ()


@ON_SQLITE
def test_once_a_day_is_enough(desk: Desk) -> None:
    finished(desk, "one", CaseKind.CONCERN)
    assert purge_daily(desk) == 0
    pass_time(desk, days=LONG_AGO)
    assert purge_daily(desk) == 1
    finished(desk, "late", CaseKind.CONCERN)
    assert purge_daily(desk) == 0


KILLED = """
import os, signal
from datetime import datetime
from assistant.app import build_desk
from assistant.services.purge import purge
from assistant.settings import Settings

def die(what, much):
    if what == "records" and much == 1:
        os.kill(os.getpid(), signal.SIGKILL)

purge(build_desk(Settings.load()), die)
"""


@ON_SQLITE
def test_a_purge_that_is_killed_goes_on_where_it_stopped(desk: Desk) -> None:
    for number in range(3):
        finished(desk, str(number), CaseKind.CONCERN)
    pass_time(desk, days=LONG_AGO)
    later = {"SCHOOLGATE_NOW": desk.clock.now().isoformat()}
    environment = desk.settings.as_environment() | later
    died = subprocess.run(
        [sys.executable, "-c", KILLED], env=environment, cwd=ROOT, timeout=60, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert rows_of(desk.unit_of_work, CaseFile) == 2
    assert rows_of(desk.unit_of_work, RemovedRecord) == 1
    assert len(purge(desk).records) == 2
    assert rows_of(desk.unit_of_work, RemovedRecord) == 3
    assert verify_history(desk) == ()


@ON_SQLITE
def test_a_table_that_nobody_thought_of_goes_with_the_case(desk: Desk) -> None:
    """Tables are found by their columns: what hangs on a letter hangs on its case."""
    from sqlalchemy import Column, ForeignKey, String, Table

    from assistant.store.columns import CaseBase
    from assistant.store.hanging_rows import delete_record

    new = Table("pinned", CaseBase.metadata, Column("id", String, primary_key=True),
                Column("letter_id", ForeignKey("letter.id")))  # fmt: skip
    try:
        reference = finished(desk, "one")
        new.create(engine_of(desk.unit_of_work))
        with desk.unit_of_work() as work:
            letter = work.session.scalar(text("SELECT id FROM letter"))
            work.session.execute(new.insert().values(id="p", letter_id=letter))
            delete_record(work.session, "case", id_of(desk, reference))
            work.commit(unrecorded="a test")
        assert stored(desk.unit_of_work, "pinned") == "[]"
    finally:
        CaseBase.metadata.remove(new)


def letters_of(desk: Desk, kind: str) -> int:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.query(Outbox).filter_by(target_kind=kind).count()


def test_mail_that_belongs_to_no_record_goes_once_it_was_sent_or_seen_to(
    desk: Desk, tmp_path: Path
) -> None:
    file_case(desk, "stays")
    for colleague in ("mr-mensah", "mrs-doyle", "mr-croft"):
        issue_for_colleague(desk, by=CLERK, staff_id=colleague)
    deliver_outbox(desk, ConsoleMailer(tmp_path / "outbox.log"))
    with desk.unit_of_work() as work:
        to_colleagues = work.session.query(Outbox).filter_by(target_kind="staff").all()
        dead, seen_to, *sent = to_colleagues
        for row in (dead, seen_to):
            row.delivered_at, row.given_up_at = None, desk.clock.now()
        dead.problem, seen_to.problem = Outcome.REFUSED.value, TOLD_OTHERWISE
        work.commit(unrecorded="a test")
    of_cases = letters_of(desk, "case")
    pass_time(desk, days=89)
    assert purge(desk).counts["mail"] == 0
    pass_time(desk, days=2)
    settled = len([seen_to, *sent])
    assert preview_purge(desk).counts["mail"] == settled
    assert purge(desk).counts["mail"] == settled
    assert (letters_of(desk, "staff"), letters_of(desk, "case")) == (1, of_cases)
    assert "E-mails that belonged to no record" in [
        line.what for line in view_removals(desk, CLERK).removed
    ]
    assert verify_history(desk) == ()


def closed_to_visits_before(desk: Desk, key: str, until: date, *, lifted: bool = False) -> str:
    """Ask a parent not to come in over no case, as a release before could; return its id."""
    decision = VisitDecision(key.ljust(32, "0"), HEAD, PARENT, "Shouted.", until, None)
    with desk.unit_of_work() as work:
        put_restriction(desk, work, decision)
        if lifted:
            lift(desk, work, work.session.get_one(VisitRestriction, decision.id), HEAD, "We spoke.")
        work.commit()
    return decision.id


def test_a_note_that_somebody_may_not_come_in_goes_a_year_after_it_ended(desk: Desk) -> None:
    lifted = closed_to_visits_before(desk, "1", date(2030, 1, 1), lifted=True)
    closed_to_visits_before(desk, "2", date(2026, 12, 24))
    pass_time(desk, days=365)
    assert purge(desk).counts["visit"] == 0
    pass_time(desk, days=1)
    assert purge(desk).counts["visit"] == 1
    pass_time(desk, days=30)
    assert purge(desk).counts["visit"] == 1
    assert rows_of(desk.unit_of_work, VisitRestriction) == 0
    with desk.unit_of_work(read_only=True) as work:
        assert work.events_of("visit_restriction", lifted)[-1].details == {}
    assert verify_history(desk) == ()


def test_what_a_follow_up_closed_stays_with_it_and_its_time_begins_when_that_is_open_again(
    desk: Desk,
) -> None:
    post = follow_up(desk)
    case_id = id_of(desk, post.reference)
    staff = reader_of(desk, case_id)
    close(desk, post.reference, what=RestrictedUse.VISITS)
    for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED):
        change_status(desk, staff_id=staff, reference=post.reference, status=status,
                      idempotency_key=status.value, why="Done.")  # fmt: skip
    with desk.unit_of_work(read_only=True) as work:
        last_day = work.session.scalars(select(UseRestriction.expires_on)).one()
    kept = view_keeping(desk, staff, post.reference).record.keeping
    assert kept.until == last_day.replace(year=last_day.year + 1)
    assert "A restriction ran until" in kept.sum
    assert kept.asks
    pass_time(desk, days=365 * 3)
    assert purge(desk).counts["visit"] == 0
    assert names(preview_purge(desk).waiting) == {post.reference}
    remove_record(desk, staff_id=staff, reference=post.reference)
    assert rows_of(desk.unit_of_work, UseRestriction) == 0
    assert rows_of(desk.unit_of_work, VisitRestriction) == 0
