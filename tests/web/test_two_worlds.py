"""Two schools that differ only by a matter about X are the same school to X and those near them.

The second is a copy of the first one's databases and keys, so identifiers and references agree;
then the matter is added. Every GET route of the real router is asked, new ones included.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from assistant.app import build_desk
from assistant.casework.kinds import AlertKind, CaseKind, Channel, MeetingMode
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.book_meeting import book_meeting
from assistant.services.case_mail import tell_reader
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.grant_access import grant_access
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.open_disclosure import open_disclosure
from assistant.services.persons_records import choose_records
from assistant.services.raise_alert import raise_alert
from assistant.services.set_password import set_password
from assistant.services.settle_terms import settle_terms
from assistant.services.shapes import Child, Contact, Needs
from assistant.settings import Settings
from assistant.store.ledger import AlertOutbox, Outbox
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject
from assistant.web.app import create_app
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, PASSWORD, Stage, at
from tests.web.running import free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.services.desk import Desk

pytestmark = pytest.mark.slow

HUSBAND, ASSISTANT = "mr-rigby", "mrs-pickering"
NEAR_THE_HEAD = (HEAD, HUSBAND, ASSISTANT)
CHAIR = "dr-siddiqui"
RANDOM = re.compile(
    r'((?:name="(?:form_token|idempotency_key|key)" value=")|nonce-|nonce=")[^"\' ;]+'
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PASSING_HEADERS = {"date", "set-cookie"}
CONTACT = Contact("Ottoline Quill", "07700 900321", "quill@home.example", safe=True)


@dataclass
class Worlds:
    """One school served twice, once with what must stay hidden."""

    plain: Stage
    other: Stage


def copy_of(stage: Stage, folder: Path) -> Stage:
    """Return the same school on a copy of its databases and keys."""
    shutil.copytree(stage.desk.settings.data, folder)
    values = {"SCHOOLGATE_DATA": str(folder), "SCHOOLGATE_NOW": "2026-11-24T10:15"}
    desk = build_desk(Settings.load(values))
    return Stage(desk, desk.clock)  # type: ignore[arg-type]


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
    made = Worlds(copy_of(start, folder / "plain"), copy_of(start, folder / "other"))
    for number, subject in enumerate(NEAR_THE_HEAD):
        complain(made.other.desk, f"hidden {number}", subject)
    meet(made.other.desk, HEAD)
    alarm(made.other.desk, HEAD)
    for world in (made.plain, made.other):
        settle_terms(world.on(at("2027-02-01")))
        world.on(at("2026-11-24"))
    settings = [each.desk.settings.data for each in (made.plain, made.other)]
    port = free_port()
    with web_process(settings[0], port) as first, web_process(settings[1], port) as second:
        made.plain.url, made.other.url = first, second
        yield made


def complain(desk: Desk, key: str, subject: str) -> str:
    """File a complaint about ``subject``; return its reference."""
    return open_case(
        desk,
        idempotency_key=key,
        conversation_id=None,
        kind=CaseKind.COMPLAINT,
        channel=Channel.COMPLAINT,
        statement="Zephyrine was shouted at.",
        outcome_wanted="",
        contact=CONTACT,
        child=Child("Zephyrine", 4, "4B"),
        needs=Needs(),
        subjects=frozenset({subject}),
    ).reference


def meet(desk: Desk, subject: str) -> None:
    """Book a meeting of the chair's about ``subject``."""
    mode = MeetingMode.PHONE
    offer = offer_slots(desk, host_ids=[CHAIR], windows=None, mode=mode, needs=Needs())
    times = (*offer.matching, *offer.nearest)
    book_meeting(
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
    )


def alarm(desk: Desk, subject: str) -> None:
    """Raise an alert that names ``subject``."""
    raise_alert(
        desk,
        idempotency_key="hidden alert",
        conversation_id=None,
        kind=AlertKind.SAFEGUARDING,
        words="She is afraid of the head.",
        contact=CONTACT,
        subjects=frozenset({subject}),
    )


def addresses(stage: Stage) -> list[str]:
    """Return every address that can be fetched: each GET route for each record there is."""
    with stage.desk.unit_of_work(read_only=True) as work:
        cases = list(work.session.scalars(select(CaseFile.reference)))
    gaps = [*sorted(cases), *sorted(each.id for each in stage.desk.school.people)]
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
            answer = person.get(path)
            headers = sorted(
                (name, RANDOM.sub(r"\1", value).replace(stage.url, ""))
                for name, value in answer.headers.items()
                if name not in PASSING_HEADERS
            )
            body = RANDOM.sub(r"\1", answer.text).replace(stage.url, "")
            seen[path] = (answer.status_code, headers, body)
    return seen


def differences(worlds: Worlds, staff_id: str, paths: list[str]) -> list[str]:
    """Return the paths at which the person could tell the worlds apart."""
    plain, other = (seen_by(each, staff_id, paths) for each in (worlds.plain, worlds.other))
    return [path for path in paths if plain[path] != other[path]]


def mail_to(desk: Desk, staff_id: str) -> list[tuple[str, str]]:
    """Return subject and words of all mail to the person."""
    email, found = desk.school.person(staff_id).email, []
    for open_work, table in (
        (desk.unit_of_work, Outbox),
        (desk.alerts_unit_of_work, AlertOutbox),
    ):
        with open_work(read_only=True) as work:
            rows = work.session.scalars(select(table).order_by(table.created_at, table.id))
            found += [
                (row.subject, ADDRESS.sub("", work.unseal(row, "body")))
                for row in rows
                if work.unseal(row, "recipient") == email
            ]
    return found


def free_times(desk: Desk, host_id: str) -> object:
    """Return what a parent is offered of the host's time."""
    mode = MeetingMode.PHONE
    return offer_slots(desk, host_ids=[host_id], windows=None, mode=mode, needs=Needs())


@pytest.mark.parametrize("person", NEAR_THE_HEAD)
def test_neither_they_nor_those_near_them_can_tell_that_there_is_anything(
    worlds: Worlds, person: str
) -> None:
    paths = addresses(worlds.other)
    assert len(paths) > 40
    assert differences(worlds, person, paths) == []
    assert mail_to(worlds.plain.desk, person) == mail_to(worlds.other.desk, person)
    assert free_times(worlds.plain.desk, HEAD) == free_times(worlds.other.desk, HEAD)


def test_whoever_handles_it_can_tell_or_the_worlds_would_not_differ(worlds: Worlds) -> None:
    assert differences(worlds, CLERK, ["/desk/cases"]) == ["/desk/cases"]
    assert mail_to(worlds.plain.desk, CLERK) != mail_to(worlds.other.desk, CLERK)


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
    leaks = differences(worlds, HEAD, addresses(worlds.other))
    assert {"/desk/cases", f"/desk/cases/{reference}"} <= set(leaks)
    assert mail_to(worlds.plain.desk, HEAD) == mail_to(worlds.other.desk, HEAD)


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
