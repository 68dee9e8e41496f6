"""The answers as a summary to check, and what happens after the booking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode
from assistant.casework.resources import interpreters_for
from assistant.casework.talks import TalkAbout
from assistant.casework.wording import say_list
from assistant.web import words
from assistant.web.facts import child_words

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.services.draft_answers import Answers
    from assistant.services.shapes import Contact, MeetingReceipt, Needs


@dataclass(frozen=True)
class SummaryRow:
    """One line; ``step`` is where it is changed, if anywhere, and ``what`` completes "Change"."""

    term: str
    value: str
    step: str = ""
    what: str = ""
    own_words: bool = False


def summary(answers: Answers, school: School) -> tuple[SummaryRow, ...]:
    """Return the lines in the order of the pages."""
    host = school.person(answers.host_id)
    note = answers.note or "Nothing to add"
    return (
        SummaryRow("With", host.known_as, "who", "who you talk to"),
        SummaryRow("Who can read this", _readers(answers, school)),
        SummaryRow("When", _when(answers), "when", "the time"),
        SummaryRow("How", words.sentence(MeetingMode(answers.mode).label), "how", "how you meet"),
        SummaryRow(
            "Needs", needs_said(answers.needs, school) or "Nothing special", "how", "what you need"
        ),
        SummaryRow(
            "About", answers.matter or "You will say", "about", "what it is about", own_words=True
        ),
        SummaryRow("It is about", about_said(answers, school), "about", "who it is about"),
        SummaryRow("Child", child_words(answers.child) or "Not given", "details", "the child"),
        SummaryRow("Your name", answers.contact.name, "details", "your name"),
        SummaryRow("How to reach you", reach_said(answers.contact), "details", "how to reach you"),
        SummaryRow("Note", note, "details", "the note", own_words=True),
    )


def about_said(answers: Answers, school: School) -> str:
    """Return who the talk is about, with the names that were typed or confirmed."""
    names = [answers.named] if answers.named else []
    names += [school.person(staff_id).known_as for staff_id in answers.meant]
    if names:
        return say_list(list(dict.fromkeys(names)))
    return TalkAbout(answers.about).label


def needs_said(needs: Needs, school: School) -> str:
    """Return in one sentence what was asked for, if anything, and what is still to be arranged."""
    wanted = [
        f"an interpreter for {needs.interpreter}" if needs.interpreter else "",
        "a room without steps" if needs.step_free else "",
        "you bring somebody" if needs.supporter else "",
        "both parents come together" if needs.both_parents else "",
    ]
    said = [part for part in wanted if part]
    if not said:
        return ""
    arranged = needs.interpreter and not interpreters_for(school, needs.interpreter)
    later = ". The school will arrange the interpreter" if arranged else ""
    return words.sentence(say_list(said)) + later


def reach_said(contact: Contact) -> str:
    """Return number and address, with the warning that was given."""
    ways = [part for part in (contact.phone, contact.email) if part]
    careful = "" if contact.safe else ". We do not write to you"
    return ", ".join(ways) + careful


def next_steps(receipt: MeetingReceipt, school: School) -> tuple[str, ...]:
    """Return what happens after the booking, one sentence each."""
    how = {
        MeetingMode.PHONE.value: f"{receipt.host_name} rings you at that time.",
        MeetingMode.VIDEO.value: "The school sends you a link for the video call before that day.",
    }.get(receipt.mode, f"Come to {receipt.place}. The office shows you the way.")
    return (
        how,
        "You can bring somebody with you.",
        f"If you cannot come, use the link below or ring {school.phone}.",
    )


def _readers(answers: Answers, school: School) -> str:
    host = school.person(answers.host_id)
    through = answers.channel == "governors"
    who = f"{host.known_as} and the clerk to governors" if through else host.known_as
    return f"{who}, unless someone may be at risk"


def _when(answers: Answers) -> str:
    if answers.starts_at is None or answers.ends_at is None:
        return ""
    return f"{words.moment(answers.starts_at)} to {words.clock(answers.ends_at)}"
