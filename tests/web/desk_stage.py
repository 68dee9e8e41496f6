"""A real school's desk for tests: real database, real services, varied work, real web process."""

from __future__ import annotations

import atexit
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from assistant.app import build_desk
from assistant.casework.calendar import LONDON
from assistant.casework.kinds import AlertKind, CaseKind, CaseStatus, Channel, MeetingMode
from assistant.services.add_note import add_note
from assistant.services.add_to_case import add_to_case
from assistant.services.book_meeting import book_meeting
from assistant.services.change_status import change_status
from assistant.services.clock import FixedClock
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.raise_alert import raise_alert
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, Needs
from assistant.settings import Settings
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from tests.desks import close_databases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, MeetingReceipt

PASSWORD = "velvet otter ninety lamps"
HEAD = "mrs-ashworth"
DEPUTY = "mr-mensah"
TEACHER = "mr-bennett"
SENCO = "mrs-okafor"
CLERK = "ms-whitaker"
MANAGER = "mr-lund"
IDLE = "miss-kaur"
"""Nothing is ever sent to her here."""
HIDDEN = re.compile(r'name="(form_token|idempotency_key)" value="([^"]+)"')


def at(day: str, hour: str = "10:15") -> datetime:
    """Return an instant from a London date and wall time."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


def settings_in(data: Path) -> Settings:
    """Return the settings of a school that keeps everything in ``data``."""
    return Settings.load({"SCHOOLGATE_DATA": str(data), "SCHOOLGATE_NOW": "2026-11-24T10:15"})


@cache
def filled() -> Path:
    """Return a data folder with the school and some people's passwords; hashing takes a second."""
    data = Path(mkdtemp(prefix="schoolgate-stage-"))
    atexit.register(shutil.rmtree, data)
    migrate_databases(settings_in(data))
    desk = build_desk(settings_in(data))
    seed_school(desk.unit_of_work, desk.school)
    for staff_id in (HEAD, DEPUTY, SENCO, TEACHER, CLERK, MANAGER, IDLE):
        set_password(desk, staff_id=staff_id, password=PASSWORD)
    close_databases(desk)
    return data


@dataclass
class Stage:
    """The desk of the demonstration primary school, on a data folder of its own."""

    desk: Desk
    clock: FixedClock
    url: str = ""

    @classmethod
    def build(cls, data: Path) -> Stage:
        """Copy a school's databases that were filled once a test run into ``data``."""
        shutil.copytree(filled(), data, dirs_exist_ok=True)
        desk = build_desk(settings_in(data))
        assert isinstance(desk.clock, FixedClock)
        return cls(desk, desk.clock)

    def on(self, moment: datetime) -> Desk:
        """Set the clock of the desk to `moment`, and return it."""
        self.clock.instant = moment
        return self.desk

    def spoil(self) -> None:
        """Make the database of the cases unreadable; cut off, it would end whoever maps it."""
        for file in self.desk.settings.data.glob("cases.db*"):
            with file.open("r+b") as whole:
                whole.write(b"spoilt" * 10_000)

    def visitor(self) -> Visitor:
        """Return somebody who is not signed in."""
        return Visitor(base_url=self.url, timeout=30)

    @contextmanager
    def signed_in(self, staff_id: str) -> Iterator[Visitor]:
        """Give a member of staff at the desk."""
        with self.visitor() as visitor:
            yield visitor.sign_in(staff_id, self.desk)

    def case(  # noqa: PLR0913 - a case is what it is
        self,
        key: str,
        kind: CaseKind = CaseKind.COMPLAINT,
        *,
        when: datetime | None = None,
        words: str = "He was kept in at lunch for two days over his shoes.",
        wanted: str = "",
        parent: str = "Dana Whitlock",
        child: Child | None = None,
        channel: Channel = Channel.COMPLAINT,
        about: frozenset[str] = frozenset(),
    ) -> CaseReceipt:
        """Open a case as a parent would have."""
        return open_case(
            self.on(when or at("2026-11-23")),
            idempotency_key=key,
            conversation_id=None,
            kind=kind,
            channel=channel,
            statement=words,
            outcome_wanted=wanted,
            contact=Contact(parent, "07700 900123", "dana@home.example", safe=True),
            child=child or Child("Finn", 4, "4B"),
            needs=Needs(),
            subjects=about,
        )

    def meeting(
        self,
        key: str,
        *,
        host: str = HEAD,
        mode: MeetingMode = MeetingMode.IN_PERSON,
        when: datetime | None = None,
        parent: str = "Imran Sadiq",
    ) -> MeetingReceipt:
        """Book the host's next free time."""
        desk = self.on(when or at("2026-11-24"))
        needs = Needs(interpreter="Urdu", supporter=True)
        offer = offer_slots(desk, host_ids=[host], windows=None, mode=mode, needs=needs)
        return book_meeting(
            desk,
            idempotency_key=key,
            conversation_id=None,
            channel=Channel.HEADTEACHER,
            host_id=host,
            starts_at=offer.matching[0].starts_at,
            mode=mode,
            contact=Contact(parent, "07700 900456", "imran@home.example", safe=False),
            child=Child("Aisha", 2, "2W"),
            needs=needs,
            note="She comes home hungry. I would like to know what happens at dinner time.",
            subjects=frozenset(),
        )

    def alert(self, key: str, words: str = "My son says he is not safe at his dad's house.") -> str:
        """Raise an alert; return its id."""
        return raise_alert(
            self.on(at("2026-11-24", "09:02")),
            idempotency_key=key,
            conversation_id=None,
            kind=AlertKind.SAFEGUARDING,
            words=words,
            contact=Contact("Leanne Price", "07700 900789"),
        ).id

    def busy_week(self) -> CaseReceipt:
        """Fill the head's list with ten varied items; return the case that has a long story."""
        early = self.case(
            "c1",
            when=at("2026-10-19", "21:40"),
            words="My daughter's coat was cut and nobody will tell me who did it.\n\n"
            "I asked at the gate, I rang twice and I sent an e-mail. I just want somebody to "
            "take it seriously and ring me back.",
            wanted="Somebody rings me and tells me what you found out.",
            child=Child("Ruby", 5, "5R"),
            parent="Marta Kowalska",
        )
        self._story_of(early)
        self.case("c2", when=at("2026-11-16"), child=Child("Finn", 4, "4B"))
        self.case("c3", CaseKind.SOCIAL_MEDIA, when=at("2026-11-20"), parent="Jo Reeves")
        self.case("c4", when=at("2026-11-23"), child=Child("Zofia", 0, "RP"), parent="Ewa Nowak")
        self.case("c5", when=at("2026-11-24", "07:50"), child=Child("", None, ""), parent="")
        self.case("c6", when=at("2026-11-21"), child=Child("Theo", 6, "6T"), parent="Ola Brandt")
        closed = self.case("c7", when=at("2026-10-06"), child=Child("Max", 3, "3K"))
        self._move(closed, CaseStatus.CLOSED, "Settled by phone with the parent.")
        self.meeting("m1", when=at("2026-11-18"))
        self.meeting("m2")
        self.meeting("m3", mode=MeetingMode.PHONE, parent="Grace Adeyemi")
        self.alert("a1")
        return early

    def _story_of(self, case: CaseReceipt) -> None:
        self._move(case, CaseStatus.ACKNOWLEDGED, "Letter sent to the address we hold.")
        add_note(
            self.on(at("2026-11-04", "15:45")),
            staff_id=HEAD,
            reference=case.reference,
            words="Spoke to the class teacher and to two midday supervisors. Statements on file.",
            idempotency_key=f"{case.id} note",
        )
        add_to_case(
            self.on(at("2026-11-06", "22:10")),
            case_id=case.id,
            words="It happened again on Thursday. I have a photo of the sleeve.",
            idempotency_key=f"{case.id} more",
        )

    def _move(self, case: CaseReceipt, status: CaseStatus, why: str) -> None:
        change_status(
            self.on(at("2026-11-03", "09:20")),
            staff_id=HEAD,
            reference=case.reference,
            status=status,
            why=why,
            idempotency_key=f"{case.id} {status.value}",
        )


class Visitor(httpx.Client):
    """An HTTP client that sends forms as a person does: from the page that has them."""

    def hidden(self, page: str) -> dict[str, str]:
        """Return the hidden fields of the first form of `page`."""
        return dict(reversed(HIDDEN.findall(self.get(page).text)))

    def submit(self, page: str, to: str, **fields: str | list[str]) -> httpx.Response:
        """Open `page`, then send `fields` to `to` with the page's hidden fields."""
        return self.post(to, data={**self.hidden(page), **fields})

    def sign_in(self, staff_id: str, desk: Desk) -> Visitor:
        """Sign in with the password that the stage gave."""
        email = desk.school.person(staff_id).email
        answer = self.submit("/desk/sign-in", "/desk/sign-in", email=email, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        assert urlsplit(answer.headers["location"]).path == "/desk"
        return self
