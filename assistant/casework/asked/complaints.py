"""Words that ask for one written answer and no other, about how a complaint goes.

They are matched against plain words without apostrophes: ``wheres``, ``cant``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMPLAINT = r"(?:complain\w*|it|this|that|one)"

COMPLAINTS: Mapping[str, tuple[str, ...]] = {
    "difference": (
        r"\bconcern\b.{0,30}\bcomplaint\b|\bcomplaint\b.{0,30}\bconcern\b",
        r"\b(?:what|who) (?:counts|decides)\b.{0,20}\bcomplaint\b(?!.{0,15}upheld)",
        r"\bserious enough\b|\bbetter to\b.{0,30}\bcomplain",
    ),
    "how_long": (
        r"\b(?:deadline|time limit|last date|too late)\b.{0,30}\bcomplain",
        (
            r"\bhow (?:quick\w*|soon|long)\b.{0,35}\b(?:to (?:reply|answer)|get back|"
            r"complaint|stage|"
            r"youve got it)\b|\bnumber of days\b|\blike a receipt\b"
        ),
    ),
    "writing": (
        r"\bha(?:ve|s) to be in writing\b",
        r"\b(?:by|over the) phone\b.{0,20}\bcount|\bneed the form\b",
        r"\bis (?:there|an? e?mail)\b.{0,40}\b(?:form|complaint)\b|\bfill in a form\b",
    ),
    "stages": (
        r"^(?:\w+[,.]? ){0,2}where\w*\b.{0,12}\bwritten\b(?! \w* ?(?:that|about|i cant))",
        r"\bcomplaints? (?:policy|procedure|process|steps)\b",
        r"\bwhat are the (?:steps|stages)\b|\bhow many (?:steps|stages)\b",
        r"\b(?:whats?|what does|what is) (?:is )?stage (?:\d|one|two|three)\b",
    ),
    "panel": (
        r"\bwho\b.{0,20}\b(?:on|sits?|in|picks?|chooses?)\b.{0,12}\bpanel\b",
        r"\bpanel\b.{0,40}\b(?:independent|mates|made up|from outside|who sits|who is)",
        r"\bhow (?:do|are|is)\b.{0,15}\b(?:they|it|people)\b.{0,12}\b(?:pick|chos)\w*.{0,20}panel",
        r"\bpanel\b.{0,40}\bhow many\b|\bsit on the panel\b|\bwhat(?:s| is) (?:a|the) panel\b",
    ),
    "after_sending": (
        (
            r"\bwhat happens?\b.{0,25}\b(?:after|when|once|if)\b.{0,20}\b(?:send|sent|"
            r"submit\w*|press|"
            r"complain|book|put (?:it|one) in)\b"
        ),
        (
            r"\b(?:what|where)\b.{0,12}\b(?:happens?|goes?)\b.{0,12}\b(?:to (?:it|this)|"
            r"after)\b.{0,15}"
            r"\b(?:send|sent|submit|press|that)\b"
        ),
        r"\bput a complaint in,? what happens\b|\bwhat happens (?:then|next|now|after that)\b",
    ),
    "not_happy": (
        (
            r"\bnot (?:happy|satisfied|ok)\b.{0,15}\b(?:with|about)\b.{0,20}\b"
            r"(?:answer|outcome|reply|decision|they say|result)\b"
        ),
        r"\b(?:take it|go) (?:any )?(?:further|higher)\b|\bif (?:you|the head) say no\b",
        r"\b(?:dont|do not|didnt) (?:like|agree)\b.{0,15}\b(?:answer|outcome|decision|they say)\b",
        r"\bhow do i appeal\b",
    ),
    "beyond_school": (
        r"\bwho\w*\b.{0,15}\b(?:above|over) the (?:governors|board|trust|school)\b",
        r"\bwho (?:checks|makes sure)\b.{0,15}\bschool\b|\bmark their (?:own )?homework\b",
        r"\boverrule|\bafter the (?:panel|last stage|governors)\b",
    ),
    "cost": (
        r"\b(?:does|do|will|would|is|if) .{0,25}\bcosts?\b(?!.{0,15}\btrip)",
        r"\b(?:have to|need to|do i|will i) pay\b(?!.{0,20}\b(?:fine|trip|dinner|lunch))",
        r"\bis (?:it|this|that) free\b|\bwhats? (?:it|this) cost\b|\bcost (?:owt|anything|money)\b",
        r"\b(?:how much|is there a (?:fee|charge))\b.{0,20}\b(?:complain\w*|cost)\b",
    ),
    "other_ways": (
        r"\blarge print\b|\bi cant (?:spell|write|read)\b|\bbraille\b|\beasy read\b|\bdyslexi",
        r"\bhelp (?:me|us) (?:to )?(?:write|fill)\b|\bwrite (?:it )?down for me\b",
    ),
    "days_counted": (
        (
            r"\b(?:clock|days?)\b.{0,20}\b(?:stop|start|count|run)\w*\b.{0,25}"
            r"\b(?:christmas|easter|holidays?|weekend|half.?term|term)\b"
        ),
        r"\b(?:holidays?|weekends?|half.?term)\b.{0,20}\b(?:days )?(?:still )?(?:count|included)\b",
        r"\b(?:sent|complain)\b.{0,20}\b(?:in the|out of) (?:holidays?|term)\b|\bworking days or\b",
    ),
    "withdraw": (
        (
            rf"\b(?:withdraw|un.?complain|take back|call off|drop|cancel) (?:a |my |"
            rf"the )?{_COMPLAINT}\b"
        ),
        r"\bchange my mind\b.{0,25}\b(?:after|once|complain|sent)\b|\btake it back\b",
        r"\bchanged? my mind (?:about|later|after)\b",
    ),
    "who_may": (
        (
            r"\b(?:can|could|may|do|is) .{0,25}\b(?:grand\w+|nan|aunt\w*|uncle|carers?|step\w*|"
            r"neighbours?|foster\w*|pupils?|a friend)\b.{0,25}\bcomplain"
        ),
        r"\bcomplain\b.{0,25}\b(?:on behalf|isnt (?:my|a)|doesnt go|if im not)\b",
        r"\bcan (?:i|we) complain (?:myself|together)\b",
        r"\bwho (?:can|may|is allowed to) complain\b|\bcomplaint myself\b|\bhave to be a parent\b",
    ),
    "together": (
        (
            r"\b(?:two|both|all|several|everyone|everybody|lots? of) (?:of us|parents|"
            r"families|mums)?.{0,40}"
            r"\b(?:complain|complaint|same thing|same incident|petition)\b"
        ),
        r"\bpetition\b|\bas a group\b|\bcomplain together\b|\bis (?:that|it) one or two\b",
    ),
    "what_to_put": (
        (
            r"\bwhat (?:do|should|shall|would) i (?:need to |have to )?(?:put|write|include|"
            r"say in it)\b"
        ),
        r"\bwhat (?:details|evidence|proof|information) (?:do|should)\b",
        r"\bneed (?:any )?(?:proof|evidence)\b",
        r"\bkeep (?:a )?(?:diary|log)\b",
        r"\b(?:send|attach|upload)\b.{0,20}\b(?:photos?|pictures?|screenshots?)\b",
    ),
    "about_the_head": (
        (
            r"\b(?:about|against|if its|if it was|close a complaint about) (?:the|"
            r"a) head\b(?! (?:injury|cook|lice|of)\b)"
        ),
        r"\bhead (?:teacher )?(?:im|i am|were|is who) (?:complaining|unhappy)\b",
        r"\bhead\b.{0,25}\bmates? with\b|\bmates? with the head\b",
    ),
    "people_decide": (
        r"\b(?:ai|robot|computer|machine|bot)\b.{0,25}\b(?:decid|read|judg|choos)\w*",
        r"\b(?:decid|read|judg)\w*\b.{0,25}\b(?:ai|robot|computer|machine|bot)\b",
        (
            r"\bwho (?:decides|makes the decision|looks into|"
            r"investigates)\b(?!.{0,15}\b(?:post|know)\b)"
        ),
        (
            r"\b(?:head|governors?)\b.{0,15}\binvestigat\w*\b.{0,15}\b(?:themsel|himself|"
            r"herself|itself)"
        ),
    ),
    "outcome_private": (
        (
            r"\b(?:told|know|find out|hear|tell me)\b.{0,25}\b(?:what )?happen(?:s|"
            r"ed)? to (?:the|him|her|"
            r"that|them|mr|mrs|miss|ms)\b"
        ),
        (
            r"\b(?:will|was|were|did|has|is) (?:he|she|they|the (?:other )?\w+) (?:be |been |"
            r"get |got )?"
            r"(?:sacked|disciplined|punished|suspended|excluded|a warning|fired)\b"
        ),
    ),
    "more_than_once": (
        r"\bvexatious\b|\bunreasonable\b|\bcomplain(?:t|ed)? (?:twice|again|too (?:much|often))\b",
        r"\b(?:tally|list) of parents\b|\bnuisance\b",
    ),
    "worth_it": (
        r"\bworth it\b|\bjust (?:get )?ignored?\b",
        r"\bwill any(?:one|body) (?:even )?(?:listen|read|care)\b",
        (
            r"\b(?:do|does|will) (?:you|they|it) (?:even |actually )?(?:change anything|"
            r"have to answer)\b"
        ),
        r"\bhow many\b.{0,20}\bupheld\b|\bwhat\b.{0,6}(?:%|percent)|\bwhats the point\b",
    ),
}
"""Answer name to patterns, each of which is enough."""
