"""What was foretold of each person and what came of it: the arrays that an audit reads."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """One row per person: the chance foretold, what came of it, how many persons it speaks for.

    ``risk`` is the chance of the bad outcome foretold for the person by a model that did not learn
    from her; ``bad`` is 1 where the bad outcome came, 0 where it did not, NaN where nobody saw.
    ``weight`` is the inverse of the chance of having been seen so far (IPCW; 1 where nobody was
    lost) and 0 where ``bad`` is NaN: means with it are means over everybody (Robins and
    Finkelstein 2000, Biometrics 56).
    """

    risk: Array
    bad: Array
    weight: Array

    def __len__(self) -> int:
        return len(self.risk)

    @property
    def known(self) -> Flags:
        """Whose outcome was seen."""
        return np.asarray(self.weight > 0, dtype=bool)

    def where(self, rows: Flags) -> "Scored":
        """The persons of some rows."""
        return Scored(self.risk[rows], self.bad[rows], self.weight[rows])

    def seen(self) -> "Scored":
        """The persons whose outcome was seen."""
        return self.where(self.known)


def scored(risk: npt.ArrayLike, bad: npt.ArrayLike, weight: npt.ArrayLike | None = None) -> Scored:
    """Check the three arrays and put them together.

    Parameters
    ----------
    risk
        Chances of the bad outcome, from 0 to 1.
    bad
        1, 0, or NaN where the outcome was not seen.
    weight
        Positive where the outcome was seen; all 1 when not given.

    Raises
    ------
    DataError
        For arrays of other lengths or values.
    """
    chances = np.asarray(risk, dtype=float)
    outcomes = np.asarray(bad, dtype=float)
    unseen = np.isnan(outcomes)
    weights = np.ones(len(outcomes)) if weight is None else np.asarray(weight, dtype=float)
    if chances.ndim != 1 or not chances.shape == outcomes.shape == weights.shape:
        raise DataError(
            f"Risks of shape {chances.shape}, outcomes of {outcomes.shape}, weights of "
            f"{weights.shape}: give one value of each per row of the table, in its order."
        )
    wrong = ~((chances >= 0) & (chances <= 1))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise DataError(
            f"Row {row + 1}: a risk of {chances[row]:g} is no chance; give a number from 0 to 1 "
            "for every row."
        )
    wrong = ~(unseen | np.isin(outcomes, (0.0, 1.0)))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise DataError(
            f"Row {row + 1}: an outcome of {outcomes[row]:g}; it is 1 (bad), 0, or empty where "
            "nobody saw it."
        )
    wrong = ~unseen & ~((weights > 0) & np.isfinite(weights))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise DataError(
            f"Row {row + 1}: a weight of {weights[row]:g}; an outcome that was seen needs a "
            "positive one (1 where nobody was lost from sight)."
        )
    return Scored(chances, outcomes, np.where(unseen, 0.0, weights))


def same_rows(people: Scored, table: pd.DataFrame) -> None:
    """Refuse a table that does not have a row per person.

    Raises
    ------
    DataError
        When it has more or fewer: no part of a table is ever audited for the whole.
    """
    if len(table) != len(people):
        raise DataError(
            f"The table has {len(table)} rows and {len(people)} were scored: score every row, in "
            "the table's order; an audit of some of the rows would say nothing of the rest."
        )


def spread(weight: Array) -> float:
    """How many persons of equal weight say as much: (sum)^2 / sum of squares (Kish 1965).

    >>> spread(np.array([1.0, 1.0, 2.0]))
    2.6666666666666665
    """
    total = float(weight.sum())
    return total * total / float(np.square(weight).sum()) if total > 0 else 0.0


def top(risk: Array, share: float) -> Array:
    """Whom a hub would follow that can follow a share of all closely: 1, 0, or a part at a tie.

    People of one risk at the cut share the places left, as a random order would on average.

    Raises
    ------
    DataError
        For a share that is not above 0 and under 1.

    Examples
    --------
    >>> top(np.array([0.9, 0.5, 0.5, 0.1]), 0.5).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    if not 0 < share < 1:
        raise DataError(
            f"A top share of {share:g}: give the share of people that the hub can follow closely, "
            "above 0 and under 1."
        )
    places = share * len(risk)
    values, code, count = np.unique(-risk, return_inverse=True, return_counts=True)
    before = np.cumsum(count) - count
    part = np.clip((places - before) / count, 0.0, 1.0)
    return np.asarray(part[code] if len(values) else np.empty(0), dtype=float)
