"""Cuts a tidy text into clauses, and tells one that offers a time from one that tells of a life.

"I do tea calls from 4" tells when a parent is not free; "Wednesday I could do" offers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.casework.times.spellings import WEEKDAYS

_DAY = rf"(?:(?:{'|'.join(WEEKDAYS)})(?:'?s)?|today|tomorrow|tonight|weekends?|week ?days?)"
_PART = r"(?:mornings?|afternoons?|evenings?|nights?|days?|weeks?|am|pm|lunchtimes?)"
_BEFORE = (
    r"(?:(?:and|but|so|also|plus|sorry|well|because|cos|as|on|at|in|from|to|until|the|every|each|most|all|this|"
    rf"next|both|usually|normally|{_DAY}|{_PART}) )*"
)
"""What may stand before the subject: "and on Monday mornings I'm at the food bank"."""
_DET = r"(?:my|me|mi|our|his|her|their|the|another|one)"
_NOUN = (r"(?!(?:i|we|he|she|they|you|it|if|when|who|and|but|so|or|at|on|in|to|for|could|can|only|"
         rf"best|time|{_DAY}|{_PART})\b)[a-z-]+")  # fmt: skip
_WHO = (
    r"(?:(?:i|we|he|she|they|there)(?='?(?:m|ve|re|s)?\b)|(?:hubby|husband|wife|mum|dad|nan|nana|work|school|"
    rf"{_DET} {_NOUN}(?: {_NOUN}){{0,3}}?)(?=\b))"
)
_HELD = (
    r"(?: (?:not|only|still|always|usually|normally|mostly|just|stuck|both|either))* "
    r"(?:manic|mad|hectic|crazy|mental|chaos|non ?stop|full on|flat out|"
    r"at|on (?!my own)|down|over|out|round|with|away|busy|(?:up|in) (?!and about|on\b|at \d|"
    rf"from\b|until\b|all\b|{_DAY})|"
    r"(?!(?:anything|nothing|something|everything|evening|morning|coming|free)\b)[a-z]{2,}ing\b|"
    r"takin\b|doin\b|goin\b|helpin\b|gettin\b|lookin\b|mindin\b|not (?:done|finished|back|home))"
)
_NOT_HELD = (
    r"(?:nothing|free|time|no |an hour|half an hour|a (?:gap|free|window|slot|half day|day|"
    rf"couple|few)|(?:the )?{_DAY}|(?:the )?{_PART}|off|from|until|between|at|only|just|about|"
    r"\d|to\b)"
)
_VERB = (
    rf"(?:(?:'?m|'?re|'?s| am| are| is|'?ll be| will be){_HELD}"
    rf"|(?:'?ve|'?s| have| has)(?: got)? (?!{_NOT_HELD})(?!been\b)\w"
    rf"| got (?!{_NOT_HELD})\w"
    r"| (?:all |both |then |only |always |usually |normally |mostly )?"
    r"(?:does|do(?! n.t| not)|starts?|finish(?:es)?|ends?|gets? (?:in|out|back|home|off|up)|"
    r"leaves?|arrives?|goes|go|comes?|opens?|closes?|shuts?|drops?|picks?|collects?|"
    r"fetch(?:es)?|takes?|works?|teach(?:es)?|cleans?|drives?|looks? after|cares? for|minds?|"
    r"sleeps?|runs?|helps?|cooks?|trains?|stud(?:y|ies)|plays?|visits?|volunteers?|delivers?|"
    r"have to|has to|needs? to|must|got to|gotta)\b"
    r"| (?:can'?t|cannot|can not|mustn'?t) (?:be (?:left|alone|on (?:his|her|their) own)|"
    r"leave (?:him|her|them|(?:my|the) \w+))\b)"
)
_ITS = (rf"(?:(?:{_DAY}|{_PART}) )+(?:its|it's|it is|is) (?:\w+'s |the |his |her |my )?"
        rf"(?!{_NOT_HELD})(?!good|fine|ok|best|better|easier|half|quarter|not|out)\w")  # fmt: skip
_BARELY = (r"(?:in bed|at work|working|on (?:nights|lates|earlies|shift|days)|nights|lates|"
           r"earlies)\b")  # fmt: skip
_TELLS = re.compile(
    r"^(?!the (?:day|week|time) (?:i|we|he|she|they|school|term)\b)"
    rf"{_BEFORE}(?:{_WHO}{_VERB}|{_BARELY})|^{_ITS}"
)
_BY_ME = re.compile(rf"^{_BEFORE}(?:i|we)\b")
_LIMITS = re.compile(
    r"\b(?:finish|(?:get|am) (?:home|back|off|out|in)|done|knock off|clock off|"
    r"(?:have|need|got|has) to|must|gotta|(?:until|from)(?= (?:\d|half|quarter|noon)))\b"
)
_OFFERS = re.compile(
    r"\bcan\b(?!'| not)|\bcould\b|(?<!not )\b(?:free|available)\b|\bnothing (?:on|planned|doing)\b|"
    r"\bno plans\b|\b(?:fine|ok|okay|suits?|best|ideal|perfect|grand|great|please|pls|possible|"
    r"prefer|ideally|manage|day off|any chance|how about|what about|shall we|let'?s|"
    r"only (?:time|day|slot|chance)|see (?:me|you|us)|i'?d like|"
    r"it(?:'ll|'d| will| would)? (?:needs? to|must|has to|have to) be|"
    r"(?:have to|need to|must) (?:see|speak|talk|meet)|would (?:work|do|suit|be)|"
    r"(?:i|we)(?:'?ll| will) be (?:there|over|up|in (?:on|at|from|school|town))|"
    r"be with you|up and about|at home|"
    r"if you(?:'?ve| had| have)|i'?m off|i'm in)\b"
)
_REFERS = re.compile(
    r"\b(?:then|that|same|after|before|earlier|later|onwards|half past|otherwise|likewise|"
    r"following)(?=\s*(?:$|[,.;!?]|(?:on|would|if|is|any|time|please|day)\b))"
    r"|\bprevious day\b"
    r"|\bday (?:before|after)(?: it| that)?(?= (?:at|be|in|first|late|early|say)\b)"
    r"|\bthat (?:morning|afternoon|evening|day)\b"
)
_CUT = re.compile(
    r"\s*(?:[,;!?]|\.(?!\d)|\n|\s-\s)\s*"
    rf"|\s+(?:and|so|because|cos|as|though)\s+(?={_BEFORE}{_WHO}{_VERB}|(?:i|we|it|it'll|could|"
    r"can|would|if)\b)"
    r"|\s+(?=but\b(?! (?:not|never)\b))"
)


@dataclass(frozen=True)
class Clause:
    """A clause and the mark or joiner before it, both as written."""

    lead: str
    text: str

    @property
    def offers(self) -> bool:
        """Whether it says in words that a time would do."""
        return bool(_OFFERS.search(self.text))

    @property
    def tells(self) -> bool:
        """Whether it says what somebody does or where somebody is, and offers nothing."""
        return bool(_TELLS.search(self.text)) and not self.offers

    @property
    def limits(self) -> bool:
        """Whether it says from when or until when the parent is free."""
        return bool(_BY_ME.search(self.text) and _LIMITS.search(self.text))

    @property
    def refers(self) -> bool:
        """Whether it leans on a time that was said before: "could you see me then"."""
        return bool(_REFERS.search(self.text))

    @property
    def turns(self) -> bool:
        """Whether it sets itself against what went before."""
        return self.text.startswith("but ") or "though" in self.lead

    @property
    def goes_on(self) -> bool:
        """Whether it may go on with what went before: it neither turns nor concludes."""
        return not self.turns and not self.text.startswith("so ")

    @property
    def day_names(self) -> list[str]:
        """The days of the week that it names."""
        return re.findall(rf"\b{_DAY}(?: (?:to|until|-) {_DAY})?\b", self.text)


def clauses_of(text: str) -> list[Clause]:
    """Cut a text; the clauses with their leads, put together, are the text again."""
    found, lead, place = [], "", 0
    for cut in _CUT.finditer(text):
        found.append(Clause(lead, text[place : cut.start()]))
        lead, place = cut.group(), cut.end()
    return [*found, Clause(lead, text[place:])]
