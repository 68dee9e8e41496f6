"""Rules for what a parent forbids or writes off: "don't put me down before ten", "hopeless"."""

from __future__ import annotations

import re

from assistant.casework.times.clock_rules import NUMBERS, Found, Rule, rule
from assistant.casework.times.shapes import Anything, Link, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS

_DAY = rf"(?:{'|'.join(WEEKDAYS)})s?"
_PART = r"(?:mornings?|afternoons?|evenings?|nights?|lunchtimes?|dinnertimes?)"
_TIMELY = (rf"(?:(?:on |for )?(?:the |a |any )?(?:{_DAY}|{_PART}|today|tomorrow|tonight|"
           r"weekends?|this|next)\b)")  # fmt: skip
_NO = (r"(?:(?:do|did|could|must|will|would|shall) not|(?:did|could|do|must|would)n'?t|won'?t|"
       r"shan'?t)")  # fmt: skip
_DONT = (
    rf"(?:(?:please |just |if (?:you|they) )?(?:{_NO}|never|(?:can|could) you not|"
    r"(?:would |'d )?rather (?:you|they) (?:did not|didn'?t)|(?:not|rather not) to)(?: ever)?)"
)
_BOOK = (
    r"(?:(?:put|book|slot|schedule|pencil|stick|make|give|fit|squeeze|arrange|offer|set|plan|call)"
    r"(?: (?:me|us|it|him|her|anything|something|a meeting|meetings|a slot|an appointment))*"
    r"(?: (?:down|in|up))?(?: (?:for|with|to))?(?: (?:me|us|it|anything|a meeting))?)"
)
_EDGE = r"(?: any ?time| any| at| for)?(?= (?:before|after|past|earlier than|later than)\b)"
_WILL_DO = (r"(?=\s*$|,? (?:i|we)(?:'d| could| can|'m| am)\b|(?: is|'s)? (?:fine|ok|okay|good|"
            r"grand|great|free|works)\b)")  # fmt: skip
_NOT_COMING = (
    rf"(?:(?:i |we )?(?:{_NO}|(?:'d )?rather not)|(?:i'?m|we'?re) not)"
    r"(?: (?:be|want|wish|like|going|to|able))* "
    r"(?:meet|meeting|come|coming|talk|talking|see anyone)(?: (?:in|up|over|down))?"
    rf"(?= (?:in the )?{_TIMELY})"
)
"""A day or a part of it on which somebody will not come, which refuses no other."""
_TO = r"(?: (?:for|to|with) (?:me|us|anyone|anybody|you|man nor beast))*"
_HOPELESS = (
    r"(?:hopeless|useless|murder|chaos|mayhem|hell|horrendous|terrible|awful|dreadful|a pain|"
    r"ruled out|"
    r"a (?:total |complete |bit of a )?(?:nightmare|write[ -]?off|no[ -]?no|no[ -]?go|disaster|"
    r"washout|dead loss)|out of the question|beyond me|no use|no good|never (?:any )?good)"
)
_NEVER = r"(?:never|hardly ever|rarely) (?:works?|suits?|possible|free)"
_REACH = (
    r"(?:(?:i |we )?(?:can'?t|cannot|can not|shan'?t|won'?t|couldn'?t)(?: be able to)?|"
    r"(?:i'?m |we'?re )?(?:unable|not able) to) "
    r"(?:get|make|come|be|do|manage|see|travel|drive|reach|leave|meet)(?: \w+){0,5}? "
    rf"(?:until|before)(?= (?:the )?(?:{_DAY}|tomorrow|next|\d+(?:st|nd|rd|th)|\d\d?/\d|"
    r"after (?:the )?\d))"
)


def _link(name: str, pattern: str) -> Rule:
    return rule(pattern, lambda _, __: [Link(name)])


def _behind(lead: str, name: str, pattern: str) -> Rule:
    """Make the rule of a link that counts only behind such words."""
    before = re.compile(rf"(?:{lead})\s*$")

    def build(found: Found, _: Scene) -> list[Token] | None:
        return [Link(name)] if before.search(found.string[: found.start()]) else None

    return rule(pattern, build)


FORBIDDING_RULES: tuple[Rule, ...] = (
    _link("nothing", rf"{_DONT} {_BOOK}{_EDGE}"),
    _link("not", rf"{_DONT} {_BOOK}(?= {_TIMELY})"),
    _link("not", rf"(?:(?:i'?m|we'?re|i am) )?(?:no (?:good|use)|useless|hopeless|not fit|not much "
                 rf"(?:good|use)|fit for nothing)(?: for (?:anything|much|company))?{_TO}"
                 rf"(?= {_TIMELY})"),
    _link("not", _NOT_COMING),
    _link("bad", rf"(?:is|are|'s|'re) (?:just |really |always |completely |absolutely )?"
                 rf"{_HOPELESS}{_TO}|{_NEVER}{_TO}"),
    _behind(rf"{_DAY}|{_PART}|today|tomorrow|tonight", "bad",
            r"(?:no|nope|not)(?=\s*(?:$|[,.;!]))"),
    _link("from", _REACH),
    rule(rf"(?:everything|anything) else{_WILL_DO}|any ?time else|any other time",
         lambda _, __: [Anything()]),
    _behind(rf"\d|noon|am|pm|{'|'.join(NUMBERS)}", "only", rf"any(?= {_PART}\b)"),
    _link("good", rf"(?<=, )any(?= {_PART}\b)"),
)  # fmt: skip
