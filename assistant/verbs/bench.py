"""Measure speed and memory; or booking; history; desk; embed; deaths; telling times; Rasa's own."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bootstrap.progress import say, step
from assistant.settings import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from assistant.evaluation.figures import Figure
    from assistant.evaluation.rivals.configurations import Rival
    from assistant.evaluation.rivals.figures import Measured

ENVIRONMENT = "app"
INTERRUPTED = 130
BOOKING_DEATHS, WHOLE_DEATHS, TIMED_PAIRS = 50, 300, 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how much is measured and where a report may go."""
    from assistant.evaluation.rivals.language import read_part

    parser.add_argument("--url", help="a running Schoolgate; without it a private one is started")
    parser.add_argument("--conversations", type=int, default=25, help="chats of each kind (25)")
    parser.add_argument("--train", action="store_true", help="also time a training")
    parser.add_argument(
        "--booking", action="store_true",
        help="races for slots, the speed of free slots and deaths in the middle, on each database",
    )  # fmt: skip
    parser.add_argument(
        "--history", action="store_true", help="the checking of 100,000 entries, on each database"
    )
    parser.add_argument(
        "--desk", action="store_true",
        help="the speed of the list and the search with 10,000 cases, on each database",
    )  # fmt: skip
    parser.add_argument(
        "--embed", action="store_true",
        help="the chat on a school's page in Chromium: bytes and acts, beside two open widgets",
    )  # fmt: skip
    parser.add_argument(
        "--kills", type=int, nargs="?", const=WHOLE_DEATHS, metavar="N",
        help="kill a process of the whole N times (300) while parents book and file; "
        "with --booking: so many deaths of a booking process (50)",
    )  # fmt: skip
    parser.add_argument(
        "--timing", type=int, nargs="?", const=TIMED_PAIRS, metavar="N",
        help="whether the time of an answer tells hits from misses, in N pairs of each (300)",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, help="also write the report to this file")
    parser.add_argument(
        "--against-rasa", type=Path, nargs="+", metavar="FILE", default=(),
        help="train and serve ours and Rasa's pipelines; JSON Lines: id, text, accept, reject",
    )  # fmt: skip
    parser.add_argument(
        "--part", type=read_part, default=1.0,
        help="with --against-rasa: the part of the training messages that all learn from (1)",
    )  # fmt: skip


def main(arguments: argparse.Namespace) -> int:
    """Print every figure beside its target; 1 when a target is missed."""
    if arguments.against_rasa:
        return against_rasa(arguments.against_rasa, arguments.part, arguments.json)
    if arguments.booking:
        kills = BOOKING_DEATHS if arguments.kills is None else arguments.kills
        return booking(kills, arguments.json)
    if arguments.kills is not None:
        return deaths(arguments.kills, arguments.json)
    if arguments.timing is not None:
        return timing(arguments.timing, arguments.json)
    for name, measure in {"desk": desk, "embed": embed, "history": history}.items():
        if getattr(arguments, name):
            return measure(arguments.json)
    return alone(arguments)


def alone(arguments: argparse.Namespace) -> int:
    """Measure ours, at an address or privately."""
    from assistant.evaluation.bench import measured, ready, trained
    from assistant.evaluation.place import place_of
    from assistant.running.model import train_if_needed

    figures = trained() if arguments.train else []
    if not arguments.url:
        train_if_needed(Settings.load({}))  # so that "ready" does not count a training
    say_load()
    started = time.perf_counter()
    with place_of(arguments.url) as place:
        figures.append(ready(place, time.perf_counter() - started))
        figures += measured(place, arguments.conversations)
    return concluded(figures, arguments.json)


def booking(kills: int, to: Path | None) -> int:
    """Print races, searches and deaths, and what is promised of them; 1 when one is broken."""
    from assistant.evaluation.booking import report
    from assistant.evaluation.booking.bench import measure_booking

    say_load()
    measured = measure_booking(kills)
    print(report.race_table(measured.races), end="\n\n")
    print(report.speed_table(measured.speeds), end="\n\n")
    if measured.deaths:
        print(report.death_table(measured.deaths), end="\n\n")
    return concluded(report.targets(measured.races, measured.speeds, measured.deaths), to)


def deaths(kills: int, to: Path | None) -> int:
    """Kill processes of a private stack at random moments and print the tally; 1 when it broke."""
    from assistant.evaluation.killing.report import tally_table, targets
    from assistant.evaluation.killing.rounds import Killing
    from assistant.evaluation.place import place_of

    say_load()
    with place_of(None) as place, step(f"{kills} deaths"):
        assert place.stack and place.desk  # noqa: S101, PT018 - a private place has both
        for tally in Killing(place.stack, place.desk, kills):
            say(f"{sum(tally.kills.values())} deaths, {len(tally.broken)} promises broken")
    print(tally_table(tally), end="\n\n")
    return concluded(targets(tally), to)


def history(to: Path | None) -> int:
    """Print how long a long history takes to check; 1 when it is too long."""
    from assistant.evaluation.history_speed import measure_history

    say_load()
    return concluded(measure_history(), to)


def timing(pairs: int, to: Path | None) -> int:
    """Print the times of hits and misses, taken in turn; 1 when a time tells them apart."""
    from assistant.evaluation.lines import write_json
    from assistant.evaluation.timing.asking import measure_timing
    from assistant.evaluation.timing.report import as_rows, timing_table
    from assistant.evaluation.timing.stage import web_alone

    say_load()
    with (
        tempfile.TemporaryDirectory(prefix="schoolgate-timing-") as folder,
        web_alone(Path(folder)) as (desk, url),
        step("Asking for hits and misses in turn"),
    ):
        compared = measure_timing(desk, url, pairs)
    print(timing_table(compared))
    if to:
        write_json(to, as_rows(compared))
    return 1 if any(each.differs for each in compared) else 0


def desk(to: Path | None) -> int:
    """Print how fast the desk is with ten thousand cases; 1 when a target is missed."""
    from assistant.evaluation.desk.bench import measure_desk

    say_load()
    return concluded(measure_desk(), to)


def embed(to: Path | None) -> int:
    """Print what the chat on a school's page weighs; 1 when a target is missed or unmeasured."""
    try:
        from assistant.evaluation.embed.bench import measure_embed
    except ModuleNotFoundError:
        say("The browser's driver comes with the tests: run `python3 -m assistant check` once.")
        return 1
    say_load()
    figures = measure_embed()
    return concluded(figures, to) if figures else 1


def concluded(figures: list[Figure], to: Path | None, report: dict[str, Any] | None = None) -> int:
    """Print the figures beside their targets and write them down; 1 when a target is missed."""
    from assistant.evaluation.figures import as_report
    from assistant.evaluation.lines import write_json

    print_figures(figures)
    if to:
        write_json(to, report or as_report(figures))
    return 1 if any(figure.kept is False for figure in figures) else 0


def against_rasa(files: Sequence[Path], part: float, report: Path | None) -> int:
    """Measure ours and the rivals on the same messages, and print figures, ratios and targets."""
    from assistant.evaluation.lines import read_rows
    from assistant.evaluation.rivals.configurations import financial_demo, rasa_default
    from assistant.evaluation.rivals.contest import contest
    from assistant.evaluation.rivals.language import read_language
    from assistant.running.ending import ended_by_signals

    rows = [row for file in files for row in read_rows(file, ("id", "text", "accept", "reject"))]
    examples, rivals = read_language(part), [rasa_default(), financial_demo()]
    say_load()
    say(f"{len(examples)} training messages, {len(rows)} test messages.")
    with ended_by_signals():
        measured = contest(rows, examples, rivals)
        counts = {"part": part, "training_messages": len(examples), "test_messages": len(rows)}
        return print_contest(measured, rivals, counts, report)
    return INTERRUPTED


def print_contest(
    measured: Sequence[Measured], rivals: Sequence[Rival], counts: dict[str, Any], to: Path | None
) -> int:
    """Print the comparison and write it down; 1 when a target against Rasa's default is missed."""
    from assistant.evaluation.figures import as_report
    from assistant.evaluation.rivals import report
    from assistant.evaluation.rivals.words import WORDS

    figures = report.tabulate(measured)
    targets = report.targets(figures, rivals[0].name)
    print(report.as_text(rivals, figures), end="\n\n")
    kept = counts | report.as_json(measured, figures) | {"targets": as_report(targets)}
    missed = concluded(targets, to, kept)
    print(f"\n{WORDS}")
    return missed


def say_load() -> None:
    """Say how busy the machine is already: figures of a busy machine prove nothing."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    busy = " The machine is busy: the figures will look worse." if load > processors / 2 else ""
    say(f"Load before the measuring: {load:.1f} on {processors} processors.{busy}")


def print_figures(figures: list[Figure]) -> None:
    """Print the table."""
    from assistant.evaluation.figures import as_text

    print(as_text(figures))
