"""A played dialogue, its transcript, and what an address alone can tell."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.evaluation.chat_client import Choice, Reply, Said
from assistant.evaluation.dialogues import (
    Dialogue,
    Turn,
    in_the_order_seen,
    report,
    step_told_by_the_api,
)
from assistant.evaluation.outcomes import Ending, Held, Step
from assistant.evaluation.transcripts import transcript

RECORD = {"kind": "meeting", "reference": "TG-7K2M-9QXR", "status": "booked"}
HELD = Held("meeting", "m", "TG-7K2M-9QXR", "booked", "staff",
            starts_at=datetime(2026, 11, 26, 15, 30, tzinfo=UTC))  # fmt: skip
ANSWER = Said("staff", ("headteacher",), "an everyday matter",
              (Reply("It is booked.\nThursday.", (Choice(0, "Print"),)),), RECORD)  # fmt: skip


def played(*, expected: Ending) -> Dialogue:
    dialogue = Dialogue("d1", "wants a talk", expected, greeting=(Reply("What's happened?"),))
    dialogue.turns.append(Turn("yes", ANSWER))
    dialogue.steps.append(Step("yes", "staff", None, (HELD,)))
    return dialogue


def test_the_outcome_may_be_right_while_the_recipient_is_not() -> None:
    dialogue = played(expected=Ending("meeting", "headteacher"))
    assert dialogue.outcome_right
    assert not dialogue.with_right


def test_the_report_holds_the_transcript_and_the_records() -> None:
    summary = report([played(expected=Ending("complaint", "complaint"))])
    row = summary["rows"][0]
    assert (summary["total"], summary["outcome_right"]) == (1, 0)
    assert (row["outcome"], row["with"], row["outcome_right"]) == ("meeting", "staff", False)
    assert row["transcript"][0]["replies"][0]["choices"] == ["Print"]
    assert row["records"][0]["starts_at"] == "2026-11-26T15:30:00+00:00"


def test_a_transcript_reads_from_greeting_to_verdict() -> None:
    text = transcript(played(expected=Ending("meeting", "staff")))
    order = ["What's happened?", "Parent     yes", "It is booked.", "< Print >", "[staff"]
    order += ["Recorded:", "Thu 26 Nov 15:30", "Outcome: meeting with staff", "(as expected)"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_transcript_says_when_an_ending_was_not_as_expected() -> None:
    assert "NOT as expected" in transcript(played(expected=Ending("none", None)))


def test_an_address_tells_of_records_and_of_channels_of_danger() -> None:
    first = step_told_by_the_api([Turn("help", Said("emergency"))], [])
    second = step_told_by_the_api([Turn("book", ANSWER)], [first])
    assert second.alerts == ("emergency",)
    assert [record.reference for record in second.records] == ["TG-7K2M-9QXR"]


def test_alerts_of_one_instant_stay_in_the_order_in_which_they_were_seen() -> None:
    now = ("safeguarding", "emergency", "safeguarding")
    seen = in_the_order_seen(("emergency",), now)
    assert seen == ("emergency", "safeguarding", "safeguarding")
