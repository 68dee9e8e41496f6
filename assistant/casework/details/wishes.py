"""Whom a parent wants to meet, how, and what they need for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.details.word_lists import words
from assistant.casework.kinds import MeetingMode, Role

if TYPE_CHECKING:
    from collections.abc import Sequence


def _table(rows: Sequence[tuple[Role, str]]) -> list[tuple[Role, re.Pattern[str]]]:
    return [(role, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for role, words in rows]


_ROLES = _table(
    [
        (Role.VICE_CHAIR, r"vice[\s-]?chair(?:man|woman)?(?:\s+of\s+(?:the\s+)?govern[oe]?rs?)?"),
        (
            Role.CHAIR,
            r"chair(?:man|woman|person)?(?:\s+of\s+(?:the\s+)?gov(?:ern[oe]?rs?|s)?)?(?!s)",
        ),
        (Role.CLERK, r"clerk(?:\s+(?:to|of)\s+(?:the\s+)?governors)?"),
        (Role.GOVERNOR, r"gov(?:ern[oe]?rs?|enors?|s)"),
        (Role.EXECUTIVE_HEAD, r"exec(?:utive)?\s+head(?:teacher)?|ceo|chief executive"),
        (
            Role.HEAD_OF_YEAR,
            (
                r"head\s+of\s+(?:year|yr|y)(?:\s?\d+)?|year\s+head|hoy|head\s+of\s+(?:her|his|"
                r"their)\s+year"
            ),
        ),
        (Role.HEADS_PA, r"head(?:teacher)?'?s\s+(?:pa|secretary)"),
        (
            Role.HEAD_OF_DEPARTMENT,
            (
                r"head\s+of\s+(?:dep(?:artmen)?t|department|subject|faculty|maths|english|science|"
                r"pe|art|music|history|geography|mfl|languages|drama|dt|computing)"
            ),
        ),
        (Role.DEPUTY, r"(?:deputy|assistant)\s+head(?:teacher|master|mistress)?|deputy"),
        (
            Role.SENCO,
            (
                r"sen[ckd]+o?s?|senc[ao]|sendco|inclusion\s+lead|sen\s+(?:lead|teacher|"
                r"coordinator)"
            ),
        ),
        (
            Role.SAFEGUARDING_LEAD,
            r"safeguarding\s+(?:lead|officer|person)|dsl|child protection\s+(?:lead|officer)",
        ),
        (Role.DATA_PROTECTION_OFFICER, r"data\s+protection\s+officer|dpo"),
        (
            Role.PASTORAL,
            (
                r"pastoral(?:\s+(?:lead|team|care|manager|person|lady))?|family\s+(?:support|"
                r"liaison)\s+worker"
            ),
        ),
        (
            Role.PHASE_LEADER,
            (
                r"(?:phase|key\s+stage)\s+lead(?:er)?|head\s+of\s+(?:infants|juniors|lower school|"
                r"upper school|early years|ks[1-4])|early years lead"
            ),
        ),
        (Role.TUTOR, r"(?:form\s+)?tutor|form\s+teacher"),
        (Role.BUSINESS_MANAGER, r"(?:school\s+)?business\s+manager|bursar"),
        (Role.OFFICE, r"(?:school\s+|front\s+|main\s+)?office|receptionist|admin(?:\s+team)?"),
        (Role.HEADTEACHER, r"head\s?(?:teacher|master|mistress)|the\s+head|head|principal"),
        (
            Role.TEACHER,
            (
                r"(?:(?:class|maths|english|science|pe|art|music|history|geography|french|"
                r"spanish)\s+)?teacher|miss|sir"
            ),
        ),
    ]
)
_WANTING = re.compile(
    r"\b(?:speak|talk|chat|see|meet(?:ing)?|book(?:ed)?|appointment|word|"
    r"discuss\s+(?:it|this)|time|slot|call|ring|rather|prefer|want|need|get me|"
    r"instead|go|go\s+(?:straight\s+)?to|put\s+me|minutes|mins|sit\s+down)\b"
    r"(?:\s+\w+){0,3}?\s+(?:to|with|for|be|have|see|meet|the|her|his|their|my|our|a|"
    r"someone)\s*(?:\w+'s\s+|the\s+|her\s+|his\s+|their\s+|our\s+|my\s+|"
    r"someone\s+(?:in|from)\s+(?:the\s+)?|in\s+the\s+|a\s+|year\s+\d+\s+|\w+\s+)?$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(
    r"\b(?:see|want|prefer|rather(?:\s+have|\s+see)?|meet|contact|get)\s+(?:the\s+|"
    r"her\s+|his\s+|their\s+|our\s+|my\s+|a\s+)?$",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:can|could|may|please|pls|plz|like|want|need|wish|prefer|rather|hoping|"
    r"let\s+me|get\s+me|how\s+(?:do|can|would)\s+i|who\s+do\s+i|book|arrange|"
    r"happy\s+to)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\s*(?:is|are|was|were|when|what|who(?!\s+do\s+i)|does|did|has|have)\b", re.IGNORECASE
)
_SHORT = 15
"""Words; in a longer message a wish must be said as one."""
_REFUSED = re.compile(
    r"\b(?:not|no|don'?t want|without|never|except|anyone but|instead of|rather "
    r"than)\s+(?:(?:to\s+)?(?:see|speak to|talk to|meet|with)\s+)?(?:the\s+|her\s+|"
    r"his\s+|their\s+|a\s+|that\s+)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|because of|against|regarding|re|by|from|complain(?:t)?\s+(?:about|"
    r"to))\s+(?:the\s+|her\s+|his\s+|their\s+|what\s+)?$",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:spoke|spoken|talked|emailed|rang|saw|met|told|asked|wrote|written|"
    r"contacted|tried|been)\b[^.!?\n,;]*$",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"[.,;!?\n+/&]|\b(?:but|and|or)\b|\b(?=about\b|not\b|rather than\b|instead of\b)"
)
_POLITE = re.compile(
    r"\b(?:please|pls|plz|the|her|his|their|my|our|a|an|i|think|maybe|would|will|be|"
    r"is|best|thanks|thank you|ta|x|just|with|to|for|someone|somebody|anyone|in|from|"
    r"of|really|ideally|it|its|it's|should|about|yes|ok|hi|hello|can|d|like|if|"
    r"possible|then|s|daughters|sons|daughter's|son's|year|yr|y|\d+)\b|[^\w\s]",
    re.IGNORECASE,
)

_MODES = [
    (
        MeetingMode.VIDEO,
        (
            r"video(?:\s+call)?|teams|zoom|facetime|google meet|online(?:\s+meeting)?|skype|"
            r"whatsapp video"
        ),
    ),
    (
        MeetingMode.IN_PERSON,
        (
            r"face[\s-]?(?:to|2)[\s-]?face|in[\s-]person|f2f|come\s+in(?:to\s+school)?|"
            r"come\s+(?:up\s+)?to\s+(?:the\s+)?school|pop\s+in"
        ),
    ),
    (
        MeetingMode.PHONE,
        (
            r"(?:ring|call|phone|bell)\s+(?:me|us)|give\s+(?:me|us)\s+a\s+(?:ring|call|bell|"
            r"bell)|(?:by|on|over|via)\s+(?:the\s+)?(?:phone|telephone)|(?:tele)?phone\s*call|"
            r"(?:a|quick)\s+call|telephone|phone(?:\s+(?:is|would be)\s+(?:best|better|fine|"
            r"easier|ok))?"
        ),
    ),
]
_MODE_PATTERNS = [(mode, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for mode, words in _MODES]
_NOT_MODE = re.compile(
    r"\b(?:not|no|don'?t|cannot|can'?t|won'?t|never|rather\s+not|instead\s+of|"
    r"rather\s+than|unable\s+to|didn'?t|nobody|to)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_STOPS_NOT = re.compile(r"\b(?:but|so|please|just|can|could)\b[^.]*$", re.IGNORECASE)
_PHONE_THING = re.compile(
    r"\b(?:her|his|my|their|mobile|the|a|took|taken|new|phones?)\s+$", re.IGNORECASE
)

_LANGUAGES = words(
    "Albanian Amharic Arabic Armenian Bengali Bulgarian Cantonese Chinese Croatian "
    "Czech Dari Dutch English Farsi"
    " Filipino French Georgian German Greek Gujarati Hausa Hebrew Hindi Hungarian "
    "Igbo Italian Japanese Kannada Korean Kurdish"
    " Kurmanji Latvian Lingala Lithuanian Luganda Malay Malayalam Mandarin Marathi "
    "Mirpuri Nepali Oromo Pahari Pashto Persian"
    " Polish Portuguese Potwari Punjabi Panjabi Romani Romanian Russian Serbian "
    "Shona Sinhala Slovak Somali Sorani Spanish"
    " Swahili Sylheti Tagalog Tamil Telugu Thai Tigrinya Tigrigna Turkish Twi "
    "Ukrainian Urdu Vietnamese Welsh Wolof Yoruba"
)
_LANGUAGE = (
    r"(?P<language>"
    + "|".join(sorted(_LANGUAGES))
    + r"|bsl|(?:british\s+)?sign(?:ing)?\s+language)"
)
_INTERPRETERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b{_LANGUAGE}[\s-]+(?:speaking\s+|language\s+)?(?:interpret\w+|translat\w+|"
            rf"speaker|signer)"
        ),
        (
            rf"\b(?:interpreter|translator|interpretation|someone|somebody|anyone|person|"
            rf"staff)\s+(?:\w+\s+){{0,3}}?(?:in|into|to|for|who|that|speaks?|with|"
            rf"is)?\s*(?:can\s+)?(?:speaks?\s+)?{_LANGUAGE}\b"
        ),
        rf"\b(?:speaks?|talks?|understands?)\s+(?:only|just|mostly|mainly)\s+{_LANGUAGE}\b",
        rf"\bonly\s+(?:speaks?|talks?|understands?)\s+{_LANGUAGE}\b",
        rf"\b(?:speaks?|talks?|understands?)\s+{_LANGUAGE}\s+only\b",
        (
            rf"\btranslated?\s+(?:(?:it|this|for\s+(?:me|us|him|her))\s+)*(?:in|into|"
            rf"to)\s+{_LANGUAGE}\b"
        ),
        rf"\b(?:first|main|our|my|home)\s+language\s+is\s+{_LANGUAGE}\b",
        rf"^\W*(?:\w+\W+){{0,6}}(?:in|only)\s+{_LANGUAGE}\s*(?:please|pls|only|$)",
    )
]
_NO_ENGLISH = re.compile(
    r"\b(?:english\s+(?:is\s+)?(?:not|isn'?t)\s+(?:so\s+|very\s+)?good|(?:no|not|"
    r"little|doesn'?t|don'?t)\s+(?:speak\s+)?(?:much\s+|good\s+)?english)\b",
    re.IGNORECASE,
)
_ANY_INTERPRETER = re.compile(
    r"\b(?:need|want|have|bring|get|book|with|provide|is "
    r"there)\s+(?:\w+\s+){0,2}?(?:an?\s+)?(?:interpreter|translator)\b",
    re.IGNORECASE,
)
_NO_INTERPRETER = re.compile(
    r"\b(?:no|not|don'?t|without)\s+(?:\w+\s+){0,3}(?:interpreter|translator)\b", re.IGNORECASE
)

_COMPANION = (
    r"(?:sister|brother|friend|mate|husband|wife|partner|mum|mother|mam|dad|father|"
    r"son|daughter|cousin|aunt\w*|uncle|neighbour|nan|support\s+worker|key\s?worker|"
    r"social\s+worker|advocate|union\s+rep|rep|someone|somebody|carer|interpreter|"
    r"solicitor|sendiass\s+(?:worker|lady|person)?|health visitor|family)"
)
_SUPPORTERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:bring(?:ing)?|have|take|taking|come\s+with|coming\s+with|"
            rf"with)\s+(?:along\s+)?(?:my|a|an|our|his|her|"
            rf"the)?\s*{_COMPANION}\b(?:[\w\s]{{0,20}})?\s*(?:with\s+me|along|too|"
            rf"to\s+the\s+meeting|there|as\s+well|for\s+support|in\s+with\s+me)"
        ),
        rf"\b(?:bring(?:ing)?)\s+(?:along\s+)?(?:my|a|an|our)?\s*{_COMPANION}\b",
        (
            rf"\b{_COMPANION}\s+(?:will\s+(?:be\s+)?|is\s+|'s\s+|can\s+|to\s+|"
            rf"wants\s+to\s+)?(?:be\s+)?(?:com(?:e|ing)|sit(?:ting)?\s+in|with|there|"
            rf"join(?:ing)?)\s*(?:with\s+|too|along|me|us|as\s+well|for support)"
        ),
    )
]
_NO_SUPPORTER = re.compile(
    r"\b(?:not|won'?t|can'?t|cannot|don'?t)\s+(?:be\s+)?(?:bring|have)", re.IGNORECASE
)
_STEP_FREE = re.compile(
    r"\bwheel\s?chair\s+(?:user|access\w*|friendly)|\b(?:i'?m|im|i\s+am|i\s+use|"
    r"(?:husband|wife|partner|mum|dad|mother|father|nan|grandad)\s+(?:uses|is|"
    r"is\s+in))\s+(?:in\s+|on\s+)?(?:a\s+|my\s+)?(?:wheel\s?chair|mobility\s+scooter|"
    r"walking\s+frame|zimmer)"
    r"|\b(?:can'?t|cannot|can\s+not|couldn'?t|unable\s+to|not\s+able\s+to|"
    r"struggle\s+(?:with|on|to)|no\s+good\s+(?:with|on)|trouble\s+with|don'?t|"
    r"bad\s+(?:on|with))\s+(?:\w+\s+){0,3}?(?:stairs?|steps)\b"
    r"|\bstep[\s-]?free|\bno\s+(?:stairs|steps)\b|\bground\s+floor\b|"
    r"\bi'?m\s+on\s+crutches|\b(?:need|needs|with)\s+(?:a\s+|the\s+)?(?:lift|ramp)\b|"
    r"\bstairs\s+are\s+(?:hard|difficult|no good)|\bdisabled\s+access",
    re.IGNORECASE,
)
_WHEELCHAIR = re.compile(r"\bwheel\s?chair\b", re.IGNORECASE)
_ANONYMOUS = re.compile(
    r"\b(?:anonymous(?:ly)?|anonymity|anon)\b|\b(?:don'?t|do\s+not|not|never|without|"
    r"no\s+need\s+to)\s+(?:want\s+to\s+|wanna\s+)?(?:use|using|give|giving|say|saying|"
    r"mention|mentioning|leave|leaving|put|share|pass\s+on|tell\s+(?:her|him|them|"
    r"anyone))\s+(?:you\s+)?(?:my|our|a|any)\s+names?"
    r"|\bkeep\s+(?:my|our)\s+name\s+out|\b(?:don'?t|do\s+not)\s+want\s+(?:her|him|"
    r"them|anyone|people|anybody|it)\s+(?:to\s+)?(?:know|knowing|find\s+out|getting "
    r"back)[\w\s]{0,12}(?:me|us)\b|\brather\s+not\s+(?:say\s+who|give\s+(?:my|"
    r"a)\s+name|be\s+named)",
    re.IGNORECASE,
)
_NOT_ANONYMOUS = re.compile(
    r"\b(?:not|n'?t|no\s+need|don'?t\s+mind)\s+(?:\w+\s+){0,3}(?:anonymous|anon)|"
    r"don'?t\s+mind\s+(?:being\s+named|my\s+name)",
    re.IGNORECASE,
)


def find_role(text: str) -> Role | None:
    """Return the role that the parent asks for; a role only complained about is not wanted."""
    short = len(text.split()) <= _SHORT
    for segment in _SEGMENT.split(text):
        if _QUESTION.match(segment) or not (short or _WISH.search(segment)):
            continue
        for role, pattern in _ROLES:
            for match in pattern.finditer(segment):
                if _is_wanted(segment, match, short=short):
                    return role
                break
    return None


def _is_wanted(segment: str, match: re.Match[str], *, short: bool) -> bool:
    before, after = segment[: match.start()], segment[match.end() :]
    if _REFUSED.search(before) or _ABOUT.search(before) or _TRIED.search(before):
        return False
    if re.match(
        r"'?s?\s+(?:said|told|did|is\s|was|has|won|keeps|never|just|ignored|shouted|hit|"
        r"lady|to\s+(?!ring|call|phone|meet|see|speak|talk|contact))",
        after,
    ):
        return False
    alone = not _POLITE.sub("", before + after).strip()
    return (alone and short) or bool(_WANTING.search(before) or _DIRECTLY.search(before))


def find_mode(text: str) -> MeetingMode | None:
    """Return how the parent wants to meet; a way that they refuse does not count."""
    short = len(text.split()) <= _SHORT
    for sentence in re.split(r"[.!?\n]+\s", text):
        if not (short or _WISH.search(sentence)):
            continue
        for mode, pattern in _MODE_PATTERNS:
            if any(_is_chosen(sentence, match) for match in pattern.finditer(sentence)):
                return mode
    return None


def _is_chosen(text: str, match: re.Match[str]) -> bool:
    before = re.split(r"[.,;!?\n]", text[: match.start()])[-1]
    refused = _NOT_MODE.search(before)
    if refused and refused[0].lower().startswith("to ") and "rather" not in before:
        refused = None
    if refused and not _STOPS_NOT.search(refused[0]):
        return False
    thing = match[0].lower() == "phone" and _PHONE_THING.search(before)
    return not thing


def find_interpreter(text: str) -> str | None:
    """Return the language to interpret ("BSL" for sign language), or "not said" when none is."""
    if _NO_INTERPRETER.search(text):
        return None
    for pattern in _INTERPRETERS:
        for match in pattern.finditer(text):
            if match["language"].lower() != "english":
                return _language(match["language"])
    return "not said" if _ANY_INTERPRETER.search(text) else None


def _language(found: str) -> str:
    if found.lower() == "bsl" or "sign" in found.lower():
        return "BSL"
    return {"tigrigna": "Tigrinya", "panjabi": "Punjabi"}.get(found.lower(), found.capitalize())


def find_supporter(text: str) -> bool | None:
    """Tell whether somebody comes along with the parent."""
    if any(p.search(text) for p in _SUPPORTERS) and not _NO_SUPPORTER.search(text):
        return True
    return None


def find_step_free(text: str, *, short: bool) -> bool | None:
    """Tell whether the way in must be free of steps. In a ``short`` answer one word is enough."""
    return True if _STEP_FREE.search(text) or (short and _WHEELCHAIR.search(text)) else None


def find_anonymous(text: str) -> bool | None:
    """Tell whether the parent wants their name kept out of it."""
    return True if _ANONYMOUS.search(text) and not _NOT_ANONYMOUS.search(text) else None
