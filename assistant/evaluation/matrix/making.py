"""What a complete form holds that has to be made for one person and one record first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyotp
from webauthn.helpers import bytes_to_base64url

from assistant.casework.duty import duty_ends
from assistant.evaluation.matrix.forms import complete_form
from assistant.evaluation.matrix.planting import case_of
from assistant.evaluation.matrix.records import OWN, stranger_to
from assistant.services.add_passkey import offer_new_passkey
from assistant.services.answer_campaign import may_be_answered
from assistant.services.campaigns import linked_cases
from assistant.services.code_app import start_code_app
from assistant.services.disclosures import own_part
from assistant.services.draft_disclosure import draft_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.evaluation.matrix.fresh import Filled
    from assistant.evaluation.matrix.records import Records
    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import Draft

    Made = dict[str, str]


def whole_form(
    desk: Desk, records: Records, staff_id: str, route: str, filled: Filled
) -> dict[str, str]:
    """Return all that the person's form would hold about the record, filled in."""
    form = complete_form(route, stranger_to(desk, staff_id))
    return form | MADE[route](desk, records, staff_id, filled) if route in MADE else form


def _code(desk: Desk, _records: Records, staff_id: str, _filled: Filled) -> Made:
    app = start_code_app(desk, staff_id=staff_id)
    return {"step": app.step, "code": pyotp.TOTP(app.secret).at(desk.machine_clock.now())}


def _credential(desk: Desk, _records: Records, staff_id: str, _filled: Filled) -> Made:
    """Answer a challenge with nothing but the challenge, which uses it up."""
    challenge = json.loads(offer_new_passkey(desk, staff_id=staff_id))["challenge"]
    said = bytes_to_base64url(json.dumps({"challenge": challenge}).encode())
    return {"credential": json.dumps({"response": {"clientDataJSON": said}})}


def _another_case(_desk: Desk, records: Records, staff_id: str, _filled: Filled) -> Made:
    return {"reference": records.post(staff_id, OWN)}


def _all_linked(desk: Desk, _records: Records, staff_id: str, filled: Filled) -> Made:
    with desk.unit_of_work(read_only=True) as work:
        case = case_of(work, filled.value)
        linked = linked_cases(desk, work, staff_id, case.id) if case else []
        return {
            "cases": " ".join(each.reference for each in linked if may_be_answered(each.status))
        }


def _passage(desk: Desk, _records: Records, staff_id: str, filled: Filled) -> Made:
    draft = _draft(desk, filled.value, staff_id)
    keys = [each.key for record in draft.records for each in record.passages] if draft else []
    return {"passage": next(iter(keys), "")}


def _digest(desk: Desk, _records: Records, staff_id: str, filled: Filled) -> Made:
    draft = _draft(desk, filled.value, staff_id)
    return {"digest": draft.digest if draft else ""}


def _draft(desk: Desk, reference: str, staff_id: str) -> Draft | None:
    """Return the draft as it is now, without a word of it in the history."""
    with desk.unit_of_work(read_only=True) as work:
        case = case_of(work, reference)
        part = own_part(work, case, staff_id) if case else None
        return draft_of(desk, work, part) if part else None


def _hours(desk: Desk, _records: Records, _staff_id: str, _filled: Filled) -> Made:
    ends = duty_ends(desk.school, desk.calendar, desk.clock.now())
    return {"until": ends[-1].isoformat()}


MADE: Mapping[str, Callable[[Desk, Records, str, Filled], Made]] = {
    "campaigns.answer": _all_linked,
    "campaigns.link": _another_case,
    "chats.begin": _hours,
    "own_sign_in.confirm_app": _code,
    "passkeys.add": _credential,
    "their_data.rule": _passage,
    "their_data.seal": _digest,
}
"""By route, beside what ``forms`` holds."""
