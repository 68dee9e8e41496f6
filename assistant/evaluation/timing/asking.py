"""Ask a running Schoolgate for what is there and what is not, and take the times.

What is asked for is made through the services first. Each question comes from an address of its
own, as no limit is to be met: the web process must believe the address that a proxy forwards.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx
from sqlalchemy import delete

from assistant.casework.kinds import CaseKind, Channel
from assistant.evaluation.timing.pairs import compare
from assistant.services.open_case import open_case
from assistant.services.receipts import receipt_for
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, Needs
from assistant.store.letter_tables import ReceiptOfCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.timing.pairs import Compared
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt

PROXY = {"SANIC_PROXIES_COUNT": "1"}
"""The variable with which the web process believes a forwarded address."""
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
MADE = 8
"""So many cases are asked for again and again."""
TRIES_OF_A_NAME = 4
"""One below the number of failures that closes an account for a while."""
PASSWORD = "velvet otter ninety lamps"  # noqa: S105 - of people who do not exist
Asks = list["Callable[[], object]"]


@dataclass
class Asker:
    """Asks at ``url``, from another address each time."""

    url: str
    client: httpx.Client
    tokens: dict[str, str]
    asked: int = 0

    def get(self, path: str) -> None:
        """Open a page."""
        self.client.get(path, headers=self._from())

    def post(self, path: str, **fields: str) -> None:
        """Send the form of a page."""
        if path not in self.tokens:
            found = TOKEN.search(self.client.get(path).text)
            self.tokens[path] = found[1] if found else ""
        body = {"form_token": self.tokens[path], **fields}
        self.client.post(path, data=body, headers=self._from())

    def _from(self) -> dict[str, str]:
        self.asked += 1
        part = self.asked.to_bytes(3)
        return {"X-Forwarded-For": f"10.{part[0]}.{part[1]}.{part[2]}"}


def measure_timing(desk: Desk, url: str, pairs: int) -> list[Compared]:
    """Return the comparisons of so many ``pairs``; of sign-ins as many as their limits let pass."""
    cases = [_case(desk) for _ in range(min(pairs, MADE))]
    gone = [_without_receipt(desk, _case(desk)) for _ in range(min(pairs, MADE))]
    with httpx.Client(base_url=url, timeout=30) as client:
        asker = Asker(url, client, {})
        for warm in _receipts(asker, [receipt_for(desk, each.id) for each in cases], 10):
            warm()
        return [
            compare(
                "receipt: opens a case, or never given out",
                _receipts(asker, [receipt_for(desk, each.id) for each in cases], pairs),
                _receipts(asker, _never(desk, pairs), pairs),
            ),
            compare(
                "receipt: of a case that is gone, or never given out",
                _receipts(asker, [receipt_for(desk, each.id) for each in gone], pairs),
                _receipts(asker, _never(desk, pairs), pairs),
            ),
            compare(
                "secret link: opens a case, or never given out",
                _links(asker, [each.token for each in cases], pairs),
                _links(asker, [secrets.token_urlsafe(16) for _ in range(pairs)], pairs),
            ),
            _compare_sign_ins(desk, asker, pairs),
        ]


def _compare_sign_ins(desk: Desk, asker: Asker, pairs: int) -> Compared:
    people = [person for person in desk.school.people if person.email]
    known = people[: -(-pairs // TRIES_OF_A_NAME)]
    for person in known:
        set_password(desk, staff_id=person.id, password=PASSWORD)
    pairs = min(pairs, TRIES_OF_A_NAME * len(known))
    names = [person.email for person in known] * TRIES_OF_A_NAME
    strangers = [f"{number}.{name}" for number, name in enumerate(names)]
    return compare(
        "sign-in with a wrong password: known account, or unknown",
        [partial(_sign_in, asker, name) for name in names[:pairs]],
        [partial(_sign_in, asker, name) for name in strangers[:pairs]],
    )


def _sign_in(asker: Asker, email: str) -> None:
    asker.post("/desk/sign-in", email=email, password="not the right one")  # noqa: S106


def _receipts(asker: Asker, receipts: list[str], count: int) -> Asks:
    chosen = [receipts[number % len(receipts)] for number in range(count)]
    return [partial(asker.post, "/come-back", receipt=each) for each in chosen]


def _links(asker: Asker, tokens: list[str], count: int) -> Asks:
    return [partial(asker.get, f"/r/{tokens[number % len(tokens)]}") for number in range(count)]


def _never(desk: Desk, count: int) -> list[str]:
    return [receipt_for(desk, secrets.token_hex(16)) for _ in range(count)]


def _case(desk: Desk) -> CaseReceipt:
    return open_case(
        desk,
        idempotency_key=secrets.token_hex(8),
        conversation_id=None,
        kind=CaseKind.COMPLAINT,
        channel=Channel.COMPLAINT,
        statement="He was kept in at lunch for two days over his shoes.",
        outcome_wanted="",
        contact=Contact("Dana Whitlock", "07700 900123", "dana@home.example", safe=True),
        child=Child("Finn", 4, "4B"),
        needs=Needs(),
    )


def _without_receipt(desk: Desk, case: CaseReceipt) -> CaseReceipt:
    with desk.unit_of_work() as work:
        work.session.execute(delete(ReceiptOfCase).where(ReceiptOfCase.case_id == case.id))
        work.commit(unrecorded="a measurement: the receipt of a case that is gone")
    return case
