"""Decides whose name each name is: the child's, the parent's, or nobody's we asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.casework.details.names import NameRun, find_names, find_staff, tidy

_KIN = (
    r"(?:son|daughter|child|kid|lad|boy|girl|little\s+(?:one|boy|girl|lad)|grandson|"
    r"granddaughter|grandchild|step-?son|step-?daughter|step-?child"
    r"|foster\s+(?:son|daughter|child)|niece|nephew|eldest|youngest|oldest|"
    r"middle\s+(?:one|child)|pupil|student|twins|sons|daughters|children|kids|boys|"
    r"girls|brother|sister|bairn|wee\s+(?:one|man)|ds|dd)"
)
_ADULT = (
    r"(?:mum|mam|mom|mummy|mother|dad|daddy|father|parent|nan|nana|nanny|gran|granny|"
    r"grandma|grandmother|grandad|granddad|grandpa|grandfather|grandparent|step-?mum|"
    r"step-?dad|aunt|auntie|aunty|uncle|carer|guardian|childminder|foster\s+(?:mum|"
    r"dad|carer|parent))"
)
_CHILD_BEFORE = re.compile(
    rf"(?:\b(?:my|our|the|his|her|their|a|and|"
    rf"year\s+\d+)?\s*{_KIN}(?:'?s)?(?:\s+name)?(?:\s+(?:is|are|=))?(?:\s+(?:called|"
    rf"named))?[\s,:(]*"
    r"|\b(?:she|he|they)(?:'?s|\s+is|\s+are)?\s+(?:called|named)\s+|\b(?:his|her|"
    r"their|child'?s|kids?|pupil'?s?|student'?s?)\s+(?:full\s+|first\s+|last\s+|sur|"
    r"second\s+)?name(?:'?s|\s+is)?[\s:]+"
    rf"|\b{_ADULT}\s+(?:of|to|for)\s+|\b(?:child|pupil|student)\s*[:=\-]\s*)$",
    re.IGNORECASE,
)
_ABOUT_BEFORE = re.compile(
    r"\b(?:for|about|re|regarding|it'?s\s+(?:for|about)|concerning|"
    r"to\s+do\s+with)[\s:]+$",
    re.IGNORECASE,
)
_CHILD_AFTER = re.compile(
    r"^[\s,(\-:.]*(?:who(?:'s|\s+is)?\s+|he'?s\s+|she'?s\s+|is\s+|"
    r"they'?re\s+)?(?:in\s+|from\s+|at\s+)?(?:\x01|aged?\s+\d|\d{1,2}\s*(?:yrs?|"
    r"years?|y/?o)\b)"
    rf"|^['’]s?\s+(?:{_ADULT}|class|teacher|form|tutor|head\s+of|ta\b|school|year)"
    r"|^\s+(?:is|has|was)\s+(?:in|being|been|my|only|a\s+pupil)",
    re.IGNORECASE,
)
_PARENT_BEFORE = re.compile(
    rf"(?:\b(?:i'?m|i\s+am|im|my\s+(?:full\s+)?name(?:'?s|\s+is)?|i'?m\s+called|"
    rf"this\s+is|it'?s\s+(?:me|just)|me|(?:my\s+|your\s+)?(?:own\s+)?name'?s?|"
    rf"call\s+me|i\s+go\s+by|signed|regards|sincerely|yours|thanks|cheers|"
    rf"parent(?:'s)?(?:\s+name)?|contact(?:\s+name)?|ask\s+for|and\s+i'?m|"
    rf"speaking\s+to)(?:\s+is)?[\s,:=\-]+"
    rf"|\b(?:i'?m\s+|i\s+am\s+)?(?:his|her|their|the|"
    rf"\w+'?s)?\s*{_ADULT}(?:'?s)?(?:\s+name)?(?:\s+(?:is|here))?[\s,:(]+)$",
    re.IGNORECASE,
)
_PARENT_SURELY_BEFORE = re.compile(
    r"\b(?:i'?m|i\s+am|my\s+(?:full\s+)?name(?:'?s|\s+is)|i'?m\s+called)\s+$", re.IGNORECASE
)
_CHILD_OF_WRITER = re.compile(
    rf"\b(?:my|our)\s+(?:\w+\s+)?{_KIN}(?:'s)?(?:\s+name)?(?:\s+(?:is|"
    rf"are))?(?:\s+(?:called|named))?[\s,(]*$|\b{_ADULT}\s+(?:of|to)\s+$|\b(?:she|"
    rf"he)(?:'?s|\s+is)?\s+(?:called|named)\s+$",
    re.IGNORECASE,
)
_PARENT_AFTER = re.compile(
    rf"^[\s,(\-–/]*(?:(?:his|her|their|the)\s+)?{_ADULT}\b|^\s+here\b|"
    rf"^[\s,:.\-–(]*(?:(?:on|at|my|number|mobile|mob|tel|phone|ph|is|no|and|email|"
    rf"e-mail|contact)[\s:.,\-]*){{0,4}}[\x02\x03]",
    re.IGNORECASE,
)
_BARE_NAME_BEFORE = re.compile(r"(?<!my )(?<!own )\bname(?:'?s|\s+is)?[\s:]+$", re.IGNORECASE)
_JOINED = re.compile(r"^\s*(?:,|&|\+|and|n)\s*$", re.IGNORECASE)
_NOBODY_BEFORE = re.compile(
    r"\b(?:bully|bullied\s+by|called\s+out|friend|mate|with|by|against|school|street|"
    r"road|lane|house|saint|st|st\.|in|at|on|to|near|speaks?|only)\s+$",
    re.IGNORECASE,
)
_SHORT = 30
"""Words; a longer message is a story, in which only names with a cue are read."""


@dataclass
class Who:
    """The names settled so far, as shown to people."""

    children: list[str] = field(default_factory=list)
    parent: str | None = None
    staff: list[str] = field(default_factory=list)
    loose: list[NameRun] = field(default_factory=list)


def settle_names(masked: str, expects: str | None, people: Sequence[str]) -> Who:
    """Read the names of ``masked`` (years are \\x01, phones \\x02, e-mails \\x03; same length)."""
    who = Who()
    titled = find_staff(masked)
    for run in titled:
        _settle_titled(who, run, masked, expects)
    rest = masked
    for run in titled:
        rest = rest[: run.start] + "\x04" * (run.end - run.start) + rest[run.end :]
    short = len(masked.split()) <= _SHORT
    plain = masked.translate({ord("I"): None}) == masked.translate({ord("I"): None}).lower()
    runs = find_names(
        rest, people, lower_case=short and (plain or expects in ("child", "contact", "confirm"))
    )
    for number, run in enumerate(runs):
        previous = runs[number - 1] if number else None
        _settle(who, run, previous, rest, expects, short=short)
    _join_siblings(who, runs, rest)
    if short:
        _settle_loose(who, rest, expects)
    return who


def _settle_titled(who: Who, run: NameRun, text: str, expects: str | None) -> None:
    before, after = text[: run.start], text[run.end :]
    itself = bool(
        re.search(
            r"\b(?:i'?m|i\s+am|im|my\s+name(?:'?s|\s+is)|this\s+is)\s+$", before, re.IGNORECASE
        )
    )
    here = bool(_PARENT_AFTER.match(after)) and not re.search(
        r"\b(?:with|see|to|about|meet|by)\s+$", before
    )
    if (
        itself
        or (here and expects != "child")
        or (expects == "contact" and not before.strip(" ,."))
    ):
        who.parent = who.parent or run.text
    else:
        who.staff.append(run.text)


def _join_siblings(who: Who, runs: Sequence[NameRun], text: str) -> None:
    """A bare name joined by "and" to a child after it is a child too."""
    for run, following in pairwise(runs):
        joined = re.fullmatch(r"\s*(?:and|&|\+|n)\s*", text[run.end : following.start])
        if joined and run in who.loose and _shown(following) in who.children:
            who.loose.remove(run)
            who.children.insert(who.children.index(_shown(following)), _shown(run))


def _settle(
    who: Who,
    run: NameRun,
    previous: NameRun | None,
    text: str,
    expects: str | None,
    *,
    short: bool,
) -> None:
    before, after = text[max(0, run.start - 60) : run.start], text[run.end : run.end + 40]
    possessive = re.match(r".*['’]s$", run.text)
    name = _shown(run)
    if possessive and re.match(
        rf"\s+(?:{_ADULT}|class|teacher|form|tutor|head)", after, re.IGNORECASE
    ):
        who.children.append(name)
    elif run.text.islower() and not _ends_well(run, after) and not _CHILD_AFTER.match(after):
        who.loose.append(run)
    elif _CHILD_BEFORE.search(before) and (short or _CHILD_OF_WRITER.search(before)):
        who.children.append(name)
    elif expects == "child" and _BARE_NAME_BEFORE.search(before):
        who.children.append(name)
    elif (_PARENT_BEFORE if short else _PARENT_SURELY_BEFORE).search(before) and _ends_well(
        run, after
    ):
        who.parent = who.parent or name
    elif _CHILD_AFTER.match(after):
        who.children.append(name)
    elif (
        previous
        and _shown(previous) in who.children
        and _JOINED.match(text[previous.end : run.start])
        and not _PARENT_AFTER.match(after)
        and " and " in text[previous.end : run.start]
    ):
        who.children.append(name)
    elif short and _PARENT_AFTER.match(after):
        who.parent = who.parent or name
    elif short and expects != "outcome" and _ABOUT_BEFORE.search(before):
        who.children.append(name)
    elif not _NOBODY_BEFORE.search(before):
        who.loose.append(run)


def _ends_well(run: NameRun, after: str) -> bool:
    """A word after "im" is a name only where the phrase ends with it."""
    if not run.text.islower():
        return not re.match(r"['’]s\s|-|\s+(?:based|said|says|told)\b", after)
    if re.search(r"(?:ed|ing|ful|ous|less)$", run.text) and " " not in run.text:
        return False
    return bool(
        re.match(
            r"\s*(?:$|[,.;:!\n(\-–\x01-\x04]|['’]s\s|and\b|is\b|has\b|was\b|in\b|who\b|he'?s\b|"
            r"she'?s\b|not\b|please\b|my\b|mum\b|dad\b|here\b|on\b|his\b|her\b|tel\b|number\b|"
            r"phone\b|mobile\b|email\b|thanks\b)",
            after,
        )
    )


def _settle_loose(who: Who, text: str, expects: str | None) -> None:
    """Give the names without a cue to whoever was asked for; otherwise to nobody."""
    loose = [run for run in who.loose if _stands_alone(run, text)]
    has_number = "\x02" in text or "\x03" in text
    if expects == "child":
        if loose and not who.children:
            who.children.append(_shown(loose.pop(0)))
            while loose and _follows_and(loose[0], text):
                who.children.append(_shown(loose.pop(0)))
        if loose and not who.parent and has_number:
            who.parent = _shown(loose.pop(0))
    elif expects == "contact" and loose and not who.parent:
        chosen = loose[-1] if not who.children and len(loose) > 1 and has_number else loose[0]
        who.parent = _shown(chosen)
        loose.remove(chosen)
        if loose and not who.children and loose[0].start < chosen.start:
            who.children.append(_shown(loose[0]))
    elif (
        loose
        and expects in (None, "when", "statement", "outcome")
        and "\x01" in text
        and not who.children
        and len(text.split()) <= _SHORT // 2
    ):
        who.children.append(_shown(loose.pop(0)))


def _follows_and(run: NameRun, text: str) -> bool:
    return bool(re.search(r"(?:\band|&|\+)\s+$", text[: run.start], re.IGNORECASE))


def _stands_alone(run: NameRun, text: str) -> bool:
    """A lower-case name must be the whole of its part of the message."""
    before, after = text[: run.start], text[run.end :]
    opens = re.search(
        r"(?:^|[,.;:!\n\x01-\x04(\-–/]|\b(?:and|it'?s|its|name|is|yes|yeah|sorry|no|hi|"
        r"hello|actually|spelt|spelled|thanks|for|child|ok|&))\s*$",
        before,
        re.IGNORECASE,
    )
    closes = re.match(
        r"\s*(?:$|[,.;:!\n\x01-\x04()\-–/]|(?:and|in|he|she|please|thanks|his|her|is|not|"
        r"with|on|&|class|yr|year|xx?)\b)",
        after,
        re.IGNORECASE,
    )
    if run.text[0].isupper():
        return bool(opens or closes)
    return bool(opens and closes)


def _shown(run: NameRun) -> str:
    return tidy(re.sub(r"['’]s$", "", run.text))
