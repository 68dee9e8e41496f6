"""One alert as its page shows it, with words for every code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.alert_leads import bodies_of
from assistant.casework.alert_steps import AlertState, AlertStep, Outcome
from assistant.web.facts import contact_facts
from assistant.web.record_sheets import due_sheet, sentence

if TYPE_CHECKING:
    from datetime import date

    from assistant.casework.school import School
    from assistant.casework.school_shapes import Body
    from assistant.services.desk_shapes import AlertRow, AlertView
    from assistant.web.record_sheets import Choice, DueSheet


@dataclass(frozen=True)
class AlertSheet:
    """An alert page; ``lado`` is None without that clock."""

    view: AlertView
    address: str
    contact: str
    told: str
    lado: DueSheet | None
    council: tuple[Body, ...]
    waits: bool


def alert_sheet(view: AlertView, school: School, today: date) -> AlertSheet:
    """Return what the alert page shows on the London date ``today``."""
    reach = [value for _, value in contact_facts(view.contact) if value] if view.contact else []
    return AlertSheet(
        view=view,
        address=f"/desk/alerts/{view.row.id}",
        contact=", ".join(reach),
        told=sentence(view.told),
        lado=lado_sheet(view.row, today),
        council=bodies_of(school)[:2],
        waits=view.row.state == AlertState.WAITING.value,
    )


def lado_sheet(row: AlertRow, today: date) -> DueSheet | None:
    """Return by when the designated officer must hear of the alert, None without that clock."""
    owed = row.state != AlertState.CLOSED.value
    return due_sheet(row.lado_due, today, owed=owed) if row.lado_due else None


def step_choices(view: AlertView, school: School) -> dict[str, list[Choice]]:
    """Return what the forms of the steps let a lead choose from."""
    bodies = bodies_of(school)
    return {
        AlertStep.REFER.value: [
            {"value": body.id, "text": body.name, "hint": {"text": body.contact}} for body in bodies
        ],
        AlertStep.DOWNGRADE.value: [{"value": each.value, "text": each.label} for each in Outcome],
        AlertStep.SHARE.value: _people(view.colleagues),
        AlertStep.NAME.value: _people(view.staff),
    }


def _people(people: tuple[tuple[str, str], ...]) -> list[Choice]:
    nobody: list[Choice] = [{"value": "", "text": "Choose a person"}]
    return nobody + [{"value": staff_id, "text": name} for staff_id, name in people]
