"""What a parent is given once something is recorded, or sent to where it can be decided."""

from __future__ import annotations

from actions.complaint import tell_recorded
from actions.sayings import say_outside_again
from assistant.casework.kinds import Channel
from assistant.services.desk import Desk
from assistant.services.receipts import link_of_receipt
from tests.actions.talk import Talk
from tests.services.filings import file_case


def test_the_receipt_that_the_chat_gives_opens_the_complaint_again(desk: Desk) -> None:
    talk, case = Talk(desk), file_case(desk)
    turn = talk.hears("yes")
    tell_recorded(turn, case, Channel.COMPLAINT)
    said = talk.ends(turn)["utter_recorded"]
    assert link_of_receipt(desk, receipt=said["receipt"]) == case.token
    assert said["come_back"].endswith("/come-back")


def test_a_matter_of_personal_data_leads_to_the_page_that_takes_it(desk: Desk) -> None:
    talk = Talk(desk)
    talk.slots["topic"] = "photos_data"
    turn = talk.hears("and then")
    say_outside_again(turn)
    contact = talk.ends(turn)["utter_outside_route_again"]["contact"]
    assert contact.startswith(f"{desk.settings.public_url}/data-protection, or dpo@")
