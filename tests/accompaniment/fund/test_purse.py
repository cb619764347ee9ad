import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from matching.accompaniment.fund.purse import Money, MoneyLine, Purse, one_budget, shares
from matching.domain import Measure


def money(*cents: int, budget: int | None = None) -> Money:
    lines = tuple(MoneyLine(code=f"l{n}", cents=one) for n, one in enumerate(cents))
    return Money(budget_cents=sum(cents) if budget is None else budget, lines=lines)


def test_a_line_pays_for_what_and_whom_it_was_given_for() -> None:
    line = MoneyLine(
        code="x", cents=1, measures=frozenset({Measure.COURSE}), ambiti=frozenset({"a"})
    )
    assert line.pays_for(Measure.COURSE, "a")
    assert not line.pays_for(Measure.COURSE, "b")
    assert not line.pays_for(Measure.FOOD, "a")


def test_money_is_moved_from_a_step_that_another_line_can_pay_for() -> None:
    purse = Purse(money(100, 100))
    purse.pay((0, 1), 100)  # takes the first line
    assert purse.short((0,), 100) == (0, 0)
    purse.pay((0,), 100)
    assert purse.free == [0, 0]
    assert purse.short((1,), 1) == (1, 1)


def test_the_budget_is_a_limit_beside_the_lines() -> None:
    purse = Purse(money(100, 100, budget=150))
    purse.pay((0,), 100)
    assert purse.short((1,), 100) == (50, 0)
    assert purse.short((0,), 40) == (0, 40)


def test_what_does_not_fit_is_not_paid() -> None:
    purse = Purse(one_budget(10))
    with pytest.raises(ValueError, match="11 cents do not fit"):
        purse.pay((0,), 11)


STEPS = st.lists(
    st.tuples(st.sets(st.integers(0, 2), min_size=1).map(sorted).map(tuple), st.integers(1, 60)),
    max_size=12,
)


@given(lines=st.lists(st.integers(0, 100), min_size=3, max_size=3), steps=STEPS)
def test_a_step_fits_exactly_where_some_way_to_pay_for_all_exists(
    lines: list[int], steps: list[tuple[tuple[int, ...], int]]
) -> None:
    """Against a linear program of the same transport problem."""
    purse = Purse(money(*lines))
    taken: list[tuple[tuple[int, ...], int]] = []
    for payers, cents in steps:
        wanted = [*taken, (payers, cents)]
        size = 3 * len(wanted)
        paid = np.zeros((len(wanted), size))
        held = np.zeros((3, size))
        most = np.zeros(size)
        for number, (group, _) in enumerate(wanted):
            paid[number, 3 * number : 3 * number + 3] = 1
            for line in range(3):
                held[line, 3 * number + line] = 1
                most[3 * number + line] = np.inf if line in group else 0
        possible = linprog(
            np.zeros(size),
            A_ub=held,
            b_ub=lines,
            A_eq=paid,
            b_eq=[one for _, one in wanted],
            bounds=list(zip(np.zeros(size), most, strict=True)),
        ).success
        fits = purse.short(payers, cents) == (0, 0)
        assert fits == possible
        if fits:
            purse.pay(payers, cents)
            taken = wanted
    found = shares(money(*lines), taken)
    used = dict.fromkeys(("l0", "l1", "l2"), 0)
    for (payers, cents), parts in zip(taken, found, strict=True):
        assert sum(part for _, part in parts) == cents
        for code, part in parts:
            assert int(code[1]) in payers
            used[code] += part
    assert all(used[f"l{n}"] <= cents for n, cents in enumerate(lines))
    for payers, cents in taken:
        purse.give_back(payers, cents)
    assert purse.free == lines
