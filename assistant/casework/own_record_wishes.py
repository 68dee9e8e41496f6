"""What a parent wants of a meeting or a complaint that they have already, in their own words.

The kinds are tried in the order of ``WORDS``: what keeps a record as it is comes before what moves
it, and what changes it before what only asks about it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.casework.own_record_words import OBJECT, THING


class Wanted(StrEnum):
    """What is wanted; the first kinds change something, the later ones only ask."""

    KEEP = "keep"
    LATE = "late"
    NUMBER = "number"
    COMPANY = "company"
    MODE = "mode"
    ADD = "add"
    MOVE = "move"
    OFF = "off"
    WAIT = "wait"
    PLACE = "place"
    KNOWN = "known"
    HANDLER = "handler"
    DATES = "dates"
    TIME = "time"
    STATUS = "status"


CHANGED = frozenset({Wanted.MOVE, Wanted.OFF})
"""What needs one of the two forms that change a record."""

_MOVES = (
    r"(?:chang(?:e|ing)|mov(?:e|ing)|re-?schedul\w+|re-?arrang\w+|swap(?:ping)?|switch|shift|"
    r"postpon\w+|delay|bring forward|push back|put back|push|tweak)"
)
_OFF = (
    r"(?:cancel(?:ling)?|withdraw(?:ing)?|retract|scrap|bin(?: off)?|drop(?:ping)?|pull|stop|"
    r"close|call off|get rid of|ditch)"
)
_ASKS = r"(?:can|could|please|pls|plz|want to|wanna|need to|like to|got to|have to|will|just|to)"
_WAY = r"(?:the )?(?:phone|telephone|video|zoom|teams|facetime)"
_NUMBER = r"(?:number|phone|mobile|e-?mail(?: address)?|name|contact|details)"


def _any(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern that finds any of them."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


WORDS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.WAIT, _any(
        r"\bi'?ll (?:just )?(?:wait|hang on|hold on|sit tight)\b",
        r"\bhappy to wait\b",
        r"\bcan wait\b",
        r"\bjust (?:wanted|needed) to (?:know|check|be sure|make sure|see) (?:if |that "
        r")?(?:it|they|you|someone|somebody|my \w+)\b(?! (?:on|when|where))",
    )),
    (Wanted.KEEP, _any(
        r"\b(?:don'?t|do not|no need to|not to|rather not|won'?t|without|not) (?:want (?:to|"
        rf"you to) |need (?:to|you to) |you )?(?:touch|{_MOVES}|{_OFF})\b",
        rf"\bkeep (?:it|that|everything|things|the {THING}|my {THING}|\w+day)\b",
        r"\bleave (?:it|that|things|everything|the \w+|my \w+) (?:as (?:it|they) (?:is|are|"
        r"was|were)|booked|alone|be|there|in)\b",
        r"\bno changes?\b",
        r"\bi'?ll (?:still )?(?:be there|come|make it)\b",
        r"^\W*(?:no|nope|nah|ok|okay)?\W*(?:that'?s|thats) (?:all|everything)\b",
    )),
    (Wanted.LATE, _any(
        r"\brunning (?:\w+ ){0,3}late\b",
        r"\b(?:i|we)(?:'m|m|'ll|ll|'re| am| are| will| might| may)(?: \w+){0,3} (?:late|"
        r"delayed|held up)\b(?! to\b)",
        r"\bstuck (?:in|on|at)\b",
        r"\b(?:mins?|minutes) late\b",
    )),
    (Wanted.NUMBER, _any(
        rf"\b(?:chang|updat|correct|fix|amend)\w*(?: \w+){{0,3}} {_NUMBER}\b",
        r"\b(?:new|different|wrong|old) (?:phone |mobile )?(?:number|mobile|e-?mail)\b",
        r"\b(?:number|mobile|e-?mail|name)(?: \w+){0,4}(?:'s| is| was| has) (?:wrong|old|"
        r"spelt|misspelt|changed)\b",
    )),
    (Wanted.COMPANY, _any(
        r"\b(?:can|could|may|ok if|okay if|alright if)\b[^.?!]{0,25}\b(?:come|bring|sit in|"
        r"be there)\b[^.?!]{0,20}\b(?:too|as well|with (?:me|us)|along|mum|dad|nan|sister|"
        r"brother|friend|husband|wife|partner|someone|somebody)\b",
        r"\b(?:can|could|may) (?:i|we) bring\b",
        r"\b(?:my|his|her) (?:mum|dad|nan|sister|brother|friend|husband|wife|partner) "
        r"(?:come|comes|be there|sit in)\b",
    )),
    (Wanted.MODE, _any(
        rf"\b(?:by|over|on|via) {_WAY}\b[^.?!]{{0,20}}\binstead\b",
        rf"\binstead\b[^.?!]{{0,20}}\b(?:by|over|on|via) {_WAY}\b",
        r"\b(?:can|could|possible|rather|prefer|like|need|turn|make|do)"
        rf"\b[^.?!]{{0,30}}\b(?:by|over|on|via|a) {_WAY}\b(?! number)",
        r"\b(?:ring|phone|call) me instead\b",
        r"\b(?:face to face|in person|come in) instead\b",
    )),
    (Wanted.ADD, _any(
        r"\badd(?:ing)? (?:something|more|some|to|one|another|a|this|that|what|the fact|"
        r"these|my|it to)\b",
        r"\b(?:like|want|need|something|more|else|forgot) to add\b",
        r"\bforgot to (?:say|mention|put)\b",
        r"\bput (?:something|this|that|it)(?: else)? (?:in|on|with|to) (?:it|(?:my|the) "
        r"(?:complaint|case))\b",
    )),
    (Wanted.MOVE, _any(
        r"\b(?:re-?arrang|re-?schedul|re-?book)\w*\b",
        r"\b(?:another|different|new) (?:day|time|date|slot)\b",
        rf"\b{_OFF} {OBJECT}[^.?!]*[,.?!]? ?(?:and |but )?(?:can|could) (?:i|we) (?:do|have|"
        r"come|make)\b",
    )),
    (Wanted.OFF, _any(
        rf"\b{_OFF} {OBJECT}",
        rf"\b{_ASKS} (?:you |i |we |to ){{0,2}}(?:cancel|withdraw)\b",
        r"\bcall(?:ing)? (?:it|that|the \w+|my \w+|\w+day) off\b",
        r"^\W*(?:pls |please )?cancel\b",
        r"\btak(?:e|ing) (?:it|that|(?:my|the) complaint) back\b",
        r"\bwant (?:it|this|that|the \w+|my \w+) (?:cancelled|withdrawn|closed|dropped|"
        r"stopped)\b",
        r"\b(?:don'?t|do not|no longer|not) (?:need|want) (?:it|that|this|them|(?:the|my|a|"
        rf"that) {THING})\b",
        r"\b(?:no longer|not) needed\b",
        r"\bno longer (?:want|wish) to (?:go on|go ahead|take it|carry on)\b",
        r"\bdon'?t want to (?:go on|go ahead|take it further|carry on|pursue)\b",
    )),
    (Wanted.MOVE, _any(
        rf"\b{_MOVES} {OBJECT}",
        rf"\b{_ASKS} (?:you |i |we |to ){{0,2}}(?:re-?arrange|re-?schedule|postpone)\b",
        rf"\b(?:bring|push|put) {OBJECT}[^.?!]{{0,20}}\b(?:forward|back|off)\b",
        r"\b(?:another|different|other|new|later|earlier|better) (?:day|time|date|slot)\b",
        r"\b(?:can'?t|cannot|cant|won'?t|wont|not able to|unable to|couldn'?t)(?: be able "
        r"to)? (?:now |actually )?(?:make|do|come|get there|attend|be there)\b(?! (?:his|"
        r"her|their|the) )",
        r"\bno longer (?:works?|suits?|convenient)\b",
        r"\bdoesn'?t (?:work|suit)\b",
        r"\bsomething'?s come up\b",
        r"\b(?:can|could) (?:it|we|i|she|he|they) (?:be|do|make it|come|go|have it)"
        r"\b[^.?!]{0,25}\b(?:\w+day|tomorrow|instead|later|earlier|next week|"
        r"\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?)\b",
    )),
    (Wanted.PLACE, _any(
        r"\bwhere(?:abouts)?\b[^.?!]{0,25}\b(?:go|come|is it|meet|meeting|be|held|report|"
        r"wait|park|room)\b",
        r"\b(?:which|what) (?:room|building|office|entrance|door|gate|place)\b",
        r"\bhow do (?:i|we) (?:get (?:there|in)|find (?:it|the))\b",
        r"\bwhere(?:'?s| is) (?:it|that)\b",
    )),
    (Wanted.KNOWN, _any(
        r"\b(?:does|do|will|has|have|did|is|are) (?:she|he|they|(?:mr|mrs|ms|miss) \w+|the "
        r"\w+|anyone|his \w+|her \w+)\b[^.?!]{0,15}\b(?:know|been told|aware|expecting|told)"
        r"\b",
    )),
    (Wanted.HANDLER, _any(
        r"\bwho(?:'?s| is| has|'?ve)?\b[^.?!]{0,25}\b(?:got|has|have|deal\w*|handl\w*|"
        r"looking|read\w*|in charge|with|seen|picked|assigned|gone)\b",
        r"\bwhose desk\b",
        r"\bwho (?:do i|to) chase\b",
        r"\b(?:has|have|did) any(?:one|body)\b[^.?!]{0,15}\b(?:look\w*|read|see|seen|"
        r"pick\w*|open\w*|start\w*)\b",
    )),
    (Wanted.DATES, _any(
        r"\bhow (?:much )?(?:long(?:er)?|many (?:more )?(?:days|weeks)|soon)\b",
        r"\bby when\b",
        r"\bdead ?line\b",
        r"\bwhen (?:will|do|should|can|am|would|are)\b[^.?!]{0,30}\b(?:hear|answer|reply|"
        r"response|back|decision|done|know)\b",
        r"\btime ?(?:scale|limit|frame)s?\b",
        r"\bwhat happens (?:next|now)\b",
        r"\b(?:got|have) (?:to|until|till)\b[^.?!]{0,15}\b(?:answer|reply)\b",
        r"\bwhat'?s next\b",
    )),
    (Wanted.TIME, _any(
        r"\b(?:what|which) (?:time|day|date)\b",
        r"\bwhat(?:'?s| is) the (?:time|day|date)\b",
        r"\bwhen(?:'?s| is| was) (?:it|that|my|our|the)\b",
        r"\bwho(?:'?s| is) (?:it|my \w+) with\b",
    )),
    (Wanted.STATUS, _any(
        r"\bstill (?:on|happening|going|booked|there|ok|okay|standing|valid|in)\b",
        r"\bgoing ahead\b",
        r"\bwhat(?:'?s| is) (?:happening|going on|the (?:latest|score|status))\b",
        r"\bhow(?:'?s| is) (?:it|my|the)\b[^.?!]{0,15}\b(?:going|getting|doing)\b",
        r"\bany (?:news|updates?|progress|word|movement)\b",
        r"\bwhere (?:has|have|is|are)\b[^.?!]{0,25}\b(?:got|up|at) ?to?\b",
        r"\b(?:got|get|gone|go) (?:through|lost)\b",
        r"\b(?:did|has|have) (?:it|my|you)\b[^.?!]{0,25}\b(?:got|get|gone|arrive\w*|"
        r"reach\w*|receive\w*)\b",
        r"\blost (?:the|my) (?:text|e-?mail|ref\w*|link|letter|number|code)\b",
        r"\bnever got (?:a|an|any|the)\b",
        r"\bchas(?:e|ing)\b",
        r"\bfollow(?:ing)? up\b",
        r"\bchecking (?:on|up|in)\b",
        r"\bvanish\w*",
        r"\bdisappear\w*",
        r"\bremind me\b",
        r"\bwhat stage\b",
        r"\bstatus\b",
        r"\bupdate\b",
        r"\bheard (?:nothing|anything|back)\b",
        r"\bconfirm\b",
        r"\bstill waiting\b",
        r"\bno (?:reply|answer|response)\b",
        r"\bnot heard\b",
        r"\bhaven'?t heard\b",
        r"\bno ?(?:one|body)(?:'s| has| have)? (?:replied|answered|got back|been in touch)\b",
    )),
)  # fmt: skip
"""What a parent may want, in the order in which it is looked for."""

_KEEPS = dict(WORDS)[Wanted.KEEP]


def wanted_of_record(text: str) -> Wanted | None:
    """Return what ``text`` wants of a record that its writer has; None when it tells nothing so.

    "Don't cancel it, just move it" moves: what is kept from one change may be wanted otherwise.
    """
    plain = text.replace("’", "'")
    kept = _KEEPS.search(plain)
    left = _KEEPS.sub(" ", plain)
    found = next((wanted for wanted, words in WORDS if words.search(left)), None)
    if kept:
        return found if found in CHANGED else Wanted.KEEP
    return found
