"""What in a longer message speaks of a wished time, and what of other things and other times."""

from __future__ import annotations

import re

from assistant.casework.times.spelling import MONTHS
from assistant.casework.times.spellings import WEEKDAYS

NOT_TIMES = re.compile(
    r"(?:\+44|\b0)(?:[\s().-]?\d){9,11}"
    r"|\b(?:oh|o|zero|double|plus)(?:[\s,.-]+(?:double|treble|triple|oh|o|zero|one|two|three|four|"
    r"five|six|seven|eight|nine|\d)){7,}\b"
    r"|\S+@\S+\.\S+|https?://\S+|\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"
    r"|\b(?:years?|yrs?|y|class|form|set|group|grade|key stage|ks|room|house|number|no|bus|"
    r"route|page|block|flat|unit)"
    r"\.?\s?#?\d{1,2}\s?[a-z]?\b(?!\s?(?:am|pm|o'?clock))"
    r"|\b\d{1,2}\s?[a-fwxyzlrs]\b(?!')(?!(?<=b) (?:ok|okay|fine|good|gud|alright|possible|free))"
    r"|(?<!at )(?<!from )(?<!to )(?<!til )(?<!till )(?<!until )(?<!after )(?<!day )(?<!, )"
    r"\b(?:[1-9]|1[0-3])\s?h\b(?!')"
    r"|\b\d{1,2}\s?(?:-\s?)?(?:years?|yrs?|y/?o|months?)(?:\s|-)?(?:olds?|s)?\b(?!\s(?:time|on))"
    r"|\b(?:aged?|turned)\s\d{1,2}\b|(?<=\bturns\s)\d{1,2}\b|\b(?:he|she|they)(?:'?s| is|'re|"
    r" are)\s(?:only\s)?\d{1,2}\b"
    r"|£\s?\d+(?:\.\d\d)?|\b\d+(?:\.\d+)?\s?(?:quid|pounds|p|%|percent|miles|kids|times|lads|girls|boys)\b"
    r"|\b\d+\s(?:other|different|more)\b"
    rf"|\b\d+\sof\b(?! (?:the )?(?:morning|afternoon|evening|next|this|{'|'.join(MONTHS)}|"
    r"jan|feb|mar|apr|aug|sept?|oct|nov|dec)\b)|\b(?:9/11|24/7|999|111|101)\b",
    re.IGNORECASE,
)
_TITLES = tuple(name.title() for name in (*WEEKDAYS, *MONTHS))
NAMES = re.compile(
    rf"\b(?:{'|'.join(_TITLES)}|Christmas|Easter|Summer)"
    r"\s+(?!(?:Morning|Afternoon|Evening|Lunch|Dinner|Week|At|After|Before|Or|And|Night|Please|AM|PM"
    rf"|{'|'.join(_TITLES)})\b)[A-Z][a-z]+"
    r"|\b(?:Mr|Mrs|Ms|Miss|Dr|Sir)\.?\s+[A-Z][a-z]+"
    r"|\b(?:[Ii]'?m|[Nn]ame(?:'s| is)?|[Cc]alled|mum of|dad of|son|daughter)\s+"
    r"(?:April|May|June|August|Summer|Easter)\b",
)
PAST = re.compile(
    r"\b(?:last(?! (?:thing|orders)|(?: \w+)? (?:day|days|week|\w+day) (?:of|in|before))|"
    r"yesterday|ago|"
    r"was|were|wasn'?t|weren'?t|did|didn'?t|had|happened|went|came|(?<!you've )(?<!youve )(?<!you )"
    r"(?<!not )got|"
    r"told|"
    r"said|hit|took|been|since|kept|left|started|rang|called|punched|pushed|missed|lost|broke|"
    r"shouted|\w{3,}ed (?:him|her|them|me|us|my|his|their)|sent|saw|gave|made|found|woke|cried|"
    r"every (?:single )?(?:day|night|morning)|all (?:week|day|weekend)|for (?:the )?(?:past|"
    r"weeks|days))\b",
)
WISH = re.compile(
    r"\b(?:can (?:i|we|you|do|come|make|only|he|she)|could|i can|(?:can'?t|cannot|can not|"
    r"don'?t) (?:do|make|come|get|manage|mon|tues|wed|thurs|fri|morn|after|even)\w*|free|"
    r"available|book|meet|meeting|appointment|appt|see (?:him|her|them|you|someone|somebody|"
    r"miss|mr|mrs|the)|"
    r"come in|prefer|suit|suits|best|better|ideally|how about|what about|any chance|works|"
    r"please|pls|"
    r"plz|i'?d like|would like|want to (?:talk|see|meet|speak|come)|talk|speak|slot|make it|let'?s|"
    r"shall we|i'?m off|it (?:has|needs) to be|it must be|days? off|"
    r"(?:i'?ve|i have)(?: got)? (?:half an hour|an hour|a gap)|"
    r"finish|fit (?:me|us) in|ring me|call me|move (?:it|this|that)|"
    r"change it|"
    r"reschedule|instead|i could|i'?ll|we'?ll|maybe|do you have|have you got|anything|"
    r"nothing on|(?:is it|it is|it's|its) possible|"
    r"would (?:\S+ ){1,6}(?:be|b|do|suit)(?: ok| okay| alright| good| fine)?"
    r"(?= *(?:$|[?.,]|x|for|with))|"
    r"(?:is it|it is|it's) (?:ok|okay|good) for|i'?d rather|leave it|put it off|hold off)\b",
)
THEN = re.compile(
    r"\b(?:can|could|cud|may|possible|chance|would|shall|so|be|see|suit|meet|speak|talk|book)\b"
    r"(?:(?! (?:by|since|until|till?|than|gets?|has)\b)[^,.;!?])*?"
    r"\b(?:then|(?:after|before|from) that|that (?:day|morning|afternoon))"
    r"(?=\s*(?:$|[,.;!?]|(?:do|suit|work|be|please|pls|x+)\b))|\bthen would\b"
)
"""A wish for the time that was told: "I collect at 5.30 on Thursday, could you see me then?"."""
LEANS_BACK = re.compile(
    r"[.!?;]\s+(?=(?:(?:can|could|cud|would|may|is|any)\b[^.!?;]*\bthen\s*(?:$|[.!?;])|"
    r"then would\b))",
    re.IGNORECASE,
)
OTHER_EVENT = re.compile(
    r"\b(?:parents'? ?evening|trip|birthday|sports day|exams?|tests?|detentions?|party|school play|"
    r"assembly|concert|nativity|fair|match|sats|disco|court|surgery|hospital|gcses?|mocks?|"
    r"ofsted|inset(?: day)?|deadline|operation|appeal|hearing|interview|performance|show|strike|"
    r"rehearsal|residential|open day|induction|incident|parents evening)\b"
)
_WHEN = rf"(?:{'|'.join(WEEKDAYS)}|today|tomorrow|this morning|this afternoon)(?:'?s)?"
EXISTING = re.compile(
    rf"\b(?:my|our|the|his|her|that|this) {_WHEN} (?:appointment|appt|meeting|slot|one|booking|"
    rf"call)\b"
    rf"|\b(?:appointment|appt|meeting|slot|booking|booked)(?: (?:is|was|in|with \w+(?: \w+)?))*"
    rf" (?:on |for |at )+(?:{_WHEN}|[\d:.]+(?:am|pm)?|half \w+|next week|"
    rf"this week)(?: at [\d:.]+(?:am|pm)?)?"
    rf"|\bfrom {_WHEN}(?= to )|\bwork nights\b|\bby then\b"
)
_SUBJECT = (
    r"(?:it|that|this|he|she|they|there|rent|(?:the|my|his|her|our|their) \w+(?: \w+)?|"
    rf"(?:\d\w* )?(?:{'|'.join(MONTHS)})(?: \d\w*)?)"
)
FACT = re.compile(
    rf"^(?:and |but |so )?(?:{_SUBJECT})(?:'?s| is| are| isn'?t| has| starts?| begins?| ends?| "
    r"goes| turns| comes?| leaves?| falls| opens?| closes?| breaks? up)\b"
    r"|\b(?:(?:i|we|they) break up|due (?:on|in|by|next|this)|"
    r"(?:tell me|know|say|ask) (?:\w+ )?when)\b"
    r"|\b(?:is|are) due\b"
)
"""Starts a clause that tells how things are; "it's fine" beside a time wishes nevertheless."""
_DATE = (
    rf"(?:the )?(?:(?:{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|\d{{1,2}}(?:st|nd|rd|th)?|"
    r"\w+(?:th|first|second|third)|next week|next month|next term|this week|tomorrow|today)"
    r"(?: of)?\b ?)+"
)
OF_AN_EVENT = re.compile(
    rf"(?:{OTHER_EVENT.pattern}|\bwhat (?:happened|went on)\b)(?: \w+)?? "
    r"(?:(?:is|are|was|were|set|planned|booked) )*(?:(?:on|for|in|from|at) )?"
    rf"{_DATE}"
    rf"|\b(?:about|for|from|re|regarding|over|with) (?:the )?{_WHEN}'s \w+"
)
"""An event of its own with its date: "the nativity on the 11th", "about Tuesday's homework"."""
