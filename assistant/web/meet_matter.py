"""What the talk is about and who it is about: asked before anybody or any time is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.casework.talks import TalkAbout
from assistant.services.draft_people import unsettled_names
from assistant.services.shapes import Child
from assistant.web.forms import NOTE_CHARACTERS, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers

    Change = Callable[[Answers], Answers]

ABOUT_FIELDS = ("about", "named", "group", "matter")
RECEPTION = 0


def about_written(answers: Answers) -> dict[str, str]:
    """Return what the page's fields hold."""
    return {
        "about": answers.about,
        "named": answers.named,
        "group": group_of(answers.child),
        "matter": answers.matter,
    }


def about_shown(desk: Desk, _answers: Answers) -> dict[str, Any]:
    """Return the choices: who it may be about, and the school's years with their classes."""
    return {"choices": list(TalkAbout), "groups": groups_of(desk)}


def groups_of(desk: Desk) -> list[tuple[str, str, list[str]]]:
    """Return each year of the school: its name, its value in a list, and its classes."""
    return [
        (
            year_words(year),
            f"year-{year}",
            [each.name for each in desk.school.classes if each.year == year],
        )
        for year in sorted({each.year for each in desk.school.classes})
    ]


def about_problems(desk: Desk, _answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return what is missing or too long."""
    found = {}
    if typed["about"] not in {choice.value for choice in TalkAbout}:
        found["about"] = "Choose who the talk is about"
    if len(typed["matter"]) > NOTE_CHARACTERS:
        found["matter"] = too_long()
    if typed["group"] and child_of_group(desk, typed["group"]) is None:
        found["group"] = "Choose a class or year from the list"
    return found


def about_change(desk: Desk, typed: dict[str, str]) -> Change:
    """Put the answers in; whoever was chosen before may no longer be the right person."""
    child = child_of_group(desk, typed["group"]) or Child()

    def change(answers: Answers) -> Answers:
        staff = typed["about"] == TalkAbout.STAFF.value
        return replace(
            answers,
            about=typed["about"],
            named=one_line(typed["named"]) if staff else "",
            matter=typed["matter"],
            child=replace(answers.child, year=child.year, class_name=child.class_name),
        )

    return change


def named_fields(desk: Desk, answers: Answers) -> tuple[str, ...]:
    """Return one field for each person whom the words name."""
    return tuple(f"is-{staff_id}" for staff_id in sorted(unsettled_names(desk, answers)))


def named_shown(desk: Desk, answers: Answers) -> dict[str, Any]:
    """Return those people, as parents know them."""
    people = [desk.school.person(each) for each in sorted(unsettled_names(desk, answers))]
    return {"people": people}


def named_problems(desk: Desk, answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return a sentence for each person of whom nothing was chosen."""
    return {
        name: "Choose yes or no"
        for name in named_fields(desk, answers)
        if typed.get(name) not in {"yes", "no"}
    }


def named_change(_desk: Desk, typed: dict[str, str]) -> Change:
    """Keep whom it is about, and whom it is not about although the words name them."""
    said = {name.removeprefix("is-"): value for name, value in typed.items()}
    meant = {staff_id for staff_id, value in said.items() if value == "yes"}
    spared = {staff_id for staff_id, value in said.items() if value == "no"}

    def change(answers: Answers) -> Answers:
        return replace(
            answers,
            meant=tuple(sorted({*answers.meant, *meant})),
            spared=tuple(sorted({*answers.spared, *spared})),
        )

    return change


def year_words(year: int) -> str:
    """Return ``Year 4`` or ``Reception``."""
    return f"Year {year}" if year > RECEPTION else "Reception"


def too_long() -> str:
    """Say that the words are too many."""
    return f"Make it shorter: at most {NOTE_CHARACTERS:,} characters"


def group_of(child: Child) -> str:
    """Return the item of the list that stands for the child's class or year."""
    if child.class_name:
        return child.class_name
    return "" if child.year is None else f"year-{child.year}"


def child_of_group(desk: Desk, group: str) -> Child | None:
    """Return year and class of an item of the list, None for anything else."""
    for each in desk.school.classes:
        if group == each.name:
            return Child(year=each.year, class_name=each.name)
        if group == f"year-{each.year}":
            return Child(year=each.year)
    return None
