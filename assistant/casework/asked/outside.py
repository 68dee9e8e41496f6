"""Words and topics that point to a body outside the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
