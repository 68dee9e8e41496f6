"""Leaves out what a parent tells beside the wish: other appointments, what was, what will be.

It works on tidy text, before it is cut into tokens; the reader keeps the whole where nothing is
left that says a time.
"""

from __future__ import annotations

import re

from assistant.casework.times.spellings import WEEKDAYS

_START = (r"(?:^|(?<=[,.;!?-])|(?<=\band\b)|(?<=\bbut\b)|(?<=\bthen\b)|(?<=\bso\b))"
          r"\s*")  # fmt: skip
_END = (r"(?=\s*(?:[,.;!?]|$|-\s|\b(?:but|so|anyway|otherwise|though)\b|"
        r"\b(?:and|then) (?:i|we|i'll|i'd|then|can|could|maybe|any|after|would)\b))")  # fmt: skip
_REST = rf"(?:(?!\s(?:but|so|anyway)\b)[^,.;!?])*?{_END}"
_DAY = (rf"(?:(?:on|this|next|all|every|first thing|early|late) )*"
        rf"(?:(?:{'|'.join(WEEKDAYS)})s?|tomorrow|today|tonight|(?:the )?\d{{1,2}}(?:st|nd|rd|th)|"
        r"(?:this|next|all) week|weekend)")  # fmt: skip
_WHO = (r"(?:i|we|he|she|they|it|there|(?:my|his|her|our|the) \w+(?:'s)?(?: \w+)?|"
        r"you|dad|mum|nan|school|work|miss \w+|mr \w+|mrs \w+)")  # fmt: skip
_WAS = (r"(?:was|were|had|happened|came|went|got (?:told|sent|hit|hurt|a)|told|said|hit|kicked|"
        r"punched|started|rang|called|emailed|phoned|spoke|asked|broke|missed|left)")  # fmt: skip
_EVENT = (
    r"(?:hospital|dentist|dentists|doctors?|dr|gp|midwife|optician'?s?|clinic|scan|physio|interview|"
    r"court|funeral|wedding|training|course|exam|test|trip|party|birthday|concert|assembly|"
    r"swimming|football|gymnastics|dance|ballet|karate|brownies|cubs|scouts|rugby|choir|"
    r"parents'? evening|appointment|appt|app|op|operation|check ?up|meeting|delivery|"
    r"boiler man|plumber|engineer|gas man|mot|inset|class|lesson)"
)
_HAVE = (r"(?:(?:i'?m|im|we'?re|he'?s|she'?s) (?:on|at|in|having)(?: a)?|"
         r"(?:i|we|he|she|they|there|theres|it|its)(?:'?ve|'?s| have| has| is)?(?: got| a)?|"
         r"got|having)")  # fmt: skip
_ITS = r"(?:(?:a|an|the|my|his|her|our|their|mum'?s|dad'?s|nan'?s|another|for) )*(?:\w+ )?"

_TALK = re.compile(
    rf"{_START}(?:(?:i|we)(?:'?ll)? |ill )?(?:will |should |won'?t )?(?:only )?"
    rf"(?:know|find out|let you know|hear back|confirm)(?: \w+){{0,3}}? (?:by |on )?{_DAY}{_REST}"
    rf"|{_START}(?:yes |yeah )?i (?:do )?know (?:it'?s|its|that|you|we|they|school){_REST}"
    rf"|{_START}(?:i'?m|im|he'?s|hes|she'?s|shes|we'?re|i go|i start)? ?(?:only )?back "
    rf"(?:at|in|to) (?:work|school|the office)(?: \w+)?? {_DAY}{_END}"
    rf"|{_START}(?:after|following|because of|since|about) (?:what|everything|all)"
    rf"(?:(?: \w+){{0,3}} (?:happened|went on|said|did|done))[^,.;!?]*?"
    rf"(?=\b(?:i|i'd|id|we|can|could|please)\b|[,.;!?]|$)"
    rf"|{_START}(?:the )?clocks (?:go|change|went){_REST}"
    rf"|{_START}(?:{_WHO}(?:'?ve|'?s| have| has)? )?(?:just |only |already )?{_WAS}\b{_REST}"
    rf"|{_START}(?:{_WHO}(?:'?ve|'?s| have| has) (?:had|been)\b){_REST}"
)
_ENGAGED = re.compile(
    rf"{_START}(?:sorry )?(?:{_HAVE} )?{_ITS}{_EVENT}(?: \w+)?? (?:is |are |at |in )?"
    rf"(?P<day>{_DAY}){_END}"
)
_ANYWAY = re.compile(
    r"^.*(?:[,.;!?-]|\band\b|\bbut\b)\s*(?:anyways?|basically)\b|^.*\blong story short\b"
    r"|^(?:hi |hello |hiya )?good (?:morning|afternoon|evening)\b(?=\s*(?:$|[,.!]|i\b|all\b|could|"
    r"can|would|please|to you|miss|sir|mr|mrs))"
    r"|^(?:morning|afternoon|evening)(?: all| miss| sir)?\s*!"
)
_LEANS = re.compile(
    r"\bthe (?:day (?:before|after)|previous day|following day|next day)(?: (?:that|it))?"
    r"(?=\s*(?:$|[,.;!?]|(?:at|be|if|please|in the|first|late|early|would|say|around|about)\b))"
)
"""A day that is counted from another, which must then be read, be it only told."""
_OTHERS = re.compile(r"\b(?:any|other|rest|every|else|otherwise|apart)\b")


def without_talk(text: str) -> str:
    """Leave out what is told; another engagement rules its day out where "any day" is wished."""
    if _LEANS.search(text):
        return text
    text = _TALK.sub(" ", _ANYWAY.sub(" ", text))
    if _OTHERS.search(text):
        return _ENGAGED.sub(r" not \g<day>", text)
    return _ENGAGED.sub(" ", text)
