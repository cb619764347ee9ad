"""How many decided vacancies a hub needs before the learned ranker beats the baseline.

The ranker learns from a draw of so many of the vacancies that it may learn from, and is compared
with the baseline on the same later vacancies each time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.models.ranker import LambdaRanker
from training.dataset import Pairs
from training.evaluation import paired_difference
from training.pipeline import ndcg_by_vacancy

Array = npt.NDArray[np.float64]

STEPS = (25, 50, 100, 200, 400)
_DECIMALS = 6


def curve_of(
    learnt: Pairs, known: Array, test: Pairs, grades: Array, *, steps: Sequence[int], seed: int
) -> dict[int, tuple[int, Array]]:
    """Pairs learnt from, and nDCG@10 of every test vacancy, by how many vacancies were learnt from.

    Steps of more vacancies than there are to learn from are left out.

    Parameters
    ----------
    learnt, known
        What may be learnt from, and its grades.
    test, grades
        What is tested on, and its grades.
    steps
        Numbers of vacancies.
    seed
        Of the draw: a smaller one is part of a larger one.
    """
    vacancies = np.array(sorted(set(learnt.vacancies)), dtype=object)
    turn = np.random.default_rng(seed).permutation(len(vacancies))
    found: dict[int, tuple[int, Array]] = {}
    for step in steps:
        if step > len(vacancies):
            continue
        rows = np.isin(learnt.vacancies.astype(str), vacancies[turn[:step]].astype(str))
        part = learnt.where(rows)
        ranker = LambdaRanker().fit(part.features, known[rows], part.vacancies)
        values = ndcg_by_vacancy(test, grades, ranker.predict(test.features))
        found[step] = (len(part), values)
    return found


def curve_report(
    curves: Sequence[Mapping[int, tuple[int, Array]]],
    baseline: Sequence[Array],
    *,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """The gain over the baseline at each step, all districts together, and when it is sure.

    Returns
    -------
    dict
        ``steps``: vacancies, decisions (mean number of pairs) and ``ndcg@10`` of ranker less
        baseline with the ends of its 95% interval. ``enough_vacancies`` and
        ``enough_decisions``: the first step from which every interval lies above 0; None where
        there is none.
    """
    steps: list[dict[str, float]] = []
    for step in sorted(set.intersection(*(set(curve) for curve in curves))):
        gain = paired_difference(
            np.concatenate([curve[step][1] for curve in curves]),
            np.concatenate(list(baseline)),
            draws=draws,
            seed=seed,
        )
        steps.append(
            {
                "vacancies": step,
                "decisions": round(float(np.mean([curve[step][0] for curve in curves]))),
                "ndcg@10": round(gain.value, _DECIMALS),
                "ndcg@10_low": round(gain.low, _DECIMALS),
                "ndcg@10_high": round(gain.high, _DECIMALS),
            }
        )
    sure = [row for place, row in enumerate(steps) if _all_above(steps[place:])]
    first = sure[0] if sure else None
    return {
        "steps": steps,
        "enough_vacancies": None if first is None else first["vacancies"],
        "enough_decisions": None if first is None else first["decisions"],
    }


def _all_above(rows: Sequence[Mapping[str, float]]) -> bool:
    return all(row["ndcg@10_low"] > 0.0 for row in rows)
