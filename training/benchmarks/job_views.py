"""``job-views``: whether the jobs that applicants opened stand above others of the same state.

For every job that somebody opened, 19 jobs of the same state that she did not open are drawn, and
the twenty are ranked by what is known of her; and the same turned round. All systems rank the same
draws. Equal scores count as a random order would on average.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matching.cli.records import TextRecord
from matching.linking.title_similarity import TitleComparer
from matching.service import Service
from training.benchmarks.embedding import Encoder, embedded
from training.benchmarks.job_views_draws import (
    METRICS,
    OTHERS,
    Array,
    Query,
    applicants_for_jobs,
    clustered,
    jobs_for_applicants,
    measured,
)
from training.benchmarks.job_views_places import Minutes
from training.benchmarks.job_views_product import WEIGHTS, product_parts
from training.benchmarks.job_views_set import JobViews
from training.benchmarks.judged import JudgedSet
from training.benchmarks.systems import PEERS
from training.evaluation import DRAWS, SEED, Estimate

_DECIMALS = 6


def job_views(
    service: Service,
    comparer: TitleComparer,
    given: JobViews,
    *,
    as_of: date,
    minutes: Minutes | None = None,
    encoder: Encoder | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Metrics of the product and its peers on a set of job views, with 95% intervals.

    Parameters
    ----------
    service
        The product; its ranker gives a part of the score.
    comparer
        Compares titles.
    given
        The set.
    as_of
        The day that open periods in the texts end.
    minutes
        From place to place; None where it is not known where places are.
    encoder
        A sentence-embedding model to compare with, None for none.
    draws
        Of the bootstrap over applicants, and turned round over jobs.
    seed
        Of the jobs and applicants drawn, and of the bootstrap.

    Returns
    -------
    dict
        JSON values. ``auc mrr s@5 ndcg@10`` of everything together with ``_low`` and ``_high``;
        the same after ``text_``, ``ranker_``, ``interests_``, ``place_`` and ``same_city_``, the
        modes of :func:`~training.benchmarks.job_views_product.product_parts`; ``peers`` by name,
        which see the text, and ``differences``, the mode ``text`` less each. ``turned`` holds all
        this for the applicants of each job. Then counts, weights and checksums.
    """
    parts = product_parts(service, comparer, given, minutes, as_of=as_of)
    texts = _texts(given)
    peers = {name: peer(texts).T for name, peer in PEERS.items()}
    peers["skills_jaccard"] = parts.jaccard
    if encoder is not None:
        peers["embedding"] = embedded(encoder, texts).T
    forward = jobs_for_applicants(given, seed=seed)
    turned = applicants_for_jobs(given, seed=seed)
    sides = [
        _side(queries, modes, others, draws=draws, seed=seed)
        for queries, modes, others in (
            (forward, parts.modes, peers),
            (turned, _turned(parts.modes), _turned(peers)),
        )
    ]
    return {
        "benchmark": "job-views",
        **sides[0],
        "turned": sides[1],
        "weights": dict(WEIGHTS),
        "place_by": "name" if minutes is None else "map",
        "others": OTHERS,
        "model": str(service.model),
        "lexicon": service.taxonomy.digest,
        "language": comparer.linker.labels.language,
        "occupations": len(comparer.linker.uris),
        "as_of": as_of.isoformat(),
        "applicants": len(given.applicants),
        "applicants_with_interests": sum(bool(one.interests) for one in given.applicants),
        "applicants_without_experience": given.left_out,
        **parts.counts,
        "jobs": len(given.jobs),
        "views": given.views,
        "draws": draws,
        "seed": seed,
        "files": dict(given.files),
    }


def _turned(scores: Mapping[str, Array]) -> Mapping[str, Array]:
    return {name: given.T for name, given in scores.items()}


def _texts(given: JobViews) -> JudgedSet:
    """The set as the text peers see it."""
    jobs = [TextRecord(where=job.id, id=job.id, text=job.title) for job in given.jobs]
    people = [TextRecord(where=one.id, id=one.id, text=one.text) for one in given.applicants]
    return JudgedSet(
        layout="job-views", vacancies=tuple(jobs), persons=tuple(people), grades={}, files={}
    )


def _side(
    queries: Sequence[Query],
    modes: Mapping[str, Array],
    peers: Mapping[str, Array],
    *,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    clusters = [query.row for query in queries]

    def keys(values: Mapping[str, Array], prefix: str = "") -> dict[str, float]:
        found: dict[str, float] = {}
        for metric in METRICS:
            estimate = clustered(values[metric], clusters, draws=draws, seed=seed)
            found |= _named(f"{prefix}{metric}", estimate)
        return found

    ours = {name: measured(queries, scores) for name, scores in modes.items()}
    theirs = {name: measured(queries, scores) for name, scores in peers.items()}
    report: dict[str, Any] = {"queries": len(queries)}
    for name, values in ours.items():
        report |= keys(values, "" if name == "all" else f"{name}_")
    report["peers"] = {name: keys(values) for name, values in theirs.items()}
    report["differences"] = {
        name: keys({metric: ours["text"][metric] - values[metric] for metric in METRICS})
        for name, values in theirs.items()
    }
    return report


def _named(key: str, estimate: Estimate) -> dict[str, float]:
    return {
        key: round(estimate.value, _DECIMALS),
        f"{key}_low": round(estimate.low, _DECIMALS),
        f"{key}_high": round(estimate.high, _DECIMALS),
    }
