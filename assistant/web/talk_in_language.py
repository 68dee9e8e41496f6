"""A talk with a person in the language of the page.

What the program said itself is said in it; what people typed stays as they typed it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from assistant.services.read_chat import ChatView, SaidLive
    from assistant.web.languages import Language


def in_language(chat: ChatView, language: Language) -> ChatView:
    """Return the talk with the program's own sentences in the language."""
    if language.is_english:
        return chat
    return replace(chat, said=tuple(_said(each, language) for each in chat.said))


def _said(each: SaidLive, language: Language) -> SaidLive:
    """Return it translated; a sentence of before 0.6 is known in English alone."""
    if each.told is None:
        return each
    note, facts = each.told.note, each.told.facts
    words = Markup(language.say(note.label)) % {"who": language.quote(facts["who"])}  # noqa: S704 - of our catalogue
    link = f"{facts.get('link', '')}{language.in_english}"
    return replace(each, words=words, aside=language.say(note.aside) % {**facts, "link": link})
