"""What the bench prints about booking, and when it says that a promise is broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.evaluation.booking import report
from assistant.evaluation.booking.bench import Measured
from assistant.evaluation.booking.killing import Deaths
from assistant.evaluation.booking.race import BOOKED, REFUSED, RETRY, Attempt, Race
from assistant.evaluation.booking.speed import Speed
from assistant.evaluation.booking.ways import OURS, Span
from assistant.verbs import bench

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
SLOTS = [NINE + n * timedelta(minutes=20) for n in range(50)]


def span(start: datetime) -> Span:
    return start, start + timedelta(minutes=20)


def race(
    starts: str = "same starts",
    spans: list[Span] | None = None,
    more: tuple[Attempt, ...] = (),
    way: str = OURS,
) -> Race:
    spans = [span(start) for start in SLOTS] if spans is None else spans
    attempts = [Attempt(start, BOOKED, 0.1) for start, _ in spans]
    return Race("SQLite", starts, way, [*attempts, *more], spans, 2.5)


def speed(hosts: int = 60, milliseconds: float = 40.0) -> Speed:
    calls = [milliseconds] * 20
    return Speed("SQLite", hosts, 43, 5000, 39518, calls, calls, calls, calls)


def missed(measured: Measured) -> list[str]:
    figures = report.targets(measured.races, measured.speeds, measured.deaths)
    return [figure.name for figure in figures if not figure.kept]


def test_a_clean_run_keeps_every_promise() -> None:
    refused = Attempt(NINE, REFUSED, 0.2)
    assert missed(Measured([race(more=(refused,))], [speed()], [Deaths("SQLite", 50, 49)])) == []


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (race(spans=[span(start) for start in SLOTS[1:]]), "booked"),
        (race(spans=[span(start) for start in (*SLOTS, SLOTS[0])]), "overlapping"),
        (race("shifted by 5 and 10", [span(NINE), span(NINE + timedelta(minutes=5))]),
         "overlapping"),
        (race(more=(Attempt(NINE, RETRY, 5.0, "OperationalError"),)), "errors"),
        (race(more=(Attempt(NINE - timedelta(days=1), REFUSED, 0.1),)), "refused though free"),
    ],
    ids=["one too few", "one doubled", "shifted overlap", "told to retry", "refused for nothing"],
)  # fmt: skip
def test_each_broken_promise_of_a_race_is_named(one: Race, fault: str) -> None:
    assert any(name.endswith(fault) for name in missed(Measured([one])))


def test_shifted_starts_may_leave_gaps_and_controls_promise_nothing() -> None:
    gaps = race("shifted by 5 and 10", [span(start) for start in SLOTS[::2]])
    control = race(spans=[span(NINE), span(NINE)], way="check, then insert")
    assert missed(Measured([gaps, control])) == []


def test_a_slow_search_and_a_death_that_broke_something_are_named() -> None:
    broken = Deaths("SQLite", 50, 49, 900, ["a meeting is lost"])
    found = missed(Measured([], [speed(milliseconds=51), speed(300, 900)], [broken]))
    assert found == [
        "SQLite: free slots of 60 hosts, p95",
        "SQLite: promises broken by 50 deaths",
    ]
    assert "SQLite: a meeting is lost" in report.death_table([broken])


@pytest.mark.parametrize(("milliseconds", "code"), [(50, 0), (51, 1)])
def test_the_verb_prints_all_tables_and_a_missed_target_is_its_exit_code(
    milliseconds: float,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done = Measured([race()], [speed(milliseconds=milliseconds)], [Deaths("SQLite", 50, 49)])
    monkeypatch.setattr("assistant.evaluation.booking.bench.measure_booking", lambda _kills: done)
    assert bench.booking(50, None) == code
    printed = capsys.readouterr().out
    for words in ("overlapping", "µs a host and day", "in the middle of a step", "at most 50 ms"):
        assert words in printed
