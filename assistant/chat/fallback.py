"""What a parent is told when the brain cannot answer: the truth, a person, and safety first."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from assistant.casework.kinds import AlertKind, Channel
from assistant.chat.answers import Answer, Reply
from assistant.services.errors import AlertHeldUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.casework.school import School
    from assistant.services.shapes import AlertReceipt

CALL_BACK_PATH = "/call-back"
"""The form that needs no brain; the answer names it in full from the public address."""


class Danger(Enum):
    """What the reviewed lexicon can find clearly, worst first: its name, alert and channel."""

    NOW = "danger_now", AlertKind.EMERGENCY, Channel.EMERGENCY
    CRISIS = "crisis", AlertKind.WELLBEING, Channel.WELLBEING
    DISCLOSURE = "disclosure", AlertKind.SAFEGUARDING, Channel.SAFEGUARDING
    THREAT = "threat", AlertKind.THREAT, Channel.MODERATION

    def __init__(self, net_name: str, alert: AlertKind, channel: Channel) -> None:
        """Unpack the three parts of a member."""
        self.net_name = net_name
        self.alert = alert
        self.channel = channel


def worst(net: Iterable[str]) -> Danger | None:
    """Return the worst danger that was found clearly; a possible one (``threat?``) is not it."""
    found = set(net)
    return next((danger for danger in Danger if danger.net_name in found), None)


def without_the_brain(
    school: School, public_url: str, *, worried: bool, unsure: bool = False
) -> Answer:
    """Answer a turn that is not dangerous; ``worried`` adds where to turn for a child at risk.

    ``unsure``: a yes was on its way when the brain fell silent, and may have been carried out.
    """
    words = (
        f"I'm sorry, I can't answer just now. {_UNSURE if unsure else _NOT_SENT}\n\n"
        f"You can ring the school on {school.phone} ({school.office_hours}), "
        f"or leave your number and someone will call you: {public_url}{CALL_BACK_PATH}"
    )
    replies = [Reply(words)]
    if worried:
        replies.append(Reply(_if_a_child_is_at_risk(school)))
    return Answer(
        Channel.SERVICE,
        tuple(replies),
        reason="The part of me that understands messages is not answering.",
        help=worried,
        unsure=unsure,
    )


_NOT_SENT = "Your words are kept here, and they have not been sent to anyone."
_UNSURE = (
    "I don't know yet whether your yes went through. Say yes again in a few minutes and I will "
    "tell you. It is never done twice."
)


def in_danger(school: School, danger: Danger, passed_on: AlertReceipt | AlertHeldUp) -> Answer:
    """Answer a clear danger; ``passed_on`` says who was told, or that nobody could be."""
    words = (*_FIRST_WORDS[danger](school), _what_happens_next(school, danger, passed_on))
    return Answer(
        danger.channel,
        tuple(Reply(text) for text in words),
        alternatives=_OTHER_DOORS[danger],
        reason=_REASONS[danger],
        help=True,
    )


def nothing_readable() -> Answer:
    """Answer a message with no word, number or sign that can be read."""
    words = "I could not read any words in that. Can you tell me in a sentence what happened?"
    return Answer(Channel.ASK, (Reply(words),), reason="There was nothing to read in the message.")


def _if_a_child_is_at_risk(school: School) -> str:
    return (
        "If a child may not be safe, do not wait for me. In danger now: ring 999. Otherwise ring "
        f"{_front_door(school)}."
    )


_THANKS = (
    "Thank you for telling me. You did right to say it. I am a computer program, and I cannot "
    "keep this between us."
)


def _danger_words(_school: School) -> tuple[str, str]:
    now = "If anyone is in danger now, ring 999. If you cannot speak, ring 999 and then press 55."
    return now, _THANKS


def _crisis_words(school: School) -> tuple[str, str]:
    lines = {line.id: line.number for line in school.helplines}
    heard = (
        "That sounds very hard to carry. Are you safe right now? If your life is at risk, ring 999."
    )
    someone = (
        f"You can talk to someone now, day or night: Samaritans on {lines['samaritans']}, or the "
        f"NHS mental health line on {lines['nhs']}. I am a computer program, so please talk to "
        "one of them."
    )
    return heard, someone


def _disclosure_words(school: School) -> tuple[str, str]:
    safe = (
        f"Is the child safe right now? If not, ring 999. You can also ring {_front_door(school)}."
    )
    return _THANKS, safe


def _threat_words(_school: School) -> tuple[str, str]:
    boundary = (
        "I can hear how angry you are. I have to take words about hurting someone seriously, and "
        "staff will be told. If anyone is in danger now, ring 999."
    )
    still = (
        "The school still wants to hear what went wrong. Someone can ring you today if you leave "
        "your number."
    )
    return boundary, still


def _what_happens_next(
    school: School, danger: Danger, passed_on: AlertReceipt | AlertHeldUp
) -> str:
    if isinstance(passed_on, AlertHeldUp):
        return _not_passed_on(school, passed_on)
    people = _listed([f"{lead.name} on {lead.phone} ({lead.hours})" for lead in passed_on.leads])
    opening = (
        "If you have children with you, the school wants them safe too, so I have passed your "
        "words to"
        if danger is Danger.CRISIS
        else "I have passed your exact words to"
    )
    closing = "How can they reach you safely?" if danger is not Danger.THREAT else ""
    return f"{opening} {people}. {passed_on.read_by} {closing}".strip()


def _not_passed_on(school: School, held_up: AlertHeldUp) -> str:
    kept = (
        "I could not pass your words on yet. They are kept safe, and go to the right person as "
        "soon as the fault is mended. Please do not wait for that, and tell a person now: ring "
        if held_up.kept
        else "I could not pass your words on. Please tell a person: ring "
    )
    leads = (f"{lead.name} on {lead.phone} ({lead.hours}), or " for lead in held_up.leads[:1])
    return f"{kept}{''.join(leads)}the school on {school.phone}."


def _front_door(school: School) -> str:
    safeguarding = school.safeguarding
    return (
        f"{safeguarding.council_name} on {safeguarding.council_day}, or at night on "
        f"{safeguarding.council_night}"
    )


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


_FIRST_WORDS = {
    Danger.NOW: _danger_words,
    Danger.CRISIS: _crisis_words,
    Danger.DISCLOSURE: _disclosure_words,
    Danger.THREAT: _threat_words,
}
_OTHER_DOORS = {
    Danger.NOW: (Channel.SAFEGUARDING,),
    Danger.CRISIS: (Channel.EMERGENCY,),
    Danger.DISCLOSURE: (Channel.EMERGENCY,),
    Danger.THREAT: (Channel.SAFEGUARDING,),
}
_REASONS = {
    Danger.NOW: "Someone may be in danger now.",
    Danger.CRISIS: "You may be in danger yourself.",
    Danger.DISCLOSURE: "A child may be at risk.",
    Danger.THREAT: "Words about hurting someone have to be taken seriously.",
}
