r"""The words around a name that tell whose it is.

In the text that these look at a year stands as \x01, a telephone number as \x02, an e-mail
address as \x03 and a name with a title as \x04.
"""

from __future__ import annotations

import re

KIN = (
    r"(?:son|daughter|child|kid|lad|boy|girl|little\s+(?:one|boy|girl|lad)|grandson|"
    r"granddaughter|grandchild|step-?son|step-?daughter|step-?child"
    r"|foster\s+(?:son|daughter|child)|niece|nephew|eldest|youngest|oldest|"
    r"middle\s+(?:one|child)|pupil|student|twins|sons|daughters|children|kids|boys|"
    r"girls|brother|sister|bairn|wee\s+(?:one|man)|ds|dd)"
)
ADULT = (
    r"(?:mum|mam|mom|mummy|mother|dad|daddy|father|parent|nan|nana|nanny|gran|granny|"
    r"grandma|grandmother|grandad|granddad|grandpa|grandfather|grandparent|step-?mum|"
    r"step-?dad|aunt|auntie|aunty|uncle|carer|guardian|childminder|foster\s+(?:mum|"
    r"dad|carer|parent))"
)
CHILD_BEFORE = re.compile(
    rf"(?:\b(?:my|our|the|his|her|their|a|and|"
    rf"year\s+\d+)?\s*{KIN}(?:'?s)?(?:\s+name)?(?:\s+(?:is|are|=))?(?:\s+(?:called|"
    rf"named))?[\s,:(]*"
    r"|\b(?:she|he|they)(?:'?s|\s+is|\s+are)?\s+(?:called|named)\s+|\b(?:his|her|"
    r"their|child'?s|kids?|pupil'?s?|student'?s?)\s+(?:full\s+|first\s+|last\s+|sur|"
    r"second\s+)?name(?:'?s|\s+is)?[\s:]+"
    rf"|\b{ADULT}\s+(?:of|to|for)\s+|\b(?:child|pupil|student)\s*[:=\-]\s*)$",
    re.IGNORECASE,
)
ABOUT_BEFORE = re.compile(
    r"\b(?:for|about|re|regarding|it'?s\s+(?:for|about)|concerning|"
    r"to\s+do\s+with)[\s:]+$",
    re.IGNORECASE,
)
CHILD_AFTER = re.compile(
    r"^[\s,(\-:.]*(?:who(?:'s|\s+is)?\s+|he'?s\s+|she'?s\s+|is\s+|"
    r"they'?re\s+)?(?:in\s+|from\s+|at\s+)?(?:\x01|aged?\s+\d|\d{1,2}\s*(?:yrs?|"
    r"years?|y/?o)\b)"
    rf"|^['’]s?\s+(?:{ADULT}|class|teacher|form|tutor|head\s+of|ta\b|school|year)"
    r"|^\s+(?:is|has|was)\s+(?:in|being|been|my|only|a\s+pupil)",
    re.IGNORECASE,
)
PARENT_BEFORE = re.compile(
    rf"(?:\b(?:i'?m|i\s+am|im|my\s+(?:full\s+)?name(?:'?s|\s+is)?|i'?m\s+called|"
    rf"this\s+is|it'?s\s+(?:me|just)|me|(?:my\s+|your\s+)?(?:own\s+)?name'?s?|"
    rf"call\s+me|i\s+go\s+by|signed|regards|sincerely|yours|thanks|cheers|"
    rf"parent(?:'s)?(?:\s+name)?|contact(?:\s+name)?|ask\s+for|and\s+i'?m|"
    rf"speaking\s+to)(?:\s+is)?[\s,:=\-]+"
    rf"|\b(?:i'?m\s+|i\s+am\s+)?(?:his|her|their|the|"
    rf"\w+'?s)?\s*{ADULT}(?:'?s)?(?:\s+name)?(?:\s+(?:is|here))?[\s,:(]+)$",
    re.IGNORECASE,
)
PARENT_SURELY_BEFORE = re.compile(
    r"\b(?:i'?m|i\s+am|my\s+(?:full\s+)?name(?:'?s|\s+is)|i'?m\s+called|this\s+is)\s+$",
    re.IGNORECASE,
)
CHILD_OF_WRITER = re.compile(
    rf"\b(?:my|our)\s+(?:\w+\s+)?{KIN}(?:'s)?(?:\s+name)?(?:\s+(?:is|"
    rf"are))?(?:\s+(?:called|named))?[\s,(]*$|\b{ADULT}\s+(?:of|to)\s+$|\b(?:she|"
    rf"he)(?:'?s|\s+is)?\s+(?:called|named)\s+$",
    re.IGNORECASE,
)
PARENT_AFTER = re.compile(
    rf"^[\s,(\-–/]*(?:(?:his|her|their|the)\s+)?{ADULT}\b|^\s+here\b|"
    rf"^[\s,:.\-–(]*(?:(?:on|at|my|number|mobile|mob|tel|phone|ph|is|no|and|email|"
    rf"e-mail|contact)[\s:.,\-]*){{0,4}}[\x02\x03]",
    re.IGNORECASE,
)
BARE_NAME_BEFORE = re.compile(r"(?<!my )(?<!own )\bname(?:'?s|\s+is)?[\s:]+$", re.IGNORECASE)
AND = re.compile(r"\s*(?:and|&|\+|n)\s*", re.IGNORECASE)
AND_BEFORE = re.compile(r"(?:\band|&|\+)\s+$", re.IGNORECASE)
MEETING_BEFORE = re.compile(r"\b(?:with|see|to|about|meet|by)\s+$")
ADULT_OF_THE_CHILD = re.compile(rf"\s+(?:{ADULT}|class|teacher|form|tutor|head)", re.IGNORECASE)
NO_NAME_AFTER = re.compile(r"['’]s\s|-|\s+(?:based|said|says|told)\b")
LIKE_A_VERB = re.compile(r"(?:ed|ing|ful|ous|less)$")
END_OF_PHRASE = re.compile(
    r"\s*(?:$|[,.;:!\n(\-–\x01-\x04\d]|['’]s\s|(?:and|is|has|was|in|who|he'?s|she'?s|not|please"
    r"|my|mum|dad|here|on|his|her|tel|number|phone|mobile|email|thanks)\b)"
)
OPENING = re.compile(
    r"(?:^|[,.;:!\n\x01-\x04(\-–/]|&|\b(?:and|it'?s|its|name|is|yes|yeah|sorry|no|hi|hello"
    r"|actually|spelt|spelled|thanks|for|child|ok))\s*$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\s*(?:$|[,.;:!\n\x01-\x04()\-–/&]|(?:and|in|he|she|please|thanks|his|her|is|not|with|on"
    r"|class|yr|year|xx?)\b)",
    re.IGNORECASE,
)
NOBODY_BEFORE = re.compile(
    r"\b(?:bully|bullied\s+by|called\s+out|friend|mate|with|by|against|school|street|"
    r"road|lane|house|saint|st|st\.|in|at|on|to|near|speaks?|only)\s+$",
    re.IGNORECASE,
)
