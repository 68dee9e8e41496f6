"""What a parent's first words say exists already."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.casework.calendar import LONDON
from assistant.casework.kinds import Channel, Role
from assistant.evaluation.earlier import EarlierComplaint, earlier_records
from assistant.evaluation.earlier_meetings import EarlierMeeting
from tests.casework.test_times import CALENDAR, NOW


def found(text: str) -> tuple[EarlierMeeting | EarlierComplaint, ...]:
    return earlier_records(text, NOW, CALENDAR)


def said(text: str) -> list[tuple[Role, str]]:
    """Return each meeting's kind of person and start."""
    meetings = [one for one in found(text) if isinstance(one, EarlierMeeting)]
    return [(one.role, f"{one.windows[0].start:%a %d %H:%M}") for one in meetings]


def thursday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "role", "starts"),
    [
        ("I need to cancel my meeting with the class teacher on thursday at half three",
         Role.TEACHER, thursday(15, 30)),
        ("I've got a meeting with the headteacher on thursday at 4 and I need to move it",
         Role.HEADTEACHER, thursday(16)),
        ("can we move my thursday 9.30 appointment with the SENCO to monday afternoon?",
         Role.SENCO, thursday(9, 30)),
        ("cant make my appointment thurs 9am with the head, can i change it to friday",
         Role.HEADTEACHER, thursday(9)),
        ("we're booked in with the chair of governors on thursday at 5pm but I can't get off work",
         Role.CHAIR, thursday(17)),
        ("what time is my meeting with the deputy on thursday?", Role.DEPUTY, thursday(8)),
        ("my phone call with the head of year at 2 on thursday, no longer need it ta",
         Role.HEAD_OF_YEAR, thursday(14)),
    ],
)  # fmt: skip
def test_a_meeting_is_found_with_its_time_and_kind_of_person(
    text: str, role: Role, starts: datetime
) -> None:
    (what,) = found(text)
    assert isinstance(what, EarlierMeeting)
    assert what.role is role
    assert what.windows[0].start == starts


@pytest.mark.parametrize(
    ("text", "role", "starts"),
    [
        (("i booked a meeting on here yesterday with my sons form tutor, thursday 26th 3.30, "
         "Callum Reece 9B, im Tony Reece 07700 900922. is it still on? never got a text"),
         Role.TUTOR, "Thu 26 15:30"),
        (("need to move a meeting booked on here, its with the SENCO on friday 27th november 2pm, "
         "for Kezia Boateng 3J, im Ama Boateng 07700 900588"), Role.SENCO, "Fri 27 14:00"),
        ("can I cancel thursday? its with the deputy at 4, name is Jo Finch",
         Role.DEPUTY, "Thu 26 16:00"),
        ("does she know im coming, ive got the 3.30 with the senco on friday",
         Role.SENCO, "Fri 27 15:30"),
        ("I was given a meeting with the head of year on weds 25th at 4, but need another day",
         Role.HEAD_OF_YEAR, "Wed 25 16:00"),
        (("we had a meeting arranged for wednesday 9.15 with the class teacher and I need to push "
         "it back"), Role.TEACHER, "Wed 25 09:15"),
        ("booked a chat with his teacher thurs 26th 8.20am can you cancel pls, Baxter 2W",
         Role.TEACHER, "Thu 26 08:20"),
        ("can we shift our 4 oclock on thursday with the chair of governors",
         Role.CHAIR, "Thu 26 16:00"),
        ("you booked me in with the deputy for tuesday 1st at 8.45. who else will be there",
         Role.DEPUTY, "Tue 01 08:45"),
        ("we're meant to be seeing the headteacher on friday at 9, is that still happening",
         Role.HEADTEACHER, "Fri 27 09:00"),
        ("I set up a call with the pastoral lead for monday at 2 and can't do it now",
         Role.PASTORAL, "Mon 30 14:00"),
        ("cancel an appointment for me? thursday 2pm with the senco",
         Role.SENCO, "Thu 26 14:00"),
    ],
)  # fmt: skip
def test_a_meeting_is_found_in_the_ways_in_which_parents_come_back(
    text: str, role: Role, starts: str
) -> None:
    assert said(text) == [(role, starts)]


@pytest.mark.parametrize(
    ("text", "surname", "starts"),
    [
        ("my meeting tomorrow with mrs okafor at 2, running late, does she know",
         "okafor", "Wed 25 14:00"),
        (("I've an appointment with miss kaur thursday 3.45, need to change the number on my "
         "booking"), "kaur", "Thu 26 15:45"),
        ("Re my meeting with Mrs Doyle this friday 2.30pm - can my mum come too",
         "doyle", "Fri 27 14:30"),
        (("we've got to see mrs ashworth thursday 4pm and my car's broken down can we do it by "
         "video"), "ashworth", "Thu 26 16:00"),
        ("is my meeting still on for tomorrow? 3.45 with miss tomlin, Reuben Cole 6T",
         "tomlin", "Wed 25 15:45"),
    ],
)  # fmt: skip
def test_a_meeting_is_with_the_person_who_is_named(text: str, surname: str, starts: str) -> None:
    (what,) = found(text)
    assert isinstance(what, EarlierMeeting)
    assert what.surname == surname
    assert f"{what.windows[0].start:%a %d %H:%M}" == starts


def test_a_meeting_without_a_time_may_be_at_any_time() -> None:
    what = found("please cancel my appointment with his teacher")
    assert what == (EarlierMeeting((), Role.TEACHER, Channel.STAFF),)


@pytest.mark.parametrize(
    ("text", "role", "starts"),
    [
        ("We've got an appointment with the deputy on monday at 8.15, can we push it to 8.45",
         Role.DEPUTY, "Mon 30 08:15"),
        ("booked in to see the SENCO this thursday 2.45pm. won't be able to come",
         Role.SENCO, "Thu 26 14:45"),
        ("Im booked in with his teacher friday 4pm and need to shift it",
         Role.TEACHER, "Fri 27 16:00"),
        ("there's an appointment in my name with the head of year tomorrow at half 3, scrap it",
         Role.HEAD_OF_YEAR, "Wed 25 15:30"),
        ("On Friday at 8.30 I've got a slot with the headteacher. Something's come up.",
         Role.HEADTEACHER, "Fri 27 08:30"),
        ("my slot with the form tutor (thurs 26 nov, 4.15pm) no longer works",
         Role.TUTOR, "Thu 26 16:15"),
        ("weve booked to see the chair of governors next tuesday at 6pm but my wife is ill",
         Role.CHAIR, "Tue 01 18:00"),
        ("I already have a meeting with her teacher on 1st December at 3.45 and want my mum there",
         Role.TEACHER, "Tue 01 15:45"),
        ("Hi, meeting with the pastoral lead booked for Monday at 10.20. Where do I go?",
         Role.PASTORAL, "Mon 30 10:20"),
        ("supposed to be meeting the class teacher at 3.15 tomorrow but my shift changed",
         Role.TEACHER, "Wed 25 15:15"),
        ("I have a phone call booked with the deputy head tomorrow at noon, could it be earlier",
         Role.DEPUTY, "Wed 25 12:00"),
    ],
)  # fmt: skip
def test_however_a_parent_says_it_their_meeting_stands_when_they_say(
    text: str, role: Role, starts: str
) -> None:
    assert said(text) == [(role, starts)]


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("I've two meetings, the head on monday at 9 and the senco on tuesday at 2. cancel it",
         [(Role.HEADTEACHER, "Mon 30 09:00"), (Role.SENCO, "Tue 01 14:00")]),
        ("got a meeting with Ada's teacher thurs 3.15 and another with the deputy fri 8.20",
         [(Role.TEACHER, "Thu 26 15:15"), (Role.DEPUTY, "Fri 27 08:20")]),
    ],
)  # fmt: skip
def test_two_meetings_are_found_where_two_are_told_of(
    text: str, meetings: list[tuple[Role, str]]
) -> None:
    assert said(text) == meetings


@pytest.mark.parametrize(
    ("text", "days", "about_head"),
    [
        ("please withdraw my complaint, we've talked it over and it's sorted", 7, False),
        ("what's happening with the complaint I sent in last week", 7, False),
        ("I put a complaint in about the headteacher last month and heard nothing", 21, True),
        ("any news on my complaint? made it weeks ago", 21, False),
        ("can I drop the complaint i made yesterday", 1, False),
        ("i lodged a complaint three weeks ago and nobody has replied", 21, False),
        ("we raised a complaint about the headteacher a fortnight back, no response yet", 14, True),
        ("I sent in a complaint on 2nd November, ref TG-1234, what stage is it at", 22, False),
        ("I complained to the school last month about the bus, any update please", 21, False),
        ("complaint ref TG-9XK2-AB12, still waiting", 7, False),
        ("put in a complaint last week, ref SG-7K2-M9Q-XR4, hows it going", 7, False),
        ("we've sorted it, bin the complaint please. Lena Marsh 07700 900411", 7, False),
        ("made a complaint on here on monday and want to know who has it", 1, False),
        ("following up on the complaint i sent last thursday", 5, False),
        ("I complained on here in october about the head and no one has replied", 30, True),
        ("theres a complaint in my name from last month, drop it please", 21, False),
        ("checking on a complaint, put it in on the 9th november", 15, False),
        ("can you tell me if my complaint got through, sent it yesterday", 1, False),
        ("My complaint, SG-7K2-M9Q-XR4. I'd like to add that it happened again", 7, False),
        ("about my complaint. three weeks now. who has got it", 21, False),
    ],
)
def test_a_complaint_is_found_with_its_age_and_whom_it_is_about(
    text: str, days: int, *, about_head: bool
) -> None:
    (complaint,) = found(text)
    assert isinstance(complaint, EarlierComplaint)
    assert complaint.about_head is about_head
    assert (NOW.date() - complaint.made_at.date()).days == days


@pytest.mark.parametrize(
    "text",
    [
        "I want to make a complaint about the attendance letters",
        "I'd like to book an appointment with his teacher on thursday at 4",
        "can I have a meeting with the head, I can't make mornings",
        "my son was hit at lunch and nobody rang me",
        "formal complaint. now.",
        "can I move my daughter to the other class",
        "hello",
        "want to see his teacher about homework, hes getting detentions",
        "who deals with complaints about the head",
        "I need to change his lunch to packed lunch",
        "I rang last week and nobody answered, want to see the head",
        "is it possible to see mrs kaur on thursday",
        "hes got detention thursday 3.30 and i want it moved",
        "my mum made a complaint to the council last week",
        "school cancelled the trip on thursday, who do i complain to",
        "need to move my son away from another child",
    ],
)
def test_somebody_who_comes_with_something_new_has_nothing_earlier(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Can I book a meeting with the head on thursday at 9",
        "I need a meeting booked with the deputy, tuesday at 2 if poss",
        "need to get an appointment with the senco made for thursday at 10",
        "have you got a slot with his teacher on friday at 4",
        "My sister has a meeting with the head on thursday at 9, can I go with her",
        "I've got a hospital appointment on thursday at 10 so he'll be late",
        "I have a job interview on tuesday at 2, can I see the head on monday",
        "we had a meeting with the head last week and nothing has changed",
        "she has a meeting with her tutor every friday, is that normal",
        "I booked breakfast club for tomorrow and want to cancel",
        "there's a parents talk on thursday in the hall, can i come",
        "I want to put in a complaint about the head, I've heard nothing since I rang",
        "this is a complaint. i sent two emails and heard nothing back",
        "my neighbour made a complaint about my son last week, what's happening with it",
    ],
)
def test_a_new_wish_or_the_matter_of_somebody_else_is_nothing_earlier(text: str) -> None:
    assert found(text) == ()
