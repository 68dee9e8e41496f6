"""A parent on the booking pages, as far as HTTP goes: no script, no cookie, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
from sqlalchemy import update

from assistant.store.meeting_tables import Cell
from tests.web.desk_stage import HIDDEN, Stage

ABOUT = {"about": "nobody", "group": "4B", "matter": "She hides her reading book."}
WHO = {"host": "mr-bennett"}
HOW = {"mode": "in_person", "parents": "one"}
DETAILS = {
    "name": "Dana Whitlock",
    "phone": "07700 900123",
    "email": "dana@home.example",
    "safe": "yes",
    "child_name": "Finn",
}


@dataclass
class Journey:
    """Fills in page after page; ``at`` is the path that the last answer led to."""

    client: httpx.Client
    at: str = "/meet"
    answers: list[httpx.Response] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The path of the draft."""
        return self.at.rpartition("/")[0]

    @property
    def step(self) -> str:
        """The step at which the journey stands."""
        return self.at.rpartition("/")[2]

    def page(self, path: str = "") -> str:
        """Return the page there, by default the one at which the journey stands."""
        shown = self.client.get(path or self.at)
        assert shown.status_code == 200, (path or self.at, shown.status_code)
        assert "set-cookie" not in shown.headers
        return shown.text

    def send(self, path: str = "", **fields: str) -> httpx.Response:
        """Send the page's form with these fields, and go where it leads."""
        path = path or self.at
        hidden = dict(reversed(HIDDEN.findall(self.page(path))))
        answer = self.client.post(path, data={**hidden, **fields})
        assert "set-cookie" not in answer.headers
        if answer.status_code == 303:
            self.at = urlsplit(answer.headers["location"]).path
        self.answers.append(answer)
        return answer

    def times(self, query: str = "") -> list[str]:
        """Return the times that the page offers, as its form would send them."""
        page = self.page(f"{self.base}/when{query}")
        return [part.partition('"')[0] for part in page.split('type="radio" value="')[1:]]

    def as_far_as(self, step: str) -> Journey:
        """Answer everything before a step."""
        for fields in (ABOUT, WHO, HOW):
            if self.step == step:
                return self
            self.send(**fields)
        if self.step != step:
            self.send(starts_at=self.times()[0])
        if self.step != step:
            self.send(**DETAILS)
        assert self.step == step
        return self


def let_every_hold_run_out(stage: Stage) -> None:
    """Make every hold one of long ago, as if nobody had gone on."""
    with stage.desk.unit_of_work() as work:
        held = Cell.hold_expires_at.is_not(None)
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        work.session.execute(update(Cell).where(held).values(hold_expires_at=long_ago))
        work.commit(unrecorded="a test")
