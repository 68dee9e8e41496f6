"""Words that may ask for a written answer; several of them together decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HINTS: Mapping[str, tuple[str, ...]] = {
    "who_reads": (
        r"\b(?:gets?|sees?|reads?|told about) (?:to see )?(?:this|it)\b.{0,40}\?",
        r"\b(?:who|can|will|does|do) .{0,40}\b(?:see|read|know|told|find out|shown?)\b",
        r"\bconfidential",
        r"\bprivate(?:ly)?\b",
        r"\bsecret",
        r"\bbehind my back",
        r"\bget (?:back|round) to\b",
        r"\bshare[ds]?\b",
    ),
    "held_against": (
        r"\b(?:held|hold|used?) against",
        r"\btake it out on",
        r"\bcome ?back on\b",
        r"\bpunish\w* (?:him|her|them|my)",
        r"\bmark\w* .{0,12}card",
        r"\btarget",
        r"\btreat\w* .{0,15}differently",
        r"\bget .{0,12}in trouble\b",
        r"\bpick(?:ed|ing)? on",
    ),
    "anonymous": (
        r"\banonym",
        r"\bwithout (?:saying|giving|telling|leaving)?.{0,12}\b(?:who i am|name)",
        r"\bmy name (?:out|off)",
    ),
    "who_reported": (
        r"\bwhich (?:one|of)\b.{0,25}\b(?:sent|told|reported|showed|grassed)",
        r"\bit was \w+,? (?:wasn'?t|innit|right)",
        r"\bwho (?:was it|reported|grassed|told|dobbed|complained|sent it|it was)",
        r"\bwas it (?:her|him|the|that|them)\b",
        r"\breported (?:me|my|us)\b",
        r"\bwhich (?:one |of )",
    ),
    "difference": (
        r"\bdifferen(?:ce|t)\b",
        r"\bconcern\b.{0,30}\bcomplaint\b",
        r"\brather than\b",
        r"\bjust talk",
        r"\binformal",
        r"\bversus\b|\bvs\b",
        r"\boptions?\b",
    ),
    "data_kept": (
        r"\bkeep\b.{0,40}\bhow long\b|\bhow long .{0,25}\b(?:keep|kept|stored|hold)",
        r"\bkeep\b.{0,25}\b(?:data|this|what|chat)",
        r"\bprivacy\b",
        r"\bgdpr\b",
        r"\bstore[ds]?\b",
        r"\bdelete\b",
        r"\bwhat (?:do|have) you (?:hold|got)",
        r"\bdata\b",
    ),
    "how_long": (
        r"\bhow long\b",
        r"\bhow many (?:days|weeks)",
        r"\bwhen (?:will|do|would) .{0,25}\b(?:hear|answer|reply)",
        r"\bdeadline",
        r"\btime ?(?:scale|limit|frame)",
        r"\btoo late\b",
        r"\bhow soon\b",
    ),
    "stages": (
        r"\bcomplaints? policy\b",
        r"\bstage\b",
        r"\bpanel\b",
        r"\bsteps?\b",
        r"\bprocedure",
        r"\bprocess\b",
        r"\bappeal\b",
        r"\bnot happy with the (?:answer|outcome)",
        r"\bwhat happens (?:next|after|if|when)",
    ),
    "keep_the_right": (
        r"\b(?:still|allowed to|can i|can'?t i|able to) complain",
        r"\bkeep (?:the|my) right",
        r"\bcomplain later",
        r"\blater on\b",
        r"\bchange my mind",
    ),
    "social_media": (
        r"\bfacebook\b|\bfb\b|\btik ?tok\b|\binsta\w*|\bwhat'?s ?app\b|\btwitter\b|\bsnap\w*",
        r"\bsocial media",
        r"\bpost(?:s|ed|ing)?\b",
        r"\bgroup chat|\bclass chat",
        r"\bonline\b",
        r"\breview\b",
        r"\bshar(?:e|ed|ing)\b",
        r"\bscreen ?shot",
        r"\btake (?:it|that|this) down",
        r"\bpolicy\b",
    ),
    "bring_someone": (
        r"\bbring\b",
        r"\bwith me\b",
        r"\bsolicitor\b",
        r"\bfriend\b",
        r"\bcompanion",
    ),
    "recording": (r"\brecord(?:ing)? (?:the|it|our|a)\b", r"\btape\b", r"\bminutes\b|\bnotes of\b"),
    "governors_role": (
        r"\bgovernors?\b|\bgovenors?\b",
        r"\bchair\b",
        r"\bclerk\b",
        r"\btrustees?\b",
    ),
    "whistleblowing": (r"\bwhistle ?blow", r"\bi (?:also |actually )?work (?:here|there|at)\b"),
    "writing": (r"\bin writing\b", r"\bletter\b", r"\bemail\b", r"\bform\b", r"\bphone\b"),
}
"""Answer name to patterns; a later pattern weighs less than an earlier one."""
