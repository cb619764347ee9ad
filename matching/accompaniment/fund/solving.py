"""Programs of choices solved by HiGHS, through SciPy: with whole steps, near them, or without."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from matching.accompaniment.fund.program import UNIT_CENTS, Floats, Program

_HALF = 0.5
_NOTHING = 1e-6
_SHORT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to look: nodes of the search (the same on any machine), and seconds as a last stop.

    Where the last stop ends it, another machine may find another choice; the gap says how far off.

    ``gap`` is the share of the value at which the search is done. With a ``kernel``, only so many
    steps are left open, those of which the program without whole steps is least sure, and the
    others are as it has them: some ten times as fast, and no proof closer than that program gives
    (kernel search: Angelelli, Mansini and Speranza, Computers and Operations Research 37, 2010).
    """

    gap: float = 1e-5
    nodes: int = 4_000
    seconds: float = 300.0
    kernel: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Which candidates are taken in, what that is worth, and what no choice can exceed."""

    taken: tuple[int, ...]
    value: float
    bound: float
    stopped: bool


def solve(program: Program, effort: Effort) -> Solution:
    """The best choice that is found, floors met as far as they can be."""
    if not program.steps:
        return Solution(taken=(), value=0.0, bound=0.0, stopped=False)
    relaxed = _relaxed(program)
    whole = _Box.of(program)
    boxes = [whole]
    if effort.kernel is not None and program.steps > effort.kernel:
        boxes.insert(0, _narrowed(program, whole, relaxed, effort.kernel))
    for box in boxes:
        found = _solved(program, box, effort)
        if found is not None:
            taken = tuple(int(n) for n in np.flatnonzero(found.x[: program.steps] > _HALF))
            value = float(program.value[list(taken)].sum())
            best = -found.mip_dual_bound if box is whole else -relaxed.fun
            return Solution(
                taken=taken,
                value=value,
                bound=value + max(0.0, float(best + found.fun)),
                stopped=found.status == 1,
            )
    # To take nothing in is always possible: the search ended before it saw even that.
    return Solution(taken=(), value=0.0, bound=max(0.0, float(-relaxed.fun)), stopped=True)


def shadow_value(program: Program) -> float:
    """What one euro more, for anything, is worth where steps need not be whole: the dual."""
    if not program.steps:
        return 0.0
    found = _relaxed(program)
    upper = np.isfinite(program.high) & (program.low != program.high)
    place = {int(row): n for n, row in enumerate(np.flatnonzero(upper))}
    by_unit = -sum(found.ineqlin.marginals[place[row]] for row in program.extra_rows)
    return float(by_unit) / (UNIT_CENTS / 100)


class _Found:
    """What of HiGHS's answer is used."""

    x: Floats
    fun: float
    mip_dual_bound: float
    status: int


@dataclass(slots=True, eq=False)
class _Box:
    """Between what each variable must be."""

    least: Floats
    most: Floats

    @classmethod
    def of(cls, program: Program) -> "_Box":
        return cls(np.zeros(len(program.value)), program.most.copy())


def _price(program: Program) -> Floats:
    """What is made least: less value, and floors missed at more than money is worth at best."""
    price: Floats = -program.value
    dear = program.cost > 0
    best = float((program.value[: program.steps][dear] / program.cost[dear]).max(initial=1.0))
    price[list(program.shortages)] = _SHORT * best
    return price


def _relaxed(program: Program) -> Any:
    """The program where steps need not be whole; a floor that cannot be met costs a price."""
    equal = program.low == program.high
    upper = np.isfinite(program.high) & ~equal
    lower = np.isfinite(program.low) & ~equal
    above = np.concatenate([np.flatnonzero(upper), np.flatnonzero(lower)])
    sign = np.concatenate([np.ones(upper.sum()), -np.ones(lower.sum())])
    return linprog(
        _price(program),
        A_ub=csr_matrix(program.rows[above].multiply(sign[:, None])),
        b_ub=np.concatenate([program.high[upper], -program.low[lower]]),
        A_eq=program.rows[np.flatnonzero(equal)],
        b_eq=program.low[equal],
        bounds=np.column_stack([np.zeros(len(program.most)), program.most]),
        method="highs",
    )


def _narrowed(program: Program, box: _Box, relaxed: Any, size: int) -> _Box:
    """The same box, with all but ``size`` steps as the program without whole steps has them."""
    steps = program.steps
    sure = np.abs(relaxed.lower.marginals + relaxed.upper.marginals)[:steps]
    sure[(relaxed.x[:steps] > _NOTHING) & (relaxed.x[:steps] < 1 - _NOTHING)] = -1.0
    closed = np.argsort(sure, kind="stable")[size:]
    narrow = _Box(box.least.copy(), box.most.copy())
    narrow.least[closed] = narrow.most[closed] = np.round(relaxed.x[closed])
    return narrow


def _solved(program: Program, box: _Box, effort: Effort) -> _Found | None:
    """The best choice within a box; None where there is none, or the search saw none."""
    whole = np.zeros(len(program.value))
    whole[: program.steps] = 1
    found = milp(
        _price(program),
        integrality=whole,
        bounds=Bounds(box.least, box.most),
        constraints=LinearConstraint(program.rows, program.low, program.high),
        options={
            "mip_rel_gap": effort.gap,
            "node_limit": effort.nodes,
            "time_limit": effort.seconds,
        },
    )
    if found.x is None:
        return None
    answer: _Found = found
    return answer
