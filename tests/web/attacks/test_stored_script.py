"""Markup in every field, through every door, into every surface: in Chromium none of it runs.

Each page is opened twice: with its own policy, where a script that got in would be reported as
refused, and without it, where the script would run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest

from assistant.casework.kinds import AlertKind, Channel, MeetingMode
from assistant.services.book_meeting import book_meeting
from assistant.services.offer_slots import offer_slots
from assistant.services.raise_alert import raise_alert
from assistant.services.shapes import Child, Contact, Needs
from tests.web.attacks.payloads import ALL, HITS, PAYLOADS, in_pieces
from tests.web.browser.driving import sign_in
from tests.web.desk_stage import DEPUTY, HEAD, Visitor
from tests.web.meeting_journey import DETAILS, Journey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.attacks.conftest import Target
    from tests.web.desk_stage import Stage

pytestmark = pytest.mark.slow

POLICY = """
addEventListener('securitypolicyviolation', event => window.top.refused.push(event.blockedURI));
window.refused = [];
"""
LIVE = """() => [...document.querySelectorAll('*')].filter(each =>
  [...each.attributes].some(one => one.name.startsWith('on') || /^\\s*javascript:/i.test(one.value)
    && ['href', 'src', 'action', 'data', 'formaction'].includes(one.name))).map(e => e.outerHTML)"""
NAMES = in_pieces(200)
QUOTED = quote(ALL[:1500])


@dataclass
class Filled:
    """Where the markup can be met: pages of the desk, of parents, and of a chat's own browser."""

    desk: list[str]
    public: list[str]
    chat: dict[str, str]


@pytest.fixture(scope="module")
def filled(target: Target) -> Filled:
    """Send the markup through every door."""
    stage = target.stage
    with stage.visitor() as parent:
        case, meeting = through_services(stage), through_the_booking_pages(parent)
        parent.submit("/call-back", "/call-back", name=ALL, phone="07700 900111", words=ALL)
        parent.post("/", data={"text": ALL, "key": "the-first-message"})
        cookies = dict(parent.cookies)
        page = f"/r/{case[1]}"
        parent.submit(page, f"{page}/note", note=ALL)
    with stage.signed_in(HEAD) as head:
        taken_down = through_the_desk(head, case[0])
    alert = raise_alert(
        stage.desk, idempotency_key="markup", conversation_id=None, kind=AlertKind.SAFEGUARDING,
        words=ALL, contact=Contact(ALL, "07700 900111"),
    )  # fmt: skip
    references = [case[0], *taken_down]
    assert all(references)
    desk = [
        "/desk", "/desk/cases?status=any", "/desk/meetings", "/desk/access/many", "/desk/figures",
        *(f"/desk/cases/{each}" for each in references),
        *(f"/desk/cases/{case[0]}/{part}" for part in ("steps", "message")),
        f"/desk/access/case/{case[0]}", f"/desk/meetings/{meeting[0]}",
        f"/desk/meetings/{meeting[0]}/hand-over", f"/desk/meetings/{meeting[0]}/time",
        f"/desk/cases?kind={QUOTED}&status={QUOTED}&year={QUOTED}", f"/desk/meetings?week={QUOTED}",
        f"/desk/meetings/reassign?who={QUOTED}&day=1&month=12&year=2026", f"/desk/{QUOTED}",
    ]  # fmt: skip
    public = [
        f"/r/{case[1]}?done={QUOTED}", f"/r/{case[1]}/receipt", f"/r/{meeting[1]}",
        f"/r/{meeting[1]}/move?mode={QUOTED}", f"/desk/sign-in?onward={QUOTED}", f"/{QUOTED}",
    ]  # fmt: skip
    return Filled([*desk, f"/desk/alerts/{alert.id}|{DEPUTY}"], public, cookies)


def through_services(stage: Stage) -> tuple[str, str]:
    """Open a case as an action of the chat does: markup in the names too."""
    child = Child(ALL, 4, "4B")
    made = stage.case("markup", words=ALL, wanted=ALL, parent=ALL, child=child)
    mode, needs = MeetingMode.PHONE, Needs(interpreter=ALL)
    offer = offer_slots(stage.desk, host_ids=[HEAD], windows=None, mode=mode, needs=Needs())
    book_meeting(
        stage.desk, idempotency_key="markup", conversation_id=None, channel=Channel.HEADTEACHER,
        host_id=HEAD, starts_at=offer.matching[0].starts_at, mode=mode,
        contact=Contact(ALL, ALL, "dana@home.example", safe=True), child=child, needs=needs,
        note=ALL, subjects=frozenset(),
    )  # fmt: skip
    return made.reference, made.token


def through_the_booking_pages(parent: Visitor) -> tuple[str, str]:
    """Book with the head on the plain pages; return reference and token."""
    journey = Journey(parent)
    journey.send(about="nobody", group="4B", matter=ALL)
    journey.send(host=HEAD)
    journey.as_far_as("details")
    journey.send(**{**DETAILS, "name": NAMES[0], "child_name": NAMES[1], "note": ALL})
    journey.send()
    booked = parent.get(journey.at).text
    token = booked.partition('href="/r/')[2].partition('"')[0]
    reference = parent.get(f"/r/{token}").text.partition("Reference </span>")[2][:14]
    return reference.partition("<")[0], token


def through_the_desk(head: Visitor, reference: str) -> list[str]:
    """Write the markup into every form of the desk; return what was taken down."""
    case, access = f"/desk/cases/{reference}", f"/desk/access/case/{reference}"
    head.submit(case, f"{case}/notes", note=ALL)
    head.submit(access, f"{access}/grant", colleague=DEPUTY, why=ALL)
    head.submit(f"{case}/message", f"{case}/message", step="send", message=ALL.replace("[", "("))
    head.submit(case, f"{case}/status", status="acknowledged", reason=ALL)
    step = {"step": "pause", "pause-why": ALL, "on": "2026-12-08"}
    head.submit(f"{case}/steps", f"{case}/steps", **step)
    for name in in_pieces(60)[:12]:
        head.submit("/desk/cases", "/desk/views", name=name, query=f"kind={ALL}")
    taken = {"way": "phone", "kind": "complaint", "name": ALL, "phone": "07700 900111",
             "email": f"{NAMES[2]}@x", "child": ALL, "class_name": ALL, "words": ALL,
             "wanted": ALL}  # fmt: skip
    answer = head.submit("/desk/take-down", "/desk/take-down", **taken)
    assert answer.status_code == 200
    return [answer.text.partition("reference is <strong>")[2].partition("<")[0]]


@pytest.fixture(params=[False, True], ids=["with its policy", "without a policy"])
def page(request: pytest.FixtureRequest, browser: Browser, target: Target) -> Iterator[Page]:
    context = browser.new_context(base_url=target.stage.url, bypass_csp=request.param)
    context.add_init_script(POLICY + HITS)
    yield context.new_page()
    context.close()


def what_ran(page: Page, path: str) -> list[Any]:
    """Open the page; return what ran, what was refused, and every element that could run."""
    page.goto(path, wait_until="load")
    page.evaluate("() => new Promise(done => setTimeout(done, 20))")
    return [*page.evaluate("[...window.hits, ...window.refused]"), *page.evaluate(LIVE)]


def test_no_page_runs_what_was_written_into_it(page: Page, filled: Filled, target: Target) -> None:
    people, shown, ran = target.stage.desk.school, 0, []
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": target.stage.url}
            for name, value in filled.chat.items()
        ]
    )
    for path in ["/", *filled.public]:
        ran += [(path, each) for each in what_ran(page, path)]
        shown += "hit(7)" in page.content()
    for staff_id in (HEAD, DEPUTY):
        page.context.clear_cookies()
        sign_in(page, people.person(staff_id).email)
        for path in filled.desk:
            address, _, whose = path.partition("|")
            if (whose or HEAD) == staff_id:
                ran += [(path, each) for each in what_ran(page, address)]
                shown += "hit(7)" in page.content()
    assert ran == []
    assert shown >= 12, "the markup was hardly shown, so that nothing is proved"


def test_what_is_typed_into_boxes_comes_back_as_text(page: Page, target: Target) -> None:
    sign_in(page, target.stage.desk.school.person(HEAD).email)
    for path, box in (("/desk/cases", "words"), ("/come-back", "receipt")):
        for piece in in_pieces(180)[:2]:
            page.goto(path)
            page.locator(f"[name={box}]").first.fill(piece)
            page.locator(f"[name={box}]").first.press("Enter")
            page.wait_for_load_state()
            assert page.evaluate("[...window.hits, ...window.refused]") == []
            assert page.evaluate(LIVE) == []


def test_what_is_no_page_cannot_be_taken_for_one(filled: Filled, target: Target) -> None:
    """Files and mail: the browser is told what each is, to save it, and not to guess."""
    with target.stage.signed_in(HEAD) as head:
        for path in ("/desk/cases.csv?status=any", "/desk/figures/figures.csv"):
            assert_saved(head.get(path), "text/csv; charset=utf-8")
    with httpx.Client(base_url=target.stage.url, cookies=filled.chat) as parent:
        assert_saved(parent.post("/transcript", data={"as": "text"}), "text/plain; charset=utf-8")
        record = next(each for each in filled.public if "/move" in each).partition("/move")[0]
        assert_saved(parent.get(f"{record}/calendar"), "text/calendar; charset=utf-8")


def assert_saved(answer: httpx.Response, kind: str) -> None:
    assert answer.status_code == 200
    assert answer.headers["content-type"].replace(" ", "") == kind.replace(" ", "")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_markup_would_run_if_a_page_took_it_for_markup(
    browser: Browser, filled: Filled, target: Target
) -> None:
    """Escaping is switched off: the very same pages must then be found out."""
    templates, case = target.app.ctx.templates, filled.public[0]
    templates.autoescape, templates.cache = False, None
    found = {}
    for bypass in (False, True):
        context = browser.new_context(base_url=target.stage.url, bypass_csp=bypass)
        context.add_init_script(POLICY + HITS)
        found[bypass] = what_ran(context.new_page(), case)
        context.close()
    templates.autoescape = True
    assert len([each for each in found[True] if isinstance(each, int)]) > 40
    assert "inline" in found[False]
    assert len(PAYLOADS) == 300
