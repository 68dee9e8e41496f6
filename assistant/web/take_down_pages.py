"""Take down a case at the desk for a parent who phones, writes or walks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.kinds import FROM_A_PARENT, OF_THE_SCHOOL, CaseKind, CaseWay
from assistant.services.shapes import Child, Contact
from assistant.services.take_down_case import take_down_case
from assistant.services.who_is_meant import people_in_words
from assistant.web.calling import ask
from assistant.web.desk_frame import chosen, me, show
from assistant.web.forms import field, is_phone, problem_with_words, sent_key, several
from assistant.web.gate import guard

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.web.desk_frame import Words

blueprint = Blueprint("take_down", url_prefix="/desk")
guard(blueprint)

ASKED = "asked_about"
"""The field that says that the question whom it is about was shown."""
FIELDS = ("way", "kind", "name", "phone", "email", "safe", "child", "class_name", "words", "wanted")


@blueprint.get("/take-down", name="form")
async def form(request: Request) -> HTTPResponse:
    """Show the form."""
    return _form(request, {}, {})


@blueprint.post("/take-down", name="save")
async def save(request: Request) -> HTTPResponse:
    """Open the case and show what to read out, or the form again with what to mend."""
    typed = {name: field(request, name) for name in FIELDS}
    way, kind = chosen(CaseWay, typed["way"]), chosen(CaseKind, typed["kind"])
    school: School = request.app.ctx.desk.school
    about = frozenset(several(request, "about")) & set(school.by_id)
    unticked = await ask(request, people_in_words, text=typed["words"]) - about
    answered = field(request, ASKED) == "yes"
    found = _problems(typed) | ({} if answered else _about_whom(school, unticked))
    if way not in FROM_A_PARENT or kind is None or found:
        return _form(request, typed, found, asked=answered or "about" in found)
    receipt = await ask(
        request,
        take_down_case,
        staff_id=me(request),
        way=way,
        kind=kind,
        statement=typed["words"],
        outcome_wanted=typed["wanted"],
        contact=Contact(typed["name"], typed["phone"], typed["email"], safe=typed["safe"] == "yes"),
        child=_child(school, typed),
        subjects=about,
        idempotency_key=sent_key(request),
    )
    page = "follow_up_begun" if kind in OF_THE_SCHOOL else "taken_down"
    return show(request, page, "cases", receipt=receipt, reference="")


def _about_whom(school: School, named: frozenset[str]) -> Words:
    """Return the question about people whom the words name and nobody ticked; asked once."""
    who = ", ".join(school.person(each).known_as for each in sorted(named))
    question = f"The words name {who}. Tick them if it is about them, then open the case"
    return {"about": question} if named else {}


def _child(school: School, typed: Words) -> Child:
    known = school.school_class(typed["class_name"])
    return Child(typed["child"], known.year if known else None, typed["class_name"])


def _problems(typed: Words) -> Words:
    reachable = is_phone(typed["phone"]) or "@" in typed["email"]
    found = {
        "way": "" if chosen(CaseWay, typed["way"]) in FROM_A_PARENT else "Choose how it came in",
        "kind": "" if chosen(CaseKind, typed["kind"]) else "Choose what it is",
        "phone": "" if reachable else "Give a phone number or an e-mail address",
        "words": problem_with_words(typed["words"]) or "",
    }
    return {name: said for name, said in found.items() if said}


def _kind(kind: CaseKind) -> dict[str, object]:
    posted = "The parent below is the one who posted. They hear of it with the first step."
    hint = {"hint": {"text": posted}} if kind in OF_THE_SCHOOL else {}
    return {"value": kind.value, "text": kind.label, **hint}


def _form(request: Request, typed: Words, found: Words, *, asked: bool = False) -> HTTPResponse:
    school: School = request.app.ctx.desk.school
    lists = {
        "ways": [{"value": each.value, "text": each.label} for each in FROM_A_PARENT],
        "kinds": [_kind(each) for each in CaseKind],
        "classes": [{"value": "", "text": "Not said"}]
        + [{"value": each.name, "text": each.name} for each in school.classes],
        "people": [
            {"value": each.id, "text": f"{each.known_as}, {each.role.label}"}
            for each in school.people
        ],
    }
    about = list(several(request, "about"))
    shown = {"found": found, "written": typed, "lists": lists, "about": about, "asked": asked}
    return show(request, "take_down", "cases", **shown)
