"""Read the forms about a person's data: whose it is, and what is ruled on a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.masking import Ruling, RulingKind
from assistant.services.disclosure_shapes import DataSubject
from assistant.web.forms import field, one_line, problem_with_words, several

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.disclosure_shapes import DisclosureView
    from assistant.web.desk_frame import Words

WHY = ("name", "other_names", "email", "phone", "children", "identity", "why")
"""The fields of the form that begins a part."""
LONGEST_LINE = 200
MOST_CHILDREN = 12
MOST_AT_ONCE = 100
"""As many words can be shown again in one go; a passage with more takes two."""
NOTHING_CHOSEN = "Choose what to show, or write what to hide"


def sent_subject(written: Words) -> DataSubject:
    """Return whose data it is; each line of ``children`` is a child."""
    children = [one_line(each) for each in written["children"].splitlines()]
    return DataSubject(
        name=one_line(written["name"]),
        other_names=one_line(written["other_names"]),
        email=one_line(written["email"]),
        phone=one_line(written["phone"]),
        children=tuple(each for each in children if each),
    )


def problems_with(written: Words) -> Words:
    """Return what is wrong, by field."""
    found = {
        "name": "" if written["name"] else "Give the person’s name",
        "identity": "Say who checked who they are, and how" if not written["identity"] else "",
        "why": problem_with_words(written["why"]) or "",
    }
    for name in ("name", "other_names", "email", "phone", "identity"):
        if len(written[name]) > LONGEST_LINE:
            found[name] = f"Make it shorter: at most {LONGEST_LINE} characters"
    children = written["children"].splitlines()
    if len(children) > MOST_CHILDREN or any(len(each) > LONGEST_LINE for each in children):
        found["children"] = f"Give at most {MOST_CHILDREN} children, one name a line"
    return {name: said for name, said in found.items() if said}


def written_of(part: DisclosureView) -> Words:
    """Return the fields of a part that was begun, to be corrected."""
    if part.person is None:
        return {}
    person = part.person
    names = {"name": person.name, "other_names": person.other_names}
    reach = {"email": person.email, "phone": person.phone, "children": "\n".join(person.children)}
    return names | reach | {"identity": part.identity, "why": part.why}


def sent_rulings(request: Request, passage: str) -> tuple[Ruling, ...]:
    """Return what the form of one passage asks for, in order; nothing for an unknown button."""
    button = field(request, "act")
    whole = {each.value: each for each in (RulingKind.WITHHOLD, RulingKind.RELEASE)}
    if button in whole:
        return (Ruling(whole[button], passage),)
    if button != "words":
        return ()
    where = "" if field(request, "everywhere") == "yes" else passage
    again = several(request, "show")[:MOST_AT_ONCE]
    shown = [Ruling(RulingKind.SHOW, where, words) for words in again if words]
    hidden = one_line(field(request, "hide"))[:LONGEST_LINE]
    return (*shown, *([Ruling(RulingKind.HIDE, where, hidden)] if hidden else []))
