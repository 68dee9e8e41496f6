"""What a parent is told with every restriction, whatever else stands in the letter.

A restriction leaves phone and letter, is looked at again, ends by itself, can be appealed, and
never stands between a child at risk and those who can help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.policy_steps import RestrictedUse
from assistant.casework.wording import say_day

if TYPE_CHECKING:
    from datetime import date

    from assistant.casework.school import School

INSTEAD = {
    RestrictedUse.CHAT: "You can still book a talk on our website, by phone or video call.",
    RestrictedUse.FORUM: "You can still write in the chat on our website, or book a talk.",
    RestrictedUse.COMMENTS: "You can still write in the chat on our website, or book a talk.",
    RestrictedUse.VISITS: "We meet you by phone or video call, and listen to you in the same way.",
}
"""What stays open beside phone and letter."""
CHAT_CLOSED = (
    "The school has asked you not to use this chat until %(day)s. What you wrote has not been sent "
    "to anyone.\n\n"
    "You can ring %(phone)s (%(hours)s), write to %(address)s, or book a talk by phone or video "
    "call: %(link)s\n\n"
    "A complaint is taken in each of these ways. The page of your case tells you how somebody else "
    "looks at this again.\n\n"
    "If a child may be at risk, say so here. That is never closed to anybody."
)
"""What somebody reads who is asked not to use the chat for now."""


def say_whole_date(day: date) -> str:
    """Return ``Wednesday 25 November 2026``."""
    return f"{say_day(day)} {day.year}"


def rights_words(school: School, what: RestrictedUse, review_on: date, expires_on: date) -> str:
    """Return the end of the letter that tells of a restriction."""
    days = (
        f"This is about {what.label}. It ends by itself after {say_whole_date(expires_on)}, and "
        f"we look at it again by {say_whole_date(review_on)}."
    )
    ways = (
        "Phone and letter stay open to you for everything, a complaint as well: ring "
        f"{school.phone} ({school.office_hours}), or write to {school.address}. {INSTEAD[what]}"
    )
    safety = (
        "If a child may be at risk, tell us in any way you like, the chat as well. That is never "
        "closed to anybody."
    )
    appeal = (
        "You can ask somebody who had no part in this to look at it again: on the page of your "
        f"case, or by ringing {school.phone}."
    )
    return f"{days}\n\n{ways}\n\n{safety}\n\n{appeal}"


def chat_words(school: School, expires_on: date, public_url: str) -> str:
    """Return ``CHAT_CLOSED`` in English."""
    facts = chat_facts(school, public_url)
    return CHAT_CLOSED % {**facts, "day": say_whole_date(expires_on)}


def chat_facts(school: School, public_url: str) -> dict[str, str]:
    """Return what ``CHAT_CLOSED`` names in whatever language, all but the day."""
    return {
        "phone": school.phone,
        "hours": school.office_hours,
        "address": school.address,
        "link": f"{public_url}/meet",
    }
