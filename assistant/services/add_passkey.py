"""Add a passkey: offer the browser a challenge, then take the key that it made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from webauthn import (
    generate_registration_options,
    options_to_json,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from assistant.services.errors import NotPossibleNow, PasskeyRefused
from assistant.services.passkeys import (
    MOST_PASSKEYS,
    UNUSABLE,
    read_answer,
    site_of,
    user_handle,
)
from assistant.services.second_steps import codes_left, make_codes
from assistant.services.sessions import STAFF, end_sessions, hold_person, session_digest
from assistant.services.sign_in_steps import StepKind, begin_step, take_step
from assistant.store.columns import new_id
from assistant.store.sign_in_tables import Passkey

if TYPE_CHECKING:
    from webauthn.registration.verify_registration_response import VerifiedRegistration

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

NAMELESS = "A passkey"


def offer_new_passkey(desk: Desk, *, staff_id: str) -> str:
    """Return the options, as JSON, with which a browser makes a passkey for this person."""
    person = desk.school.person(staff_id)
    with desk.unit_of_work() as work:
        challenge = begin_step(desk, work, StepKind.NEW_PASSKEY, staff_id)
        known = work.session.scalars(
            select(Passkey.credential_id).where(Passkey.staff_id == staff_id)
        ).all()
        work.commit(unrecorded="a challenge ends by itself")
    options = generate_registration_options(
        rp_id=site_of(desk)[0],
        rp_name=desk.school.short_name,
        user_id=user_handle(desk, staff_id),
        user_name=person.email,
        user_display_name=person.name,
        challenge=challenge.encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(base64url_to_bytes(each)) for each in known
        ],
    )
    return options_to_json(options)


def add_passkey(
    desk: Desk, *, staff_id: str, session: str, answer: str, name: str
) -> tuple[str, ...]:
    """Keep the passkey under a name; every other session of the person ends.

    Returns recovery codes to show once, none when some are left. Raises ``PasskeyRefused``, and
    ``NotPossibleNow`` for somebody who has ``MOST_PASSKEYS``.
    """
    credential, challenge = read_answer(answer)
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        taken = take_step(desk, work, StepKind.NEW_PASSKEY, challenge)
        work.commit(unrecorded="a challenge is used up, whatever becomes of it")
    if taken is None or taken[0] != staff_id:
        raise PasskeyRefused
    made = _verified(desk, credential, challenge)
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        _refuse_another(work, staff_id, made)
        work.session.add(_row(desk, staff_id, made, name))
        end_sessions(work, staff_id, but=session_digest(desk, session))
        work.history.append("passkey.added", staff_id, STAFF, staff_id)
        codes = () if codes_left(work, staff_id) else make_codes(desk, work, staff_id)
        work.commit()
    return codes


def _verified(desk: Desk, credential: dict[str, Any], challenge: str) -> VerifiedRegistration:
    rp_id, origin = site_of(desk)
    try:
        return verify_registration_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=rp_id,
            expected_origin=origin,
            require_user_verification=True,
        )
    except UNUSABLE as problem:
        raise PasskeyRefused from problem


def _refuse_another(work: UnitOfWork, staff_id: str, made: VerifiedRegistration) -> None:
    same = Passkey.credential_id == bytes_to_base64url(made.credential_id)
    if work.session.scalar(select(func.count()).where(same)):
        raise PasskeyRefused
    theirs = select(func.count()).where(Passkey.staff_id == staff_id)
    if (work.session.scalar(theirs) or 0) >= MOST_PASSKEYS:
        raise NotPossibleNow


def _row(desk: Desk, staff_id: str, made: VerifiedRegistration, name: str) -> Passkey:
    return Passkey(
        id=new_id(),
        staff_id=staff_id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name[:60] or NAMELESS,
        added_at=desk.machine_clock.now(),
    )
