"""The choice of steps as a mixed-integer program, in matrices.

Variables: ``x`` whether a step is taken in; ``z`` whether a person is, where she has several
steps; ``f`` money of a line for the steps that the same lines may pay for; ``s`` money by which a
floor is missed. Maximise the sum of value times ``x``, subject to

- each set of payers: what its steps cost is paid from its lines, each within what it holds;
- all steps together: within the budget;
- editions: seats; ambiti: people; persons: what the yearly cap leaves;
- a step not without those that come first; of alternatives one at most;
- floors: what the group's steps cost and ``s`` are at least the floor.

Floors are met as far as they can be, to within a step: what they are missed by costs ten times what
money is worth at best.

Source of the form: the multidimensional knapsack problem with precedence constraints
(Kellerer, Pferschy and Pisinger, Knapsack Problems, 2004, chapters 9 and 11).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.accompaniment.fund.purse import Money, Payers
from matching.accompaniment.fund.room import Candidate, Limits

# Money is in thousands of euros: a cent is above what the solver takes for nothing (1e-6).
UNIT_CENTS = 100_000

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWanted:
    """A floor in cents, and which candidates count for it, by their place."""

    ambito: str | None
    cents: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program in matrices, money in ``UNIT_CENTS``.

    ``cost`` is that of each step; ``extra_rows`` are the rows that more money for anything moves.
    """

    value: Floats
    rows: csr_matrix
    low: Floats
    high: Floats
    most: Floats
    steps: int
    cost: Floats
    shortages: tuple[int, ...]
    extra_rows: tuple[int, int]


@dataclass(slots=True)
class _Rows:
    """Rows while they are written: (row, column, number), and bounds."""

    cells: list[tuple[int, int, float]]
    low: list[float]
    high: list[float]

    def add(
        self,
        columns: Iterable[int],
        numbers: Iterable[float],
        *,
        low: float = -np.inf,
        high: float = np.inf,
    ) -> int:
        row = len(self.low)
        self.cells += [(row, c, n) for c, n in zip(columns, numbers, strict=True)]
        self.low.append(low)
        self.high.append(high)
        return row


def program_of(
    candidates: Sequence[Candidate],
    money: Money,
    limits: Limits,
    floors: Sequence[FloorWanted],
) -> Program:
    """Write the program of a choice; members of floors are places in ``candidates``."""
    rows = _Rows(cells=[], low=[], high=[])
    cost = [one.cents / UNIT_CENTS for one in candidates]
    steps = len(candidates)
    columns = steps
    # Money.
    by_payers: dict[Payers, list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        by_payers[one.payers].append(number)
    of_line: dict[int, list[int]] = defaultdict(list)
    extra: list[int] = []
    for payers, members in by_payers.items():
        paid = [*range(columns, columns + len(payers) + 1)]
        columns += len(paid)
        for line, column in zip(payers, paid, strict=False):
            of_line[line].append(column)
        extra.append(paid[-1])
        rows.add(
            [*members, *paid],
            [*(cost[n] for n in members), *(-1.0 for _ in paid)],
            low=0.0,
            high=0.0,
        )
    for line, flows in of_line.items():
        rows.add(flows, [1.0] * len(flows), high=money.lines[line].cents / UNIT_CENTS)
    # Money that may pay for anything: there is none, but the dual says what it would be worth.
    extra_row = rows.add(extra, [1.0] * len(extra), high=0.0)
    budget_row = rows.add(range(steps), cost, high=money.budget_cents / UNIT_CENTS)
    people = _scarce(rows, candidates, limits, columns)
    columns += people
    _within_plans(rows, candidates)
    shortages = tuple(range(columns, columns + len(floors)))
    for floor, column in zip(floors, shortages, strict=True):
        members = [*floor.members]
        rows.add(
            [*members, column],
            [*(cost[n] for n in members), 1.0],
            low=floor.cents / UNIT_CENTS,
        )
    columns += len(floors)
    most = np.full(columns, np.inf)
    most[:steps] = 1.0
    value = np.zeros(columns)
    value[:steps] = [one.value for one in candidates]
    return Program(
        value=value,
        rows=_matrix(rows, columns),
        low=np.array(rows.low),
        high=np.array(rows.high),
        most=most,
        steps=steps,
        cost=np.array(cost),
        shortages=shortages,
        extra_rows=(extra_row, budget_row),
    )


def _scarce(rows: _Rows, candidates: Sequence[Candidate], limits: Limits, columns: int) -> int:
    """Rows of seats, people and caps; how many columns were added for people."""
    editions: dict[str, list[int]] = defaultdict(list)
    persons: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        editions[one.request.seats_key].append(number)
        persons[one.request.person].append(number)
    for key, members in editions.items():
        seats = limits.seats.get(key)
        if seats is not None and seats < len(members):
            rows.add(members, [1.0] * len(members), high=float(seats))
    followed: dict[str, list[int]] = defaultdict(list)
    added = 0
    for person, members in persons.items():
        column = members[0]
        if len(members) > 1:
            column = columns + added
            added += 1
            for number in members:
                rows.add((number, column), (1.0, -1.0), high=0.0)
            spent = [candidates[n].cents / UNIT_CENTS for n in members]
            cap = limits.cap_of(person) / UNIT_CENTS
            if sum(spent) > cap:
                rows.add(members, spent, high=cap)
        followed[candidates[members[0]].request.ambito].append(column)
    for ambito, chosen in followed.items():
        most = limits.people.get(ambito)
        if most is not None and most < len(chosen):
            rows.add(chosen, [1.0] * len(chosen), high=float(most))
    return added


def _within_plans(rows: _Rows, candidates: Sequence[Candidate]) -> None:
    place = {one.request.id: number for number, one in enumerate(candidates)}
    ways: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        for before in one.request.after:
            rows.add((number, place[before]), (1.0, -1.0), high=0.0)
        if one.request.instead is not None:
            ways[one.request.plan_id, one.request.instead].append(number)
    for members in ways.values():
        if len(members) > 1:
            rows.add(members, [1.0] * len(members), high=1.0)


def _matrix(rows: _Rows, columns: int) -> csr_matrix:
    row, column, number = zip(*rows.cells, strict=True)
    return csr_matrix((number, (row, column)), shape=(len(rows.low), columns))
