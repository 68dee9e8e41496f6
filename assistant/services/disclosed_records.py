"""Whole records as they would be handed over: what is known, dates, words, who read it.

Colleagues are named by their role, as they act in it. The safeguarding store is never opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.handlers import titled
from assistant.casework.kinds import CaseStatus
from assistant.casework.wording import say_when
from assistant.services.case_dates import UNTOLD_REVIEW
from assistant.services.desk_rows import case_rows, meeting_row
from assistant.services.disclosure_shapes import Passage, Reading, WholeRecord
from assistant.services.find_masks import is_same_name
from assistant.services.record_links import CASE, MEETING
from assistant.services.records import needs_of
from assistant.services.timeline import timeline_of

if TYPE_CHECKING:
    from datetime import date

    from assistant.casework.school import School
    from assistant.services.desk import Desk
    from assistant.services.disclosure_shapes import DataSubject
    from assistant.services.shapes import Child, Contact, Needs
    from assistant.store.meeting_tables import Meeting
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

    Texts = list[tuple[str, str, str]]
    """The last word of a passage's key, its title, its words."""

BY_ANOTHER = "Somebody else sent this record to the school. That they did is their data, too."
UNTOLD = "The parent was not told of this step. Let it be read only if they may know of it now."
DIVERTED = "This was passed to safeguarding: the designated safeguarding lead decides."
READ = {CASE: "case.read", MEETING: "meeting.read"}
ANOTHER_CHILD, ANOTHER_PERSON, GONE = "another child", "another person", "somebody who has left"


def whole_case(
    desk: Desk, work: UnitOfWork, case: CaseFile, person: DataSubject, maker: str
) -> WholeRecord:
    """Return the case; ``person`` is whose copy it will be, ``maker`` who looks at it first."""
    row = case_rows(work, [case])[0]
    texts: Texts = [
        *_people(row.contact, row.child, needs_of(work, case)),
        ("statement", "What was written to the school", work.unseal(case, "statement")),
        ("wanted", "What was wanted", work.unseal(case, "outcome_wanted")),
    ]
    facts = (
        ("Kind", row.kind_label),
        ("Received", f"{to_london(row.received_at):%-d %B %Y, %H:%M}"),
        ("Counted as received on", f"{case.deemed_received_on:%-d %B %Y}"),
        ("Stage", row.stage),
        ("Where it has got to", row.status_label),
        ("With", by_role(desk.school, row.handler_label)),
    )
    return WholeRecord(
        reference=row.reference,
        what=row.kind_label,
        facts=facts,
        dates=tuple(due for due in row.deadlines if due.name != UNTOLD_REVIEW),
        passages=_passages(
            desk, work, (CASE, case, maker), texts, _held(case, row.contact, person)
        ),
        readings=_readings(desk, work, CASE, case.id),
        names=_names(row.contact, row.child, person),
    )


def whole_meeting(
    desk: Desk, work: UnitOfWork, meeting: Meeting, person: DataSubject, maker: str
) -> WholeRecord:
    """Return the meeting; ``person`` is whose copy it will be, ``maker`` who looks at it first."""
    row = meeting_row(desk, work, meeting)
    texts: Texts = [
        *_people(row.contact, row.child, row.needs),
        ("note", "What the school was told before", work.unseal(meeting, "note")),
    ]
    facts = (
        ("When", say_when(to_london(row.starts_at), to_london(row.ends_at))),
        ("How", row.mode_label),
        ("Where", row.place),
        ("With", by_role(desk.school, row.host_label)),
        ("Where it has got to", row.status_label),
    )
    return WholeRecord(
        reference=row.reference,
        what="Meeting",
        facts=facts,
        dates=(),
        passages=_passages(
            desk, work, (MEETING, meeting, maker), texts, _held(None, row.contact, person)
        ),
        readings=_readings(desk, work, MEETING, meeting.id),
        names=_names(row.contact, row.child, person),
    )


def by_role(school: School, words: str) -> str:
    """Return words of ours with each colleague's name taken off their role."""
    for each in school.people:
        words = words.replace(titled(each), _capital(each.role.label))
    return words


def is_anothers(contact: Contact, person: DataSubject) -> bool:
    """Tell whether somebody else sent it: a phone and an inbox may be shared, a name is not."""
    if contact.name.strip():
        mine = (person.name, person.other_names)
        return not any(is_same_name(contact.name, each) for each in mine)
    reach = {contact.email.strip().lower(), contact.phone.strip()} - {""}
    return not reach & {person.email.strip().lower(), person.phone.strip()}


def _capital(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}"


def _people(contact: Contact, child: Child, needs: Needs) -> Texts:
    year = "" if child.year is None else f"Year {child.year}" if child.year else "Reception"
    safe = "" if contact.safe is None else "is safe" if contact.safe else "is not safe"
    wishes = (
        (needs.interpreter, f"an interpreter for {needs.interpreter}"),
        (needs.supporter, "brings somebody"),
        (needs.step_free, "needs step-free access"),
        (needs.both_parents, "both parents come together"),
    )
    reach = (
        contact.name,
        contact.phone,
        contact.email,
        f"writing by e-mail {safe}" if safe else "",
    )
    return [
        ("contact", "How to reach who sent it", _lines(*reach)),
        ("child", "The child", _lines(child.name, year, child.class_name)),
        ("needs", "What was needed", _lines(*(said for wanted, said in wishes if wanted))),
    ]


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _passages(
    desk: Desk,
    work: UnitOfWork,
    record: tuple[str, CaseFile | Meeting, str],
    texts: Texts,
    held: str,
) -> tuple[Passage, ...]:
    """Return fields and timeline; keys hold the place in a timeline that only grows.

    All of it is held back where another person sent it: that they did is theirs, too.
    """
    kind, row, maker = record
    found = [
        Passage(f"{row.reference}-{name}", title, None, text, held)
        for name, title, text in texts
        if text
    ]
    for entry in timeline_of(desk, work, kind, row.id, maker):
        title = by_role(desk.school, entry.title)
        why = held or (UNTOLD if entry.untold else "")
        found.append(Passage(f"{row.reference}-{entry.place}", title, entry.at, entry.words, why))
    return tuple(found)


def _held(case: CaseFile | None, contact: Contact, person: DataSubject) -> str:
    """Return why the words of a record are held back at first, empty when they are not."""
    if case is not None and case.status == CaseStatus.DIVERTED.value:
        return DIVERTED
    return BY_ANOTHER if is_anothers(contact, person) else ""


def _names(contact: Contact, child: Child, person: DataSubject) -> tuple[tuple[str, str], ...]:
    pairs = ((contact.name, ANOTHER_PERSON), (child.name, ANOTHER_CHILD))
    return tuple(
        (name.strip(), label)
        for name, label in pairs
        if name.strip() and not any(is_same_name(name, own) for own in person.own_names)
    )


def _readings(desk: Desk, work: UnitOfWork, kind: str, record_id: str) -> tuple[Reading, ...]:
    days: dict[str, list[date]] = {}
    for event in work.events_of(kind, record_id):
        if event.kind == READ[kind]:
            reader = desk.school.by_id.get(event.actor)
            role = _capital(reader.role.label if reader else GONE)
            days.setdefault(role, []).append(to_london(event.at).date())
    return tuple(Reading(role, min(found), max(found)) for role, found in sorted(days.items()))
