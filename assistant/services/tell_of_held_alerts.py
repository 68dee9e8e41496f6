"""While alerts cannot be stored, tell their leads by e-mail all the same that one is waiting.

The outbox is in the database that is away, so these go straight out: at least once, always under
the same Message-ID, and again as often as a stored alert would be. A file beside the sealed one
says when the next is due; it holds nothing but that instant.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from assistant.casework.alert_leads import leads_for
from assistant.services.alert_mail import SUBJECT, closed_words
from assistant.services.alert_spool import SEALED, folder_of, spooled
from assistant.services.case_dates import today_of
from assistant.services.letters import Letter, as_email
from assistant.services.mailers import Outcome
from assistant.services.outbox import DO_NOT_FORWARD
from assistant.services.turns import stored_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.services.alert_spool import Told
    from assistant.services.desk import Desk
    from assistant.services.mailers import Mailer

DUE = ".due"
SOON = timedelta(minutes=1)
KEPT = (
    "Something has come in that you must read today, and a fault keeps it from the desk. It is "
    "kept safe. As soon as the fault is mended you get another message, and it is on the desk.\n\n"
    "Please tell whoever looks after Schoolgate now that its alerts database does not answer."
)

log = structlog.get_logger()


def tell_of_held_alerts(desk: Desk, mailer: Mailer) -> int:
    """Write to the leads of every alert that is still kept on the disk; return how many letters."""
    sent = 0
    for told in spooled(desk):
        mark = folder_of(desk) / f"{told.key}{DUE}"
        if _due_at(mark) > desk.clock.now():
            continue
        outcomes = [_send(desk, mailer, letter) for letter in _letters(desk, told)]
        good = sum(outcome in {Outcome.SENT, Outcome.UNSURE} for outcome in outcomes)
        repeat = timedelta(minutes=desk.settings.alert_repeat_minutes)
        _set_due(mark, desk.clock.now() + (repeat if good else SOON))
        sent += good
    _forget_marks(desk)
    return sent


def _send(desk: Desk, mailer: Mailer, letter: Letter) -> Outcome:
    message = as_email(desk, letter)
    outcome = mailer.send(message) if message else Outcome.REFUSED
    log.info("held_alert_told", message=letter.message_id, outcome=outcome.value)
    return outcome


def _letters(desk: Desk, told: Told) -> Iterator[Letter]:
    today, now = today_of(desk), desk.clock.now()
    domain = desk.settings.mail_from.rpartition("@")[2]
    for lead in leads_for(desk.school, told.subjects, today, told.passed_over):
        name = stored_key(f"held|{told.key}|{lead.staff}")[:32]
        to = desk.school.person(lead.staff).email
        yield Letter(to, SUBJECT, _body(desk), f"<{name}@{domain}>", now)


def _body(desk: Desk) -> str:
    words = (KEPT, closed_words(desk), DO_NOT_FORWARD)
    return "\n\n".join(part for part in words if part)


def _due_at(mark: Path) -> datetime:
    try:
        return datetime.fromisoformat(mark.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return datetime.fromisoformat("1970-01-01T00:00+00:00")


def _set_due(mark: Path, due_at: datetime) -> None:
    with suppress(OSError):  # it is told once more, which is the lesser harm
        mark.write_text(due_at.isoformat(), encoding="ascii")


def _forget_marks(desk: Desk) -> None:
    """Take the marks of those away that are stored by now."""
    for mark in folder_of(desk).glob(f"*{DUE}"):
        if not mark.with_suffix(SEALED).exists():
            mark.unlink(missing_ok=True)
