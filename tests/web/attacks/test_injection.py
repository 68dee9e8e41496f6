"""Line breaks, formulas, paths and directions, smuggled into headers, files, mail and calendars."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from icalendar import Calendar

from assistant.casework.kinds import Channel, MeetingMode
from assistant.services.book_meeting import book_meeting
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.mailers import Outcome
from assistant.services.offer_slots import offer_slots
from assistant.services.shapes import Child, Contact, Needs
from tests.web.desk_stage import HEAD, at

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.web.attacks.conftest import Target

pytestmark = pytest.mark.slow

BREAKS = (
    "\r\n", "\n", "\r", "\r\n ", "\n\t", "%0d%0a", "%0a", "\u2028", "\u2029", "\u0085", "\v", "\f",
    "\x00\r\n", "\\r\\n", "\\n", "\u560d\u560a", "\u010d\u010a", "=0D=0A", "\r\n\r\n", "\x1e",
)  # fmt: skip
SMUGGLED = (
    "X-Injected: 1", "Set-Cookie: desk=stolen", "Location: https://evil.example",
    "Bcc: mallory@evil.example", "Content-Type: text/html", "ATTENDEE:mailto:mallory@evil.example",
    "END:VEVENT\r\nBEGIN:VEVENT", "SUMMARY:Changed", "Content-Length: 0", "<html>",
)  # fmt: skip
STRINGS = [f"week{each}{line}" for each in BREAKS for line in SMUGGLED]
TRAVERSALS = [
    f"{before}{step * depth}{name}"
    for before in ("", "style.css/", "./")
    for step in ("../", "..%2f", "%2e%2e/", "..%5c", "....//", "%252e%252e%252f", "..;/")
    for depth in (1, 4, 9)
    for name in ("etc/passwd", "pages.py")
]
FORMULAS = [
    f"{before}{sign}{rest}"
    for before in ("", " ", "\t", "\r", "\u00a0", "\u200b", '"', "\ufeff", "\n", "'")
    for sign in "=+-@\uff1d\uff0b\uff0d\uff20|%"
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example","x")')
]


class KeptMail:
    """A mailer that keeps what it was given."""

    def __init__(self) -> None:
        self.kept: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> Outcome:
        """Take the message."""
        self.kept.append(message)
        return Outcome.SENT


def test_no_smuggled_line_becomes_a_header_of_an_answer(target: Target) -> None:
    assert len(STRINGS) == 200
    with target.stage.signed_in(HEAD) as head:
        token = head.hidden("/desk/cases")["form_token"]
        usual = names_of(
            head.post("/desk/views", data={"form_token": token, "name": "", "query": ""})
        )
        for words in STRINGS:
            for answer in (
                head.get(f"/desk/sign-in?onward=/desk/{quote(words)}"),
                head.get(f"/desk/{quote(words)}", headers={"X-Request-Id": quote(words)}),
                head.post("/desk/views", data={"form_token": token, "name": "", "query": words}),
            ):
                assert names_of(answer) <= usual | {"location"}, words
                assert "stolen" not in answer.headers.get("set-cookie", "")
                assert "evil" not in answer.headers.get("location", "")


def names_of(answer: httpx.Response) -> set[str]:
    return {*answer.headers}


def test_no_smuggled_line_becomes_a_header_of_a_letter_or_a_line_of_a_calendar(
    target: Target,
) -> None:
    """In the names and the address that a parent gives; a few bookings hold them all."""
    stage, mode = target.stage, MeetingMode.PHONE
    stage.on(at("2026-11-23"))
    for number in range(10):
        words = " ".join(STRINGS[number::10])
        offer = offer_slots(stage.desk, host_ids=[HEAD], windows=None, mode=mode, needs=Needs())
        for address in ("dana@home.example", f"dana@home.example{STRINGS[number]}"):
            book_meeting(
                stage.desk, idempotency_key=f"{number} {address}", conversation_id=None,
                channel=Channel.HEADTEACHER, host_id=HEAD,
                starts_at=offer.matching[len(address) > 20].starts_at, mode=mode,
                subjects=frozenset(),
                contact=Contact(words, "07700 900123", address, safe=True), note=words,
                child=Child(words, 4, "4B"), needs=Needs(),
            )  # fmt: skip
    mailer = KeptMail()
    while deliver_outbox(stage.desk, mailer).sent:
        pass
    assert len(mailer.kept) >= 20
    allowed = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type",
               "content-transfer-encoding", "auto-submitted"}  # fmt: skip
    for letter in mailer.kept:
        assert {name.lower() for name in letter} <= allowed
        assert "mallory" not in str(letter["to"])
        for part in letter.walk():
            if part.get_content_type() == "text/calendar":
                assert len(Calendar.from_ical(part.get_content()).events) == 1


def test_no_formula_leaves_in_a_file(target: Target) -> None:
    for parent, child, group in zip(FORMULAS[::3], FORMULAS[1::3], FORMULAS[2::3], strict=True):
        made_by = Child(child, 4, group)
        target.stage.case(f"formula {parent}{child}", parent=parent, child=made_by)
    with target.stage.signed_in(HEAD) as head:
        answer = head.get("/desk/cases.csv?status=any")
    cells = [
        cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row
    ]
    assert not [
        cell for cell in cells if cell.strip('\ufeff\u200b\u00a0 \t\r\n"')[:1] in set("=+-@")
    ]
    assert len([cell for cell in cells if "HYPERLINK" in cell or "calc" in cell]) > 100


def test_a_hundred_ways_to_climb_out_of_the_assets_lead_nowhere(target: Target) -> None:
    assert len(TRAVERSALS) > 100
    secret = target.stage.desk.keys.lookup
    with target.stage.visitor() as visitor:
        for name in TRAVERSALS:
            for answer in (visitor.get(f"/assets/x/{name}"), visitor.get(f"/assets/{name}")):
                assert answer.status_code in {400, 404}, name
                assert "root:" not in answer.text
                assert secret.hex() not in answer.text


def test_a_name_that_pretends_to_be_the_head_is_isolated_and_marked(target: Target) -> None:
    stage = target.stage
    pretended = "Mrs \u0410shw\u043erth"
    turned = "\u202eDana\u2066 \u05d3\u05e0\u05d4"
    taken = {"way": "phone", "kind": "complaint", "phone": "07700 900111", "words": "He was hurt."}
    with stage.signed_in(HEAD) as head:
        for name, warned in ((pretended, True), (turned, False), ("Dana Whitlock", False)):
            answer = head.submit("/desk/take-down", "/desk/take-down", **taken, name=name)
            reference = answer.text.partition("reference is <strong>")[2].partition("<")[0]
            page = head.get(f"/desk/cases/{reference}").text
            shown = name.replace("\u202e", "").replace("\u2066", "")
            assert f"<bdi>{shown}</bdi>" in page
            assert ("A name here reads like Mrs Ashworth, headteacher" in page) == warned
            assert ("mixes letters of two alphabets" in page) == warned
            assert not {*"\u202a\u202b\u202d\u202e\u2066\u2067\u2068"} & {*page}
