"""Which of the school's written answers a question asks for.

Each answer has words that point to it, strongest first; the answer with the most weight wins.
The words of the answers themselves are replies in ``domain.yml``, as ``utter_answer_<name>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

POINTERS: Mapping[str, tuple[str, ...]] = {
    "who_reads": (
        r"\b(?:gets?|sees?|reads?|told about) (?:to see )?(?:this|it)\b.{0,40}\?",
        r"\b(?:who|can|will|does|do) .{0,40}\b(?:see|read|know|told|find out|shown?)\b",
        r"\bconfidential",
        r"\bprivate(?:ly)?\b",
        r"\bsecret",
        r"\bbehind my back",
        r"\bget (?:back|round) to\b",
        r"\bshare[ds]?\b",
    ),
    "held_against": (
        r"\b(?:held|hold|used?) against",
        r"\btake it out on",
        r"\bcome ?back on\b",
        r"\bpunish\w* (?:him|her|them|my)",
        r"\bmark\w* .{0,12}card",
        r"\btarget",
        r"\btreat\w* .{0,15}differently",
        r"\bget .{0,12}in trouble\b",
        r"\bpick(?:ed|ing)? on",
    ),
    "anonymous": (
        r"\banonym",
        r"\bwithout (?:saying|giving|telling|leaving)?.{0,12}\b(?:who i am|name)",
        r"\bmy name (?:out|off)",
    ),
    "who_reported": (
        r"\bwhich (?:one|of)\b.{0,25}\b(?:sent|told|reported|showed|grassed)",
        r"\bit was \w+,? (?:wasn'?t|innit|right)",
        r"\bwho (?:was it|reported|grassed|told|dobbed|complained|sent it|it was)",
        r"\bwas it (?:her|him|the|that|them)\b",
        r"\breported (?:me|my|us)\b",
        r"\bwhich (?:one |of )",
    ),
    "difference": (
        r"\bdifferen(?:ce|t)\b",
        r"\bconcern\b.{0,30}\bcomplaint\b",
        r"\brather than\b",
        r"\bjust talk",
        r"\binformal",
        r"\bversus\b|\bvs\b",
        r"\boptions?\b",
    ),
    "data_kept": (
        r"\bkeep\b.{0,40}\bhow long\b|\bhow long .{0,25}\b(?:keep|kept|stored|hold)",
        r"\bkeep\b.{0,25}\b(?:data|this|what|chat)",
        r"\bprivacy\b",
        r"\bgdpr\b",
        r"\bstore[ds]?\b",
        r"\bdelete\b",
        r"\bwhat (?:do|have) you (?:hold|got)",
        r"\bdata\b",
    ),
    "how_long": (
        r"\bhow long\b",
        r"\bhow many (?:days|weeks)",
        r"\bwhen (?:will|do|would) .{0,25}\b(?:hear|answer|reply)",
        r"\bdeadline",
        r"\btime ?(?:scale|limit|frame)",
        r"\btoo late\b",
        r"\bhow soon\b",
    ),
    "stages": (
        r"\bcomplaints? policy\b",
        r"\bstage\b",
        r"\bpanel\b",
        r"\bsteps?\b",
        r"\bprocedure",
        r"\bprocess\b",
        r"\bappeal\b",
        r"\bnot happy with the (?:answer|outcome)",
        r"\bwhat happens (?:next|after|if|when)",
    ),
    "keep_the_right": (
        r"\b(?:still|allowed to|can i|can'?t i|able to) complain",
        r"\bkeep (?:the|my) right",
        r"\bcomplain later",
        r"\blater on\b",
        r"\bchange my mind",
    ),
    "social_media": (
        r"\bfacebook\b|\bfb\b|\btik ?tok\b|\binsta\w*|\bwhat'?s ?app\b|\btwitter\b|\bsnap\w*",
        r"\bsocial media",
        r"\bpost(?:s|ed|ing)?\b",
        r"\bgroup chat|\bclass chat",
        r"\bonline\b",
        r"\breview\b",
        r"\bshar(?:e|ed|ing)\b",
        r"\bscreen ?shot",
        r"\btake (?:it|that|this) down",
        r"\bpolicy\b",
    ),
    "bring_someone": (
        r"\bbring\b",
        r"\bwith me\b",
        r"\bsolicitor\b",
        r"\bfriend\b",
        r"\bcompanion",
    ),
    "recording": (r"\brecord(?:ing)? (?:the|it|our|a)\b", r"\btape\b", r"\bminutes\b|\bnotes of\b"),
    "governors_role": (
        r"\bgovernors?\b|\bgovenors?\b",
        r"\bchair\b",
        r"\bclerk\b",
        r"\btrustees?\b",
    ),
    "whistleblowing": (r"\bwhistle ?blow", r"\bi (?:also |actually )?work (?:here|there|at)\b"),
    "writing": (r"\bin writing\b", r"\bletter\b", r"\bemail\b", r"\bform\b", r"\bphone\b"),
}
"""Answer name to patterns; a later pattern weighs less than an earlier one."""

GENERAL = "how_it_works"


def which_answer(text: str) -> str:
    """Return the name of the written answer that ``text`` asks for; the general one if none."""
    plain = text.lower().replace("’", "'")
    weights = {name: _weight(plain, patterns) for name, patterns in POINTERS.items()}
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else GENERAL


def _weight(plain: str, patterns: tuple[str, ...]) -> float:
    return sum(
        1 / (1 + 0.15 * place)
        for place, pattern in enumerate(patterns)
        if re.search(pattern, plain)
    )


OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "admissions": (
        r"\badmission",
        r"\bschool place\b|\brefused a place",
        r"\bwaiting list|\bin[- ]year\b|\bcatchment",
    ),
    "exclusions": (
        r"\bexclu",
        r"\bsuspen|\breinstat",
        r"\breview panel",
        r"\bsent (?:him|her|them)? ?home\b",
    ),
    "send": (
        r"\behc|\bsendiass",
        r"\btribunal",
        r"\bsen\b.{0,20}\b(?:appeal|assessment)|\bannual review",
    ),
    "data_protection": (
        r"\bgdpr|\bdata (?:protection|breach)|\bsubject access|\bsar\b|\bico\b",
        r"\bfreedom of information|\bfoi\b",
        r"\bpersonal data|\bmy data|\bhold (?:on|about)|\bspreadsheet\b",
        r"\bfingerprint|\bcctv|\bphotos?\b|\bnumber of\b.{0,40}\bdate",
    ),
    "attendance": (
        r"\bfine[ds]?\b|\bpenalty",
        r"£\s?(?:60|80|160)\b",
        r"\bunauthorised|\bholiday",
    ),
    "exams": (r"\bexam board|\bjcq\b", r"\bre-?mark|\bgrade appeal", r"\bgcse|\ba[- ]level"),
    "transport": (r"\btransport\b", r"\btaxi\b|\bbus pass|\bschool bus"),
    "ofsted": (r"\bofsted",),
    "department": (
        r"\bombudsman|\bdfe\b|\bdepartment for education|\bsecretary of state",
        r"\bdiscriminat|\bequality act",
    ),
}
"""Outside route (its id in the school's settings) to patterns that point to it."""

TOPIC_ROUTES: Mapping[str, str] = {
    "admissions": "admissions",
    "exclusion": "exclusions",
    "ehcp": "send",
    "photos_data": "data_protection",
    "attendance_fine": "attendance",
    "exams": "exams",
    "transport": "transport",
}


def which_outside_routes(text: str, topic: str | None) -> list[str]:
    """Return ids of outside routes that ``text`` points to, most likely first."""
    plain = text.lower().replace("’", "'")
    weights = {name: _weight(plain, patterns) for name, patterns in OUTSIDE.items()}
    if topic and topic in TOPIC_ROUTES:
        weights[TOPIC_ROUTES[topic]] += 0.9
    return [name for name in sorted(weights, key=lambda one: -weights[one]) if weights[name] > 0]
