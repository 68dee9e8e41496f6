"""Messages that are wholly a yes, a no, or a wish about the conversation itself."""

from __future__ import annotations

import re
import unicodedata

_YES = (
    "yes|yess+|yep|yup|yeah|yea|yeh|yh|yhh|yah|ya|ye|aye|yas|y|uh huh|mhm|sure|sure "
    "thing|certainly|definitely|absolutely|of course|course|indeed"
    "|ok|okay|okey|okey dokey|oki|k|kk|alright|all right|right|fine|great|good|"
    "perfect|lovely|brilliant|cool|agreed|correct|confirmed|confirm|deal|done|"
    "exactly|spot on|sorted"
    "|that is right|thats right|thats correct|all correct|its right|its correct|"
    "looks right|looks good|looks fine|looks ok|all good|thats it|thats fine|thats "
    "ok|thats good|thats great|thats perfect|thats lovely|that is fine|thatd be good|"
    "that works|works for me|that will do|thatll do|itll do|suits me|that suits|"
    "suits|fine by me|fine with me|ok with me|good with me|im happy with that|happy "
    "with that|im ok with that|no problem|no worries|not a problem"
    "|sounds good|sounds great|sounds fine|sounds ok|sounds right|sounds perfect|go "
    "on|go on then|go for it|go ahead|crack on|do it|do that|lets do it|lets do that|"
    "lets go|let us do that|book it|book that|book it in|send it|send that|send|"
    "submit|submit it|put it in|put it through|record it|make it|please do|i do|i am|"
    "i would|i agree|i accept|id like that|i would like that|that one|yes i do|yes i "
    "am|yes it is|yes that is|it is|they are|we do|we are|he is|she is|i have|i can|"
    "can do|i will|will do|go|go go|proceed|carry on|continue|please continue|happy "
    "to|id love to|why not|may as well|might as well|if you like|if you can|you can|"
    "go with that|ill take it|ill have it|ill take that|take it"
    "|tak|tak prosze|si|sí|claro|vale|haan|han|haan ji|ji|ji haan|jee|theek hai|acha|"
    "accha|da|oui|bien sur|ja|evet|tamam|haa|haye|hae|sim|po|oo|opo|hai|eeyo|ewa|"
    "aiwa|naam|na'am|nam|awo|ehe|igen|ano|ie|ydw|oes"
    "|نعم|ايوه|أيوة|ہاں|جی|جی ہاں|بله|آره|بلی|да|так|हाँ|हां|जी|হ্যাঁ|হ্যা|ਹਾਂ|ஆம்|"
    "అవును|是|是的|好|好的|对|係|はい|예|네|ναι|כן|አዎ|እወ"  # noqa: RUF001 (Greek)
)
_NO = (
    "no|nope|nah|nahh|nae|naw|na|n|noo+|no way|no chance|not really|not now|not yet|"
    "not today|not that|not that one|not this time|not sure about that|not right now|"
    "not for me|not anymore|not any more|never|negative|wrong|incorrect|thats wrong|"
    "its wrong|thats not right|thats not correct|not right|not correct|not quite"
    "|leave it|leave it there|leave that|leave it for now|forget it|forget that|dont|"
    "dont bother|do not|dont send it|dont send|dont book it|dont do it|dont do that|"
    "please dont|never mind|nevermind|nvm|no need|no ta|no thanks|no thank you|id "
    "rather not|rather not|i would rather not|i dont want to|i dont want that|dont "
    "want to|dont want that|i dont|i do not|i wont|i cant|cant do|ill pass|pass|"
    "changed my mind|ive changed my mind|i have changed my mind|i changed my mind|"
    "stop|cancel|cancel it|cancel that|drop it|scrap it|scrap that|bin it|it isnt|it "
    "is not|hes not|shes not|im not|not at all|absolutely not|definitely not|none of "
    "those|none of them|none|neither|no good|doesnt suit|doesnt work|that doesnt "
    "work|cant do that|cant make it|another time|maybe later|later|nothing|nothing "
    "else|thats all"
    "|nie|nie dziekuje|nei|nein|non|nu|hayir|nahi|nahin|nai|ji nahi|maya|laa|la|não|"
    "nao|hindi|hapana|rara|nem|ne|dim diolch"
    "|لا|نہیں|جی نہیں|نه|خیر|нет|ні|नहीं|ना|না|ਨਹੀਂ|இல்லை|కాదు|不|不是|不要|不用|"
    "いいえ|아니요|όχι|לא|አይ|ኣይፋል"
)
_FILLERS = (
    "please|pls|plz|plse|thanks|thank you|thankyou|thx|ty|ta|cheers|mate|love|hun|"
    "darling|x|xx|xxx|then|now|so|well|oh|ah|um|er|erm|and|just|actually|for now|lol|"
    "haha|again|very much|a lot|so much|much appreciated|sorry|i think|i guess|i "
    "suppose|i mean|go|that|it|is|all|really|too|sir|miss|with that|for me|if thats "
    "ok|if possible|asap|as well|kindly|very|its|fine|if you could|if you would|if "
    "you dont mind|dziekuje|gracias|shukran|shukriya|merci|prosze|por favor|👍|👍🏻|👍🏼|"
    "👍🏽|👍🏾|👍🏿|🙏|😊|🙂|❤"
)
_THUMB_UP, _THUMB_DOWN = ("👍", "✅", "✔", "👌", "💯"), ("👎", "❌")

_STOP = re.compile(
    r"^(?:please |no |ok |just |can we |can you |i want to |i d like to |lets |let us "
    r"|sorry |actually )*(?:stop|quit|exit|end|cancel|forget|leave|scrap|drop|abort|"
    r"bin|delete|end chat|give up|never ?mind|nvm)"
    r"(?: (?:it|this|that|everything|all|the|whole|thing|chat|conversation|now|please|"
    r"here|there|for now|i said|asking|me|of|form|booking|complaint|all of it|about "
    r"it|it all|with|do not send it|x|thanks|thank you|then|ta|mate))*$"
    r"|\b(?:changed my mind|dont want to (?:do (?:this|it)|carry on|go on|continue|"
    r"bother)|do not want to (?:do (?:this|it)|carry on|continue)|stop asking|stop "
    r"this|dont send (?:it|anything|that)|do not send|dont book (?:it|anything)|dont "
    r"record|forget (?:the whole|about it|i (?:said|asked|wrote))|scrap (?:that|it|"
    r"the)|im done (?:here|with this)|cant be (?:bothered|arsed)|give up|"
    r"(?:ill|let me|need to|going to|gonna|want to) (?:have a )?(?:think|sleep) (?:about|on|"
    r"it over)|"
    r"not sending (?:it|this|anything)|ill read (?:it|that|this) first|"
    r"thats all (?:i (?:wanted|needed)|thanks|ta|for now)|no thats all|dont change anything|"
    r"ill (?:just )?wait(?: then| and see)?$|ill wait\b|ill (?:write|ring|phone|email|do) (?:it|"
    r"them|"
    r"in|myself|tonight|tomorrow)\b[\w ]*(?:myself|tonight|tomorrow|morning)|"
    r"(?:maybe|perhaps) another time)\b"
    r"|^(?:no|nah|ok|okay|right|k|alright|fine|thanks|ta)\b.*"
    r"(?:just|only) (?:wanted|needed) to (?:know|check|ask|be sure)$"
)
_BACK = re.compile(
    r"^(?:please |sorry |oops |no |wait |can (?:we|you|i) |could (?:we|you|i) |i want "
    r"to |i need to |let me |lets |ok |hang on |actually )*(?:go |step |take me |"
    r"going |get )?(?:back|undo|previous)(?: (?:a|one|up|step|please|to|the|that|it|"
    r"last|question|previous|bit|page|one|sorry|start|beginning|before))*$"
    r"|\b(?:go back|previous (?:question|step)|change (?:my|the|that|an) (?:last "
    r")?answer|undo that|back a step|one step back|start (?:over|again)|the question "
    r"before)\b"
)
_SKIP = re.compile(
    r"^(?:please |can (?:i|we) |could (?:i|we) |ill |i ll |lets |let me |ok |just |no "
    r"|um |id |i would |i d |i )*(?:skip|pass|next|n a|na|move on|rather not say|"
    r"rather not(?: answer| tell you| give (?:it|that))?|prefer not to(?: say| answer|"
    r" give (?:it|that))?|not telling(?: you)?|no comment|dont have (?:one|an email|"
    r"email|it|that|a phone|any)|havent got (?:one|an email|email|it)|have no email|"
    r"no email|no phone|none|nothing|(?:no "
    r"(?:name|number|phone|email|address|contact)(?: and)? ?)+|not (?:saying|telling you|"
    r"giving) (?:who i am|my name)|nothing to add|nothing else|no idea|dont know|"
    r"not applicable|leave (?:it )?blank|doesnt matter|dont mind|not sure)"
    r"(?: (?:it|this|that|one|question|please|for now|bit|thanks|really|to say|sorry|"
    r"tbh|next|ta|just|yet))*$"
    r"|\b(?:skip (?:this|that|it|the)|next question|prefer not to (?:say|answer)|"
    r"rather not (?:say|answer)|move on)\b"
)
_HUMAN = re.compile(
    r"\b(?:real|actual|proper|live|human) (?:person|human|people|being|member of "
    r"staff|somebody|someone|adviser|agent)\b"
    r"|\b(?:a|any|the) human\b(?! (?:rights?|error|resources|nature|body))|"
    r"\bhumans?(?: please)?$|^(?:human|person|operator|agent|someone|somebody|a "
    r"person|staff)(?: please| now| pls)*$"
    r"|\b(?:speak|talk|chat|get through|put me through|transfer me|connect me|pass me|"
    r"switch me) (?:to|with|on to|over to) (?:a |an )?(?:person|human|operator|agent|"
    r"somebody real|someone real|adviser|human being|real one)\b"
    r"|^(?:please |hi |hello |ok |just |sorry |no )*(?:can|could|may|let|i want|i "
    r"need|i d like|id like|i would like|is there)(?: me| i| we)?(?: to)? (?:please "
    r")?(?:speak|talk|someone i can talk|someone i can speak|anyone i can speak|"
    r"anyone i can talk) ?(?:to|with)? ?(?:someone|somebody|anyone|anybody|a member "
    r"of staff)?(?: please| instead| now| pls| there| at the school| in the office| "
    r"at school)*$"
    r"|\b(?:not|instead of|rather than|dont want|sick of|hate|no) (?:to talk to |"
    r"talking to |speaking to |speak to |talk to )?(?:a |an |this |the |some |stupid "
    r")*(?:robot|bot|computer|machine|chatbot|program|ai)\b"
    r"|\b(?:someone|somebody|anyone) (?:real|human)\b|"
    r"(?<!\bis )\b(?:someone|somebody|anyone) there\b|\b(?:get|give|fetch) me "
    r"(?:a|an) (?:person|human|adult|operator)\b|\bmember of staff (?:to )?(?:ring|"
    r"call|phone) me\b|\bcan (?:someone|somebody|a person|anyone) (?:just |please "
    r")?(?:ring|call|phone) me(?: back| please| instead)*$"
)


def _wholly(*phrases: str) -> re.Pattern[str]:
    words = sorted({word for group in phrases for word in group.split("|")}, key=len, reverse=True)
    choice = "|".join(word if "+" in word else re.escape(word) for word in words)
    return re.compile(rf"(?:(?>{choice})(?: |$))++")


_WHOLLY_YES, _WHOLLY_NO = _wholly(_YES, _FILLERS), _wholly(_NO, _FILLERS)
_ANY_YES = re.compile(rf"(?:^|(?<= ))(?:{_YES})(?= |$)")
_ANY_NO = re.compile(rf"(?:^|(?<= ))(?:{_NO})(?= |$)")
_LONGEST = 120
_BRIEF = 12
"""Words; in a longer message "go back" or "stop" is part of a story."""


def _plain(text: str) -> str:
    """Lower-case words with single spaces; no punctuation, apostrophes or marks of other kinds."""
    text = unicodedata.normalize("NFKC", text[:1000]).casefold()
    text = re.sub(r"['’‘`]", "", text)
    kept = (c if _is_kept(c) else " " for c in text if unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def _is_kept(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or unicodedata.category(character) == "So"


def _is_brief(text: str) -> bool:
    return len(text.split()) <= _BRIEF


def is_yes(text: str) -> bool:
    """Tell whether the whole message agrees; "yes but …" and questions do not."""
    said = _plain(text)
    if "?" in text or not said or len(said) > _LONGEST:
        return False
    if said.startswith(_THUMB_UP) and len(said) <= len("👍🏽 👍🏽"):
        return True
    return bool(_WHOLLY_YES.fullmatch(said) and _ANY_YES.search(said)) and not is_no(text)


def is_no(text: str) -> bool:
    """Tell whether the whole message refuses; "no, Tuesday" does not."""
    said = _plain(text)
    if "?" in text or not said or len(said) > _LONGEST:
        return False
    if said.startswith(_THUMB_DOWN) and len(said) <= len("👎🏽 👎🏽"):
        return True
    if said in ("no problem", "no worries", "not a problem"):
        return False
    return bool(_WHOLLY_NO.fullmatch(said) and _ANY_NO.search(said))


def wants_to_stop(text: str) -> bool:
    """Tell whether the parent wants to end what is being done, with nothing sent."""
    return (_is_brief(text) and bool(_STOP.search(_plain(text)))) or wants_nothing(text)


_NOTHING = re.compile(
    r"\b(?:dont|do not) (?:want|need) (?:to (?:do|book|send) (?:anything|one)|a meeting|anything)"
    r"(?: (?:now|yet|today|from you|else|no|thanks|ta|cheers))*"
    r"(?:$| (?:i )?(?:just|only) (?:needed|wanted) to)|\bno nothing else(?: thanks| ta)?$"
)
_NOTHING_WORDS = 16


def wants_nothing(text: str) -> bool:
    """Tell whether the parent says that nothing more is wanted; up to a sentence or two."""
    said = _plain(text)
    return len(said.split()) <= _NOTHING_WORDS and bool(_NOTHING.search(said))


_CALM_AGAIN = re.compile(
    r"\b(?:sorry|apolog\w+|didnt mean|dont mean|shouldnt (?:of|have|a)|was (?:just )?(?:angry|"
    r"upset|out of order|out of line)|not going to (?:touch|hurt|do)|wouldnt (?:touch|hurt|really)|"
    r"take (?:it|that) back|calm(?:ed)? down|lost my temper|heat of the moment)\b"
)


def takes_anger_back(text: str) -> bool:
    """Tell whether the parent is sorry for an insult or a threat, or takes it back."""
    return bool(_CALM_AGAIN.search(_plain(text)))


def wants_back(text: str) -> bool:
    """Tell whether the parent wants the question before this one."""
    return _is_brief(text) and bool(_BACK.search(_plain(text)))


def wants_skip(text: str) -> bool:
    """Tell whether the parent leaves this question unanswered."""
    return _is_brief(text) and bool(_SKIP.search(_plain(text)))


def wants_human(text: str) -> bool:
    """Tell whether the parent wants a person instead of a computer program."""
    return len(text.split()) <= _BRIEF * 2 and bool(_HUMAN.search(_plain(text)))
