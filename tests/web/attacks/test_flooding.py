"""Flooding: the first forms of an hour ask nothing, the rest a sum, and danger never does."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING, Any

import altcha
import httpx
import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from assistant.chat.brain_client import BrainMessage
from assistant.evaluation.matrix.serving import PlainBrain, served
from assistant.running.ports import free_ports
from assistant.security import proof_of_work
from assistant.security.keys import Keys
from assistant.security.proof_of_work import SECONDS_GOOD, ProofOfWork
from assistant.services.receipts import receipt_for
from assistant.store.alert_tables import Alert
from assistant.store.tables import CaseFile
from assistant.web.limits import shared_part
from tests.web.desk_stage import CLERK, HIDDEN, TEACHER, Stage, Visitor
from tests.web.meeting_journey import Journey
from tests.web.test_chat_page import fields
from tests.web.test_check_page import form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assistant.chat.brain_client import BrainTurn

pytestmark = pytest.mark.slow

FREE, SCHOOLS_HOUR = 3, 60
ASKED, TAKEN = 429, 200
CHALLENGE = re.compile(r'data-challenge="([^"]+)"')
WORDS = "He was kept in at lunch for two days over his shoes."
IN_DANGER = "He has a knife and says he will kill us, he is at the door now"
WITHOUT_A_SCRIPT = (
    "This has not been sent yet",
    "Nothing you typed is lost",
    "01632 960300",
    "999",
)


class FilingBrain(PlainBrain):
    """Makes a record whenever it may, and says so when it may not."""

    def __init__(self) -> None:
        self.heard: list[BrainTurn] = []

    async def turn(self, turn: BrainTurn) -> list[BrainMessage]:
        """Return a new record, or the wish for a proof."""
        self.heard.append(turn)
        if "no record" in (turn.text or ""):
            return await super().turn(turn)
        if not turn.may_file:
            return [BrainMessage(text="Not yet", custom={"channel": "service", "prove": True})]
        record = {"kind": "case", "reference": turn.turn_id, "status": "received"}
        return [BrainMessage(text="Recorded", custom={"channel": "service", "record": record})]


@dataclass
class Flooded:
    """A school, its application behind a proxy, and connections that nobody used before."""

    stage: Stage
    brain: FilingBrain
    visitors: list[Visitor] = field(default_factory=list)

    def connection(self, address: str = "") -> Visitor:
        """Return a browser without scripts at ``address``, by default at one of its own."""
        headers = {"X-Forwarded-For": address or f"203.0.113.{len(self.visitors)}"}
        self.visitors.append(Visitor(base_url=self.stage.url, timeout=60, headers=headers))
        return self.visitors[-1]

    def after_three(self) -> Visitor:
        """Return one that has had its free filings."""
        parent = self.connection()
        assert [ask_for_call(parent).status_code for _ in range(FREE)] == [TAKEN] * FREE
        return parent

    def cases(self) -> int:
        """Return how many cases there are."""
        with self.stage.desk.unit_of_work(read_only=True) as work:
            return work.session.scalar(select(func.count(CaseFile.id))) or 0

    def alerts(self) -> int:
        """Return how many alerts there are."""
        with self.stage.desk.alerts_unit_of_work(read_only=True) as work:
            return work.session.scalar(select(func.count(Alert.id))) or 0


@contextmanager
def redis(program: Path) -> Iterator[str]:
    """Run a Redis that keeps nothing, and give its address."""
    port = str(free_ports(1)[0])
    options = ("--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module", autouse=True)
def short_sums() -> Iterator[None]:
    """Make sums that are done at once; the browser's tests do whole ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof_of_work, "FEWEST_KEYS", 2)
        patch.setattr(proof_of_work, "MOST_KEYS", 5)
        yield


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.build(tmp_path_factory.mktemp("flooded") / "data")


@pytest.fixture(scope="module", params=["memory", "redis"])
def flooded(
    request: pytest.FixtureRequest, school: Stage, need_program: Callable[[str], Path]
) -> Iterator[Flooded]:
    shared = request.param == "redis"
    with (
        redis(need_program("redis-server")) if shared else nullcontext("") as url,
        flood_of(school, redis_url=url, filings_an_hour=SCHOOLS_HOUR) as made,
    ):
        yield made


@contextmanager
def flood_of(stage: Stage, **settings: Any) -> Iterator[Flooded]:
    brain = FilingBrain()
    desk = replace(stage.desk, settings=replace(stage.desk.settings, **settings))
    with served(desk, brain) as (stage.url, app):
        app.config.PROXIES_COUNT = 1
        made = Flooded(stage, brain)
        yield made
        for each in made.visitors:
            each.close()


def ask_for_call(parent: Visitor, words: str = WORDS, **fields: str) -> httpx.Response:
    fields = {"name": "Dana Whitlock", "phone": "07700 900123", "words": words, **fields}
    return parent.submit("/call-back", "/call-back", **fields)


def again(
    parent: Visitor, page: httpx.Response, to: str = "/call-back", **fields: str
) -> httpx.Response:
    """Send the form of ``page`` once more with what its fields hold."""
    hidden = dict(reversed(HIDDEN.findall(page.text)))
    fields = {"name": "Dana Whitlock", "phone": "07700 900123", "words": WORDS, **fields}
    return parent.post(to, data={**hidden, **fields})


def challenge_of(page: httpx.Response) -> dict[str, Any]:
    found = CHALLENGE.search(page.text)
    assert found, page.text
    challenge: dict[str, Any] = json.loads(unescape(found[1]))
    return challenge


def solved(challenge: dict[str, Any]) -> str:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    assert solution
    return str(altcha.Payload(made, solution).to_base64())


def test_the_fourth_form_keeps_the_words_and_passes_once_the_sum_is_done(flooded: Flooded) -> None:
    parent, before = flooded.after_three(), flooded.cases()
    asked = ask_for_call(parent)
    assert asked.status_code == ASKED
    assert all(words in asked.text for words in (*WITHOUT_A_SCRIPT, WORDS, "07700 900123"))
    assert flooded.cases() == before
    passed = again(parent, asked, proof=solved(challenge_of(asked)))
    assert (passed.status_code, flooded.cases()) == (TAKEN, before + 1)


def test_the_points_of_a_chat_stay_and_are_sent_once_the_sum_is_done(flooded: Flooded) -> None:
    parent = flooded.after_three()
    parent.post("/", data={"text": f"no record. {WORDS}"})
    parent.post("/check", data=form(parent.get("/check").text, do="next"))
    last, before = parent.get("/check/send").text, flooded.cases()
    sent = fields(last, "/check/send")
    asked = parent.post("/check/send", data=sent)
    assert asked.status_code == ASKED
    assert all(words in asked.text for words in (*WITHOUT_A_SCRIPT, WORDS))
    assert flooded.cases() == before
    proof = solved(challenge_of(asked))
    passed = parent.post("/check/send", data={**sent, "proof": proof})
    assert passed.status_code < 400
    assert flooded.cases() == before + 1


def test_connections_are_told_apart_and_a_household_of_ipv6_is_one(flooded: Flooded) -> None:
    home = [flooded.connection(f"2001:db8:1:2::{number}") for number in range(1, 5)]
    assert [ask_for_call(each).status_code for each in home] == [*[TAKEN] * FREE, ASKED]
    assert ask_for_call(flooded.connection("2001:db8:1:3::1")).status_code == TAKEN
    assert ask_for_call(flooded.connection()).status_code == TAKEN


def test_no_proof_passes_that_is_not_a_fresh_answer_to_this_form(flooded: Flooded) -> None:
    parent = flooded.after_three()
    asked = ask_for_call(parent)
    good = solved(challenge_of(asked))
    foreign = ask_for_call(parent)  # another form of the same page, with a key of its own
    form = challenge_of(asked)["parameters"]["data"]["form"]
    bad = [*altered(good), *not_ours(flooded, form), solved(challenge_of(foreign)), *nonsense()]
    before = flooded.cases()
    answers = [again(parent, asked, proof=each).status_code for each in bad]
    assert len(bad) >= 25
    assert answers == [ASKED] * len(bad)
    assert flooded.cases() == before
    assert again(parent, asked, proof=good).status_code == TAKEN
    replayed = [again(parent, asked, proof=good).status_code for _ in range(10)]
    assert replayed == [ASKED] * 10
    assert flooded.cases() == before + 1


def altered(proof: str) -> Iterator[str]:
    """Change each part of a good proof."""
    good = json.loads(base64.b64decode(proof))
    for name, value in good["challenge"]["parameters"].items():
        yield encoded(good, "parameters", name, other(value))
    yield encoded(good, "parameters", "data", {"form": "come-back.0"})
    yield encoded(good, "parameters", "data", None)
    for value in ("", "0" * 64, good["challenge"]["signature"].upper()):
        yield encoded(good, "", "signature", value)
    wrong = {**good["solution"], "derivedKey": other(good["solution"]["derivedKey"])}
    yield base64.b64encode(json.dumps({**good, "solution": wrong}).encode()).decode()


def encoded(good: dict[str, Any], part: str, name: str, value: Any) -> str:
    challenge = json.loads(json.dumps(good["challenge"]))
    (challenge[part] if part else challenge)[name] = value
    return base64.b64encode(json.dumps({**good, "challenge": challenge}).encode()).decode()


def other(value: Any) -> Any:
    if isinstance(value, str):
        return f"{'0' if value[0] != '0' else '1'}{value[1:]}"
    return {"form": "other"} if isinstance(value, dict) else value + 1


def not_ours(flooded: Flooded, form: str) -> Iterator[str]:
    """Yield answers to a challenge that has ended, and to one of another school."""
    ours = ProofOfWork.of(flooded.stage.desk.keys.lookup)
    yield solved(ours.challenge(form, time.time() - SECONDS_GOOD - 1))
    yield solved(ProofOfWork.of(Keys.generate().lookup).challenge(form))


def nonsense() -> Iterator[str]:
    words = ("x", "=", "é", "{}", "[]", "null", '"x"', '{"challenge": 1}', "[" * 2000)
    yield from words
    yield from (base64.b64encode(each.encode()).decode() for each in words)
    yield "A" * 5000


def test_danger_is_never_asked_for_a_sum(flooded: Flooded) -> None:
    parent, alerts, cases = flooded.after_three(), flooded.alerts(), flooded.cases()
    warned = ask_for_call(parent, IN_DANGER)
    assert (warned.status_code, "Please read this first" in warned.text) == (TAKEN, True)
    assert flooded.alerts() == alerts + 1
    sent = again(parent, warned, words=IN_DANGER, read_first="yes")
    assert (sent.status_code, flooded.cases()) == (TAKEN, cases + 1)


def test_a_form_that_is_sent_again_counts_once(flooded: Flooded) -> None:
    parent = flooded.connection()
    page = parent.get("/call-back")
    assert [again(parent, page).status_code for _ in range(6)] == [TAKEN] * 6
    assert [ask_for_call(parent).status_code for _ in range(FREE)] == [TAKEN, TAKEN, ASKED]


def test_of_a_burst_no_more_than_the_free_ones_are_taken(flooded: Flooded) -> None:
    parent, before = flooded.connection(), flooded.cases()
    forms = [parent.get("/call-back") for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda form: again(parent, form).status_code, forms))
    assert 1 <= answers.count(TAKEN) <= FREE
    assert flooded.cases() == before + answers.count(TAKEN)


def test_every_other_form_asks_too_and_passes_with_its_own_sum(flooded: Flooded) -> None:
    parent = flooded.after_three()
    data = {"wish": "copy", "email": "dana@home.example"}
    asked = parent.submit("/data-protection", "/data-protection", name="Dana", **data)
    assert (asked.status_code, "dana@home.example" in asked.text) == (ASKED, True)
    proof = solved(challenge_of(asked))
    assert again(parent, asked, "/data-protection", **data, proof=proof).status_code == TAKEN
    journey = Journey(parent).as_far_as("check")
    asked = journey.send()
    assert (asked.status_code, "She hides her reading book" in asked.text) == (ASKED, True)
    journey.send(proof=solved(challenge_of(asked)))
    assert journey.step == "booked"


def test_wrong_receipts_ask_for_a_sum_and_right_ones_are_not_counted(flooded: Flooded) -> None:
    case = flooded.stage.case(f"come back {flooded.stage.url}")
    right, wrong = receipt_for(flooded.stage.desk, case.id), receipt_for(flooded.stage.desk, "d")
    parent = flooded.connection()

    def enter(receipt: str, **fields: str) -> httpx.Response:
        return parent.submit("/come-back", "/come-back", receipt=receipt, **fields)

    assert [enter(each).status_code for each in (right, wrong, right, wrong, wrong)] == [
        303, 400, 303, 400, 400,
    ]  # fmt: skip
    for receipt in (wrong, right):
        asked = enter(receipt)
        assert (asked.status_code, receipt in asked.text) == (ASKED, True)
    assert enter(right, proof=solved(challenge_of(asked))).status_code == 303


def test_the_chat_is_heard_beyond_the_limit_and_files_with_one_proof_a_record(
    flooded: Flooded,
) -> None:
    parent = flooded.after_three()
    started = parent.post("/api/v1/conversations").json()
    path = f"/api/v1/conversations/{started['conversation']}/messages"
    bearer = {"Authorization": f"Bearer {started['token']}"}

    def say(text: str, **fields: str) -> dict[str, Any]:
        answer = parent.post(path, json={"text": text, **fields}, headers=bearer)
        assert answer.status_code == 200, answer.text
        turn: dict[str, Any] = answer.json()
        return turn

    declined = say("yes")
    assert (declined["record"], flooded.brain.heard[-1].may_file) == (None, False)
    proof = solved(declined["challenge"])
    assert say("no record of this", proof=proof)["challenge"] is None  # it is still good
    recorded = say("yes", proof=proof)
    assert recorded["record"]
    spent = say("yes", proof=proof)
    assert (spent["record"], spent["challenge"] is None) == (None, False)
    assert say(IN_DANGER)["record"]
    assert flooded.brain.heard[-1].may_file


def test_three_chats_ask_nothing_and_the_fourth_gets_a_challenge(flooded: Flooded) -> None:
    parent, told = flooded.connection(), []
    for _ in range(FREE + 1):
        started = parent.post("/api/v1/conversations").json()
        bearer = {"Authorization": f"Bearer {started['token']}"}
        path = f"/api/v1/conversations/{started['conversation']}/messages"
        told.append(parent.post(path, json={"text": "yes"}, headers=bearer).json())
    assert [bool(each["record"]) for each in told] == [True, True, True, False]
    assert told[-1]["challenge"]


def test_beyond_the_schools_hour_everybody_is_asked_nobody_refused_and_the_office_told(
    school: Stage,
) -> None:
    with flood_of(school, filings_an_hour=4) as flooded, capture_logs() as logs:
        sent = [ask_for_call(flooded.connection()) for _ in range(6)]
        assert [each.status_code for each in sent] == [*[TAKEN] * 4, ASKED, ASKED]
        parent = flooded.connection()
        asked = ask_for_call(parent)
        assert again(parent, asked, proof=solved(challenge_of(asked))).status_code == TAKEN
        with school.signed_in(CLERK) as clerk, school.signed_in(TEACHER) as teacher:
            assert "more than 4 forms and chats in the last hour" in clerk.get("/desk").text
            assert "Much is coming in" not in teacher.get("/desk").text
    events = [each for each in logs if each["event"] == "filings_reached_the_school_limit"]
    assert events == [
        {"event": "filings_reached_the_school_limit", "limit": 4, "log_level": "warning"}
    ]
    assert WORDS not in str(logs)


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("[2001:db8:1:2:3::9]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("unknown", "unknown"),
    ],
)
def test_a_network_is_an_address_of_ipv4_and_a_household_of_ipv6(address: str, shared: str) -> None:
    assert shared_part(address) == shared
