"""Telephone numbers and e-mail addresses, and whether it is safe to use them."""

from __future__ import annotations

import re

from assistant.casework.details.dictated import find_dictated

_NUMBER = re.compile(r"(?<![\w@.])(?:\+|00)?\(?\d[\d\s().\-–/oO]{7,22}[\doO](?![\w@])")
_UK = re.compile(r"0[1-35789]\d{8,9}")
_FOREIGN = re.compile(r"\+\d{9,14}")
_ENDING = re.compile(
    r"\b(?:should\s+|it\s+|number\s+|that\s+)?(?:end(?:s|ing)?(?:\s+(?:in|with|is))?"
    r"|last\s+(?:two|three|four|2|3|4)?\s*(?:digits?|numbers?)?\s*(?:are|is|should be|being)?)"
    r"[\s:,]+(?P<digits>\d(?:[\s\-]?\d){1,5})(?!\d)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{2,63}){1,4}")
_SPOKEN_EMAIL = re.compile(
    r"([\w.+\-]{1,64})\s+at\s+(\w{1,63})\s+dot\s+(co\s+dot\s+uk|com|net|org|uk)\b", re.IGNORECASE
)
_NOT = (
    r"(?:do\s?n[o']?t|dont|do not|please\s+not|never|not|can'?t|cannot|"
    r"rather\s+you\s+didn'?t)\s+"
)
_UNSAFE = [
    (
        "home phone",
        _NOT + r"(?:ever\s+)?(?:ring|call|phone|use)\w*\s+(?:me\s+)?(?:at\s+|on\s+)?"
        r"(?:the\s+|my\s+|our\s+)?(?:house|home|landline|home phone)",
    ),
    ("home phone", r"not\s+(?:on\s+)?the\s+(?:landline|house phone|home phone|home number)"),
    ("email", _NOT + r"(?:send\s+(?:me\s+)?(?:an?\s+|any\s+)?)?(?:by\s+)?e-?mails?\b"),
    (
        "email",
        (
            r"\b(?:he|she|they|husband|wife|partner|ex|dad|mum|kids)\s+(?:\w+\s+)?(?:reads?|"
            r"checks?|sees?|opens?|(?:can|could) see|has access to|goes through)\s+"
            r"(?:all\s+)?(?:my|our|the)\s+e-?mails?"
        ),
    ),
    ("email", r"(?:e-?mail|inbox|account)\s+is\s+(?:shared|not safe|not private)"),
    ("text", _NOT + r"(?:send\s+(?:me\s+)?(?:a\s+|any\s+)?)?texts?\b(?:\s+me)?"),
    ("text", r"\b(?:reads?|checks?|sees?|goes through)\s+(?:all\s+)?my\s+(?:texts|messages)"),
    ("letter", r"\bno\s+(?:letters|post)\b"),
    ("text", r"\bno\s+texts\b"),
    ("email", r"\bno\s+e-?mails\b"),
    ("phone", r"\bno\s+(?:phone\s+)?calls\b"),
    (
        "letter",
        _NOT + r"(?:send\s+)?(?:me\s+)?(?:a\s+|any\s+)?(?:letters?|post|write|anything in the "
        r"post)\b",
    ),
    (
        "phone",
        _NOT + r"(?:be\s+)?(?:safe\s+to\s+)?(?:ring|call|phone)\w*\b(?!\s+(?:me\s+)?(?:back|"
        r"before|after|until|till|at|in|on|between))"
        r"(?:\s+(?:me|this number|my phone|my mobile))?",
    ),
    ("phone", r"\b(?:checks?|has|takes|goes through|looks at)\s+my\s+phone\b"),
]
_UNSAFE_PATTERNS = [(channel, re.compile(pattern, re.IGNORECASE)) for channel, pattern in _UNSAFE]
_ASKING = re.compile(
    r"(?:^|[.,;!?\n:(\-]|\b(?:please|pls|plz|but|and|so|just|you|to|also|rather|would|"
    r"must|prefer|only|safely|thanks|\d+))\s*$",
    re.IGNORECASE,
)
_OTHERS_LOOK = (
    "read",
    "check",
    "see",
    "goes",
    "has",
    "takes",
    "looks",
    "he",
    "she",
    "they",
    "husband",
    "wife",
    "partner",
    "ex",
    "dad",
    "mum",
    "kids",
    "inbox",
    "account",
    "email",
    "e-mail",
)
_NO_LONGER = 40
"""Words; in a longer message only an outright request counts."""
_SAFE = re.compile(
    r"\bsafe\s+(?:for\s+you\s+)?to\s+(?:ring|call|phone|text|e-?mail|contact|use|leave)"
    r"|\b(?:mobile|number|phone|e-?mail|this one)(?:\s+is|'s)\s+(?:fine|safe|private|ok to use)"
    r"|\b(?:ok|okay|fine|alright)\s+to\s+(?:ring|call|phone|text|e-?mail)\b"
    r"|\bring\s+(?:me\s+)?any\s?time\b",
    re.IGNORECASE,
)
_NOT_SAFE = re.compile(
    r"\b(?:not|isn'?t|never|wouldn'?t be)\s+(?:really\s+|"
    r"always\s+)?safe\s+(?:for\s+you\s+)?to\s+(\w+)",
    re.IGNORECASE,
)
_CHANNEL_OF_VERB = {"email": "email", "mail": "email", "text": "text", "write": "letter"}


def normalise_phone(text: str) -> str | None:
    """Return the number as digits ("07700900123"; "+353…" abroad), or None when it is not whole."""
    digits = re.sub(r"[^\d+]", "", text.replace("o", "0").replace("O", "0"))
    digits = re.sub(r"^(?:\+|00)44(?:0)?", "0", digits)
    digits = re.sub(r"^44(?=7\d{9}$)", "0", digits)
    digits = re.sub(r"^7(?=\d{9}$)", "07", digits)
    digits = re.sub(r"^00(?=[1-9])", "+", digits)
    if _UK.fullmatch(digits) or _FOREIGN.fullmatch(digits):
        return digits
    return None


def find_phones(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return every whole telephone number with its span, in order, dictated ones too."""
    said = [*((match[0], match.span()) for match in _NUMBER.finditer(text)), *find_dictated(text)]
    found = ((normalise_phone(number), span) for number, span in said)
    return sorted(((phone, span) for phone, span in found if phone), key=lambda one: one[1])


def find_phone_ending(text: str) -> str | None:
    """Return the last digits that the parent says the number should have."""
    match = _ENDING.search(text)
    return re.sub(r"\D", "", match["digits"]) if match else None


def find_email(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the first e-mail address, also when spelt out ("sam at example dot com")."""
    if match := _EMAIL.search(text):
        return match[0].rstrip("."), match.span()
    if match := _SPOKEN_EMAIL.search(text):
        domain = re.sub(r"\s+dot\s+", ".", match[3], flags=re.IGNORECASE)
        return f"{match[1]}@{match[2]}.{domain}".lower(), match.span()
    return None


def find_safe_contact(text: str) -> tuple[bool | None, str | None]:
    """Return whether contact is safe and, when it is not, the channel to keep away from."""
    if match := _NOT_SAFE.search(text):
        return False, _CHANNEL_OF_VERB.get(match[1].lower(), "phone")
    for channel, pattern in _UNSAFE_PATTERNS:
        for match in pattern.finditer(text):
            refusal = not match[0].lower().startswith(_OTHERS_LOOK)
            if not refusal or _ASKING.search(text[max(0, match.start() - 40) : match.start()]):
                return False, channel
    brief = len(text.split()) <= _NO_LONGER
    return (True, None) if brief and _SAFE.search(text) else (None, None)
