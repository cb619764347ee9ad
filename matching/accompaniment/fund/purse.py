"""Money by line, and which steps it can still pay, to the cent.

What a line pays for one step may be paid by another if a later step needs it: a step fits if there
is any way to pay for it and all that was taken in before. (Lines and the sets of lines that steps
may be paid from are few; a way is looked for by paths that free money.)
"""

from dataclasses import dataclass, field

from matching.domain import Measure

Payers = tuple[int, ...]
"""Which lines may pay for a step, by their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Money of a line, and what it may be spent on; empty sets restrict nothing."""

    code: str
    cents: int
    measures: frozenset[Measure] = frozenset()
    ambiti: frozenset[str] = frozenset()

    def pays_for(self, measure: Measure, ambito: str) -> bool:
        """Whether it may pay for a measure, for somebody of an ambito."""
        return (not self.measures or measure in self.measures) and (
            not self.ambiti or ambito in self.ambiti
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What can be spent: ``budget_cents`` in all, from these lines."""

    budget_cents: int
    lines: tuple[MoneyLine, ...]

    def payers(self, measure: Measure, ambito: str) -> Payers:
        """The lines that may pay for a measure, for somebody of an ambito."""
        return tuple(n for n, line in enumerate(self.lines) if line.pays_for(measure, ambito))


def one_budget(cents: int) -> Money:
    """A budget without lines."""
    return Money(budget_cents=cents, lines=(MoneyLine(code="budget", cents=cents),))


@dataclass(slots=True)
class Purse:
    """Money while it is being spent."""

    money: Money
    left: int = field(init=False)
    free: list[int] = field(init=False)
    paid: dict[tuple[Payers, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = self.money.budget_cents
        self.free = [line.cents for line in self.money.lines]

    def short(self, payers: Payers, cents: int) -> tuple[int, int]:
        """Cents missing of the budget, and missing on the lines that may pay; 0 where it fits."""
        over = max(0, cents - self.left)
        if sum(self.free[n] for n in payers) >= cents:
            return over, 0
        trial = Purse(self.money)
        trial.free, trial.paid = list(self.free), dict(self.paid)
        return over, cents - trial._pay_what_can(payers, cents)

    def pay(self, payers: Payers, cents: int) -> None:
        """Pay for a step that fits, as :meth:`short` says."""
        if self._pay_what_can(payers, cents) < cents or cents > self.left:
            raise ValueError(f"{cents} cents do not fit; ask short first.")
        self.left -= cents

    def give_back(self, payers: Payers, cents: int) -> None:
        """Take back what was paid for a step."""
        self.left += cents
        for line in payers:
            part = min(cents, self.paid.get((payers, line), 0))
            if part:
                self.paid[payers, line] -= part
                self.free[line] += part
                cents -= part

    def _pay_what_can(self, payers: Payers, cents: int) -> int:
        """Pay as much as there is a way for, and say how much."""
        done = 0
        while done < cents:
            path = self._path(payers)
            if path is None:
                break
            part = min(cents - done, self.free[path[-1][1]])
            for before, after in zip(path, path[1:], strict=False):
                # What the line of `before` pays for the payers of `after` goes to its own line.
                part = min(part, self.paid[after[0], before[1]])
            for number, (group, line) in enumerate(path):
                self.paid[group, line] = self.paid.get((group, line), 0) + part
                if number + 1 < len(path):
                    self.paid[path[number + 1][0], line] -= part
            self.free[path[-1][1]] -= part
            done += part
        return done

    def _path(self, payers: Payers) -> list[tuple[Payers, int]] | None:
        """Payments (who, from which line) by which some free money reaches these payers."""
        came: dict[int, tuple[Payers, int | None]] = dict.fromkeys(payers, (payers, None))
        waiting = list(payers)
        while waiting:
            line = waiting.pop(0)
            if self.free[line] > 0:
                return _back(came, line)
            for (group, used), cents in sorted(self.paid.items()):
                if used == line and cents > 0:
                    for other in group:
                        if other not in came:
                            came[other] = (group, line)
                            waiting.append(other)
        return None


def _back(came: dict[int, tuple[Payers, int | None]], line: int) -> list[tuple[Payers, int]]:
    path: list[tuple[Payers, int]] = []
    at: int | None = line
    while at is not None:
        group, before = came[at]
        path.append((group, at))
        at = before
    return path[::-1]


def shares(money: Money, asked: list[tuple[Payers, int]]) -> list[tuple[tuple[str, int], ...]]:
    """From which lines each step is paid, in cents: together they fit, as was made sure before.

    Steps that fewer lines may pay for are given theirs first; each takes from its lines in order.
    """
    purse = Purse(money)
    for payers, cents in asked:
        purse.pay(payers, cents)
    found: list[tuple[tuple[str, int], ...]] = []
    for payers, cents in asked:
        parts = []
        for line in payers:
            part = min(cents, purse.paid.get((payers, line), 0))
            if part:
                purse.paid[payers, line] -= part
                parts.append((money.lines[line].code, part))
                cents -= part
        found.append(tuple(parts))
    return found
