"""What would put it right, found in the account."""

from __future__ import annotations

from assistant.casework.wishes import wish_in


def test_a_wish_is_found_among_the_facts() -> None:
    account = "They lost his coat twice. I want the coat paid for. It was in November."
    assert wish_in(account) == "I want the coat paid for."


def test_asking_for_a_complaint_or_a_talk_is_no_outcome() -> None:
    assert wish_in("I want to make a formal complaint. I need to talk to someone") == ""


def test_an_account_without_a_wish_has_none() -> None:
    assert wish_in("They lost his coat twice") == ""
