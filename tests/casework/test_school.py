"""The two demonstration schools, and mistakes in a school file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import holidays
import pytest

from assistant.casework.calendar import SchoolCalendar
from assistant.casework.kinds import CaseKind, ClockType, Role
from assistant.casework.school import BUILT_IN, School, SchoolFileError, load_school
from assistant.casework.school_check import check_school
from assistant.casework.tables import TableError

PRIMARY = load_school("primary")
SECONDARY = load_school("secondary")
BOTH = pytest.mark.parametrize("school", [PRIMARY, SECONDARY], ids=["primary", "secondary"])
PRIMARY_TEXT = (BUILT_IN / "primary.toml").read_text(encoding="utf-8")


@BOTH
def test_bank_holidays_are_those_of_england(school: School) -> None:
    years = sorted({day.year for day in school.bank_holidays})
    real = holidays.country_holidays("GB", subdiv="ENG", years=years)
    first = school.terms[0].start.replace(month=8, day=1)
    weekdays = {day for day in real if day.weekday() < 5 and day >= first}
    assert set(school.bank_holidays) == weekdays


@BOTH
def test_everybody_who_may_host_is_free_on_three_weekdays(school: School) -> None:
    for person in school.people:
        days = {each.weekday for each in school.availability if each.staff_id == person.id}
        hosts_nobody = set(person.roles) <= {
            Role.TEACHING_ASSISTANT,
            Role.HEADS_PA,
            Role.DATA_PROTECTION_OFFICER,
        }
        assert hosts_nobody == (len(days) == 0), person.id
        assert hosts_nobody or len(days) >= 3


@BOTH
def test_every_kind_of_case_has_a_first_stage_and_stages_lead_on(school: School) -> None:
    for kind in CaseKind:
        assert school.first_stage(kind).acknowledge_days <= school.first_stage(kind).reply_days
    assert school.first_stage(CaseKind.DATA_PROTECTION).clock is ClockType.CALENDAR_DAYS


@BOTH
def test_a_school_year_has_190_days_for_pupils_or_close_to_it(school: School) -> None:
    calendar = SchoolCalendar.from_school(school)
    days = calendar.school_days_from(date(2026, 9, 1), 250)
    count = sum(day < date(2027, 8, 1) for day in days)
    assert 185 <= count <= 195


@BOTH
def test_telephone_numbers_of_the_school_belong_to_nobody(school: School) -> None:
    """01632 960xxx is kept free for drama by the regulator; helplines are real."""
    own = [school.phone, *(person.phone for person in school.people if person.phone)]
    own += [lead.phone for lead in school.safeguarding.leads]
    own += [school.safeguarding.council_day, school.safeguarding.council_night]
    assert all(number.startswith("01632 960") for number in own)
    assert all(person.email.endswith(".example") for person in school.people)


def test_the_secondary_differs_where_schools_differ() -> None:
    assert SECONDARY.trust
    assert not PRIMARY.trust
    years = {year for leader in SECONDARY.with_role(Role.HEAD_OF_YEAR) for year in leader.years}
    assert years == {7, 8, 9, 10, 11}
    assert len(SECONDARY.stages) == len(PRIMARY.stages)
    assert SECONDARY.first_stage(CaseKind.COMPLAINT).clock is ClockType.WORKING_DAYS
    assert SECONDARY.with_role(Role.EXECUTIVE_HEAD)


def test_a_class_is_found_whatever_its_letter_case() -> None:
    found = PRIMARY.school_class(" 4 b")
    assert found is not None
    assert found.teacher == "mr-bennett"
    assert PRIMARY.school_class("9Z") is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('phase = "primary"', 'phase = "nursery"', "'nursery' is not one of primary, secondary"),
        (
            'phone = "01632 960300"',
            "phone = 5",
            "the top of the file, phone: expected words in quotes",
        ),
        ('phone = "01632 960300"', "", "the setting “phone” is missing"),
        ("short_name = ", "nick_name = ", "“nick_name” is not known"),
        ('roles = ["headteacher"]', 'roles = ["boss"]', "staff row 1, roles row 1: 'boss'"),
        ('id = "mr-mensah"', 'id = "mrs-okafor"', "staff row 3: “mrs-okafor” is there twice"),
        ('roles = ["clerk"]', 'roles = ["governor"]', "nobody has the role “clerk”"),
        ('b = "mr-rigby"', 'b = "mr-rigsby"', "relationship row 1: nobody on the staff list"),
        ("start = 2027-01-04", "start = 2026-12-04", "term row 2 (Spring 2027): it starts before"),
        ("end = 2026-12-18", "end = 2026-08-18", "term row 1 (Autumn 2026): it ends before it"),
        (
            "end = 2028-07-20",
            "end = 2029-07-20",
            "term row 6 (Summer 2028): it is longer than half",
        ),
        ("start = 2027-09-01", "start = 2027-10-10", "row 4 (Autumn 2027): more than ten weeks"),
        ("end = 2026-12-18", "", "term row 1: the setting “end” is missing"),
        (
            'name = "Spring 2027"',
            'name = "Autumn 2026"',
            "term row 2: “Autumn 2026” is there twice",
        ),
        (
            "half_term_end = 2026-10-30",
            "half_term_end = 2026-10-20",
            "term row 1 (Autumn 2026): its half-term ends before it starts",
        ),
        (
            "half_term_start = 2026-10-26",
            "half_term_start = 2026-08-26",
            "term row 1 (Autumn 2026): its half-term does not lie within the term",
        ),
        (
            'days = ["wed"]\nstart = "09:00"',
            'days = ["wed"]\nstart = "08:15"',
            "availability row 6: its times overlap those of row 1 for “miss-kaur”",
        ),
        (
            "half_term_start = 2026-10-26",
            "half_term_start = 2026-11-26",
            "term row 1 (Autumn 2026)",
        ),
        (
            "half_term_start = 2026-10-26",
            "",
            "term row 1: the setting “half_term_start” is missing",
        ),
        ("half_term_start = 2026-10-26", 'half_term_start = "soon"', "expected a date"),
        ('start = "15:00"', 'start = "16:00"', "gate row 2: it ends before it starts"),
        ('start = "15:00"', 'start = "15:02"', "gate row 2: times go in steps of five minutes"),
        ('start = "15:00"', 'start = "three"', "gate row 2, start: expected a time"),
        ("minutes = 30", "minutes = 31", "meeting row 1: minutes and buffer_minutes"),
        ('id = "rainbow-room"', 'id = "meeting-room"', "room row 2: “meeting-room” is there twice"),
        ('id = "mr-kelly"', 'id = "mrs-rehman"', "interpreter row 2: “mrs-rehman” is there twice"),
        (
            'id = "mr-kelly"',
            'id = "mr-croft"',
            "interpreter row 2 (Mr Kelly): an interpreter comes",
        ),
        ('["Urdu", "Punjabi"]', '["Urdoo"]', "interpreter row 1 (Mrs Rehman): “Urdoo” is not in"),
        ('["Urdu", "Punjabi"]', "[]", "interpreter row 1 (Mrs Rehman): it has no languages"),
        ('end = "18:00"', 'end = "15:00"', "(Mrs Rehman), hours row 2: it ends before it starts"),
        ('end = "18:00"', 'end = "18:01"', "(Mrs Rehman), hours row 2: times go in steps of five"),
        ('starts = ["complaint"]', "", "no stage starts a case of the kind “complaint”"),
        ("[privacy]", "[privacy", "Expected"),
        (
            'grave_steps_by = ["headteacher", "chair"]',
            'grave_steps_by = ["executive_head"]',
            "grave_steps_by: nobody on the staff list",
        ),
        (
            "restriction_days_at_most = 90",
            "restriction_days_at_most = 0",
            "restriction_days_at_most: it must be at least 1",
        ),
        ('step = "removal"', 'step = "talk"', "letter row 5: the step “talk” has two letters"),
        ('step = "removal"', 'step = "revenge"', "'revenge' is not one of talk, removal"),
        ("replaced_on = 2026-03-18\n", "", "row 2 (version 2026.1): two versions hold at once"),
        ("replaced_on = 2026-03-18", "replaced_on = 2026-03-10", "row 2 (version 2026.1): nothing"),
        ("replaced_on = 2026-03-18", "replaced_on = 2026-04-18", "from 2026-03-18, but 2024.1 unt"),
        ('version = "2026.1"', 'version = "2024.1"', "(version 2024.1): this version is there twi"),
        (
            "review_on = 2028-03-18",
            "review_on = 2028-03-18\nreplaced_on = 2028-01-01",
            "row 2 (version 2026.1): it was replaced, but no later version",
        ),
        ("review_on = 2028-03-18", "review_on = 2026-03-01", "its review comes before it was agr"),
        ("replaced_on = 2026-03-18", 'replaced_on = "soon"', "replaced_on: expected a date"),
        (
            '"Posting never stops you from making a complaint."',
            '"We may ring the police."',
            "(version 2026.1): “police” stands in “gist”, which the chat reads",
        ),
    ],
)
def test_a_mistake_in_a_school_file_is_one_sentence_that_names_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in PRIMARY_TEXT
    file = tmp_path / "ours.toml"
    file.write_text(PRIMARY_TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchoolFileError) as problem:
        load_school(file)
    assert sentence in str(problem.value)
    assert "ours.toml" in str(problem.value)


def test_a_school_without_a_term_is_told_so() -> None:
    with pytest.raises(TableError, match="term: there must be at least one"):
        check_school(replace(PRIMARY, terms=()))


def test_a_missing_school_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SchoolFileError, match="no school file"):
        load_school(tmp_path / "none.toml")
