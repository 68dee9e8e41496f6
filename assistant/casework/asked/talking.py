"""Words that ask for one written answer and no other, about a talk and about this chat.

They are matched against plain words without apostrophes: ``wheres``, ``cant``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEETING = r"(?:meeting|talk|chat|appointment|call)"
_PAPER = r"(?:policy|policies|rules?|procedures?|guidelines?)"
_SUBJECTS = (
    r"(?:behaviou?r|uniform|(?:mobile )?phone|(?:anti.?)?bullying|safeguarding|charging|"
    r"medical|medicines?|attendance|homework|vaping|send?|dress|jewellery|detention|toilet|trips?)"
)

TALKING: Mapping[str, tuple[str, ...]] = {
    "how_it_works": (
        r"\bhow (?:does|do|is|would) (?:it|this|that|things|all this|the chat|you) (?:all )?work",
        r"\bwhat (?:is|are|can) (?:this|you) (?:for|do)\b",
    ),
    "who_reads": (
        (
            r"\bwho(?:s| is| else| all| gets to)? (?:is )?(?:read|see|look)\w*(?: at)?\b.{0,12}"
            r"(?:\b(?:this|these|it|chat|what|messages?)\b|$)|\bwhos reading\b|\boff the record\b"
        ),
        r"\bgo(?:es)? (?:straight )?to the (?:head\w*|class teacher|teacher|office)\b",
        r"\bhow many people see\b|\bwhose (?:eyes|desk)\b|\btold my name\b|\bmy name get passed\b",
        r"\ballowed to pass (?:it|this) (?:on|to)\b|\bknow it was me\b|\bfind out it was me\b",
    ),
    "data_kept": (
        r"\bhow long\b.{0,25}\b(?:keep|kept|stored?|hold|held)\b|\btrain\b.{0,20}\bai\b",
        r"\b(?:keep|save[sd]?|store[sd]?)\b.{0,12}\bwhat i (?:type|write|say|wrote|put)\b",
        r"\b(?:go(?:es)?|kept|stay) on\b.{0,15}\b(?:file|record)\b|\bis it saved\b|\bon a record\b",
    ),
    "interpreter": (
        r"\bsome(?:body|one)\b.{0,15}\b(?:translat|interpret)",
        r"\b(?:translat|interpret)\w*\b.{0,60}\b(?:son|daughter|child|kid|he|she|cost|pay|free)\b",
        r"\b(?:for|to|give|help|need|want|get|have|with|provide)\b.{0,15}\b(?:translat|interpret)",
        r"\b(?:translator|interpreter)s?\b|\bsign language\b|\bbsl\b",
        r"\bmy english (?:is|isnt|not)\b|\b(?:dont|not) (?:speak|understand) .{0,8}english\b",
    ),
    "anonymous": (
        r"\banonym",
        (
            r"\b(?:without|not) (?!.{0,12}\b(?:childs?|sons?|daughters?|kids?)\b)(?:saying|"
            r"giving|telling|leaving|putting)\b.{0,20}\b(?:who i am|name)"
        ),
        r"\b(?:no|without (?:a|my)|made.?up|fake) names?\b|\bwithout name\b",
        r"\b(?:have|need) to (?:say who i am|(?:give|use|say|leave) my (?:real )?name)\b",
    ),
    "held_against": (
        r"\btreat\w*\b.{0,15}\bdifferent",
        r"\b(?:hold|held|used?) (?:it |this )?against (?:me|us|him|her|them|my)",
        r"\btake it out on\b|\bget it in the neck\b|\bcome ?back on (?:me|him|her|us|my)\b",
        r"\b(?:affect|lower|worse)\b.{0,20}\b(?:my (?:son|daughter|child|kid)|marks|treated)",
        r"\bcan they\b.{0,50}\b(?:cos|because|if) i complain",
    ),
    "who_reported": (
        r"\bwho (?:was it|it was|reported|grassed|dobbed|snitched|complained about me)\b",
        r"\bwho (?:told|sent|showed)\b.{0,15}\b(?:on me|you|school|it)\b.{0,12}(?:$|\?|post|face)",
        r"\b(?:tell|say) (?:me |us )?who (?:it was|reported|told|sent)\b",
    ),
    "someone_else": (
        (
            r"\b(?:some(?:one|body) else|a different (?:person|teacher)|anyone else)\b.{0,30}"
            r"\b(?:look|talk|see|deal|speak|do it|instead|handle)"
        ),
        (
            r"\b(?:ask for|have|see|talk to|speak to|get) (?:some(?:one|body) else|"
            r"a different person)\b"
        ),
        r"\b(?:dont|do not) want (?:it to be |to (?:see|talk to|meet) )(?:him|her|them|that)\b",
    ),
    "who_is_there": (
        rf"\bwho\w*\b.{{0,15}}\b(?:be there|in the (?:room|{_MEETING})|at the {_MEETING}|come)\b",
        r"\b(?:head|teacher|he|she|they)\b.{0,12}\bbe (?:in the room|there|sat there)\b",
        (
            r"\b(?:does|do|can|should|will|must) (?:my|our|the) (?:child|son|daughter|kids?|"
            r"lad|girl)\b"
            r".{0,12}\b(?:come|be there|sit in|attend)\b"
        ),
        r"\bhow many (?:people|of them)\b.{0,15}\b(?:there|room|meeting)\b",
    ),
    "bring_someone": (
        (
            r"\b(?:can|could|may|shall|should) (?:i|we)\b.{0,12}\b(?:bring|take|have)\b.{0,25}"
            r"\b(?:m[aeu]m|mam|dad|sister|brother|husband|wife|partner|friend|mate|nan|some\w+|"
            r"solicitor|union|support\w*|auntie?|neighbour)\b"
        ),
        r"\b(?:solicitor|friend|supporter)\b.{0,20}\bpanel\b|\btake a \w+ along\b",
        r"\b(?:come|go) (?:in )?with me\b|\bcome with my\b|\bbring (?:me|my|some|a friend)\b",
    ),
    "meeting_length": (
        rf"\bhow long (?:is|does|will|would|are|do)\b.{{0,12}}\b{_MEETING}s?\b",
        r"\b(?:does|do) (?:it|the meeting) have to be (?:in person|at (?:the )?school|face)\b",
        rf"\bwhere\b.{{0,15}}\b(?:is|will|would|does)\b.{{0,12}}\b{_MEETING}\b",
        (
            r"\b(?:can|could) (?:it|we|i)\b.{0,10}\b(?:do it|be|have it) (?:by|on|over) (?:the )?"
            r"(?:phone|video|zoom|teams)\b|\btake time off work\b"
        ),
        rf"\b{_MEETING}s?\b.{{0,60}}\b(?:evenings?|video|school hours)\b",
    ),
    "recording": (
        r"\b(?:record|tape)(?:ing)? (?:the|a|our|it|my) ?(?:meeting|call|talk)?\b",
        r"\b(?:take|make|write) notes\b|\b(?:minutes|notes) (?:of|taken|from)\b",
    ),
    "child_named": (
        r"\b(?:have|need) to (?:give|say|tell)\b.{0,12}\b(?:childs?|sons?|daughters?|kids?) name",
        (
            r"\bwithout giving my (?:childs?|sons?|daughters?|kids?)\b|\bwhy (?:do|"
            r"does) (?:you|it) "
            r"(?:need|want)\b.{0,30}\b(?:name|year|number|class)\b"
        ),
    ),
    "other_parent": (
        r"\b(?:my |the )?(?:ex|other parent|exs)\b.{0,35}\b(?:see|told|know|find|ask|read)",
        (
            r"\b(?:tell|told|ring)\b.{0,12}\b(?:my ex|h(?:is|er) (?:m[aeu]m|dad|father|"
            r"mother)|my m[aeu]m)\b"
        ),
        (
            r"\bh(?:is|er) (?:m[aeu]m|dad|father|mother)\b.{0,15}\b(?:see|told|know|find out|"
            r"ask to see)\b"
        ),
    ),
    "same_device": (
        r"\b(?:same|shared|family) (?:tablet|phone|computer|laptop|i?pad)\b",
        (
            r"\b(?:shut|close) (?:this|the) (?:window|tab|page)\b|\b(?:partner|husband|wife|he) "
            r"(?:can |could |will )?(?:see|sees|checks|read) (?:what|my) (?:i|phone|screen)\b"
        ),
    ),
    "safety_passed_on": (
        r"\bsocial (?:services|workers?)\b|\bdo you (?:have|need) to pass it on\b",
        r"\bsafeguarding\b.{0,40}\b(?:pass|tell|told)\b|\bpass (?:stuff|it|this|things) on\b",
    ),
    "other_policy": (
        rf"\b{_SUBJECTS}\b.{{0,25}}\b{_PAPER}\b",
        rf"\b{_PAPER} (?:on|about|for|says? about) (?:\w+ )?{_SUBJECTS}\b",
        r"\b(?:they|teachers?|staff|school|he|she) (?:even )?allowed to\b|\bis it allowed to\b",
        r"\bare (?:they|teachers|staff|school) (?:even |actually )?(?:allowed|meant to)\b",
        (
            r"\bcan (?:they|school|a teacher|staff) (?:actually |really |just )?(?:do that|"
            r"keep|take|"
            r"search|stop|make|refuse|punish)\b(?!.{0,40}\b(?:down|post\w*|complain\w*))"
        ),
    ),
}
"""Answer name to patterns, each of which is enough."""
