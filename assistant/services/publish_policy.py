"""Note each version of the social media policy as it is published, and refuse one that changed.

What parents were asked to keep to must still be readable as it was, with its days.

Errors: ``PolicyChanged``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.policy import fingerprint, version_named
from assistant.services.errors import ServiceError
from assistant.store.policy_tables import PublishedPolicy
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.casework.policy import SocialMediaPolicy
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

POLICY, SYSTEM = "policy", "school file"


class PolicyChanged(ServiceError):  # noqa: N818 - it names what happened
    """A version that parents have read is another now, or gone; its text says what to do."""


def publish_policy(desk: Desk) -> int:
    """Note the versions of the school file that are new, and return how many.

    Raises ``PolicyChanged``, and then notes nothing.
    """
    return settled(partial(_publish, desk))


def _publish(desk: Desk) -> int:
    with desk.unit_of_work() as work:
        known = {row.version: row for row in _published(desk, work)}
        for row in known.values():
            _refuse_changed(desk.school.policy_versions, row)
        new = [each for each in desk.school.policy_versions if each.version not in known]
        for version in new:
            work.session.add(_row(desk, version))
            work.history.append("policy.published", SYSTEM, POLICY, version.version)
        if new:
            work.commit()
    return len(new)


def _published(desk: Desk, work: UnitOfWork) -> Sequence[PublishedPolicy]:
    ours = select(PublishedPolicy).where(PublishedPolicy.school == desk.school.short_name)
    return work.session.scalars(ours).all()


def _refuse_changed(versions: Sequence[SocialMediaPolicy], row: PublishedPolicy) -> None:
    present = version_named(versions, row.version)
    if present and fingerprint(present) == row.digest:
        return
    what = "was changed" if present else "is gone from the school file"
    since = to_london(row.published_at)
    message = (
        f"Version {row.version} of the social media policy {what}. Parents could read it from "
        f"{since.day} {since:%B %Y} on, so it has to stay as it was: put it back, and "
        "write what is new as a new version below it."
    )
    raise PolicyChanged(message)


def _row(desk: Desk, version: SocialMediaPolicy) -> PublishedPolicy:
    return PublishedPolicy(
        school=desk.school.short_name,
        version=version.version,
        digest=fingerprint(version),
        published_at=desk.clock.now(),
    )
