"""A key for each record: everything that hangs on it, and nothing else, goes with its key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, event, select, update

from assistant.security.sealing import KeyGoneError, key_of
from assistant.services.add_note import add_note
from assistant.services.case_lists import CaseFilter, list_cases
from assistant.services.desk import Desk
from assistant.services.write_to_parent import write_to_parent
from assistant.store.columns import new_id
from assistant.store.disclosure_tables import DisclosureRuling
from assistant.store.key_owners import SCHOOL, owner_of
from assistant.store.key_tables import DataKey
from assistant.store.ledger import HistoryDetail, HistoryEvent, Outbox
from assistant.store.letter_tables import Letter
from assistant.store.meeting_tables import VisitRestriction
from assistant.store.policy_tables import RestrictionAppeal
from assistant.store.tables import CaseFile, RecordNote
from assistant.store.unit_of_work import UnitOfWork
from tests.databases import ON_SQLITE
from tests.first_envelopes import first_envelope
from tests.services.filings import HEAD, file_case


def with_letter_and_note(desk: Desk, name: str = "one") -> CaseFile:
    receipt = file_case(desk, name)
    add_note(desk, staff_id=HEAD, reference=receipt.reference, words="Rang her.",
             idempotency_key=f"note {name}")  # fmt: skip
    write_to_parent(desk, staff_id=HEAD, reference=receipt.reference, template="",
                    words="We will look into it.", idempotency_key=f"letter {name}")  # fmt: skip
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get_one(CaseFile, receipt.id)


def sealed_of(work: UnitOfWork, case_id: str) -> list[bytes]:
    """Return every envelope that hangs on the case, its history's details included."""
    session = work.session
    case = session.get_one(CaseFile, case_id)
    found = [case.statement, case.outcome_wanted, case.contact, case.child, case.needs]
    found += session.scalars(select(RecordNote.words).where(RecordNote.record_id == case_id)).all()
    found += session.scalars(select(Letter.words).where(Letter.case_id == case_id)).all()
    found += session.scalars(select(Outbox.body).where(Outbox.target_id == case_id)).all()
    mine = select(HistoryEvent.sequence).where(HistoryEvent.target_id == case_id)
    details = select(HistoryDetail.details).where(HistoryDetail.sequence.in_(mine))
    return found + list(session.scalars(details))


def test_all_that_hangs_on_a_case_is_sealed_with_its_key_alone(desk: Desk) -> None:
    one, other = with_letter_and_note(desk, "one"), with_letter_and_note(desk, "other")
    with desk.unit_of_work(read_only=True) as work:
        keys = [{key_of(each) for each in sealed_of(work, case.id)} for case in (one, other)]
        assert [len(each) for each in keys] == [1, 1]
        assert not keys[0] & keys[1]
        assert len(sealed_of(work, one.id)) >= 10


def test_what_a_destroyed_key_sealed_is_gone_and_the_history_stays_whole(desk: Desk) -> None:
    one, other = with_letter_and_note(desk, "one"), with_letter_and_note(desk, "other")
    with desk.unit_of_work() as work:
        assert work.keys.destroy(("case", one.id))
        assert not work.keys.destroy(("case", one.id))
        work.commit(unrecorded="a test")
    with desk.unit_of_work(read_only=True) as work:
        with pytest.raises(KeyGoneError):
            work.unseal(work.session.get_one(CaseFile, one.id), "statement")
        assert work.unseal(work.session.get_one(CaseFile, other.id), "statement")
        assert all(not past.details for past in work.events_of("case", one.id))
        assert any(past.details for past in work.events_of("case", other.id))
        assert work.first_wrong_event() is None


@ON_SQLITE
def test_a_key_that_is_moved_to_another_record_does_not_open(desk: Desk) -> None:
    one, other = with_letter_and_note(desk, "one"), with_letter_and_note(desk, "other")
    with desk.unit_of_work() as work:
        assert work.keys.destroy(("case", other.id))
        moved = update(DataKey).where(DataKey.owner_id == one.id).values(owner_id=other.id)
        work.session.execute(moved)
        work.commit(unrecorded="a test")
    with desk.unit_of_work(read_only=True) as work, pytest.raises(Exception, match="data_key"):
        work.unseal(work.session.get_one(CaseFile, one.id), "statement")


@ON_SQLITE
def test_rows_sealed_before_there_were_data_keys_still_open(desk: Desk) -> None:
    case = with_letter_and_note(desk)
    with desk.unit_of_work() as work:
        row = work.session.get_one(CaseFile, case.id)
        row.statement = first_envelope(desk, "as it was", f"case_file|statement|{case.id}")
        work.commit(unrecorded="a test")
    with desk.unit_of_work(read_only=True) as work:
        assert work.unseal(work.session.get_one(CaseFile, case.id), "statement") == "as it was"


def test_a_page_of_cases_asks_for_all_its_keys_at_once(desk: Desk) -> None:
    for number in range(12):
        file_case(desk, str(number))
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    assert len(list_cases(desk, HEAD, CaseFilter()).rows) == 12
    event.remove(Engine, "before_cursor_execute", note)
    assert sum("FROM data_key" in " ".join(each.split()) for each in asked) == 1


def test_writers_who_need_the_same_new_key_at_once_agree(desk: Desk) -> None:
    owner = ("case", new_id())

    def need(_: int) -> str:
        with desk.unit_of_work() as work:
            name = work.keys.of_owner(owner).key_id
            work.commit(unrecorded="a test")
        return name

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(need, range(12)))) == 1


def test_a_key_made_in_a_step_that_was_undone_is_made_anew(desk: Desk) -> None:
    owner = ("case", new_id())
    with desk.unit_of_work() as work:
        undone = work.session.begin_nested()
        first = work.keys.of_owner(owner).key_id
        undone.rollback()
        second = work.keys.of_owner(owner).key_id
        work.commit(unrecorded="a test")
    assert first != second
    with desk.unit_of_work(read_only=True) as work:
        assert work.keys.of_owner(owner).key_id == second


def test_a_row_tells_by_its_own_columns_whose_key_seals_it() -> None:
    for row in (RestrictionAppeal, DisclosureRuling, VisitRestriction):
        assert owner_of(row(id="x", case_id="a")) == ("case", "a")
    assert owner_of(CaseFile(id="a")) == ("case", "a")
    assert owner_of(Letter(id="l", case_id="a")) == ("case", "a")
    assert owner_of(RecordNote(id="n", record_kind="meeting", record_id="m")) == ("meeting", "m")
    assert owner_of(Outbox(id="o", target_kind="reminder", target_id="m")) == ("meeting", "m")
    assert owner_of(Outbox(id="o", target_kind="history", target_id="2026-11-24")) == SCHOOL
