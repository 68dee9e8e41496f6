"""Who a record is about and how to reach them, as pairs of a term and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.handlers import titled
from assistant.casework.look_alikes import mixes_alphabets, staff_named_like

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.services.shapes import Child, Contact, Needs

Fact = tuple[str, str]


def year_words(year: int) -> str:
    """Return `Year 4`, or `Reception` for 0."""
    return f"Year {year}" if year else "Reception"


def child_words(child: Child) -> str:
    """Return `Finn, Year 4, class 4B` with the parts that are known."""
    year = "" if child.year is None else year_words(child.year)
    class_name = f"class {child.class_name}" if child.class_name else ""
    return ", ".join(part for part in (child.name, year, class_name) if part)


def contact_facts(contact: Contact) -> tuple[Fact, ...]:
    """Return name, phone and e-mail; an address that is not safe says so beside it."""
    warning = " (not safe to write to: ring instead)" if contact.safe is False else ""
    email = contact.email + warning if contact.email else ""
    return (("Parent", contact.name), ("Phone", contact.phone), ("E-mail", email))


def needs_words(needs: Needs, *, interpreter_booked: bool = False) -> str:
    """Return what has to be arranged, in one sentence; empty when nothing has."""
    booked = " (booked)" if interpreter_booked else ""
    wanted = [
        f"{needs.interpreter} interpreter{booked}" if needs.interpreter else "",
        "brings a supporter" if needs.supporter else "",
        "step-free room" if needs.step_free else "",
        "both parents come" if needs.both_parents else "",
    ]
    words = ", ".join(part for part in wanted if part)
    return words[:1].upper() + words[1:]


def people_facts(
    contact: Contact, child: Child, needs: Needs, *, interpreter_booked: bool = False
) -> tuple[Fact, ...]:
    """Return everything that is known about the parent and the child."""
    return (
        *contact_facts(contact),
        ("Child", child_words(child)),
        ("To arrange", needs_words(needs, interpreter_booked=interpreter_booked)),
    )


def name_warning(school: School, *names: str) -> str:
    """Return what to look at twice in the names that a parent gave; empty when nothing is odd."""
    alike = {titled(each) for name in names for each in staff_named_like(school, name)}
    said = [f"A name here reads like {who}. It may be somebody else." for who in sorted(alike)]
    if any(mixes_alphabets(name) for name in names):
        said.append("A name here mixes letters of two alphabets, so it may not be what it seems.")
    return " ".join(said)
