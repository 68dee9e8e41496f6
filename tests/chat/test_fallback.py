"""Without the brain a parent hears the truth, and safety comes first."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import Channel
from assistant.casework.school import School, load_school
from assistant.chat.answers import Answer
from assistant.chat.fallback import Danger, in_danger, without_the_brain, worst
from assistant.services.errors import AlertHeldUp
from assistant.services.shapes import AlertReceipt, LeadView

LEAD = LeadView("Mr Mensah", "01632 960301", "8am to 5pm")
PASSED_ON = AlertReceipt("a1", (LEAD,), "Read by noon.")


@pytest.fixture(params=["primary", "secondary"])
def school(request: pytest.FixtureRequest) -> School:
    return load_school(request.param)


def said(answer: Answer) -> str:
    return " ".join(reply.text for reply in answer.replies)


def test_the_worst_clear_danger_decides_and_a_possible_one_does_not() -> None:
    assert worst(("threat", "danger_now", "disclosure")) is Danger.NOW
    assert worst(("disclosure", "crisis?")) is Danger.DISCLOSURE
    assert worst(("danger_now?", "crisis?")) is None


def test_a_plain_message_gets_the_phone_the_form_and_no_promise(school: School) -> None:
    answer = without_the_brain(school, "https://chat.example", worried=False)
    assert answer.channel is Channel.SERVICE
    assert school.phone in said(answer)
    assert "https://chat.example/call-back" in said(answer)
    assert "not been sent" in said(answer)
    assert answer.record is None


def test_a_yes_that_may_have_been_carried_out_is_not_called_unsent(school: School) -> None:
    words = said(without_the_brain(school, "https://chat.example", worried=False, unsure=True))
    assert "not been sent" not in words
    assert "never done twice" in words
    assert school.phone in words


def test_a_worry_about_a_child_also_gets_999_and_the_council(school: School) -> None:
    words = said(without_the_brain(school, "https://chat.example", worried=True))
    assert "999" in words
    assert school.safeguarding.council_night in words


@pytest.mark.parametrize(
    ("danger", "channel", "needed"),
    [
        (Danger.NOW, Channel.EMERGENCY, ["999", "55", "Mr Mensah", "01632 960301"]),
        (Danger.CRISIS, Channel.WELLBEING, ["999", "116 123", "111", "option 2"]),
        (Danger.DISCLOSURE, Channel.SAFEGUARDING, ["999", "Mr Mensah", "cannot keep this between"]),
        (Danger.THREAT, Channel.MODERATION, ["staff will be told", "999"]),
    ],
)
def test_a_danger_gets_its_channel_its_numbers_and_what_happens_next(
    school: School, danger: Danger, channel: Channel, needed: list[str]
) -> None:
    answer = in_danger(school, danger, PASSED_ON)
    assert answer.channel is channel
    assert answer.help
    assert all(words in said(answer) for words in [*needed, PASSED_ON.read_by])


def test_danger_puts_999_into_the_first_sentence(school: School) -> None:
    assert "999" in in_danger(school, Danger.NOW, PASSED_ON).replies[0].text.split(".")[0]


@pytest.mark.parametrize("danger", list(Danger))
def test_an_alert_that_could_not_be_stored_is_never_called_passed_on(
    school: School, danger: Danger
) -> None:
    words = said(in_danger(school, danger, AlertHeldUp((LEAD,), kept=False)))
    assert "could not pass your words on" in words
    assert "have passed" not in words
    assert LEAD.phone in words


def test_an_alert_that_waits_on_the_disk_is_called_kept_and_not_passed_on(school: School) -> None:
    words = said(in_danger(school, Danger.DISCLOSURE, AlertHeldUp((LEAD,), kept=True)))
    assert "kept safe" in words
    assert "have passed" not in words
    assert LEAD.phone in words


def test_who_is_to_be_rung_is_never_a_lead_whom_it_is_about(school: School) -> None:
    words = said(in_danger(school, Danger.DISCLOSURE, AlertHeldUp((), kept=True)))
    assert school.safeguarding.leads[0].phone not in words
    assert school.phone in words
