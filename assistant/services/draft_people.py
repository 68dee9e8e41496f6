"""Who a draft of a booking is about, and who may be asked for because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Role
from assistant.casework.reading import Reading
from assistant.casework.talks import BESIDE_THE_ORDER, TalkAbout, doors_for
from assistant.services.offer_hosts import offer_hosts
from assistant.services.who_is_meant import TITLED, people_in_words, who_is_meant

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers
    from assistant.services.offer_hosts import HostOffer

TITLES = ("Mr", "Mrs", "Miss", "Ms", "Dr")


def subjects_of(desk: Desk, answers: Answers) -> frozenset[str]:
    """Return the ids of all whom the talk is about, or may be until the parent says otherwise."""
    open_names = named_in_words(desk, answers) - set(answers.spared)
    return chosen_subjects(desk, answers) | frozenset(answers.meant) | open_names


def chosen_subjects(desk: Desk, answers: Answers) -> frozenset[str]:
    """Return the ids of the people whom the parent named as the one it is about."""
    if answers.about == TalkAbout.HEAD.value:
        return _heads(desk)
    if answers.about != TalkAbout.STAFF.value or not answers.named:
        return frozenset()
    called = (answers.named, *_with_titles(answers.named))
    return who_is_meant(desk, text="", reading=Reading(act="complain", people=called)).subjects


def unsettled_names(desk: Desk, answers: Answers) -> frozenset[str]:
    """Return the ids of people whom the words name and of whom the parent was not asked yet."""
    asked = {*answers.meant, *answers.spared}
    return named_in_words(desk, answers) - chosen_subjects(desk, answers) - asked


def named_in_words(desk: Desk, answers: Answers) -> frozenset[str]:
    """Return the ids of people whom the parent's words may be about."""
    return people_in_words(desk, answers.words())


def hosts_for_draft(desk: Desk, answers: Answers) -> list[HostOffer]:
    """Return whom the parent may choose, best first; empty when nobody inside is free of it."""
    about, subjects = TalkAbout(answers.about), subjects_of(desk, answers)
    known = bool(chosen_subjects(desk, answers))
    doors: list[tuple[Channel, Role | None]] = [
        (door, None) for door in doors_for(about, known=known)
    ]
    if doors[0][0] is Channel.STAFF:
        doors += [(Channel.STAFF, role) for role in BESIDE_THE_ORDER]
    found: dict[str, HostOffer] = {}
    for channel, role in doors:
        for host in _offers(desk, answers, subjects, channel, role):
            found.setdefault(host.staff_id, host)
    return list(found.values())


def _offers(
    desk: Desk,
    answers: Answers,
    subjects: frozenset[str],
    channel: Channel,
    role: Role | None,
) -> list[HostOffer]:
    return offer_hosts(
        desk,
        channel=channel,
        class_name=answers.child.class_name or None,
        year=answers.child.year,
        wanted_role=role,
        subjects=subjects,
    )


def _heads(desk: Desk) -> frozenset[str]:
    return frozenset(person.id for person in desk.school.with_role(Role.HEADTEACHER))


def _with_titles(name: str) -> tuple[str, ...]:
    """Return the name as parents would say it: the directory has titles, a hurried parent none."""
    return () if TITLED.match(name) else tuple(f"{title} {name}" for title in TITLES)
