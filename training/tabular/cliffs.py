"""Where an outcome jumps at one value of a number, as rules make it jump and people do not.

A regression discontinuity at every value that could be one: on either side of it a line is fitted
to the people nearest to it, and the jump is what is left between the two where they meet (Hahn,
Todd and van der Klaauw 2001, Econometrica 69). It must be there in half the window too, and with a
curve in the line's place, and it must be gone beside the place, so that neither a steep slope nor
a bend passes for a jump. Codes of a list, too few along a window to show a line, are not looked at.
A model that reads such a column learns a law, and will foretell it where the law does not hold.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import norm, rankdata

from training.tabular.discontinuity import WINDOW, Jump, Line, jump_at, reach
from training.tabular.intervals import LEVEL, Interval, share
from training.tabular.known_rules import KnownRule, rules_at
from training.tabular.scored import Array, Codes, Flags, Scored, same_rows
from training.tabular.slices import FEW, as_numbers, said_value

FIT = "a line on either side, to the nearest eighth of the people, robust standard errors"
_LEAST_JUMP = 0.05
_GRID = 80  # places looked at in a column, and as many round numbers
_KEPT_NEARER = 0.6  # of the jump must be there in half the window
_KEPT_CURVED = 0.5
_APART = 2.0  # standard errors, there too
_BESIDE = 0.5  # of the jump may be found a quarter of the window away
_FALSE = 0.01  # the chance of any false cliff in a table: to blame a law is a strong claim
_PER_COLUMN = 3
_NEXT = 15  # values on either side of the best of these
_NEAR = 60  # places looked at around a jump
_SNAP = 0.8  # of the best place's distance, for a whole number nearby to be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """A jump of the outcome.

    It lies above ``after`` (the last value before it) and at ``at`` or below; ``whole`` says that
    ``at`` is a whole number (the first of a month, in dates). ``jump`` is the share after less the
    share before, where the two curves meet; ``below`` and ``above`` are the shares on the two
    sides as a whole (not told where a small group could be worked out from them). ``columns`` are
    the column and those that say the same in other numbers.
    ``rules`` are the declared ones that begin there.
    """

    columns: tuple[str, ...]
    at: float
    said: str
    after: float
    whole: bool
    jump: Interval
    below: Interval
    above: Interval
    n_below: int | None
    n_above: int | None
    p_corrected: float
    rules: tuple[KnownRule, ...]
    rows: Flags = field(repr=False)

    @property
    def column(self) -> str:
        """The first column of those that say the same."""
        return self.columns[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The cliffs of a table, the surest first; how widely it was looked; rules without a jump."""

    cliffs: tuple[Cliff, ...]
    looked_at: int
    columns: tuple[str, ...]
    rules_without_jump: tuple[KnownRule, ...]


def survey(
    people: Scored,
    table: pd.DataFrame,
    *,
    skip: Collection[str] = (),
    rules: Sequence[KnownRule] = (),
) -> Survey:
    """Look for cliffs along every column of numbers or dates.

    Parameters
    ----------
    people
        A row per person; the risks are not read.
    table
        The same rows, typed.
    skip
        Columns that hold the outcome, or came after it.
    rules
        Those that are known: where a jump is theirs it says so.

    Raises
    ------
    DataError
        When people and table do not have the same rows.
    """
    same_rows(people, table)
    lines = _lines(people, table, set(skip))
    places = [_places(line, [r.at for r in rules if r.column in line.columns]) for line in lines]
    looked_at = sum(len(place) for place in places)
    found = [
        _cliff(people, table, line, jump, looked_at, rules)
        for line, place in zip(lines, places, strict=True)
        for jump in _jumps(line, place, looked_at)
    ]
    found.sort(key=lambda cliff: (-_distance(cliff.jump), cliff.column))
    named = {rule for cliff in found for rule in cliff.rules}
    return Survey(
        cliffs=tuple(found),
        looked_at=looked_at,
        columns=tuple(line.columns[0] for line in lines),
        rules_without_jump=tuple(rule for rule in rules if rule not in named),
    )


def _lines(people: Scored, table: pd.DataFrame, skip: set[str]) -> list[Line]:
    """A line per column of numbers; columns of the same order are one line of several names."""
    named: list[tuple[list[str], Array, Array, bool]] = []
    known = people.known
    for column in table.columns:
        numbers = None if column in skip else as_numbers(table[column])
        if numbers is None:
            continue
        held = known & ~np.isnan(numbers)
        if len(np.unique(numbers[held])) <= FEW:
            continue
        ranks = np.where(np.isnan(numbers), 0.0, rankdata(numbers, "dense", nan_policy="omit"))
        turned = np.where(ranks > 0, ranks.max() + 1 - ranks, 0.0)
        for names, _, other, _ in named:
            if np.array_equal(ranks, other) or np.array_equal(turned, other):
                names.append(str(column))
                break
        else:
            dates = pd.api.types.is_datetime64_any_dtype(table[column])
            named.append(([str(column)], numbers, ranks, dates))
    return [_line(people, tuple(names), numbers, dates) for names, numbers, _, dates in named]


def _line(people: Scored, names: tuple[str, ...], numbers: Array, dates: bool) -> Line:
    held = np.flatnonzero(people.known & ~np.isnan(numbers))
    order = held[np.argsort(numbers[held], kind="stable")]
    x = numbers[order]
    fresh = np.concatenate([[True], x[1:] != x[:-1]])
    values, starts = np.cumsum(fresh) - 1, np.flatnonzero(fresh).astype(np.int64)
    return Line(names, x, people.bad[order], people.weight[order], values, starts, dates)


def _places(line: Line, declared: Sequence[float]) -> Codes:
    """Where a right side may begin: a grid of people, round numbers, and where rules begin."""
    if len(line.starts) <= 2 * _GRID:
        return line.starts
    asked = line.x[np.linspace(0, len(line.x) - 1, _GRID).astype(int)]
    low, high = line.x[len(line.x) // 50], line.x[-1 - len(line.x) // 50]
    step = 10.0 ** math.floor(math.log10(max(high - low, 1e-300) / _GRID))
    step *= next(by for by in (1, 2, 5, 10) if (high - low) / (step * by) <= _GRID)
    round_numbers = step * np.arange(math.ceil(low / step), math.floor(high / step) + 1)
    wanted = np.concatenate([asked, round_numbers, np.asarray(declared, dtype=float)])
    places = np.unique(np.searchsorted(line.x, wanted, side="left"))
    return np.asarray(places[places < len(line.x)], dtype=np.int64)


def _jumps(line: Line, places: Codes, looked_at: int) -> list[Jump]:
    """The jumps of a line, each in people that no other jump parts."""
    limit = float(norm.isf(_FALSE / 2.0 / max(looked_at, 1)))
    found: list[Jump] = []
    there: dict[int, Jump | None] = {}
    for _ in range(_PER_COLUMN):
        for place in map(int, places):
            # A jump that was found is a wall, which only fits near it come up against.
            if place not in there or abs(place - found[-1].place) <= 2 * reach(line):
                there[place] = jump_at(line, place, _walls(line, found, place))
        clear = [
            jump
            for jump in there.values()
            if jump is not None and jump.apart >= limit and abs(jump.size) >= _LEAST_JUMP
        ]
        clear.sort(key=lambda jump: -jump.apart)
        best = next((jump for jump in clear if _sharp(line, jump, found)), None)
        if best is None:
            break
        found.append(_placed(line, best, found))
    return found


def _walls(line: Line, found: Sequence[Jump], place: int) -> tuple[int, int]:
    ends = [0, *(jump.place for jump in found), len(line.x)]
    return max(end for end in ends if end <= place), min(end for end in ends if end >= place)


def _sharp(line: Line, jump: Jump, found: Sequence[Jump]) -> bool:
    """Whether most of the jump is there in half the window, and with a curve in a line's place.

    A steep slope shrinks with the window, and a bend is followed by a curve; a jump stays.
    """
    walls = _walls(line, found, jump.place)
    nearer = jump_at(line, jump.place, walls, window=WINDOW / 2)
    curved = jump_at(line, jump.place, walls, degree=2)
    kept = all(
        other is None
        or (other.size * jump.size >= share_kept * jump.size**2 and other.apart >= _APART)
        for other, share_kept in ((nearer, _KEPT_NEARER), (curved, _KEPT_CURVED))
    )
    return kept and _beside(line, jump, walls) * jump.size <= _BESIDE * jump.size**2


def _beside(line: Line, jump: Jump, walls: tuple[int, int]) -> float:
    """The mean jump a quarter of the window before and after: a fifth of a jump, most of a bend."""
    aside = round(len(line.x) * WINDOW / 4)
    sizes = []
    for wanted in (jump.place - aside, jump.place + aside):
        place = int(line.starts[np.argmin(np.abs(line.starts - wanted))])
        beside = None if place == jump.place else jump_at(line, place, walls)
        if beside is not None:
            sizes.append(beside.size)
    return float(np.mean(sizes)) if sizes else 0.0


def _placed(line: Line, jump: Jump, found: Sequence[Jump]) -> Jump:
    """The jump where it is clearest, or at a whole number where it is nearly as clear."""
    walls = _walls(line, found, jump.place)
    close = line.starts[np.abs(line.starts - jump.place) <= reach(line, WINDOW / 2)]
    same = _like(
        line, jump, close[np.unique(np.linspace(0, len(close) - 1, _NEAR).astype(int))], walls
    )
    middle = int(line.values[max(same, key=lambda one: one.apart).place])
    same += _like(line, jump, line.starts[max(middle - _NEXT, 0) : middle + _NEXT + 1], walls)
    best = max(same, key=lambda one: one.apart)
    whole = [
        one
        for one in same
        if one.apart >= _SNAP * best.apart and _whole(line, one.place) is not None
    ]
    return max(whole, key=lambda one: one.apart) if whole else best


def _like(line: Line, jump: Jump, places: Codes, walls: tuple[int, int]) -> list[Jump]:
    """The jump, and those at other places that go the same way."""
    tried = (jump_at(line, int(place), walls) for place in places)
    return [jump, *(one for one in tried if one is not None and one.size * jump.size > 0)]


def _whole(line: Line, place: int) -> float | None:
    """The roundest whole number, or first of a month, above the value before and up to this."""
    after, upto = float(line.x[place - 1]), float(line.x[place])
    if line.dates:
        first = pd.Timestamp(0, unit="D") + pd.Timedelta(days=math.floor(upto))
        days = float((first.replace(day=1) - pd.Timestamp(0)) / pd.Timedelta(days=1))
        return days if after < days <= upto else None
    step = 10.0 ** math.ceil(math.log10(max(abs(upto), abs(after), 1.0)))
    while step >= 1.0:
        number = math.floor(upto / step) * step
        if after < number <= upto:
            return number
        step /= 10.0
    return None


def _cliff(
    people: Scored,
    table: pd.DataFrame,
    line: Line,
    jump: Jump,
    looked_at: int,
    rules: Sequence[KnownRule],
) -> Cliff:
    after, upto = float(line.x[jump.place - 1]), float(line.x[jump.place])
    declared = rules_at(rules, line.columns, after, upto)
    whole = _whole(line, jump.place)
    at = declared[0].at if declared else upto if whole is None else whole
    numbers = as_numbers(table[line.columns[0]])
    above = np.zeros(len(table), dtype=bool) if numbers is None else numbers >= upto
    half = float(ndtri((1 + LEVEL) / 2)) * jump.error
    low, high = slice(0, jump.place), slice(jump.place, len(line.x))
    return Cliff(
        columns=line.columns,
        at=at,
        said=said_value(at, dates=line.dates),
        after=after,
        whole=whole is not None and whole == at,
        jump=Interval(value=jump.size, low=jump.size - half, high=jump.size + half, method=FIT),
        below=share(line.bad[low], line.weight[low]),
        above=share(line.bad[high], line.weight[high]),
        n_below=jump.place,
        n_above=len(line.x) - jump.place,
        p_corrected=min(1.0, 2.0 * float(norm.sf(jump.apart)) * looked_at),
        rules=declared,
        rows=above,
    )


def _distance(jump: Interval) -> float:
    if jump.value is None or jump.high is None or jump.high == jump.value:
        return 0.0
    return abs(jump.value) / (jump.high - jump.value)
