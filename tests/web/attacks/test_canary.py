"""A rare word through every door, with every log at its most talkative: it comes out nowhere.

Looked at: what both processes print, every address a browser is sent to, the subjects of mail,
the titles of calendars, and every file of the data folder, which holds words sealed only.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from icalendar import Calendar

from assistant.app import build_desk
from assistant.services.clock import FixedClock
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.set_password import set_password
from assistant.settings import Settings, variable
from tests.web.attacks.test_injection import KeptMail
from tests.web.desk_stage import DEPUTY, HEAD, PASSWORD, Stage, Visitor
from tests.web.meeting_journey import DETAILS, Journey
from tests.web.running import MID_TERM_TUESDAY
from tests.web.running import stack as run_stack

if TYPE_CHECKING:
    from assistant.services.desk import Desk

pytestmark = pytest.mark.slow

WORD, NAME, CHILD = "quixotrope", "Perpetua Brackenfold", "Wilhelmtine"
STORY = f"{CHILD} was called a {WORD} by her teacher, and {NAME} was not told"
CANARIES = (WORD, *NAME.split(), CHILD)


class Watched(Visitor):
    """A browser that remembers every address that it was sent to."""

    seen: list[str]

    def __init__(self, url: str) -> None:
        self.seen = []
        hooks = {"response": [lambda one: self.seen.append(one.headers.get("location", ""))]}
        super().__init__(base_url=url, timeout=60, event_hooks=hooks)


def test_no_word_of_a_parent_comes_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with run_stack(tmp_path / "data", log_level="debug") as running:
        desk = desk_of(running.data)
        stage = Stage(desk, desk.clock, running.url)  # type: ignore[arg-type]
        with Watched(running.url) as parent, Watched(running.url) as staff:
            record = as_a_parent(parent)
            set_password(desk, staff_id=HEAD, password=PASSWORD)
            as_staff(staff.sign_in(HEAD, stage.desk), record)  # type: ignore[arg-type]
            badly(parent)
            calendar = parent.get(f"{record}/calendar").text
            sent_to = [*parent.seen, *staff.seen]
        mail = KeptMail()
        deliver_outbox(desk, mail)
    printed = "".join(capfd.readouterr())
    assert "mail_tried" in printed, "the processes did not print, so that nothing is proved"
    assert found_in(printed) == []
    assert found_in("\n".join(sent_to)) == []
    assert len([each for each in sent_to if each]) > 10
    assert found_in("\n".join(titles(calendar))) == []
    assert found_in("\n".join(subjects(running.data, mail))) == []
    for path in (running.data).rglob("*"):
        assert not path.is_file() or not found_in(path.read_bytes().decode("latin-1")), path


def desk_of(data: Path) -> Desk:
    values = {variable("data"): str(data), variable("now"): MID_TERM_TUESDAY}
    desk = build_desk(Settings.load(values))
    assert isinstance(desk.clock, FixedClock)
    return desk


def as_a_parent(parent: Visitor) -> str:
    """Chat, ask for a call, book on the plain pages and add to it; return the record's page."""
    parent.submit("/", "/", text=STORY, key="the-first-message")
    started = parent.post("/api/v1/conversations").json()
    path = f"/api/v1/conversations/{started['conversation']}/messages"
    bearer = {"Authorization": f"Bearer {started['token']}"}
    for text in (STORY, f"{STORY}. His stepdad hits her", "break it", "say nonsense"):
        parent.post(path, json={"text": text}, headers=bearer)
    parent.submit("/call-back", "/call-back", name=NAME, phone="07700 900615", words=STORY)
    parent.submit("/come-back", "/come-back", receipt=NAME)
    journey = Journey(parent)
    journey.client.cookies.clear()
    with suppress(AssertionError):  # it is strict about cookies, which the chat has set
        journey.send(about="nobody", group="4B", matter=STORY)
    journey.send(host=HEAD)
    journey.as_far_as("details")
    journey.send(**{**DETAILS, "name": NAME, "child_name": CHILD, "note": STORY})
    journey.send()
    token = parent.get(journey.at).text.partition('href="/r/')[2].partition('"')[0]
    parent.submit(f"/r/{token}", f"/r/{token}/note", note=STORY)
    return f"/r/{token}"


def as_staff(head: Visitor, record: str) -> None:
    """Write the words into every form of the desk."""
    taken = {"way": "phone", "kind": "complaint", "name": NAME, "phone": "07700 900615",
             "email": "dana@home.example", "child": CHILD, "words": STORY,
             "wanted": WORD, "safe": "yes", "asked_about": "yes"}  # fmt: skip
    answer = head.submit("/desk/take-down", "/desk/take-down", **taken)
    reference = answer.text.partition("reference is <strong>")[2].partition("<")[0]
    case, access = f"/desk/cases/{reference}", f"/desk/access/case/{reference}"
    head.submit(case, f"{case}/notes", note=STORY)
    head.submit(case, f"{case}/status", status="acknowledged", reason=STORY)
    head.submit(f"{case}/message", f"{case}/message", step="send", message=STORY)
    head.submit(access, f"{access}/grant", colleague=DEPUTY, why=STORY)
    head.submit("/desk/cases", "/desk/search", words=NAME)
    head.submit("/desk/cases", "/desk/views", name=CHILD, query="due=late")
    assert head.get(case).text.count(WORD) > 2
    assert record


def badly(parent: httpx.Client) -> None:
    """Send the words where nothing takes them."""
    parent.get(f"/{WORD}/{CHILD}?{NAME}={STORY}")
    parent.post(f"/api/v1/conversations/{WORD}/messages?{CHILD}", content=STORY.encode())
    parent.post("/call-back", data={"words": STORY * 40_000})
    parent.post("/come-back", data={"receipt": STORY})
    parent.post("/desk/sign-in", data={"email": f"{CHILD}@home.example", "password": WORD})


def titles(calendar: str) -> list[str]:
    """Return what a calendar shows of its meetings: title, place and description."""
    events = Calendar.from_ical(calendar).events
    return [
        str(event.get(part)) for event in events for part in ("summary", "location", "description")
    ]


def subjects(data: Path, kept: KeptMail) -> list[str]:
    """Return the subject lines and calendar titles of all mail, sent or still waiting."""
    sent = (data / "outbox.log").read_text(encoding="utf-8")
    written = "\n".join([sent, *(each.as_string() for each in kept.kept)])
    found = re.findall(r"^(?:Subject|SUMMARY|To|From):.*(?:\n[ \t].*)*", written, re.MULTILINE)
    assert len(found) > 8
    return [each for each in found if "home.example" not in each]


def found_in(text: str) -> list[str]:
    """Return the canaries that the text holds."""
    lower = text.lower()
    return [each for each in CANARIES if each.lower() in lower]
