"""No sum of shown numbers gives a small one: an attacker solves the linear system by itself."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.small_numbers import Number, shown_numbers

LIMIT = 5
PRIME = 2**61 - 1
Table = list[list[list[int]]]


def linked(table: Table) -> tuple[list[Number], list[tuple[Number, list[Number]]]]:
    """Return every margin of a three-way table (theme, year, term), and its lines."""
    ways = (len(table), len(table[0]), len(table[0][0]))
    cells = [(a, b, c) for a in range(ways[0]) for b in range(ways[1]) for c in range(ways[2])]
    place = {cell: number for number, cell in enumerate(cells)}

    def number(*fixed: int | None) -> Number:
        mine = [
            cell
            for cell in cells
            if all(want is None or want == got for want, got in zip(fixed, cell, strict=True))
        ]
        return Number(
            fixed, frozenset(place[cell] for cell in mine), sum(table[a][b][c] for a, b, c in mine)
        )

    found: dict[tuple[int | None, ...], Number] = {}
    for a in (None, *range(ways[0])):
        for b in (None, *range(ways[1])):
            for c in (None, *range(ways[2])):
                if None in (a, b, c):
                    found[a, b, c] = number(a, b, c)
    lines = []
    for name, whole in found.items():
        for axis, size in enumerate(ways):
            names = [(*name[:axis], each, *name[axis + 1 :]) for each in range(size)]
            if name[axis] is None and all(part in found for part in names):
                lines.append((whole, [found[part] for part in names]))
    return list(found.values()), lines


tables = st.tuples(st.integers(2, 3), st.integers(2, 3), st.integers(1, 3)).flatmap(
    lambda ways: st.lists(
        st.lists(
            st.lists(st.integers(0, 12), min_size=ways[2], max_size=ways[2]),
            min_size=ways[1],
            max_size=ways[1],
        ),
        min_size=ways[0],
        max_size=ways[0],
    )
)


def can_solve(shown: list[Number], target: frozenset[int], width: int) -> bool:
    """Tell by the rank modulo a large prime whether the target is a sum of what is shown."""
    system = [[int(cell in each.cells) for cell in range(width)] for each in shown]
    wanted = [int(cell in target) for cell in range(width)]
    return rank([*system, wanted]) == rank(system)


def rank(matrix: list[list[int]]) -> int:
    """Return the rank by elimination, column after column."""
    rows, found = [row[:] for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in range(found, len(rows)) if rows[row][column] % PRIME), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        inverse = pow(rows[found][column], -1, PRIME)
        for row in range(found + 1, len(rows)):
            times = rows[row][column] * inverse % PRIME
            pairs = zip(rows[row], rows[found], strict=True)
            rows[row] = [(mine - times * other) % PRIME for mine, other in pairs]
        found += 1
    return found


@settings(max_examples=120)
@given(tables)
def test_no_small_number_and_no_small_rest_can_be_worked_out(table: Table) -> None:
    numbers, lines = linked(table)
    names = shown_numbers(numbers, LIMIT, lines)
    shown = [number for number in numbers if number.name in names]
    width = 1 + max(cell for number in numbers for cell in number.cells)
    assert all(number.count >= LIMIT for number in shown)
    for number in numbers:
        if number.count < LIMIT:
            assert not can_solve(shown, number.cells, width)
    for _whole, parts in lines:
        hidden = [part for part in parts if part.name not in names]
        if hidden and sum(part.count for part in hidden) < LIMIT:
            rest = frozenset[int]().union(*(part.cells for part in hidden))
            assert not can_solve(shown, rest, width)


def test_nobody_who_tries_every_table_that_fits_finds_a_small_number() -> None:
    """Counts are whole and not below zero, which narrows what sums alone leave open."""
    limit, small, top = 3, 3, 7
    every = [two_by_two(counts) for counts in product(range(top + 1), repeat=4)]
    found: dict[frozenset[object], dict[tuple[int, ...], list[dict[object, int]]]] = {}
    for numbers, lines in every:
        counts = {number.name: number.count for number in numbers}
        if max(counts[row, column] for row in (0, 1) for column in (0, 1)) > small:
            continue
        shown = shown_numbers(numbers, limit, lines)
        names = sorted(shown, key=str)
        fitting = found.get(shown)
        if fitting is None:
            fitting = found[shown] = {}
            for others, _ in every:
                theirs: dict[object, int] = {number.name: number.count for number in others}
                seen = tuple(theirs[name] for name in names)
                fitting.setdefault(seen, []).append(theirs)
        possible = fitting[tuple(counts[name] for name in names)]  # type: ignore[index]
        for name, count in counts.items():
            if 0 < count < limit:
                assert len({table[name] for table in possible}) > 1


def two_by_two(counts: tuple[int, ...]) -> tuple[list[Number], list[tuple[Number, list[Number]]]]:
    """Return a table of two months and two kinds with every total, and its lines."""
    ways = (0, 1, None)
    made = {}
    for row, column in product(ways, ways):
        mine = [at for at in range(4) if row in (None, at // 2) and column in (None, at % 2)]
        total = sum(counts[at] for at in mine)
        made[row, column] = Number((row, column), frozenset(mine), total)
    lines = [(made[row, None], [made[row, 0], made[row, 1]]) for row in ways]
    lines += [(made[None, column], [made[0, column], made[1, column]]) for column in ways]
    return list(made.values()), lines


def parts_of(*counts: int) -> list[Number]:
    """Return one number a cell, called a, b, c."""
    return [Number("abc"[at], frozenset({at}), count) for at, count in enumerate(counts)]


def test_a_single_small_part_takes_another_with_it() -> None:
    parts = parts_of(9, 8, 2)
    whole = Number("all", frozenset({0, 1, 2}), 19)
    names = shown_numbers([whole, *parts], LIMIT, [(whole, parts)])
    assert "c" not in names
    assert names == {"all", "a"}


def test_two_small_parts_that_add_up_to_a_small_number_hide_more() -> None:
    parts = parts_of(9, 2, 2)
    whole = Number("all", frozenset({0, 1, 2}), 13)
    assert shown_numbers([whole, *parts], LIMIT, [(whole, parts)]) == {"all"}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    numbers, lines = linked([[[9, 9], [9, 9]], [[9, 9], [9, 9]]])
    assert len(shown_numbers(numbers, LIMIT, lines)) == len(numbers)
