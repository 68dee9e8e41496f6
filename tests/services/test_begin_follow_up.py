"""A follow-up of a post is as closed as the case that tells of it, and as its own words make it."""

from __future__ import annotations

import pytest

from assistant.services.begin_follow_up import begin_follow_up
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, ReaderNotAllowed
from assistant.services.grant_access import grant_access
from assistant.services.recuse import recuse
from assistant.services.view_access import view_access
from assistant.services.view_case import view_case
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.filings import CHAIR, CLERK, HEAD, VICE_CHAIR, address_of, file_case, mail

pytestmark = ON_SQLITE


def begin(
    desk: Desk, by: str, reference: str, words: str = "A post calls the school names."
) -> str:
    return begin_follow_up(
        desk, staff_id=by, reference=reference, words=words, idempotency_key="begin"
    ).reference


def test_whom_the_words_of_the_follow_up_name_cannot_read_it(desk: Desk) -> None:
    case = file_case(desk)
    post = begin(desk, HEAD, case.reference, "The post says that Mrs Ashworth lied.")
    with pytest.raises(NotHere):
        view_case(desk, HEAD, post)
    view_case(desk, CHAIR, post)


def test_who_stepped_back_from_the_case_has_no_part_in_its_follow_up(desk: Desk) -> None:
    case = file_case(desk, subjects=frozenset({HEAD}))
    for who in (CLERK, CHAIR):
        wish = {"staff_id": who, "reference": case.reference, "why": "A friend."}
        recuse(desk, idempotency_key="away", **wish)
    before = len(mail(desk))
    pass_time(desk, minutes=1)
    post = begin(desk, VICE_CHAIR, case.reference)
    assert [to for to, _, _ in mail(desk)[before:]] == [address_of(desk, VICE_CHAIR)]
    for who in (CLERK, CHAIR):
        with pytest.raises(NotHere):
            view_case(desk, who, post)
        with pytest.raises(ReaderNotAllowed):
            grant_access(
                desk, staff_id=VICE_CHAIR, reference=post, to=who, why="A", idempotency_key=who
            )
    ended = view_access(desk, VICE_CHAIR, post).ended
    assert {each.staff_id for each in ended} == {CLERK, CHAIR}
