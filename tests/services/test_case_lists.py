"""The list of cases and the search: paged in SQL, and nothing of a walled record shows."""

from dataclasses import replace

import pytest

from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.casework.school_shapes import Relationship
from assistant.casework.wall import school_wall
from assistant.services import case_lists
from assistant.services.case_lists import CaseFilter, list_cases, list_choices, neighbours
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.open_case import open_case
from assistant.services.search_index import forget_tokens, index_missing
from assistant.services.search_records import search_records
from assistant.services.shapes import CaseReceipt, Child, Contact, Needs
from assistant.services.who_may_read import cases_for
from assistant.store.tables import CaseAccess, CaseFile
from tests.desks import pass_time, stored

HEAD, CLERK, TEACHER = "mrs-ashworth", "ms-whitaker", "mr-bennett"
FINDING = (
    "kow",
    "KOWALSKA",
    "dana kowal",
    "zoe",
    "O'Brien",
    "brien",
    "4b",
    "07700 900123",
    "+44 7700 900123",
    "900123",
    "dana@home.example",
)


def complain(
    desk: Desk, key: str, *, about: frozenset[str] = frozenset(), child: Child | None = None
) -> CaseReceipt:
    return open_case(
        desk,
        idempotency_key=key,
        conversation_id=None,
        kind=CaseKind.COMPLAINT,
        channel=Channel.COMPLAINT,
        statement="Sentinel words about a coat.",
        outcome_wanted="",
        contact=Contact("Dana Kowalska", "07700 900123", "dana@home.example", safe=True),
        child=child or Child("Zoë O'Brien", 4, "4B"),
        needs=Needs(),
        subjects=about,
    )


def grant(desk: Desk, case_id: str, staff_id: str) -> None:
    with desk.unit_of_work() as work:
        now = desk.clock.now()
        work.session.merge(
            CaseAccess(case_id=case_id, staff_id=staff_id, why="test", granted_at=now)
        )
        work.commit(unrecorded="a grant that the wall must outweigh")


def test_late_cases_come_first_then_by_date_and_finished_ones_last(desk: Desk) -> None:
    late = complain(desk, "late")
    done = complain(desk, "done")
    pass_time(desk, days=40)
    fresh = complain(desk, "fresh")
    change_status(
        desk,
        staff_id=HEAD,
        reference=done.reference,
        status=CaseStatus.CLOSED,
        why="Settled.",
        idempotency_key="k",
    )
    listed = list_cases(desk, HEAD, CaseFilter(status=""))
    assert [row.reference for row in listed.rows] == [
        late.reference,
        fresh.reference,
        done.reference,
    ]
    assert (listed.total, listed.late) == (3, 1)
    only_late = list_cases(desk, HEAD, CaseFilter(due="late"))
    assert [row.reference for row in only_late.rows] == [late.reference]


def test_pages_hold_every_case_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_lists, "PAGE", 2)
    made = {complain(desk, f"c{n}").reference for n in range(5)}
    pages = [list_cases(desk, HEAD, CaseFilter(), number) for number in (1, 2, 3, 4)]
    assert [len(page.rows) for page in pages] == [2, 2, 1, 1]
    assert {row.reference for page in pages for row in page.rows} == made
    inside = [row.reference for page in pages[:3] for row in page.rows]
    for before, here, after in zip(inside, inside[1:], inside[2:], strict=False):
        beside = neighbours(desk, HEAD, here, CaseFilter())
        assert (beside.before, beside.after) == (before, after)


def test_a_walled_case_changes_no_row_count_choice_or_search(desk: Desk) -> None:
    complain(desk, "open")
    before = _all_of(desk, HEAD)
    walled = complain(desk, "walled", about=frozenset({HEAD}), child=Child("Max Kowalska", 6, "6T"))
    grant(desk, walled.id, HEAD)
    assert _all_of(desk, HEAD) == before
    assert not search_records(desk, HEAD, walled.reference).cases


def test_the_wall_in_sql_is_the_rule_asked_case_by_case(desk: Desk) -> None:
    people = sorted(desk.school.by_id)
    tie = Relationship(TEACHER, HEAD, "married")
    married = replace(
        desk, school=replace(desk.school, relationships=(*desk.school.relationships, tie))
    )
    about: dict[str, str] = {}
    for number, subject in enumerate(people):
        made = complain(desk, f"about {number}", about=frozenset({subject}))
        about[made.reference] = subject
        for reader in (HEAD, CLERK, TEACHER):
            grant(desk, made.id, reader)
    for reader in (HEAD, CLERK, TEACHER):
        free = {
            reference
            for reference, subject in about.items()
            if reader not in school_wall(married.school, {subject})
        }
        with married.unit_of_work(read_only=True) as work:
            assert {case.reference for case in cases_for(married, work, reader)} == free
        page = list_cases(married, reader, CaseFilter(status=""))
        assert page.total == len(free)
        assert {row.reference for row in page.rows} <= free


def test_names_classes_and_numbers_find_a_case(desk: Desk) -> None:
    case = complain(desk, "one")
    for words in FINDING:
        found = search_records(desk, HEAD, words).cases
        assert [row.reference for row in found] == [case.reference], words


def test_what_a_parent_wrote_and_wildcards_find_nothing(desk: Desk) -> None:
    complain(desk, "one")
    for words in ("sentinel", "coat", "ko", "%", "_", "", "dana smith", "' OR 1"):
        assert not search_records(desk, HEAD, words).cases, words


def test_the_index_holds_no_word_and_older_records_are_indexed(desk: Desk) -> None:
    case = complain(desk, "one")
    kept = stored(desk.unit_of_work, "search_token").casefold()
    assert "kowal" not in kept
    with desk.unit_of_work() as work:
        forget_tokens(work, "case", case.id)
        work.commit(unrecorded="as before there was an index")
    assert not search_records(desk, HEAD, "kowalska").cases
    assert (index_missing(desk), index_missing(desk)) == (1, 0)
    assert search_records(desk, HEAD, "kowalska").case_count == 1


def test_filters_narrow_the_list(desk: Desk) -> None:
    mine = complain(desk, "a")
    complain(desk, "b", child=Child("Theo", 0, "RP"))
    with desk.unit_of_work(read_only=True) as work:
        handler = work.session.get_one(CaseFile, mine.id).handler_id or ""
    assert list_cases(desk, HEAD, CaseFilter(year=0)).total == 1
    assert list_cases(desk, HEAD, CaseFilter(handler=handler, kind="complaint")).total == 2
    assert list_cases(desk, HEAD, CaseFilter(kind="concern")).total == 0
    assert list_choices(desk, HEAD).years == (0, 4)


def _all_of(desk: Desk, staff_id: str) -> tuple[object, ...]:
    return (
        list_cases(desk, staff_id, CaseFilter(status="")),
        list_choices(desk, staff_id),
        search_records(desk, staff_id, "kowalska"),
    )
