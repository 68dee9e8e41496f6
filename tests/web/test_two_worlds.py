"""Two schools that differ only by a matter about X are the same school to X and those near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from assistant.casework.kinds import CaseKind
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.case_mail import tell_reader
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.find_records import find_records
from assistant.services.grant_access import grant_access
from assistant.services.make_feed import make_feed
from assistant.services.open_disclosure import open_disclosure
from assistant.services.persons_records import choose_records
from assistant.services.record_links import CASE
from assistant.services.search_index import index_record
from assistant.services.set_password import set_password
from assistant.services.settle_terms import settle_terms
from assistant.services.shapes import Child
from assistant.services.start_conversation import start_conversation
from assistant.store.live_tables import LiveSubject
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject, RecordLink
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, PASSWORD, Stage, at
from tests.web.running import free_port, web_process
from tests.web.worlds import (
    ASSISTANT,
    CHAIR,
    CONTACT,
    HUSBAND,
    NEAR_THE_HEAD,
    Worlds,
    addresses,
    alarm,
    answers_to_forms,
    be_here,
    begin,
    complain,
    copy_of,
    differences,
    free_times,
    link,
    mail_to,
    meet,
    open_to_head,
    post,
    visit,
    wait_for_person,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.shapes import RecordView

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Build a school with work on it."""
    stage = Stage.build(tmp_path_factory.mktemp("start") / "data")
    stage.busy_week()
    acknowledge_alert(stage.desk, staff_id=DEPUTY, alert_id=stage.alert("a1"))  # no repeats
    stage.on(at("2026-11-24"))
    for staff_id in (HUSBAND, ASSISTANT, CHAIR):
        set_password(stage.desk, staff_id=staff_id, password=PASSWORD)
    ask_for_data(stage)
    visit(stage.desk)
    conversation, _ = start_conversation(stage.desk)
    complain(stage.desk, "theirs", HEAD, conversation)
    for staff_id in (HEAD, ASSISTANT, DEPUTY):
        be_here(stage.on(at("2026-11-24")), staff_id)
    return stage


def ask_for_data(stage: Stage) -> None:
    """Let the head begin a copy for the parent who will complain, unseen, in the other world."""
    asked = stage.case("asked", CaseKind.DATA_PROTECTION, parent=CONTACT.name).reference
    desk, person = stage.on(at("2026-11-24")), DataSubject(CONTACT.name, email=CONTACT.email)
    grant_access(
        desk, staff_id="ms-nair", reference=asked, to=HEAD, why="Holds.", idempotency_key="head"
    )
    begun = {"staff_id": HEAD, "reference": asked}
    open_disclosure(desk, **begun, person=person, identity="By passport.", why="She asked.")
    choose_records(desk, **begun, chosen=(asked,))


@pytest.fixture(scope="module")
def worlds(start: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Serve the plain school and its twin with everything hidden that there is."""
    folder = tmp_path_factory.mktemp("worlds")
    plain, other = copy_of(start, folder / "plain"), copy_of(start, folder / "other")
    made = Worlds(plain, other, visit=visit(start.desk))
    desk = made.other.desk
    cases = [complain(desk, f"hidden {who}", who) for who in NEAR_THE_HEAD]
    made.hidden = (*cases, post(desk, cases[0]), meet(desk, HEAD), alarm(desk, HEAD))
    begin(desk, theirs(made.plain)[0].reference)
    made.open = tuple(open_to_head(made.plain))
    for mine, hidden in zip(made.open, cases[:2], strict=False):
        link(desk, mine, hidden)
    made.hidden_chat = wait_for_person(desk, "Mrs Ashworth shouted at Zephyrine.")
    for world in (made.plain, made.other):
        settle_terms(world.on(at("2027-02-01")))
        world.on(at("2026-11-24"))
    settings = [each.desk.settings.data for each in (made.plain, made.other)]
    port = free_port()
    with web_process(settings[0], port) as first, web_process(settings[1], port) as second:
        made.plain.url, made.other.url = first, second
        yield made


@pytest.mark.parametrize("person", NEAR_THE_HEAD)
def test_neither_they_nor_those_near_them_can_tell_that_there_is_anything(
    worlds: Worlds, person: str
) -> None:
    paths = addresses(worlds.other)
    assert len(paths) > 40
    assert differences(worlds, person, paths) == []
    assert mail_to(worlds.plain.desk, person) == mail_to(worlds.other.desk, person)
    assert free_times(worlds.plain.desk, HEAD) == free_times(worlds.other.desk, HEAD)


def theirs(stage: Stage) -> list[RecordView]:
    """Return the records that the only parent with a conversation sees in the chat."""
    with stage.desk.unit_of_work(read_only=True) as work:
        conversation = work.session.scalars(select(RecordLink.conversation_id)).first()
    return find_records(stage.desk, conversation_id=str(conversation))


def test_a_parent_cannot_tell_that_a_follow_up_was_begun_before_its_first_step(
    worlds: Worlds,
) -> None:
    assert theirs(worlds.plain) == theirs(worlds.other)
    assert len(theirs(worlds.plain)) == 1


def post_differences(worlds: Worlds, staff_id: str, *only: str) -> list[tuple[object, ...]]:
    """Return the forms, with whose record, whose answers tell the worlds apart."""
    wanted = frozenset(only)
    plain, other = (
        answers_to_forms(worlds, each, staff_id, wanted) for each in (worlds.plain, worlds.other)
    )
    assert [each[:3] for each in plain] == [each[:3] for each in other]
    return [one[:2] for one, two in zip(plain, other, strict=True) if one != two]


@pytest.mark.parametrize("person", NEAR_THE_HEAD)
def test_no_form_that_they_can_send_tells_them_either(worlds: Worlds, person: str) -> None:
    assert post_differences(worlds, person) == []
    for each in NEAR_THE_HEAD:
        assert mail_to(worlds.plain.desk, each) == mail_to(worlds.other.desk, each)
        assert calendar_of(worlds.plain, each) == calendar_of(worlds.other, each)


def calendar_of(stage: Stage, staff_id: str) -> tuple[int, str]:
    """Return the calendar behind a private address of the person, as their program gets it."""
    token = make_feed(stage.desk, staff_id=staff_id, idempotency_key="their program")
    with stage.visitor() as program:
        answer = program.get(f"/calendar/{token}.ics")
    return answer.status_code, answer.text


def test_whoever_handles_it_can_tell_or_the_worlds_would_not_differ(worlds: Worlds) -> None:
    assert differences(worlds, CLERK, ["/desk/cases"]) == ["/desk/cases"]
    assert mail_to(worlds.plain.desk, CLERK) != mail_to(worlds.other.desk, CLERK)


def test_whoever_may_take_a_hidden_chat_sees_that_somebody_waits(worlds: Worlds) -> None:
    paths = [f"/desk/chats{each}" for each in ("", "/news", "/count", "/waiting", "/stream")]
    assert differences(worlds, DEPUTY, paths) == paths
    assert differences(worlds, HEAD, paths) == []


def test_a_chat_that_leaks_to_the_head_is_found(worlds: Worlds) -> None:
    with worlds.other.desk.unit_of_work() as work:
        work.session.execute(delete(LiveSubject).where(LiveSubject.staff_id == HEAD))
        work.commit(unrecorded="planted")
    paths = ["/desk/chats", "/desk/chats/count"]
    assert differences(worlds, HEAD, paths) == paths


def test_a_hidden_case_that_leaks_into_a_list_is_found(worlds: Worlds) -> None:
    reference = complain(worlds.other.desk, "leaks", HEAD)
    with worlds.other.desk.unit_of_work() as work:
        same = CaseFile.reference == reference
        case_id = work.session.scalars(select(CaseFile.id).where(same)).one()
        work.session.execute(delete(CaseSubject).where(CaseSubject.case_id == case_id))
        now = worlds.other.desk.clock.now()
        grant = CaseAccess(case_id=case_id, staff_id=HEAD, why="clerk", granted_at=now)
        work.session.add(grant)
        work.history.append("test.planted", "test", "case", case_id)
        work.commit()
    paths = addresses(worlds.other)
    asked = [each for each in paths if reference in each or each in {"/desk", "/desk/cases"}]
    leaks = differences(worlds, HEAD, asked)
    assert {"/desk/cases", f"/desk/cases/{reference}"} <= set(leaks)
    assert mail_to(worlds.plain.desk, HEAD) == mail_to(worlds.other.desk, HEAD)
    worlds.hidden = (reference, *worlds.hidden)
    assert {("desk.note", reference), ("access.recuse", reference)} <= {
        *post_differences(worlds, HEAD, "desk.note", "access.recuse")
    }


def test_a_search_that_leaks_a_hidden_name_is_found(worlds: Worlds) -> None:
    with worlds.other.desk.unit_of_work() as work:
        mine = select(CaseAccess.case_id).where(CaseAccess.staff_id == HEAD)
        case_id = work.session.scalars(mine).first()
        index_record(worlds.other.desk, work, CASE, str(case_id), (CONTACT, Child("Zephyrine")))
        work.commit(unrecorded="planted")
    assert "case_lists.search" in {
        name for name, _ in post_differences(worlds, HEAD, "case_lists.search")
    }


def test_a_mail_that_leaks_is_found(worlds: Worlds) -> None:
    with worlds.other.desk.unit_of_work() as work:
        case = work.session.scalars(select(CaseFile)).first()
        assert case
        tell_reader(worlds.other.desk, work, case, HUSBAND, "planted")
        work.history.append("test.planted", "test", "case", case.id)
        work.commit()
    assert mail_to(worlds.plain.desk, HUSBAND) != mail_to(worlds.other.desk, HUSBAND)


def test_a_time_of_theirs_that_is_taken_is_found(worlds: Worlds) -> None:
    worlds.other.meeting("planted")
    assert free_times(worlds.plain.desk, HEAD) != free_times(worlds.other.desk, HEAD)
