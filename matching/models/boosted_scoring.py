"""Hazards of many people from trees: stretch by stretch of the spell, a block of rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy.special import expit

from matching.models.hazard_loops import FAR, Fold, compiled_fold
from matching.models.leaves import Leaves, leaves_of
from matching.models.spells import exits
from matching.models.tree_loops import compiled_tree_loops
from matching.models.trees import Forest, TreeScorer, tree_scorer

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Pair = tuple[lgb.Booster | None, lgb.Booster | None]


@dataclass(frozen=True, slots=True, eq=False)
class BoostedScorer:
    """The trees of some models alike, ready to score. Made by :func:`boosted_scorer`.

    ``levels`` are the log odds of the months, shape (models, months, 2); ``stretch`` says in
    which stretch each month is. Rows of ``scorer`` hold the stretch, then the covariates; ``place``
    says to which model and cause each of its boosters belongs, as a number from 0.
    """

    levels: Array
    stretch: Whole
    by_person: TreeScorer | None
    by_stretch: TreeScorer | None
    place: Whole
    leaves: tuple[Leaves | None, Leaves | None]
    fold: Fold | None

    def margins(self, values: Array, months: int) -> Array:
        """Log odds that the trees add, shape (stretches until the month, models, 2, n)."""
        stretches = int(self.stretch[months - 1]) + 1
        found = np.zeros((stretches, 2 * len(self.levels), len(values)))
        rows = np.zeros((len(values), values.shape[1] + 1))
        rows[:, 1:] = values
        if self.by_person is not None:
            found[:, self.place] = self.by_person.margins(rows)
        if self.by_stretch is not None:
            for number in range(stretches):
                rows[:, 0] = number
                found[number, self.place] += self.by_stretch.margins(rows)
        return found.reshape(stretches, len(self.levels), 2, len(values))

    def hazards(self, values: Array, months: int) -> tuple[Array, Array]:
        """Hazards of work and of inactivity, each of shape (months, models, n)."""
        # An exponential for each stretch, and none for each month, which would take longest.
        odds = np.exp(np.clip(self.margins(values, months), -FAR, FAR))
        level = np.exp(self.levels.transpose(1, 0, 2)[:months])
        stretch = self.stretch[:months]
        return _chances(odds, level, stretch, 0), _chances(odds, level, stretch, 1)

    def chances(self, values: Array, at: Sequence[int]) -> Array:
        """Chances of no work, and of being inactive, by months from 0 and in order.

        Shape (models, n, 2 x months asked for).
        """
        months = at[-1] + 1
        found = np.empty((len(self.levels), len(values), 2 * len(at)))
        if self.fold is None:
            worked, gone = exits(*self.hazards(values, months))
            found[:, :, 0::2] = (1.0 - worked[at]).clip(0.0, 1.0).transpose(1, 2, 0)
            found[:, :, 1::2] = gone[at].transpose(1, 2, 0)
            return found
        margins = np.clip(self.margins(values, months), -FAR, FAR)
        asked, level = np.array(at, dtype=np.int64), np.exp(self.levels[:, :months])
        for model, filled in enumerate(found):
            added = np.ascontiguousarray(margins[:, model])
            self.fold(added, level[model], self.stretch, asked, filled)
        return found

    def from_margins(self, margins: Array, months: int) -> tuple[Array, Array]:
        """Hazards by the first model, of shape (months, n), from margins (n, stretches x 2)."""
        added = margins.reshape(len(margins), -1, 2)[:, self.stretch[:months]]
        chances = expit(added + self.levels[0, :months])
        return np.asarray(chances[..., 0].T), np.asarray(chances[..., 1].T)

    def summed(self, work: Array, inactive: Array) -> Array:
        """Sums over the months of each stretch, (n, stretches x 2), of what is by month."""
        starts = np.flatnonzero(np.diff(self.stretch[: len(work)], prepend=-1))
        sums = np.stack([np.add.reduceat(part, starts, axis=0) for part in (work, inactive)])
        return np.asarray(sums.transpose(2, 1, 0).reshape(work.shape[1], -1), dtype=float)

    def parts(self, values: Array, typical: Array, months: int) -> tuple[Array, Array]:
        """Shapley values of the first model's margins, and the margins of the typical row.

        Shapes (n, covariates, stretches x 2), the cause last, and (stretches x 2,).
        """
        stretches = int(self.stretch[months - 1]) + 1
        parts = np.zeros((len(values), values.shape[1], stretches, 2))
        for number in range(stretches):
            rows = np.column_stack([np.full(len(values), float(number)), values])
            whole = np.concatenate([[float(number)], typical])
            for cause, leaves in enumerate(self.leaves):
                if leaves is not None:
                    parts[:, :, number, cause] = leaves.shapley(rows, whole)[:, 1:]
        start = self.margins(typical[None], months)[:, 0, :, 0]
        return parts.reshape(len(values), values.shape[1], 2 * stretches), start.ravel()


def boosted_scorer(
    levels: Sequence[Array], boosters: Sequence[Pair], stretch: Whole, features: int
) -> BoostedScorer:
    """What scores by some models alike, of the same months and covariates.

    Parameters
    ----------
    levels, boosters
        Of each model.
    stretch
        Of each month, from 0.
    features
        Of the boosters: the stretch, then the covariates.
    """
    loops = compiled_tree_loops()

    def leaves(one: lgb.Booster | None) -> Leaves | None:
        return None if one is None else leaves_of(one, features, loops=loops)

    there = [one for pair in boosters for one in pair]
    known = [one for one in there if one is not None]
    both = tree_scorer(known, loops=loops) if known else None
    by_person, by_stretch = (None, None) if both is None else _parted(both)
    return BoostedScorer(
        levels=np.array(levels),
        stretch=stretch,
        by_person=by_person,
        by_stretch=by_stretch,
        place=np.array([n for n, one in enumerate(there) if one is not None], dtype=np.int64),
        leaves=(leaves(boosters[0][0]), leaves(boosters[0][1])),
        fold=compiled_fold(),
    )


def _chances(odds: Array, level: Array, stretch: Whole, cause: int) -> Array:
    found = odds[stretch, :, cause] * level[:, :, cause, None]
    return np.divide(found, 1.0 + found, out=found)


def _parted(scorer: TreeScorer) -> tuple[TreeScorer | None, TreeScorer]:
    """The trees that never look at the stretch, and the others: all, where LightGBM scores."""
    forest = scorer.forest
    if forest is None:
        return None, scorer
    looks = np.append(forest.features[forest.column] == 0, False)
    starts, ends = forest.splits[:-1], forest.splits[1:]
    counted = np.concatenate([[0], np.cumsum(looks)])
    here = counted[ends] > counted[starts]
    return (
        replace(scorer, forest=_only(forest, ~here)),
        replace(scorer, forest=_only(forest, here)),
    )


def _only(forest: Forest, trees: npt.NDArray[np.bool_]) -> Forest:
    """A forest with some of the trees of each booster."""
    sizes, leaves = np.diff(forest.splits), np.diff(forest.leaves)
    split, leaf = np.repeat(trees, sizes), np.repeat(trees, leaves)
    counted = np.concatenate([[0], np.cumsum(trees)])
    return replace(
        forest,
        boosters=counted[forest.boosters],
        splits=np.concatenate([[0], np.cumsum(sizes[trees])]),
        leaves=np.concatenate([[0], np.cumsum(leaves[trees])]),
        column=forest.column[split],
        threshold=forest.threshold[split],
        left=forest.left[split],
        right=forest.right[split],
        value=forest.value[leaf],
    )
