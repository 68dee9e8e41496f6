"""Another language: the safety words and the offer of an interpreter, in that language."""

from __future__ import annotations

from actions.gathering import details_of
from actions.heard import heard_before, keep_route
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel
from assistant.casework.routing import route

NAMES = {
    "pl": "Polish",
    "ro": "Romanian",
    "ur": "Urdu",
    "ar": "Arabic",
    "pt": "Portuguese",
    "es": "Spanish",
    "uk": "Ukrainian",
    "bn": "Bengali",
    "so": "Somali",
    "tr": "Turkish",
}
"""Languages with replies of their own in the domain, as ``utter_language_<code>``."""

OTHER = "other"
"""Stands for every further language: the replies are in simple English."""

FURTHER_NAMES = {
    "hi": "Hindi",
    "pa": "Punjabi",
    "gu": "Gujarati",
    "ta": "Tamil",
    "si": "Sinhala",
    "el": "Greek",
    "he": "Hebrew",
    "ti": "Tigrinya or Amharic",
    "th": "Thai",
    "ko": "Korean",
    "ja": "Japanese",
    "zh": "Chinese",
    "cy": "Welsh",
    "fr": "French",
    "lt": "Lithuanian",
}


def greet_in_own_language(turn: Turn) -> bool:
    """Answer a message in another language once; later turns go on as they are understood.

    The words are kept as they are. What the phrasebook found decides the door that the interpreter
    is for; with a hint of harm the safeguarding lead stands beside it.
    """
    code = turn.reading.language
    if turn.slot("language") == code:
        return False
    chosen = route(turn.reading, heard_before(turn))
    keep_route(turn, chosen)
    keep_language(turn)
    turn.keep(pending="callback")
    turn.steer(chosen.channel, chosen.alternatives or (Channel.HEADTEACHER,), chosen.reason)
    turn.mark(expects="point", help=True)
    turn.say(
        f"utter_language_{replies_in(code)}",
        choices=[Choice("Interpreter: please ring me", "/human")],
    )
    return True


def keep_language(turn: Turn) -> None:
    """Remember the language, and that an interpreter is needed."""
    code = turn.reading.language
    name = {**NAMES, **FURTHER_NAMES}.get(code, "to be asked")
    turn.keep(language=code, details={**details_of(turn), "interpreter": name})


def say_safety_in_own_language(turn: Turn) -> None:
    """Say the safety words in the language of the message, before they are said in English."""
    if turn.reading.language == "en":
        return
    keep_language(turn)
    turn.say(f"utter_safety_{replies_in(turn.reading.language)}")


def replies_in(code: str) -> str:
    """Return the code whose replies are said for a language."""
    return code if code in NAMES else OTHER
