"""Rules for what refers back to a time said before; ``references`` resolves it."""

from __future__ import annotations

from assistant.casework.times.clock_rules import Found, Rule, rule
from assistant.casework.times.day_parts import PARTS
from assistant.casework.times.shapes import Hours, Later, Link, Minutes, Scene, Token
from assistant.casework.times.spellings import WEEKDAYS

_DAY = rf"(?P<day>{'|'.join(WEEKDAYS)})"
_END = r"(?=\s*(?:$|[,.;!?)]|(?:at|or|if|would|is|isn'?t|please|about|around|any|in the)\b))"
_BARE = (r"(?=\s*(?:$|[,.;!?]|(?:at|or|if|would|is|please|about|around|be|say|first|last|late|"
         r"early|mid|in the|straight|instead|might|works|will|then|could|can)\b))")  # fmt: skip
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "ten": 10, "10": 10, "twenty": 20,
            "20": 20, "five": 5, "5": 5}  # fmt: skip
_NO_HOUR = r"(?=\s*(?:$|[,.;!?)]|(?:on|or|if|please|and|at|any|tomorrow|today)\b))"


def _weekday_later(found: Found, _: Scene) -> list[Token] | None:
    return [Later("weekday", WEEKDAYS.index(found["day"]))]


def _minutes(found: Found, _: Scene) -> list[Token] | None:
    minutes = _MINUTES[found["minutes"]]
    return [Minutes(minutes if found["way"] == "past" else 60 - minutes)]


def _of_that_day(found: Found, _: Scene) -> list[Token] | None:
    hours = [] if found["part"] == "day" else [Hours(*PARTS[found["part"]])]
    return [Link("that day"), *hours]


def _link(name: str, pattern: str) -> Rule:
    return rule(pattern, lambda _, __: [Link(name)])


_THAT = r"(?:that|then)(?! (?:week|day|date|time|month|term|half|one))"
_FREELY = r"(?:any ?time |anything |whenever |straight |right |just |shortly |soon )?"

REFERENCE_RULES: tuple[Rule, ...] = (
    _link("from that", rf"{_FREELY}(?:from|since) {_THAT}(?: on(?:wards)?)?"),
    _link("after that", rf"{_FREELY}(?:after|past|following) {_THAT}"
                        rf"|(?:any ?time|anything|whenever) (?:after|onwards){_END}"),
    _link("before that", rf"{_FREELY}before {_THAT}"),
    _link("comma", r"and(?= (?:(?:i|we)(?:'d| would) like|(?:can|could) (?:i|we|you|it)) "
                   r"(?:\w+ ){0,2}?the (?:day (?:before|after)|previous day|following day))"),
    _link("the day after", rf"the (?:day after|following day|next day)(?: (?:that|it))?{_BARE}"),
    _link("the day before",
          rf"the (?:day before|previous day|preceding day|day prior)(?: (?:that|it))?{_BARE}"),
    rule(r"(?:(?:any ?time|some ?time|on|at|in) )*that (?P<part>morning|afternoon|evening|night|"
         r"day)(?! (?:off|job|shift|class|club|group|school))", _of_that_day),
    _link("next day to", r"(?:the )?(?:next )?day after(?! (?:tomorrow|next|that)\b)"),
    _link("day before", r"(?:the )?(?:last )?day before(?! (?:that)\b)"),
    _link("at that", r"(?<=so )then(?=\s*(?:[,.;]|(?:on|any|every|this|next)\b))|"
                     r"(?:then|at that time)(?=\s*(?:$|[,.;!?]))"),
    _link("all week", r"all (?:that |the )?week"),
    _link("same time", r"the same(?=\s*(?:$|[,.;]))|"
                       r"(?:at )?(?:the )?same time(?! as|,? (?:at )?(?:\d|half|quarter))"),
    rule(rf"(?:the )?following {_DAY}", _weekday_later),
    rule(rf"the {_DAY} after(?: that)?{_END}", _weekday_later),
    rule(rf"the (?:one after(?: that)?|following one){_END}", lambda _, __: [Later("one")]),
    rule(rf"(?P<minutes>{'|'.join(_MINUTES)}) (?P<way>past|to){_NO_HOUR}", _minutes),
)  # fmt: skip
