"""Rules for the small words that tie times together, and for words that mean nothing here."""

from __future__ import annotations

import re

from assistant.casework.times.clock_rules import NUMBERS, Rule, rule
from assistant.casework.times.shapes import Link, Scene, Token, Word
from assistant.casework.times.spelling import WEEKDAYS, words


def _link(name: str, pattern: str) -> Rule:
    def build(_: re.Match[str], __: Scene) -> list[Token]:
        return [Link(name)]

    return rule(pattern, build)


def _mark(name: str, pattern: str) -> Rule:
    """Make the rule of a mark, which a word may follow without a space ("3-4pm")."""
    _, build = _link(name, pattern)
    return re.compile(pattern), build


def _as_a_start(name: str, pattern: str) -> Rule:
    """Make the rule of a link that counts only where a clause begins ("no good Mondays")."""
    return _behind(name, pattern, r"(?:^|[,.;!?]|\b(?:i'?m|its?|it's|so|but|and|because))\s*$")


def _after_any(name: str, pattern: str) -> Rule:
    """Make the rule of a link behind "any evening" or "every morning"."""
    parts = r"nights?|evenings?|mornings?|afternoons?|lunchtimes?|week|week ?days?|school days?"
    return _behind(name, pattern, rf"\b(?:any|every|each|most|all) (?:{parts})\s*$")


def _behind(name: str, pattern: str, lead: str) -> Rule:
    before = re.compile(lead)

    def build(found: re.Match[str], _: Scene) -> list[Token] | None:
        return [Link(name)] if before.search(found.string[: found.start()]) else None

    return rule(pattern, build)


_END = r"(?=\s*(?:$|[,.;]|on\b|any\b|please))"


_FULL = (
    r"chocka(?: ?block)?|rammed|snowed under|swamped|up to my (?:eyes|neck)|away|off sick|poorly|"
    r"on holiday|abroad|in hospital|in meetings|booked up|flat out|mad busy|busy"
)
_BUSY = (r"(?:i'?m |im |we'?re )?(?:at work|in work|working|tied up|not free|not available|"
         r"not back|"
         r"not home|don'?t finish|doesn'?t finish|not off|on shift|on nights|"
         r"(?:not|won'?t|can'?t) be (?:free|back|home|in|"
         r"there|able to come)|(?:have|has|got|keeps?) me (?:in|on|there|working)|"
         rf"{_FULL})"
         r"(?: on)?")  # fmt: skip
_FREED = (r"(?:i |we |he |she |when i |once i )?(?:finish(?:es)?|get off|gets off|knock off|"
          r"clock off|get out|"
          r"get home|get back|am off|am done)(?: work| school| my shift)?(?= (?:at |about |"
          r"around |by )?"
          r"(?:\d|half|quarter|noon|one|two|three|four|five|six))(?: (?:at|about|around|"
          r"by))?")  # fmt: skip

_CANNOT = (r"can'?t|cannot|can not|couldn'?t|won'?t|wouldn'?t|don'?t|unable to|not able to|"
           r"never free|not free|not available")  # fmt: skip
_TIMELY = (r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning|afternoon|evening|night|"
           r"today|tomorrow|"
           r"weekends?|lunchtime|dinnertime|before|after|until|this|next|every|any)\b")  # fmt: skip

LINK_RULES: tuple[Rule, ...] = (
    _link("from", rf"{_BUSY} until(?= (?:the )?(?:{'|'.join(WEEKDAYS)}|tomorrow|next|"
                  r"\d+(?:st|nd|rd|th)))"),
    _link("after", rf"{_BUSY} until|{_FREED}|not (?:until|before) after"),
    _link("after that", r"(?:any ?time |anything )?(?:after|from) (?:that|then)(?! (?:week|day|"
                        r"date|time|month|term|half))"),
    _link("day after", r"the (?:day after|following day|next day)(?: that)?(?=\s*(?:$|[,.;!?]|"
                       r"at|or|if|would|is|please|about|around))"),
    _link("because", r"(?:because|coz|cos|cus|cuz|since|as)(?= (?:i|we|he|she|they|i'?m|i'?ve|my|"
                     r"his|her|the|it|its|hes|shes|he's|she's|it's|that's|thats|were|we're)\b)"),
    _as_a_start("not", rf"(?:no good|no use|not good|not great|useless|hopeless)(?: (?:on|for me))*"
                       rf"(?= {_TIMELY})"),
    _after_any("not", r"but|except(?: for)?|bar|apart from|not"),
    rule(r"on (?:nights?|days|lates?|earlies|shifts?)(?= )", lambda _, __: []),
    _link("by", r"(?:by|before) (?:the )?(?:end|close) of (?:the )?(?:play|day|business)"
          rf"(?: on)?(?= (?:the )?(?:{'|'.join(WEEKDAYS)}|tomorrow|\d))"),
    _link("when", r"(?:whenever|when|once|while)(?= (?:i|we|he|she|they|my|his|her|"
                  r"their|the|our|hes|shes|im|i'm)\b)|(?:as )?soon as"),
    _link("until", rf"while(?= (?:half|quarter|noon|\d|(?:{'|'.join(NUMBERS)})\b))"),
    _link("until", r"no later than|not later than|at the latest by|up (?:to|until)|until|"
                   r"before or at"),
    _link("after", r"no earlier than|not earlier than|not sooner than|(?:any ?time|anything|"
                   r"any time|"
          r"straight|just|right|shortly|soon)? ?(?:after|past|following)|gone(?= \d| half|"
          rf" quarter| (?:{'|'.join(NUMBERS)})\b)"),
    _link("from", r"(?:any ?time |anything )?(?:from|since|starting|onwards from)(?: about)?"),
    _link("before", r"(?:any ?time |anything |any time |just )?(?:before|earlier than|prior to)"),
    _link("by", r"by(?: about)?"),
    _link("onwards", rf"onwards?|(?:or|and) (?:after|later|onwards|beyond){_END}|plus"),
    _link("backwards", rf"(?:or|and) (?:before|earlier|sooner){_END}|at the latest|latest"),
    _link("between", r"(?:any ?time )?between|betwixt"),
    _link("around", r"around|round|about|roughly|approx(?:imately)?|circa|near(?:er)?|"
          r"close to|say"),
    _link("bad", r"(?:is|are|'s)? ?(?:no good|no use|a no go|not good|not great|no go)|"
          r"(?:doesn'?t|don'?t|won'?t|wouldn'?t|isn'?t|aren'?t|is not|are not) "
          r"(?:work|suit|good|great|possible|do|any good)(?: for (?:me|us))?|(?:is|are) (?:out|"
          r"bad|hard|"
          r"impossible|tricky|difficult)|are out"),
    _link("nothing", rf"not(?= before\b)|"
                     rf"nothing(?= {_TIMELY}|(?: on| past| later| earlier| at)\b)"),
    _link("not", rf"not on|not|(?:any ?(?:day|time)|anything|anytime) (?:but|except|bar|"
                 rf"other than)|"
          r"except(?: for)?|apart from|other than|excluding|instead of|rather than|but not|"
          r"bar(?=\s)|never|"
          rf"avoid|without|no(?= {_TIMELY})|(?:i |we )?(?:{_CANNOT}) (?:do|make|manage|get in|"
          rf"get there|"
          rf"come in|come|be there|work|see)(?: it)?(?: on)?|(?:i |"
          rf"we )?(?:{_CANNOT})(?: on)?(?= {_TIMELY})|"
          rf"(?:(?:i|i'?m|im|we) (?:work|working|at work|in work)(?: on)?|"
          rf"(?:i'?m |we'?re )?(?:{_FULL}|tied up)(?: all| on)?)(?= {_TIMELY})"),
    _link("good", r"(?:is|are|'s|would be)? ?(?:fine|ok|okay|good|great|best|better|perfect|free|"
          r"works|easiest|ideal|suits)|(?:i )?(?:can do|could do)"),
    _link("only", r"only(?= (?:after|before|from|until|between|on|at|in|past|\d))"),
    _link("but", r"but"),
    _link("so", r"so"),
    _link("or", r"or|either|failing that|otherwise|if not"),
    _link("and", r"and|also|then"),
    _link("to", r"to|thru|through"),
    _link("at", r"at"),
    _mark("comma", r"[,;.!?]"),
    _mark("or", r"/"),
    _mark("and", r"\+"),
    _mark("to", r"-"),
    _mark("at", r"@"),
)  # fmt: skip

_FILLERS = words(
    "a am an the on in of please pls plz ta thanks thank cheers if poss possible possibly "
    "would could can do be is its it's i i'd id i'm im we me us you u for this that "
    "sometime some time maybe perhaps prefer preferably ideally really just only my any "
    "also available free come see meet meeting book appointment slot have with have get "
    "well yes yeah yep ok okay day days hi hello sorry how what will there then like want "
    "need make it up slots one both them might week's when whichever though long as "
    "probably mostly generally usually hopefully love mate suit suits work works best "
    "better good fine ok okay easier easiest time times date gone"
)
FILLER_RULES: tuple[Rule, ...] = (
    rule("|".join(re.escape(word) for word in dict.fromkeys(_FILLERS)), lambda _, __: []),
)


def unknown(text: str) -> Word:
    """Make a word that no rule knows."""
    return Word(text)
