"""Which jobs stand beside the one that somebody opened, and how high a system puts that one."""

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.benchmarks.job_views_set import JobViews
from training.evaluation import LEVEL, Estimate

Array = npt.NDArray[np.float64]

OTHERS = 19
METRICS = ("auc", "mrr", "s@5", "ndcg@10")


@dataclass(frozen=True, slots=True)
class Query:
    """Who or what is ranked for, and the numbers of what is ranked: the one that was viewed first.

    ``row`` is an applicant and ``pool`` holds jobs; turned round, ``row`` is a job and ``pool``
    holds applicants.
    """

    row: int
    pool: tuple[int, ...]


def jobs_for_applicants(given: JobViews, *, seed: int, others: int = OTHERS) -> list[Query]:
    """For each job that somebody opened, itself and jobs of the same state she did not open.

    Where the state has fewer than ``others``, all of them; where it has none, there is no query.
    """
    chance = random.Random(seed)
    of_state: dict[str, list[int]] = defaultdict(list)
    for number, job in enumerate(given.jobs):
        of_state[job.place.state].append(number)
    queries = []
    for row, applicant in enumerate(given.applicants):
        seen = set(applicant.viewed)
        for viewed in applicant.viewed:
            unseen = [job for job in of_state[given.jobs[viewed].place.state] if job not in seen]
            queries.append((row, viewed, unseen))
    return _drawn(queries, chance, others)


def applicants_for_jobs(given: JobViews, *, seed: int, others: int = OTHERS) -> list[Query]:
    """The same turned round: for each view, the applicant and others who did not open the job.

    The others opened some job of the same state: where an applicant lives is not known otherwise.
    """
    chance = random.Random(seed)
    of_state: dict[str, dict[int, None]] = defaultdict(dict)
    for row, applicant in enumerate(given.applicants):
        for viewed in applicant.viewed:
            of_state[given.jobs[viewed].place.state][row] = None
    seen = [set(applicant.viewed) for applicant in given.applicants]
    queries = []
    for row, applicant in enumerate(given.applicants):
        for viewed in applicant.viewed:
            there = of_state[given.jobs[viewed].place.state]
            queries.append((viewed, row, [other for other in there if viewed not in seen[other]]))
    return _drawn(queries, chance, others)


def _drawn(
    queries: Sequence[tuple[int, int, list[int]]], chance: random.Random, others: int
) -> list[Query]:
    return [
        Query(row, (viewed, *chance.sample(unseen, min(others, len(unseen)))))
        for row, viewed, unseen in queries
        if unseen
    ]


def measured(queries: Sequence[Query], scores: Array) -> Mapping[str, Array]:
    """Each metric of each query, equal scores counted as a random order is on average.

    Parameters
    ----------
    queries
        Of which the first of each pool is the one to be found.
    scores
        Of shape (what is ranked for, what is ranked), higher is better.
    """
    rows = [_of_first(scores[query.row, list(query.pool)]) for query in queries]
    return dict(zip(METRICS, np.array(rows, dtype=float).T, strict=True))


def _of_first(scores: Array) -> tuple[float, float, float, float]:
    """AUC, reciprocal rank, success at 5 and nDCG at 10 of the first among all."""
    above = int((scores > scores[0]).sum())
    level = int((scores == scores[0]).sum()) - 1
    places = range(above + 1, above + level + 2)
    return (
        1.0 - (above + level / 2.0) / (len(scores) - 1),
        sum(1.0 / place for place in places) / len(places),
        sum(place <= 5 for place in places) / len(places),
        sum(1.0 / math.log2(place + 1) for place in places if place <= 10) / len(places),
    )


def clustered(values: Array, clusters: Sequence[int], *, draws: int, seed: int) -> Estimate:
    """Mean over queries with a 95% interval from drawing clusters, each with all its queries.

    One person's views are no independent observations: it is people who are drawn, with
    replacement (Field and Welsh 2007, *Bootstrapping clustered data*, JRSS B 69).

    Parameters
    ----------
    values
        Of each query.
    clusters
        The number of what each query belongs to.
    draws, seed
        Of the bootstrap.
    """
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    sums, sizes = np.bincount(place, weights=values), np.bincount(place)
    picks = np.random.default_rng(seed).integers(len(sizes), size=(draws, len(sizes)))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(means, [tail, 1.0 - tail])
    return Estimate(
        value=float(values.mean()), low=float(low), high=float(high), clusters=len(sizes)
    )
