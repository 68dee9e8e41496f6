"""Rules for words that mean nothing beside a time: "please", "would", "sometime"."""

from __future__ import annotations

import re

from assistant.casework.times.clock_rules import Rule, rule
from assistant.casework.times.spelling import words

_FILLERS = words(
    "a am an the on in of please pls plz ta thanks thank cheers if poss possible possibly "
    "would could can do be is its it's i i'd id i'm im we me us you u for this that "
    "sometime some time maybe perhaps prefer preferably ideally really just only my any "
    "also available free come see meet meeting book appointment slot have with have get "
    "well say yes yeah yep ok okay day days hi hello sorry how what will there then like want "
    "need make it up slots one both them might week's when whichever though long as "
    "probably mostly generally usually hopefully love mate suit suits work works best "
    "better good fine ok okay easier easiest time times date gone"
)
FILLER_RULES: tuple[Rule, ...] = (
    rule("|".join(re.escape(word) for word in dict.fromkeys(_FILLERS)), lambda _, __: []),
)
