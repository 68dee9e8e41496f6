"""After a flood a yes makes no record without the browser's sum, and nothing is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from actions.booking import BookMeeting
from actions.call_back import RequestCallBack
from actions.complaint import OpenComplaint
from actions.small_talk import RequestDeletion
from assistant.services.desk import Desk
from assistant.store.tables import CaseFile
from tests.actions.talk import Talk, goes_on_with

REACH = {"details": {"parent_name": "Sara Yusuf", "phone": "07700 900111"}}
LAST_STEPS = [
    (BookMeeting, "meeting_form", []),
    (OpenComplaint, "complaint_form", []),
    (RequestCallBack, None, ["/human"]),
    (RequestDeletion, None, ["/affirm"]),
]


@pytest.mark.parametrize(("step", "form", "payloads"), LAST_STEPS)
def test_the_last_step_says_why_it_waits_and_stays_where_it_was(
    desk: Desk, step: type[BookMeeting], form: str | None, payloads: list[str]
) -> None:
    talk = Talk(desk, slots={**REACH, "pending": "forget", "meeting_confirmed": True})
    turn = talk.hears("yes", "affirm")
    turn.tracker.latest_message["metadata"]["may_file"] = False
    step(desk).act(turn)
    assert turn.marks["prove"]
    assert goes_on_with(turn) == form
    said = talk.ends(turn)
    assert [one["payload"] for one in said["utter_prove"]["buttons"]] == payloads
    assert talk.slots["pending"] == "forget"
    assert cases(desk) == 0


def test_with_the_sum_done_the_same_step_makes_the_record(desk: Desk) -> None:
    talk = Talk(desk, slots=REACH)
    turn = talk.hears("yes", "affirm")
    turn.tracker.latest_message["metadata"]["may_file"] = True
    RequestCallBack(desk).act(turn)
    assert turn.marks["record"]
    assert cases(desk) == 1


def cases(desk: Desk) -> int:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count(CaseFile.id))) or 0
