"""Metrics of ordered lists, query by query, as one report: values, standard errors, intervals."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from training.evaluation import bootstrap
from training.retrieval import average_precision, r_precision, reciprocal_rank, success

Metrics = Mapping[str, npt.NDArray[np.float64]]

_DECIMALS = 6
NAMES = ("mrr", "map", "s@1", "s@5", "s@10", "rp@5", "rp@10")


def ranked_values(
    orders: Iterable[npt.NDArray[np.int64]],
    ids: Sequence[str],
    relevant: Sequence[frozenset[str]],
) -> Metrics:
    """Every metric of every query.

    Parameters
    ----------
    orders
        For each query the places, among ``ids``, of everything that is ranked, best first.
    ids
        What is ranked.
    relevant
        For each query what is relevant; what is not among ``ids`` counts as never found.
    """
    place = {item: number for number, item in enumerate(ids)}
    rows = []
    for order, wanted in zip(orders, relevant, strict=True):
        known = [place[item] for item in wanted if item in place]
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(1, len(order) + 1)
        ranks = rank[known].tolist()
        rows.append(
            (
                reciprocal_rank(ranks),
                average_precision(ranks, relevant=len(wanted)),
                *(success(ranks, k=k) for k in (1, 5, 10)),
                *(r_precision(ranks, relevant=len(wanted), k=k) for k in (5, 10)),
            )
        )
    return dict(zip(NAMES, np.array(rows, dtype=float).T, strict=True))


def metrics_of(values: Metrics, *, draws: int, seed: int) -> dict[str, float]:
    """Means over queries with ``_low`` and ``_high`` of 95% and the standard error ``_se``."""
    found: dict[str, float] = {}
    for name, row in values.items():
        estimate = bootstrap(row, draws=draws, seed=seed)
        error = float(row.std(ddof=1) / np.sqrt(len(row))) if len(row) > 1 else 0.0
        found[name] = round(estimate.value, _DECIMALS)
        found[f"{name}_low"] = round(estimate.low, _DECIMALS)
        found[f"{name}_high"] = round(estimate.high, _DECIMALS)
        found[f"{name}_se"] = round(error, _DECIMALS)
    return found
