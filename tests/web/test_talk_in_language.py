"""The program's own sentences in a talk, in the language of the page; people's words stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from assistant.casework.chat_notes import ChatNote, Told
from assistant.casework.duty import ChatState
from assistant.services.read_chat import ChatView, SaidLive
from assistant.services.shapes import Contact
from assistant.web.languages import ENGLISH, load_languages
from assistant.web.pages import LANGUAGES
from assistant.web.talk_in_language import in_language

WELSH = load_languages([LANGUAGES])["cy"]
WHEN = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
FACTS = {
    "who": "Ms <Begum>, school office",
    "reference": "SG-7K2-M9Q-XR4",
    "handler": "Mrs O'Hara",
    "link": "https://chat.school.example/r/abc",
}


def talk(*said: SaidLive) -> ChatView:
    """Return a talk in which this was said."""
    return ChatView(
        id="1", conversation_id="2", state=ChatState.TAKEN, ended=None, who=FACTS["who"],
        staff_gone=False, waited=0, idle=0, after_turn=0, asked_at=WHEN, shared=(),
        contact=Contact(), offer=None, said=said,
    )  # fmt: skip


def said_by_program(note: ChatNote) -> SaidLive:
    told = Told(note, FACTS)
    return SaidLive(1, "schoolgate", "", told.words, WHEN, told.aside, told=told)


@pytest.mark.parametrize("note", ChatNote, ids=lambda note: note.value)
def test_each_sentence_is_said_in_welsh_with_all_that_it_names(note: ChatNote) -> None:
    english = said_by_program(note)
    (welsh,) = in_language(talk(english), WELSH).said
    assert welsh.words != english.words
    assert not set(english.words.split(". ")) & set(str(welsh.words).split(". "))
    who = '<span lang="en-GB" dir="ltr">Ms &lt;Begum&gt;, school office</span>'
    assert (who in welsh.words) == (FACTS["who"] in english.words)
    assert isinstance(welsh.words, Markup), "it is escaped already"
    for fact in ("reference", "handler", "link"):
        assert (FACTS[fact] in welsh.aside) == (FACTS[fact] in english.aside)


def test_a_link_to_the_page_of_a_case_says_that_it_is_in_english() -> None:
    (said,) = in_language(talk(said_by_program(ChatNote.RECORDED)), WELSH).said
    assert said.aside.endswith(f"{FACTS['link']} (yn Saesneg)")


def test_in_english_all_stays_as_it_is_stored() -> None:
    chat = talk(said_by_program(ChatNote.HERE))
    assert in_language(chat, ENGLISH) is chat


def test_what_people_typed_and_what_was_stored_before_stays() -> None:
    typed = SaidLive(1, "parent", "You", "It is not recorded for now.", WHEN)
    stored = SaidLive(2, "schoolgate", "", "It is not recorded for now.", WHEN)
    assert in_language(talk(typed, stored), WELSH).said == (typed, stored)
