"""What a parent needs for a meeting: a language, company, a way in, their name kept out."""

from __future__ import annotations

import re

from assistant.casework.details.word_lists import words

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
    r"a)\s+name|be\s+named)"
    r"|\bno\s+names?\b(?=[\s,.]*(?:$|no\b|please|and\s+no\b))"
    r"|\b(?:not|without|prefer\s+not\s+to|rather\s+not)\s+(?:be\s+)?(?:saying?|tell(?:ing)?|"
    r"giv(?:e|ing)|shar(?:e|ing)|leav(?:e|ing))\s+(?:you\s+|them\s+|anyone\s+)?(?:who\s+(?:i\s+am|we\s+are|"
    r"it\s+is|i'?m)|(?:my|our|a|any)\s+(?:name|details))",
    re.IGNORECASE,
)
_WOULD_RATHER_NOT = re.compile(
    r"^\W*(?:(?:i'?d?|i\s+would|no|sorry|um|erm|well|honestly)\W+)*(?:prefer\s+not(?:\s+to)?|"
    r"rather\s+not|not\s+(?:telling|saying)|no\s+comment)(?:\s+(?:say|answer|give\s+(?:it|that|them)|you|"
    r"tell\s+you|thanks|thank\s+you|please|that))*\W*$",
    re.IGNORECASE,
)
"""An answer that keeps back who the parent is, when that was asked."""
_NOT_ANONYMOUS = re.compile(
    r"\b(?:not|n'?t|no\s+need|don'?t\s+mind)\s+(?:\w+\s+){0,3}(?:anonymous|anon)|"
    r"don'?t\s+mind\s+(?:being\s+named|my\s+name)",
    re.IGNORECASE,
)


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


def find_anonymous(text: str, *, asked_who: bool) -> bool | None:
    """Tell whether the parent wants their name kept out of it.

    ``asked_who``: the message answers who they are, so that "prefer not to" is about that.
    """
    kept_back = _ANONYMOUS.search(text) or (asked_who and _WOULD_RATHER_NOT.search(text))
    return True if kept_back and not _NOT_ANONYMOUS.search(text) else None
