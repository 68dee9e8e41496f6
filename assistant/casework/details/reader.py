"""Reads everything a parent says about people and needs out of one message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.details import contact, mode, names, needs, roles, year_class
from assistant.casework.details.both_parents import find_both_parents
from assistant.casework.details.corrections import is_correction, with_correction, without_denied
from assistant.casework.details.relation import find_relation
from assistant.casework.details.shapes import Details
from assistant.casework.details.who import Who, settle_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHORT = 12
"""Words; in a short answer one word may be enough ("wheelchair", "4b")."""
_LONGEST = 20_000
_ABOUT_A_NAME = re.compile(
    r"\bspel|\bname|\bcalled\b|\bit'?s\b|\bnot\b|-[A-Za-z]-|^\s*(?:no|sorry|actually)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:in\s+)?(?:year|yr|y)[\s.:\-]{0,2}(?:1[0-3]|[1-9]|r|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven)\b"
    r"|\b(?:in\s+)?(?:reception|nursery|sixth\s+form)\b|\b(?:1[0-3]|[1-9])[A-Z]{1,4}\d?\b"
    r"|\bclass\s+(?!teacher)\w+|\b\w+\s+class\b",
    re.IGNORECASE,
)
_OTHER_SCHOOL_WORDS = re.compile(
    r"\b(?:interpreter|translator|BSL|SENCO|SEND|EHCP|SEN|ADHD|ASD|EXS|DD|DS|Teams|"
    r"Zoom|DSL|PE|TA|GCSEs?|A\s?levels?|WhatsApp|Facebook|Ofsted)\b"
)


def read_details(text: str, *, expects: str | None = None, people: Sequence[str] = ()) -> Details:
    """Return what ``text`` says; what it does not say stays None, nothing is guessed.

    ``expects`` is what was asked for (child, when, contact, statement, outcome, confirm,
    reference) and settles a bare name. ``people`` are names that somebody else found in the text.
    """
    text = text[:_LONGEST].replace("’", "'").replace("\x00", " ")
    answering = expects not in (None, "statement", "outcome")
    put_right = len(text.split()) <= _SHORT * 2 and is_correction(text, answering=answering)
    said = without_denied(text) if put_right else text
    details = _read(said, expects, people, put_right=put_right)
    return with_correction(details, text) if put_right else details


def _read(text: str, expects: str | None, people: Sequence[str], *, put_right: bool) -> Details:
    phones, email = contact.find_phones(text), contact.find_email(text)
    masked = _mask(text, [span for _, span in phones], [email[1]] if email else [])
    short = len(text.split()) <= _SHORT
    class_name = year_class.find_class(masked, short=short and expects in ("child", None))
    who = _who(masked, expects, people, put_right=put_right)
    safe, channel = contact.find_safe_contact(text)
    return Details(
        child_name=who.children[0] if who.children else None,
        children=tuple(dict.fromkeys(who.children)),
        year=year_class.find_year(masked) or year_class.year_of_class(class_name),
        class_name=class_name,
        parent_name=who.parent,
        relation=find_relation(masked),
        phone=phones[0][0] if phones else None,
        phone_ending=None if phones else contact.find_phone_ending(text),
        email=email[0] if email else None,
        role_wanted=roles.find_role(masked),
        staff_named=tuple(dict.fromkeys(who.staff)),
        mode=mode.find_mode(text),
        interpreter=needs.find_interpreter(text),
        supporter=needs.find_supporter(text),
        both_parents=find_both_parents(text),
        step_free=needs.find_step_free(text, short=short and expects is not None),
        safe_contact=safe,
        unsafe_channel=channel,
        anonymous=needs.find_anonymous(text, asked_who=expects == "contact"),
    )


def _who(masked: str, expects: str | None, people: Sequence[str], *, put_right: bool) -> Who:
    if put_right and expects not in ("child", "contact") and _ABOUT_A_NAME.search(masked):
        expects = (
            "contact" if re.search(r"\b(?:my|me|i'?m)\b.*\b(?:name|spel)", masked) else "child"
        )
    marked = _YEARS.sub(lambda match: "\x01" * len(match[0]), masked)
    who = settle_names(marked, expects, people)
    spelt = names.spelt_out(masked) if put_right or expects in ("child", "contact") else None
    if spelt and expects == "contact":
        who.parent = spelt
    elif spelt:
        who.children = [spelt]
    return who


def _mask(text: str, phones: Iterable[tuple[int, int]], emails: Iterable[tuple[int, int]]) -> str:
    """Put marks of the same length over what cannot be part of a name; years stay readable."""
    for mark, spans in (("\x02", phones), ("\x03", emails)):
        for start, end in spans:
            text = text[:start] + mark * (end - start) + text[end:]
    return _OTHER_SCHOOL_WORDS.sub(lambda match: match[0].lower(), text)
