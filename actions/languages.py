"""Another language: the safety words and the offer of an interpreter, in that language."""

from __future__ import annotations

from actions.gathering import details_of
from actions.turn import Choice, Turn
from assistant.casework.kinds import Channel

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


def greet_in_own_language(turn: Turn) -> bool:
    """Answer a message in another language once; later turns go on as they are understood."""
    code = turn.reading.language
    if code not in NAMES or turn.slot("language") == code:
        return False
    turn.keep(
        language=code,
        details={**details_of(turn), "interpreter": NAMES[code]},
        pending="callback",
    )
    turn.steer(Channel.SERVICE, (Channel.STAFF, Channel.HEADTEACHER))
    turn.mark(expects="point", help=True)
    turn.say(f"utter_language_{code}", choices=[Choice("Interpreter: please ring me", "/human")])
    return True
