"""Words that ask for a written answer only because of what was spoken of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONG = (
    r"^(?!.*\b(?:complain\w*|meeting|keep|kept|stage|store\w*)\b).*"
    r"(?:\bhow (?:long|many days|soon|quick\w*)\b|\bdeadline\b|\btime limit\b|\bby when\b)"
)
_IGNORED = (
    r"\b(?:what )?if (?:they|you|school|nobody|no one) (?:dont|do not|say no|refuse|wont|ignore)",
    r"\b(?:they|you) (?:just )?(?:ignore|refuse|dont (?:reply|answer|send))",
)

AFTER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "data_protection": {
        "data_reason": (r"\bwhy i\b|\breasons?\b|\bsay (?:why|what for)\b|\bwhat (?:its|for)\b",),
        "data_days": (_LONG, r"\bwhen (?:do|will|would|must|should)\b"),
        "data_ignored": (*_IGNORED, r"\bwho (?:do i complain|can i tell|makes (?:them|you))\b"),
        "data_where": (
            (
                r"\b(?:who|where|whats? (?:the|their)) .{0,25}\b(?:send|write|email|ask|address|"
                r"it to)\b"
            ),
            r"\bemail address\b|\bwho (?:is|are) (?:that|they|the dpo)\b",
            r"\bsend (?:it|that) (?:here|to)\b",
        ),
        "data_cost": (r"\bcosts?\b|\bpay\b|\bfree\b|\bcharge\b",),
        "data_child": (
            (
                r"\b(?:son|daughter|child|kid|lad|h(?:is|er)) ?s?\b.{0,25}\b(?:too|file|data|"
                r"record|ask|as well|his|hers|age)\b"
            ),
        ),
    },
    "admissions": {"days_admissions": (_LONG, r"\bwhen\b")},
    "exclusions": {"days_exclusions": (_LONG, r"\bwhen\b")},
    "send": {"days_send": (_LONG, r"\bwhen\b")},
    "attendance": {
        "days_attendance": (
            _LONG,
            r"\bhow much\b|\bhave to pay\b|\b(?:dont|do not|refuse to) pay\b|\bcan i appeal\b",
            r"\bwhen\b.{0,15}\bpay\b",
        )
    },
    "exams": {"days_exams": (_LONG, r"\bwhen\b")},
    "policy": {
        "policy_link": (
            r"\b(?:the|that|this|your|a) policy\b|\bpolicy (?:says|that)\b",
            r"\b(?:actual|real|exact) (?:rule|words)\b",
            r"\bthe rules?\b|\bwhat does it (?:actually )?say\b",
            r"\bwhere\w*\b.{0,20}\b(?:written|says?|find|read)\b|\bshow me\b|\blink\b",
        ),
        "take_down": (
            r"\b(?:take|taking|delete|deleting|remove)\b.{0,12}\b(?:down|it|post|that)\b",
            r"\b(?:what )?if i (?:dont|wont|refuse|say no|leave it)\b",
            r"\bcan you (?:actually )?make me\b",
        ),
        "after_posting": (
            r"\bin (?:trouble|bother)\b|\b(?:ban|banned|punish\w*|sue|sued)\b|\bnam(?:e|ed|ing)\b",
            r"\bwhat (?:happens|will happen|will you do|can you do)\b|\bagainst me\b",
        ),
        "who_reported": (r"\bwho\b.{0,12}\b(?:told|said|reported|was it|it was|sent|showed)\b",),
    },
    "anonymous": {
        "anonymous": (
            r"\b(?:my|no|a) names?\b|\blook into it\b|\btake (?:it|me) seriously\b|\bwho i am\b",
            r"\bstill (?:look|read|do|act)\b|\bknow (?:its|it was) me\b",
        ),
    },
    "stages": {
        "stages": (
            r"\bwhere\w*\b.{0,20}\b(?:written|find|read|see|say)\b|\blink\b|\bthe policy\b",
        ),
        "not_happy": (r"\b(?:then what|what then|after that|and if (?:they|its|im))\b",),
    },
    "interpreter": {
        "interpreter": (
            r"\bcosts?\b|\bpay\b|\bfree\b|\b(?:son|daughter|child|kid)\b|\blanguages?\b",
        ),
    },
}
"""What was spoken of to the answers that go on from it, each with patterns that are enough."""

SPOKEN_OF: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "social_media",
            "policy_link",
            "policy_dates",
            "take_down",
            "after_posting",
            "why_private",
        ),
        "policy",
    ),
    **dict.fromkeys(("who_reported", "who_reported_again"), "policy"),
    **dict.fromkeys(("anonymous", "anonymous_again"), "anonymous"),
    **dict.fromkeys(("stages", "panel", "after_sending", "not_happy", "difference"), "stages"),
    **dict.fromkeys(AFTER["data_protection"], "data_protection"),
    "days_admissions": "admissions",
    "days_exclusions": "exclusions",
    "days_send": "send",
    "days_attendance": "attendance",
    "days_exams": "exams",
    "interpreter": "interpreter",
}
"""Answer given before to what was spoken of."""

AGAIN: Mapping[str, str] = {
    "how_it_works": "no_more",
    "who_reported": "who_reported_again",
    "social_media": "policy_link",
    "anonymous": "anonymous_again",
    "who_reads": "who_reads_again",
    "held_against": "held_against_again",
}
"""Answer to what is said when the same question comes straight after it."""
