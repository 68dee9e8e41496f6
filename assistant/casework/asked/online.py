"""Words that ask for one written answer and no other, about posting and about personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

POST = (
    r"(?:post(?:s|ed|ing)?|face ?book|fb|tik ?tok|insta\w*|whats ?app|twitter|tweet\w*|snap\w*|"
    r"online|review|social media|(?:group|class) chat|class group|comment\w*|blog|google)"
)
COPY = r"(?:subject access|sar\b|copy of (?:my|his|her|the|everything)|hold (?:on|about) (?:me|us))"
FREEDOM = r"(?:freedom of information|\bfoi\b)"
_TROUBLE = r"(?:in trouble|banned?|punish\w*|told off|sued?|sanction\w*|stop(?:ped)? me|in bother)"
_NAMES = r"(?:her|him|them|the teacher|a teacher|staff|teachers|someone|anyone)"

ONLINE: Mapping[str, tuple[str, ...]] = {
    "social_media": (
        rf"\b(?:policy|rules?)\b.{{0,25}}\b{POST}\b|\b{POST}\b.{{0,20}}\b(?:policy|rules?)\b",
        (
            rf"\b(?:am i|are (?:we|parents)|you|is it) (?:not )?(?:allowed|ok|okay|alright|"
            rf"against)\b"
            rf".{{0,50}}\b{POST}\b"
        ),
    ),
    "policy_link": (
        r"\bwhere\w*\b.{0,15}\bpolicy\b.{0,25}\b(?:i cant|cant|not allowed|stops? me)\b",
        r"\b(?:whats?|what is) (?:the )?(?:actual|real|exact) rules?\b",
        r"\b(?:see|read|show me)\b.{0,20}\bwhat (?:the|your|that) policy\b",
        rf"\b(?:link|where|find|send me)\b.{{0,30}}\b{POST} (?:policy|rules)\b",
    ),
    "policy_dates": (
        (
            r"\b(?:when|who)\b.{0,20}\b(?:policy|rules?|it)\b.{0,20}\b(?:agreed|review\w*|"
            r"written|come in)\b"
        ),
        r"\bwhen\b.{0,30}\bpolicy\b",
        r"\b(?:last (?:reviewed|approved)|still valid|under review)\b",
        r"\bwho agreed (?:it|the (?:policy|rule))\b",
    ),
    "take_down": (
        (
            r"\b(?:make|force|get|ask\w*)\b.{0,25}\b(?:take|delete|remove)\b.{0,20}\b(?:down|"
            r"it|post|tweet)\b"
        ),
        (
            r"\b(?:have|need|do i|got) (?:to )?(?:take|delete|remove)\b.{0,12}\b(?:down|post|"
            r"tweet|it)\b"
        ),
        r"\b(?:take it|taking it|took it) down\b|\b(?:say|said) no\b.{0,15}\btake\b.{0,8}\bdown\b",
        r"\bi (?:wont|refuse|say no)\b.{0,15}\b(?:take|delete|remove)\b",
        r"\btake (?:a|the|my|that) (?:post|tweet|video|comment) down\b",
        r"\bask(?:s|ed)? (?:you|me) to (?:take|delete|remove)\b",
    ),
    "why_private": (
        rf"\bwhy (?:shouldnt|should i not|not|cant|dont|wouldnt) (?:i |we )?.{{0,25}}\b{POST}\b",
        rf"\bwhy (?:is|would) .{{0,30}}\bbetter than\b.{{0,20}}\b{POST}\b",
        rf"\bwhats (?:wrong with|the harm in) .{{0,20}}\b{POST}\b",
        r"\bwhy (?:is|would) (?:this|it|private) (?:any )?better\b|\bwhy in private\b",
    ),
    "after_posting": (
        rf"\b{_TROUBLE}\b.{{0,40}}\b(?:{POST}|nam(?:e|ed|ing) {_NAMES}|on my own page)\b",
        rf"\b{POST}\b.{{0,60}}\b{_TROUBLE}\b",
        rf"\b{POST}\b.{{0,40}}\bwhat (?:happens|will happen|now|then)\b",
        (
            rf"\b(?:what happens|wh?[oa]t happns) if i\b.{{0,25}}\b{POST}\b|\bi(?:ve)? nam(?:e|"
            rf"ed)\b"
            rf".{{0,15}}\b{_NAMES}\b"
        ),
        rf"\b(?:refuse|wont hear|still|count)\w*\b.{{0,30}}\bcomplain\w*\b.{{0,40}}\b{POST}\b",
        rf"\bcomplain\w*\b.{{0,25}}\brefused?\b.{{0,30}}\b{POST}\b",
        r"\bput (?:it|that|this) (?:up )?on\b.*\bin trouble\b|\bban (?:me|parents|us)\b",
        rf"\b{POST}\b.{{0,40}}\b(?:refuse|wont hear)\b.{{0,20}}\bcomplain",
    ),
    "law": (
        r"\b(?:illegal|libel\w*|defam\w*|slander\w*|against the law)\b",
        r"\b(?:is (?:it|that|this)|are (?:they|you)) (?:even )?legal(?:ly)?\b|\blegally\b",
        r"\bmy rights\b|\b(?:take|taking) (?:you|them|school) to court\b",
    ),
    "data_reason": (
        rf"^(?=.*{COPY}).*\b(?:why|reason)\b",
        rf"^(?=.*{FREEDOM}).*\b(?:why i|reason)\b",
    ),
    "data_days": (
        rf"^(?=.*(?:{COPY}|{FREEDOM})).*\b(?:how (?:long|quick\w*|soon|many days)|when|deadline)\b",
    ),
    "data_ignored": (
        rf"^(?=.*(?:{COPY}|{FREEDOM})).*\b(?:what if|ignor\w*|refus\w*|dont|if they)\b",
        r"\bcomplain\b.{0,15}\b(?:to the )?(?:ico|information commissioner)\b",
    ),
    "data_where": (
        rf"^(?=.*(?:{COPY}|{FREEDOM})).*\b(?:who do i|where|send (?:it|that|this)|address|email)\b",
        r"\bwho\w*\b.{0,15}\b(?:data protection (?:officer|person)|dpo)\b",
        r"\bdata protection (?:person|officer)\b",
    ),
    "data_cost": (rf"^(?=.*(?:{COPY}|{FREEDOM})).*\b(?:cost|pay|free\b(?!dom)|charge|fee)",),
    "data_child": (rf"^(?=.*{COPY}).*\b(?:my|our) (?:child|son|daughter|kid)s?\b.{{0,20}}\bage\b",),
}
"""Answer name to patterns, each of which is enough."""
