"""What a territory's own outcomes say of measures: those who took one up beside people alike.

In each group (how long without work) and at each horizon a logistic regression of having found
work, on the measures taken up together and on what was recorded when the path was agreed. The
effect is the mean, over those who took the measure up, of the chance with it less the chance
without it (standardisation, or g-computation: Robins 1986; Snowden, Rose and Mortimer 2011).

The assumption: people of a group who are alike in what was recorded, and took up the same other
measures, would have found work as often had they not taken this one up. Who differs in what was
not recorded is compared wrongly, and nothing here can tell. People whose outcome is not known are
left out, as if they were like the others who are alike, and where they are many nothing is
compared; an interrupted path counts like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from matching.accompaniment.effects.cohort import Array, Flags, Observed, covariates, taken
from matching.accompaniment.effects.prior import Key
from matching.domain import Measure
from matching.domain.outcomes import HORIZONS, WorkGroup

LEAST = 10
"""The fewest people with a known outcome, on either side, of whom a comparison is made."""

LEAST_KNOWN = 0.7
"""The least share of people, on either side, whose outcome is to be known: a job that was found is
told more often than one that was not."""

_PENALTY = 1.0 / 2.5**2  # a weak normal prior on log odds, so that a fit exists
_STEPS = 50
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many with a known outcome took a measure up, and how many are like them without it.

    ``takers_unknown`` and ``others_unknown`` are those whose outcome should be known and is not.
    """

    takers: int
    others: int
    takers_unknown: int = 0
    others_unknown: int = 0

    @property
    def enough(self) -> bool:
        """Whether a comparison is made."""
        return all(
            known >= LEAST and known >= LEAST_KNOWN * (known + unknown)
            for known, unknown in (
                (self.takers, self.takers_unknown),
                (self.others, self.others_unknown),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnEstimates:
    """Effects in points of probability by the territory's own outcomes, where there were enough.

    ``mean`` and ``covariance`` are in the order of ``keys``; ``compared`` has every key, with what
    there was to compare.
    """

    keys: tuple[Key, ...]
    mean: Array
    covariance: Array
    compared: dict[Key, Compared]


def own_estimates(people: Sequence[Observed]) -> OwnEstimates:
    """Compare those who took each measure up with people alike who did not.

    Parameters
    ----------
    people
        One entry per person. Who has no known group is left out: with whom to compare is not known.
    """
    compared: dict[Key, Compared] = {}
    keys: list[Key] = []
    means: list[float] = []
    blocks: list[Array] = []
    for group in WorkGroup:
        members = [one for one in people if one.path.group is group]
        found, spread = [], []
        influences: list[Array] = []
        for months in HORIZONS:
            fits = _horizon(members, group, months, compared)
            if fits is None:
                continue
            names, effects, influence, sds = fits
            found += names
            means += list(effects)
            spread += list(sds)
            influences.append(influence)
        if found:
            keys += found
            blocks.append(_covariance(np.hstack(influences), np.array(spread)))
    whole = np.zeros((len(keys), len(keys)))
    at = 0
    for block in blocks:
        whole[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return OwnEstimates(keys=tuple(keys), mean=np.array(means), covariance=whole, compared=compared)


def _horizon(
    members: Sequence[Observed], group: WorkGroup, months: int, compared: dict[Key, Compared]
) -> tuple[list[Key], Array, Array, Array] | None:
    """Effects at a horizon: keys, means, influence of each member (0 where unknown), sds."""
    known = np.array([one.worked.get(months) is not None for one in members], dtype=bool)
    lost = [one.path for one in members if months in one.worked and one.worked[months] is None]
    rows = [one for one, is_known in zip(members, known, strict=True) if is_known]
    paths = [one.path for one in rows]
    worked = np.array([bool(one.worked[months]) for one in rows], dtype=float)
    columns: dict[Measure, Flags] = {}
    for measure in Measure:
        took = taken(paths, measure)
        count, gone = int(took.sum()), int(taken(lost, measure).sum())
        compared[measure, group, months] = Compared(
            takers=count,
            others=len(paths) - count,
            takers_unknown=gone,
            others_unknown=len(lost) - gone,
        )
        if count:
            columns[measure] = took
    measures = [one for one in columns if compared[one, group, months].enough]
    if not measures:
        return None
    nuisance = [columns[one] for one in columns if one not in measures]
    design = np.column_stack(
        [
            np.ones(len(rows)),
            *(columns[one].astype(float) for one in measures),
            *(one.astype(float) for one in nuisance),
            covariates(paths),
        ]
    )
    beta, inverse = _fit(design, worked)
    chance = expit(design @ beta)
    scores = design * (worked - chance)[:, None]
    effects, gradients = [], []
    for place, measure in enumerate(measures, start=1):
        own = design[columns[measure]]
        without = own.copy()
        without[:, place] = 0.0
        p, q = expit(own @ beta), expit(without @ beta)
        effects.append(float((p - q).mean()))
        slope = own * (p * (1 - p))[:, None] - without * (q * (1 - q))[:, None]
        gradients.append(slope.mean(axis=0))
    toward = inverse @ np.array(gradients).T  # (columns, measures)
    influence = np.zeros((len(members), len(measures)))
    influence[known] = scores @ toward
    by_model = np.sqrt(np.einsum("mc,cm->m", np.array(gradients), toward))
    by_sample = np.sqrt((influence**2).sum(axis=0) * len(rows) / max(1, len(rows) - len(beta)))
    keys: list[Key] = [(one, group, months) for one in measures]
    # With few people either may be too small by chance: the larger is believed.
    return keys, np.array(effects), influence, np.maximum(by_model, by_sample)


def _fit(design: Array, worked: Array) -> tuple[Array, Array]:
    """Coefficients and the inverse of the information, by Newton's steps, halved where too long."""
    penalty = np.full(design.shape[1], _PENALTY)
    # The intercept would run away where all found work, or nobody.
    penalty[0] = _PENALTY if worked.min() == worked.max() else 0.0
    beta = np.zeros(design.shape[1])
    value = _loss(design, worked, penalty, beta)
    for _ in range(_STEPS):
        chance = expit(design @ beta)
        weight = chance * (1 - chance)
        information = (design * weight[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(information, design.T @ (worked - chance) - penalty * beta)
        size = 1.0
        while (new := _loss(design, worked, penalty, beta + size * step)) > value + _CLOSE:
            size /= 2
        beta = beta + size * step
        if abs(value - new) < _CLOSE:
            break
        value = new
    chance = expit(design @ beta)
    information = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
    return beta, np.asarray(np.linalg.inv(information), dtype=float)


def _loss(design: Array, worked: Array, penalty: Array, beta: Array) -> float:
    line = design @ beta
    return float(np.logaddexp(0.0, line).sum() - worked @ line + 0.5 * penalty @ beta**2)


def _covariance(influence: Array, sds: Array) -> Array:
    """Covariance with the correlations of the influences and the given sds."""
    raw = influence.T @ influence
    norms = np.sqrt(np.diag(raw))
    safe = np.where(norms > 0, norms, 1.0)
    correlation = raw / np.outer(safe, safe)
    np.fill_diagonal(correlation, 1.0)
    return np.asarray(correlation * np.outer(sds, sds), dtype=float)
