"""Yes, no and the wishes about the conversation itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.details import (
    is_no,
    is_yes,
    wants_back,
    wants_human,
    wants_skip,
    wants_to_stop,
)


def listed(text: str) -> list[str]:
    """Read a table whose sentences stand between bars."""
    return [" ".join(sentence.split()) for sentence in text.split("|")]


YES = listed(
    """
    yes | Yes please | yh | yeah go on then | ok do it | that's fine | sounds good | tak |
    sí | haan | da | نعم | YES!!! | yep book it | 👍 | ok thanks | yes that's right | all
    correct | go for it | please do | k | aye | that works for me | yes, send it please |
    да | हाँ | lovely thank you | perfect, thanks | yes I do | i'm happy with that | no
    problem | y | that will do | alright mate | جی ہاں | oui | sure thing | ja | tamam
    """
)
NO = listed(
    """
    no | nah | not now | leave it | don't bother | changed my mind | no thanks | No thank
    you! | nope | never mind | i've changed my mind | no way | nie | non | нет | not
    really | no, leave it | rather not | that's wrong | please don't | don't send it |
    forget it | 👎 | no ta | cancel | لا | nahi | not that one | no not today thanks
    """
)
NEITHER = [
    "yes but by phone",
    "no, Tuesday",
    "is that right?",
    "yes?",
    "ok and what about Thursday",
    "no one rang me",
    "year 5",
    "Haile Tesfay",
    "",
    "   ",
    "?",
    "good morning",
    "right behind the school",
    "no idea who to ask",
    "I do not think you understand",
    "that's not fine at all though is it",
    "yes he hit her",
    "please",
    "thanks",
    "x",
    "nobody listens",
    "fine, I'll go to the papers then",
    "yes and no",
    "okay so my son was hurt",
    "great, another form to fill in",
]


@pytest.mark.parametrize("text", YES)
def test_a_message_that_is_wholly_an_agreement_is_a_yes(text: str) -> None:
    assert is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize("text", NO)
def test_a_message_that_is_wholly_a_refusal_is_a_no(text: str) -> None:
    assert is_no(text)
    assert not is_yes(text)


@pytest.mark.parametrize("text", NEITHER)
def test_a_message_that_says_more_is_neither(text: str) -> None:
    assert not is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    stop | cancel everything | forget it | I don't want to do this any more | never mind |
    please stop asking me | scrap that | I changed my mind | leave it please | don't send
    anything | exit | forget the whole thing
    """
    ),
)
def test_wanting_to_stop_is_heard(text: str) -> None:
    assert wants_to_stop(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    stop the bullying | they won't stop | can you cancel my meeting on Thursday with Mr
    Osei and move it | he can't stop crying | the bus stop is dangerous | my daughter
    wants to give a talk | when does term end
    """
    ),
)
def test_a_story_about_stopping_is_not_a_wish_to_stop(text: str) -> None:
    assert not wants_to_stop(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    back | go back | can we go back a step | previous question please | undo that | oops
    go back | I want to change my answer
    """
    ),
)
def test_wanting_to_go_back_is_heard(text: str) -> None:
    assert wants_back(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    nobody rang me back | ring me back | his back is hurting | he won't go back to school
    until this is sorted and I mean it this time, honestly
    """
    ),
)
def test_the_word_back_alone_in_a_sentence_is_not_a_wish(text: str) -> None:
    assert not wants_back(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    no name no number no email | not saying who i am |
    skip | skip this one please | I'd rather not say | prefer not to answer | don't have
    one | no email | pass | n/a | next question | none
    """
    ),
)
def test_leaving_a_question_is_heard(text: str) -> None:
    assert wants_skip(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    he skips lessons | passed on by the office | what's next | 07700 900111
    """
    ),
)
def test_an_answer_is_not_a_skip(text: str) -> None:
    assert not wants_skip(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    can I talk to a person | human please | I want a real person not a robot | put me
    through to a human | is there a real person there | can someone ring me please | stop
    this, I'm not talking to a computer | can i speak to someone please | agent | let me
    speak to a human being
    """
    ),
)
def test_wanting_a_person_is_heard(text: str) -> None:
    assert wants_human(text)


@pytest.mark.parametrize(
    "text",
    listed(
        """
    can I speak to someone about my son's reading | she's a lovely person | it's against
    his human rights | the computer club was cancelled | every person in the class got one
    """
    ),
)
def test_wanting_somebody_about_something_is_not_wanting_a_person_instead(text: str) -> None:
    assert not wants_human(text)


@given(st.text(max_size=300))
def test_no_text_is_both_a_yes_and_a_no_and_none_fails(text: str) -> None:
    assert not (is_yes(text) and is_no(text))
    for wish in (wants_to_stop, wants_back, wants_skip, wants_human):
        assert wish(text) in (True, False)
