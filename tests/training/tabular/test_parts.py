from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.disclosure import LEAST, showable
from training.tabular.parts import also_showable, parts


def spans(shown: list[np.ndarray], wanted: np.ndarray) -> bool:
    """Whether adding and taking away of what is shown gives the group, in exact fractions."""
    rows = [[Fraction(int(value)) for value in row] for row in shown]
    target = [Fraction(int(value)) for value in wanted]
    for at in range(len(target)):
        pivot = next((row for row in rows if row[at] != 0), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        rows = [
            [value - row[at] / pivot[at] * base for value, base in zip(row, pivot, strict=True)]
            for row in rows
        ]
        factor = target[at] / pivot[at]
        target = [value - factor * base for value, base in zip(target, pivot, strict=True)]
    return not any(target)


def atoms(members: list[np.ndarray]) -> tuple[list[np.ndarray], np.ndarray]:
    kinds, counts = np.unique(np.column_stack(members), axis=0, return_counts=True)
    return [kinds[:, i] for i in range(len(members))], counts


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Two or three columns of few values, of very unequal sizes."""
    wide = [draw(st.integers(2, 4)), draw(st.integers(2, 3)), draw(st.integers(1, 2))]
    cells = [(a, b, c) for a in range(wide[0]) for b in range(wide[1]) for c in range(wide[2])]
    sizes = draw(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 5, 8, 9, 10, 12, 15, 40]),
                 min_size=len(cells), max_size=len(cells)).filter(any)
    )  # fmt: skip
    rows = [cell for cell, size in zip(cells, sizes, strict=True) for _ in range(size)]
    return pd.DataFrame([[f"v{value}" for value in row] for row in rows], columns=["a", "b", "c"])


@given(tables())
def test_no_small_group_can_be_worked_out_from_all_totals_that_are_shown(
    table: pd.DataFrame,
) -> None:
    found = parts(table, ["a", "b", "c"]).groups
    kinds, counts = atoms([part.rows for part in found])
    shown = [kind for kind, part in zip(kinds, found, strict=True) if part.shown]
    for kind, part in zip(kinds, found, strict=True):
        if 0 < part.n < LEAST:
            assert not part.shown
            assert not spans(shown, kind), part.name


@given(tables())
def test_no_few_people_at_all_are_the_difference_of_two_totals_that_are_shown(
    table: pd.DataFrame,
) -> None:
    found = [part for part in parts(table, ["a", "b", "c"]).groups if part.shown]
    for one, other in combinations(found, 2):
        for less, more in ((one.rows, other.rows), (other.rows, one.rows)):
            if (less <= more).all():
                assert not 0 < (more & ~less).sum() < LEAST


@given(tables(), st.integers(0, 2**31))
def test_further_groups_give_none_away_either(table: pd.DataFrame, seed: int) -> None:
    known = parts(table, ["a", "b"])
    rng = np.random.default_rng(seed)
    found = [rng.random(len(table)) < 0.5, table["c"].to_numpy() == "v0", table["a"] == "v0"]
    others = [np.asarray(rows, dtype=bool) for rows in found]
    fine = also_showable(known, others)
    kinds, _ = atoms([*(part.rows for part in known.groups), *others])
    flags = [*(part.shown for part in known.groups), *fine]
    shown = [kind for kind, ok in zip(kinds, flags, strict=True) if ok]
    for kind, part in zip(kinds, known.groups, strict=False):
        if 0 < part.n < LEAST:
            assert not spans(shown, kind)
    for rows, ok in zip(others, fine, strict=True):
        if ok and rows.any():
            assert rows.sum() >= LEAST
            assert not 0 < (~rows).sum() < LEAST


def test_a_small_group_takes_the_next_smallest_with_it_and_no_more() -> None:
    table = pd.DataFrame({"a": list("w" * 60 + "x" * 30 + "y" * 12 + "z" * 3)})
    found = {part.name: part.shown for part in parts(table, ["a"]).groups}
    assert found == {"everybody": True, "a = w": True, "a = x": True, "a = y": False,
                     "a = z": False}  # fmt: skip


def test_two_small_groups_of_fewer_than_ten_together_are_not_told_together_either() -> None:
    table = pd.DataFrame({"a": list("w" * 60 + "x" * 30 + "y" * 4 + "z" * 3)})
    found = [part.name for part in parts(table, ["a"]).groups if part.shown]
    assert found == ["everybody", "a = w"]


def test_nobody_may_be_shown_and_hides_nobody() -> None:
    everybody = np.ones(30, dtype=bool)
    assert showable([everybody, ~everybody]) == [True, True]
    assert showable([]) == []


def test_fewer_than_ten_people_are_not_shown_at_all() -> None:
    assert [part.shown for part in parts(pd.DataFrame({"a": ["x"] * 9}), ["a"]).groups] == [
        False,
        False,
    ]


@pytest.mark.parametrize("declared", [[], ["b"]])
def test_what_is_not_in_the_table_is_said_to_be_absent(declared: list[str]) -> None:
    found = parts(pd.DataFrame({"a": ["x"] * 20}), declared)
    assert found.absent == tuple(declared)
    assert [part.name for part in found.groups] == ["everybody"]
