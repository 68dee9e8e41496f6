"""Whether a danger has passed."""

from __future__ import annotations

import pytest

from assistant.casework.aftermath import has_passed


@pytest.mark.parametrize(
    "words",
    [
        "it's over now, thank god",
        "everybody is safe",
        "the ambulance is here, they're here",
        "they found him, he was behind the shed",
        "we are all ok",
        "hes been arrested",
    ],
)
def test_words_that_say_it_has_passed(words: str) -> None:
    assert has_passed(words)


@pytest.mark.parametrize(
    "words",
    ["she is not safe", "they haven't found her", "it isn't over", "what do I do now", "is he ok?"],
)
def test_words_that_do_not_say_so(words: str) -> None:
    assert not has_passed(words)
