"""Why this door: one sentence a parent can read, by channel and by what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GROUPS: Mapping[str, frozenset[str]] = {
    "lessons": frozenset({"homework", "reading_progress", "sets_grades", "exams", "transition"}),
    "rules": frozenset(
        {"behaviour_sanction", "isolation", "uniform", "phone", "toilets", "pe_kit", "exclusion"}
    ),
    "children": frozenset({"bullying", "friendship", "online_harm", "racism_discrimination"}),
    "needs": frozenset({"sen_support", "ehcp", "medical_allergy", "school_refusal"}),
    "adults": frozenset({"teacher_conduct", "favouritism", "supply_staffing"}),
    "day": frozenset(
        {"lunch", "lost_property", "trip_money", "events", "club_wraparound", "parking_gates"}
    ),
    "silence": frozenset({"communication"}),
    "data": frozenset({"photos_data"}),
    "attendance": frozenset({"attendance_fine", "absence"}),
}

REASONS: Mapping[Channel, Mapping[str, str]] = {
    Channel.STAFF: {
        "": "They see your child most days and can act soonest.",
        "lessons": "They set the work and can change it.",
        "rules": "They can find out how the rule was used, and put it right.",
        "children": "They know the children involved and can act the same day.",
        "needs": "They can check what help is in place and what is missing.",
        "adults": "They can listen and look into it without a formal process.",
        "day": "They deal with this every day and can sort it out quickly.",
        "silence": "They can find out why nobody came back to you, and answer.",
        "attendance": "They can check how it was recorded.",
    },
    Channel.HEADTEACHER: {
        "": "It is serious or has not been put right, and the headteacher can decide.",
        "rules": "The headteacher answers for how the school's rules are used.",
        "children": "It has gone on or is serious, and the headteacher can make it stop.",
        "needs": "The headteacher can make sure the help is given.",
        "adults": "The headteacher answers for how staff treat children.",
        "tried": "You have tried already, and the headteacher can get you an answer.",
        "silence": "The headteacher can find out why nobody came back to you.",
        "data": "The headteacher answers for how the school keeps information.",
        "attendance": "The headteacher decides how absence is recorded.",
    },
    Channel.GOVERNORS: {
        "": "It is about how the school is led, so it goes to the chair through the clerk "
        "and not to the headteacher.",
    },
    Channel.COMPLAINT: {
        "": "You have asked for it to be looked into formally, with dates for an answer.",
    },
    Channel.SAFEGUARDING: {
        "": "A child's safety comes before everything else.",
    },
    Channel.EMERGENCY: {"": "Somebody may be in danger now."},
    Channel.WELLBEING: {"": "How you are matters more than any form."},
    Channel.STATUTORY: {
        "": "The law gives this its own route outside the school's complaints steps.",
    },
    Channel.MODERATION: {"": "Staff and families have to be safe before we go on."},
    Channel.POLICY: {"": "You asked how the school does this."},
    Channel.SERVICE: {"": "You asked me to do this for you."},
    Channel.ASK: {"": "I need a little more to point you to the right person."},
    Channel.SMALLTALK: {"": ""},
    Channel.OUT_OF_SCOPE: {"": "It is not something this school can help with."},
}


def reason_for(channel: Channel, topics: Sequence[str] = (), *, tried: bool = False) -> str:
    """Return the sentence that says why ``channel`` is the door for these topics, clearest first.

    ``tried`` tells that the parent has been to the school about it already.
    """
    sentences = REASONS[channel]
    groups = [group for topic in topics for group, members in GROUPS.items() if topic in members]
    if tried:
        groups.insert(0, "tried")
    return next((sentences[group] for group in groups if group in sentences), sentences[""])
