"""Rules for the small words that tie times together."""

from __future__ import annotations

import re

from assistant.casework.times.clock_rules import NUMBERS, Rule, rule
from assistant.casework.times.shapes import Link, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS


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
         r"not home|(?:don'?t|doesn'?t|won'?t|not) (?:finish|(?:get|be) (?:home|back|in|off|out|"
         r"there|done|free))|not off|on shift|on nights|"
         r"(?:not|won'?t|can'?t) be (?:free|back|home|in|"
         r"there|able to come)|(?:have|has|got|keeps?) me (?:in|on|there|working)|"
         r"(?:no|not got|haven'?t got|don'?t have) (?:a |any )?(?:childcare|cover|car|lift|sitter|"
         r"babysitter|transport)|"
         rf"{_FULL})"
         r"(?: on)?")  # fmt: skip
_CLOCK = (r"(?= (?:\d|half|quarter|a quarter|noon|midday|twenty|ten|five|"
          rf"(?:{'|'.join(NUMBERS)})\b))")  # fmt: skip
_BY = r"(?: (?:at|about|around|by|for|just after))*"
_FREED = (
    r"(?:(?:i|we|he|she|when i|once i|work|school|my shift|the shift) )?(?<!to )(?<!must )"
    r"(?:(?:finish(?:es)?|ends?|get off|gets off|knock off|clock off|get out|gets? home|gets? back|"
    r"gets? in|am off|am done)(?: work| school| my shift)?|"
    r"(?<!to be )(?<!to get )(?:home|back|done|finished)(?= (?:by|for|at|about|around)\b)|"
    r"off(?= at\b)|free(?= by\b)|"
    r"(?<!to )(?:be|get) (?:there|with you|to you|to school|to the school|over)(?= by\b))"
    rf"{_BY}{_CLOCK}"
)
"""From when a parent can come: "I finish at 3", "he's home by 1", "I can be there by half 9"."""

_BOUND = (
    r"(?:i |we |i'?ve |we'?ve )?(?:got|have|has|need|needs|must|gotta)(?: got)? to "
    r"(?:be|get|leave|go|start|catch|pick|collect|fetch)(?: (?!by\b|for\b)\w+){0,4}? (?:by|for|at)"
    rf"{_CLOCK}|(?:i|my shift|work) starts?(?: work| my shift| on shift)? at{_CLOCK}"
)
"""What a parent must be off to: "got to be at work for 10" leaves the time before."""

_CANNOT = (r"can'?t|cannot|can not|couldn'?t|won'?t|wouldn'?t|don'?t|unable to|not able to|"
           r"never free|not free|not available")  # fmt: skip
_TIMELY = (r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning|afternoon|evening|night|"
           r"today|tomorrow|"
           r"weekends?|lunchtime|dinnertime|before|after|until|this|next|every|any)\b")  # fmt: skip

_BUSY_WHEN = (r"(?= (?:i|we|he|she|they)(?:'ve|'s|'m|'re| have| has| am| is| are) (?!free|off|home|"
              r"available|done|finished|back|not\b|nothing|no\b))")  # fmt: skip
"""What keeps somebody away on a day that was named: "Thursdays when I've the clinic"."""

LINK_RULES: tuple[Rule, ...] = (
    _link("from", rf"{_BUSY} until(?= (?:the )?(?:{'|'.join(WEEKDAYS)}|tomorrow|next|"
                  r"\d+(?:st|nd|rd|th)))"),
    _link("after", rf"{_BUSY} until|not (?:until|before) after"),
    _link("freed", _FREED),
    _link("before", _BOUND),
    rule(r"(?:as|so) long as|provided(?: that)?|assuming(?: that)?", lambda _, __: []),
    _link("or", r"if (?:that|it|this|those|they|neither|not)(?:'?s| is| isn'?t| doesn'?t| don'?t| "
                r"are| aren'?t)* (?:(?:no good|no use|not|possible|ok|okay|suit|work|convenient|"
                r"free|available|good|any good|full|taken|gone|too \w+)"
                r"(?: for (?:you|me|us))? ?)+"),
    rule(rf"(?:i|we|he|she|they) (?:don'?t|doesn'?t|do not|not) work(?: on)?"
         rf"(?= (?:the )?{_TIMELY})|"
         r"(?:i'?m |im |we'?re |he'?s |she'?s )?not (?:working|at work|in work)(?: on)?"
         rf"(?= {_TIMELY})", lambda _, __: []),
    _link("because", r"(?:because|coz|cos|cus|cuz|since|as)(?= (?:i|we|he|she|they|i'?m|i'?ve|my|"
                     r"his|her|the|it|its|hes|shes|he's|she's|it's|that's|thats|were|we're|of)\b)"),
    _as_a_start("not", rf"(?:no good|no use|not good|not great|useless|hopeless)(?: (?:on|for me))*"
                       rf"(?= {_TIMELY})"),
    _after_any("not", r"but|except(?: for)?|bar|apart from|not"),
    rule(r"on (?:nights?|days|lates?|earlies|shifts?)(?= )|(?:just )?(?:come|came|coming) off "
         r"(?:nights?|lates?|earlies|shift)", lambda _, __: []),
    _link("because", rf"(?<=days )when{_BUSY_WHEN}"),
    _link("by", r"(?:by|before) (?:the )?(?:end|close) of (?:the )?(?:play|day|business)"
          rf"(?: on)?(?= (?:the )?(?:{'|'.join(WEEKDAYS)}|tomorrow|\d))"),
    _link("when", r"(?:whenever|when|once|while)(?= (?:i|we|he|she|they|my|his|her|"
                  r"their|the|our|hes|shes|im|i'm)\b)|(?:as )?soon as"),
    _link("until", rf"while(?= (?:half|quarter|noon|\d|(?:{'|'.join(NUMBERS)})\b))"),
    _link("until", r"no later than|not later than|at the latest by|up (?:to|until)|until|"
                   r"before or at"),
    _link("after", r"no earlier than|not earlier than|not sooner than|(?:any ?time|anything|"
                   r"any time|"
          r"straight|just|right|shortly|soon)? ?(?:after|past|following|later than)|"
          rf"gone(?= \d| half| quarter| (?:{'|'.join(NUMBERS)})\b)"),
    _link("from", r"(?:any ?time |anything )?(?:from|since|starting|onwards from)(?: about)?"),
    _link("before", r"(?:any ?time |anything |any time |just )?(?:before|earlier than|prior to)"),
    _link("by", r"by(?: about)?"),
    _link("onwards", rf"onwards?|(?:or|and) (?:after|later|onwards|beyond){_END}|plus"),
    _link("backwards", rf"(?:or|and) (?:before|earlier|sooner){_END}|at the latest|latest"),
    _link("between", r"(?:any ?time )?between|betwixt"),
    _link("around", r"around|round|about|roughly|approx(?:imately)?|circa|near(?:er)?|"
          r"close to"),
    _link("bad", r"neither(?=\s*(?:$|[,.;!?]))|"
          r"(?:is|are|'s)? ?(?:no good|no use|a no go|not good|not great|no go)|"
          r"(?:doesn'?t|don'?t|won'?t|wouldn'?t|isn'?t|aren'?t|is not|are not) "
          r"(?:work|suit|good|great|possible|do|any good)(?: for (?:me|us))?|(?:is|are) (?:out|"
          r"a no(?: from me)?|a non ?starter|"
          r"off the table|too (?:early|late|soon|far off)|"
          r"bad|hard|"
          r"impossible|tricky|difficult)|"
          r"(?<!get )(?<!go )(?<!come )(?<!pop )out(?=\s*(?:$|[,.;!?]|so|and|but|for me))"),
    _link("nothing", rf"not(?= (?:before|after)\b)|"
                     rf"(?:i |we )?(?:{_CANNOT}) (?:ever |really )?(?:do|make|manage|get in|"
                     rf"get there|come in|come|be there|see)(?: it)?(?= (?:before|after)\b)|"
                     rf"nothing(?= {_TIMELY}|(?: on| past| later| earlier| at)\b)"),
    _link("not", rf"not on|not|neither(?: is| are)?|nor(?: is| are)?|"
                 rf"(?:that|which) (?:isn'?t|is not|aren'?t)(?: on)?|"
                 rf"(?:any ?(?:day|time)|anything|anytime) (?:but|except|bar|"
                 rf"other than)|"
          r"except(?: for)?|apart from|other than|excluding|instead of|rather than|but not|"
          r"bar(?=\s)|never|"
          rf"avoid|without|no(?= {_TIMELY})|(?:i |we )?(?:{_CANNOT}) (?:ever )?(?:do|make|manage|"
          rf"get in|get there|"
          rf"come in|come|be there|work|see)(?: it)?(?: on)?|(?:i |"
          rf"we )?(?:{_CANNOT})(?: on)?(?= {_TIMELY})|"
          rf"(?:(?:i|i'?m|im|we) (?:work|working|at work|in work)(?: on)?|"
          rf"(?:i'?m |we'?re )?(?:{_FULL}|tied up)(?: all| on)?)(?= {_TIMELY})"),
    _link("good", r"(?:is|are|'s|would be)? ?(?:fine|ok|okay|good|great|best|better|perfect|free|"
          r"works|easiest|ideal|suits)|(?:i )?(?:can do|could do)"),
    _link("only", r"only(?= (?:after|before|from|until|between|on|at|in|past|\d))"),
    _link("comma", r"but(?= (?:it|its|it'?s|i|i'?d|id|we|he|she|needs?|must|has|have|ideally|"
                   r"preferably|only|after|from|between)\b)"),
    _link("but", r"but"),
    _link("rather", r"no wait|wait no|no sorry|sorry no|scrap that|i mean|no actually|actually no|"
                    r"oh wait|(?<=[?] )no|actually(?=,? (?:the |can |could |make |on )*"
                    rf"(?:{'|'.join(WEEKDAYS)}|tomorrow|today|\d|half|quarter))"),
    _link("likewise", r"(?:and )?(?:so (?:is|are)|same (?:goes )?(?:for|with)|ditto)"),
    _link("so", r"so"),
    _link("or", r"or|either|else|failing that|otherwise|if not"),
    _link("and", r"and|also|then"),
    _link("to", r"to|thru|through"),
    _link("at", r"at"),
    (re.compile(r"[.!?]+"), lambda _, __: [Link("stop"), Link("comma")]),
    _mark("comma", r",\s*but\b(?! (?:not|never)\b)|[,;]"),
    _mark("or", r"/"),
    _mark("and", r"\+"),
    _mark("to", r"-"),
    _mark("at", r"@"),
)  # fmt: skip
