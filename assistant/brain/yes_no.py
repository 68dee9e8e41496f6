"""Plain yes and no, as parents write them, in the languages a school hears most."""

from __future__ import annotations

import re

_YES = (
    "yes|yeah|yep|yup|yh|ya|yea|yess|ye|aye|ok|okay|okey|k|kk|sure|fine|please|pls|plz|go on|go on then"
    "|go ahead|go for it|do it|do that|please do|sounds good|perfect|lovely|great|brilliant|grand"
    "|correct|right|thats right|that's right|definitely|absolutely|of course|course|why not|all right"
    "|alright|that works|works for me|that'll do|thats fine|that's fine|thats ok|that's ok|i do|i would"
    "|it is|we can|i agree|agreed|deffo|defo|yes that one|that one|thank you|thanks|ta|cheers|x|👍"
    "|tak|proszę|si|sí|oui|da|haan|ji|ji haan|han ji|evet|sim|так|haa|ha|taip|ie|ydy|na'am|نعم|ہاں|हाँ|ਹਾਂ|હા|হ্যাঁ"
)
_NO = (
    "no|nope|nah|na|naw|nay|not now|not today|not yet|not really|no thanks|no thank you|no ta|leave it"
    "|leave it there|i'd rather not|id rather not|rather not|don't|dont|dont bother|don't bother"
    "|no way|definitely not|none of them|none of those|not that one|no need|nah you're alright"
    "|nah your alright|nah its ok|it's ok|never mind|no chance|i don't|i dont|i do not|it isn't|it isnt"
    "|thanks|thank you|ta|cheers"
    "|nie|nu|non|não|nao|hayır|hayir|nahi|nahin|ji nahi|ні|maya|ne|لا|نہیں|नहीं|ਨਹੀਂ|ના|না"
)
_ANSWERS = (
    ("affirm", re.compile(rf"(?:(?:{_YES})(?:\s+|$))+")),
    ("deny", re.compile(rf"(?:(?:{_NO})(?:\s+|$))+")),
)
_COURTESY = re.compile(r"(?:thanks|thank you|ta|cheers|x|please|pls|plz|\s)*")


def yes_or_no(text: str) -> str | None:
    """Return `affirm` or `deny` when the whole message is one, else None."""
    plain = re.sub(r"[^\w'👍]+", " ", text.casefold().replace("’", "'")).strip()
    if _COURTESY.fullmatch(plain):
        return None
    return next((act for act, words in _ANSWERS if words.fullmatch(plain)), None)
