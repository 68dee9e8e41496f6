"""Sign in with a passkey, which is both steps: it shows the device and, by its lock, the person."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from webauthn import (
    generate_authentication_options,
    options_to_json,
    verify_authentication_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.structs import UserVerificationRequirement

from assistant.services.errors import PasskeyRefused, WrongSignIn
from assistant.services.half_sign_in import Entrance, enter
from assistant.services.passkeys import UNUSABLE, read_answer, site_of, user_handle
from assistant.services.sessions import STAFF, UNKNOWN_DEVICE, Way, hold_person
from assistant.services.sign_in_steps import StepKind, begin_step, take_step
from assistant.store.sign_in_tables import Passkey

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession


def offer_passkey_sign_in(desk: Desk) -> str:
    """Return the options, as JSON, with which a browser looks for a passkey of ours.

    They name nobody, so they tell nobody who has one.
    """
    with desk.unit_of_work() as work:
        challenge = begin_step(desk, work, StepKind.PASSKEY_SIGN_IN)
        work.commit(unrecorded="a challenge ends by itself")
    options = generate_authentication_options(
        rp_id=site_of(desk)[0],
        challenge=challenge.encode(),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def sign_in_with_passkey(desk: Desk, *, answer: str, device: str = UNKNOWN_DEVICE) -> OpenedSession:
    """Return a new session for the owner of the passkey; raises ``PasskeyRefused``."""
    credential, challenge = read_answer(answer)
    with desk.unit_of_work() as work:
        taken = take_step(desk, work, StepKind.PASSKEY_SIGN_IN, challenge)
        work.commit(unrecorded="a challenge is used up, whatever becomes of it")
    if taken is None:
        raise PasskeyRefused
    staff_id = _owner_of(desk, credential)
    with desk.unit_of_work() as work:
        try:
            hold_person(work, staff_id)
        except WrongSignIn as problem:
            raise PasskeyRefused from problem
        passkey = work.session.scalars(_mine(credential)).first()
        if passkey is None:
            raise PasskeyRefused  # it was removed a moment ago
        passkey.sign_count = _new_sign_count(desk, passkey, credential, challenge)
        passkey.used_at = desk.machine_clock.now()
        opened = enter(desk, work, Entrance(staff_id, Way.PASSKEY, device))
        work.history.append("passkey.used", staff_id, STAFF, staff_id)
        work.commit()
    return opened


def _owner_of(desk: Desk, credential: dict[str, Any]) -> str:
    with desk.unit_of_work(read_only=True) as work:
        passkey = work.session.scalars(_mine(credential)).first()
    if passkey is None:
        raise PasskeyRefused
    try:
        handle = base64url_to_bytes(credential["response"]["userHandle"])
    except UNUSABLE as problem:
        raise PasskeyRefused from problem
    staff_id: str = passkey.staff_id
    if not hmac.compare_digest(handle, user_handle(desk, staff_id)):
        raise PasskeyRefused
    return staff_id


def _mine(credential: dict[str, Any]) -> Any:  # noqa: ANN401 - a statement of SQLAlchemy's
    spelled = credential.get("id")
    known = (
        spelled if isinstance(spelled, str) and spelled.isascii() and "\0" not in spelled else ""
    )
    return select(Passkey).where(Passkey.credential_id == known)


def _new_sign_count(
    desk: Desk, passkey: Passkey, credential: dict[str, Any], challenge: str
) -> int:
    """Return the count; one that does not grow is a copy of the key, and is refused."""
    rp_id, origin = site_of(desk)
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except UNUSABLE as problem:
        raise PasskeyRefused from problem
