"""``resume-relevance``: whether the people that judges graded high stand at the top.

Only judged pairs are ranked, each vacancy's among themselves. Equal scores count as a random
order would on average. Pairs that the product cannot judge (``not_enough_data``) stay in, with
the no-information score that ``valoriamo rank`` writes for them, and tie with each other: leaving
them out would reward a system for what it cannot read.
"""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.service import Service
from training.benchmarks.embedding import Encoder, embedded
from training.benchmarks.judged import Grades, JudgedSet
from training.benchmarks.systems import PEERS, ranked, read_texts, skills_jaccard
from training.evaluation import (
    DRAWS,
    SEED,
    Estimate,
    auc,
    average_precision,
    bootstrap,
    ndcg,
    paired_difference,
    quadratic_kappa,
    reciprocal_rank,
    spearman,
)

Array = npt.NDArray[np.float64]
PerVacancy = Mapping[str, Array]

_DECIMALS = 6


def resume_relevance(
    service: Service,
    judged: JudgedSet,
    *,
    as_of: date,
    encoder: Encoder | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Metrics of the product's ranker and its peers on a judged set, with 95% intervals.

    Parameters
    ----------
    service
        The product; its ranker is what is measured.
    judged
        The set.
    as_of
        The day that open periods in the texts end.
    encoder
        A sentence-embedding model to compare with, None for none.
    draws, seed
        Of the bootstrap over vacancies.

    Returns
    -------
    dict
        JSON values. ``ndcg@5 ndcg@10 spearman``, and where the set says which grades are good
        ``mrr map auc``, each a mean over vacancies with ``_low`` and ``_high``, null where no
        vacancy defines it; the same keys by name under ``peers``, and under ``differences`` for
        the product less that peer on the same vacancies. Where there is a second judge,
        ``second`` repeats the three on that judge's grades and ``agreement`` compares the two.
        Then counts, the set's checksums, and what the run depended on.
    """
    texts = read_texts(service, judged, as_of=as_of)
    found = ranked(service, texts)
    systems = {name: peer(judged) for name, peer in PEERS.items()}
    systems["skills_jaccard"] = skills_jaccard(texts.vacancies, texts.persons)
    if encoder is not None:
        systems["embedding"] = embedded(encoder, judged)
    mask = _mask(judged)
    report = _compared(judged, judged.grades, found.scores, systems, draws=draws, seed=seed)
    if judged.second is not None:
        report["second"] = _compared(
            judged, judged.second, found.scores, systems, draws=draws, seed=seed
        )
        report["agreement"] = _agreement(judged, judged.grades, judged.second)
    return report | {
        "benchmark": "resume-relevance",
        "layout": judged.layout,
        "model": str(service.model),
        "lexicon": service.taxonomy.digest,
        "as_of": as_of.isoformat(),
        "vacancies": len(judged.vacancies),
        "persons": len(judged.persons),
        "pairs": judged.pairs,
        "not_enough_data": int((mask & ~found.judged).sum()),
        "tied": _tied(found.scores, mask),
        "draws": draws,
        "seed": seed,
        "files": dict(judged.files),
    }


def per_vacancy(judged: JudgedSet, grades: Grades, scores: Array) -> PerVacancy:
    """Each metric of each vacancy, over its judged persons; NaN where it is not defined."""
    column = {record.id: number for number, record in enumerate(judged.persons)}
    pools = []
    for row, record in enumerate(judged.vacancies):
        graded = grades[record.id]
        places = [column[person_id] for person_id in graded]
        pools.append((np.array(list(graded.values())), scores[row, places]))
    metrics: dict[str, list[float]] = {
        "ndcg@5": [ndcg(given, scored, k=5) for given, scored in pools],
        "ndcg@10": [ndcg(given, scored, k=10) for given, scored in pools],
        "spearman": [spearman(given, scored) for given, scored in pools],
    }
    if judged.good is not None:
        binary = [(given >= judged.good, scored) for given, scored in pools]
        metrics["mrr"] = [reciprocal_rank(good, scored) for good, scored in binary]
        metrics["map"] = [average_precision(good, scored) for good, scored in binary]
        metrics["auc"] = [auc(good, scored) for good, scored in binary]
    return {name: np.array(values) for name, values in metrics.items()}


def _compared(
    judged: JudgedSet,
    grades: Grades,
    scores: Array,
    systems: Mapping[str, Array],
    *,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    ours = per_vacancy(judged, grades, scores)
    theirs = {name: per_vacancy(judged, grades, other) for name, other in systems.items()}

    def level(values: PerVacancy) -> dict[str, float | None]:
        return _keys({name: (row,) for name, row in values.items()}, draws=draws, seed=seed)

    def difference(other: PerVacancy) -> dict[str, float | None]:
        both = {name: (row, other[name]) for name, row in ours.items()}
        return _keys(both, draws=draws, seed=seed)

    return {
        **level(ours),
        "peers": {name: level(values) for name, values in theirs.items()},
        "differences": {name: difference(values) for name, values in theirs.items()},
    }


def _keys(
    metrics: Mapping[str, tuple[Array, ...]], *, draws: int, seed: int
) -> dict[str, float | None]:
    """Return value, ``_low`` and ``_high`` of each metric of one system, or of one less another."""
    keys: dict[str, float | None] = {}
    for name, rows in metrics.items():
        estimate: Estimate | None = None
        if not np.isnan(rows[0]).all():
            interval = bootstrap if len(rows) == 1 else paired_difference
            estimate = interval(*rows, draws=draws, seed=seed)
        keys[name] = round(estimate.value, _DECIMALS) if estimate else None
        keys[f"{name}_low"] = round(estimate.low, _DECIMALS) if estimate else None
        keys[f"{name}_high"] = round(estimate.high, _DECIMALS) if estimate else None
    return keys


def _agreement(judged: JudgedSet, first: Grades, second: Grades) -> dict[str, float | None]:
    """Return how far two judges agree, and how one fares as a system against the other."""
    pairs = [(vacancy_id, person_id) for vacancy_id, row in first.items() for person_id in row]
    one = np.array([first[vacancy_id][person_id] for vacancy_id, person_id in pairs])
    two = np.array([second[vacancy_id][person_id] for vacancy_id, person_id in pairs])
    values = {
        "same_grade": float((one == two).mean()),
        "within_one": float((abs(one - two) <= 1).mean()),
        "kappa_quadratic": quadratic_kappa(one, two),
    }
    if judged.good is not None:
        values["same_good"] = float(((one >= judged.good) == (two >= judged.good)).mean())
        values["kappa_good"] = quadratic_kappa(one >= judged.good, two >= judged.good)
    column = {record.id: number for number, record in enumerate(judged.persons)}
    scores = np.zeros((len(judged.vacancies), len(judged.persons)))
    for row, record in enumerate(judged.vacancies):
        for person_id, grade in second[record.id].items():
            scores[row, column[person_id]] = grade
    # The ceiling: what the second judge's grades are worth as a ranking, judged by the first.
    ceiling = per_vacancy(judged, first, scores)["ndcg@10"]
    defined = ceiling[~np.isnan(ceiling)]
    values["ndcg@10"] = float(defined.mean()) if len(defined) else math.nan
    return {
        name: None if math.isnan(value) else round(value, _DECIMALS)
        for name, value in values.items()
    }


def _mask(judged: JudgedSet) -> npt.NDArray[np.bool_]:
    column = {record.id: number for number, record in enumerate(judged.persons)}
    mask = np.zeros((len(judged.vacancies), len(judged.persons)), dtype=bool)
    for row, record in enumerate(judged.vacancies):
        mask[row, [column[person_id] for person_id in judged.grades[record.id]]] = True
    return mask


def _tied(scores: Array, mask: npt.NDArray[np.bool_]) -> int:
    """Return how many judged pairs share their score with another of the same vacancy."""
    total = 0
    for row, judged in zip(scores, mask, strict=True):
        _, counts = np.unique(row[judged], return_counts=True)
        total += int(counts[counts > 1].sum())
    return total
