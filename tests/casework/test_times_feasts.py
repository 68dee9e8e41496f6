"""Easter and the bank holidays of England, against the dates that were announced."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.casework.times.feasts import bank_holidays, easter_sunday


@pytest.mark.parametrize(
    "announced",
    [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_falls_on_the_day_that_the_calendar_of_the_church_says(announced: date) -> None:
    assert easter_sunday(announced.year) == announced


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_a_bank_holiday_at_a_weekend_is_kept_on_the_weekday_after_it(year: int, days: str) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(year)] == days.split()
