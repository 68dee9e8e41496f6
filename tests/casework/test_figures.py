"""Tables of figures: every term by itself, so that reports of two days give nothing away."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.figures import (
    PLANS,
    TOTAL,
    Fact,
    FigureTable,
    TermFigures,
    figures_of,
    tabulate,
)
from assistant.casework.small_numbers import Span

LIMIT = 3

facts = st.builds(
    Fact,
    kind=st.sampled_from(["Complaint", "Concern"]),
    topic=st.sampled_from(["Bullying", "Uniform", "Meals"]),
    year=st.sampled_from(["Year 1", "Year 2"]),
    acknowledged=st.sampled_from(["In time", "Late"]),
    answered=st.just("In time"),
    outcome=st.sampled_from(["Closed", "Withdrawn"]),
)
terms = st.lists(facts, max_size=24).map(lambda found: tuple(sorted(found, key=str)))


def fits(fact: Fact, table: FigureTable, row: str, column: str) -> bool:
    plan = table.plan
    in_row = row in (TOTAL, getattr(fact, plan.rows))
    return in_row and (not plan.columns or column in (TOTAL, getattr(fact, plan.columns)))


def shown_rows(
    tables: tuple[FigureTable, ...], by_term: dict[str, tuple[Fact, ...]]
) -> list[set[tuple[str, Fact]]]:
    """Return for each number that is shown the cases that it counts, as (term, distinct fact)."""
    found = []
    for table in tables:
        for (row, column), count in table.cells.items():
            if count is None:
                continue
            only = table.title.rpartition(", ")[2] if table.plan.columns else column
            mine = [
                (term, fact)
                for term, held in by_term.items()
                if only in (TOTAL, term)
                for fact in held
                if fits(fact, table, row, column)
            ]
            assert count == len(mine)
            found.append(set(mine))
    return found


@settings(max_examples=60)
@given(terms, terms)
def test_two_reports_of_different_days_give_no_small_number_together(
    autumn: tuple[Fact, ...], spring: tuple[Fact, ...]
) -> None:
    first = figures_of("Autumn", autumn, LIMIT)
    second = figures_of("Spring", spring, LIMIT)
    by_term = {"Autumn": autumn, "Spring": spring}
    printed = shown_rows(tabulate([first]), {"Autumn": autumn})
    printed += shown_rows(tabulate([first, second]), by_term)
    place = {each: at for at, each in enumerate(sorted(set().union(*printed), key=str))}
    span = Span()
    for cells in printed:
        span = span.with_row(span.new_row(place[each] for each in cells))
    for mine in [group for term, held in by_term.items() for group in groups_of(term, held)]:
        if len(mine) < LIMIT and all(each in place for each in mine):
            assert not span.gives({place[each] for each in mine})


def groups_of(term: str, held: tuple[Fact, ...]) -> list[list[tuple[str, Fact]]]:
    """Return the cases behind every number of the term's tables."""
    found: dict[tuple[str, str, str], list[tuple[str, Fact]]] = {}
    for plan, fact in product(PLANS, held):
        row = getattr(fact, plan.rows)
        for column in {TOTAL, getattr(fact, plan.columns) if plan.columns else TOTAL}:
            found.setdefault((plan.name, row, column), []).append((term, fact))
    return list(found.values())


def test_a_term_is_shown_alike_whatever_other_terms_stand_beside_it() -> None:
    facts_of_autumn = (Fact("Complaint", "Meals", "Year 1", "In time", "In time", "Closed"),) * 4
    autumn = figures_of("Autumn", facts_of_autumn, LIMIT)
    alone = tabulate([autumn])
    beside = tabulate([autumn, figures_of("Spring", facts_of_autumn[:1], LIMIT)])
    for one, two in zip(alone, beside, strict=True):
        if not one.plan.columns:
            assert {row: one.cells[row, "Autumn"] for row in one.rows} == {
                row: two.cells[row, "Autumn"] for row in one.rows
            }


def test_terms_are_added_up_only_where_each_is_shown() -> None:
    many, few = (
        TermFigures("A", {("kinds", "Complaint", TOTAL): 9, ("kinds", TOTAL, TOTAL): 9}),
        (TermFigures("B", {("kinds", "Complaint", TOTAL): None, ("kinds", TOTAL, TOTAL): None})),
    )
    kinds = tabulate([many, few])[1]
    assert kinds.cells["Complaint", TOTAL] is None
    assert tabulate([many, many])[1].cells["Complaint", TOTAL] == 9 + 9
