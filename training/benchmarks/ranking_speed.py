"""How fast the best of a large pool are found, beside the chain of SciPy, pandas and LightGBM.

All chains run in one process on one core, one after the other in every round, each over the same
few vacancies, so that what else the machine does strikes all alike. What counts are ratios: a
round's time of a peer by the product's, the median over rounds. Pools are prepared before, for all
chains alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Vacancy
from matching.errors import ModelError
from matching.features import Asked, FeatureSpace, People, asked_of, unnamed_frame
from matching.models.ranker import LambdaRanker
from matching.ranking.order import by_name
from matching.ranking.pool import Candidates, PoolIndex, candidates, pool_index
from matching.ranking.retrieval_loops import compiled_retrieval_loops
from matching.service.placing import Placed, place
from training.benchmarks.ranking_peers import Layout, Peer, peer_of
from training.benchmarks.ranking_timing import Watch, compared, mean_of, settled

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OWN = "valoriamo"
ONE = "one_booster"
_SAME = 1e-9  # sums of the same numbers in another order
_AT_ONCE = 5_000  # people compared together where a whole large pool is


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """A pool in the product's form and in those of the peers. Made by :func:`chains_of`."""

    people: People
    names: Ints
    space: FeatureSpace
    ranker: LambdaRanker
    index: PoolIndex
    peers: Mapping[Layout, Peer]


def chains_of(
    people: People, space: FeatureSpace, ranker: LambdaRanker, layouts: Sequence[Layout]
) -> Chains:
    """Everything that is made once per pool."""
    return Chains(
        people=people,
        names=by_name(people.ids),
        space=space,
        ranker=ranker,
        index=pool_index(people, space, loops=compiled_retrieval_loops()),
        peers={
            layout: peer_of(people, layout=layout, territory=space.territory, ranker=ranker)
            for layout in layouts
        },
    )


def two_stages(
    chains: Chains, rounds: Sequence[Sequence[Vacancy]], *, most: int
) -> Mapping[str, Any]:
    """Milliseconds a vacancy of every chain to the best of a pool, in order, and the ratios.

    Each peer stands twice: with all boosters, which give the product's order, and with one.

    Raises
    ------
    ModelError
        If a chain finds other people, or other features or scores of theirs, than the product.
    """
    taken: dict[str, list[Watch]] = {}
    with settled():
        for number, vacancies in enumerate((rounds[0], *rounds)):
            runs: dict[str, list[Watch]] = {}
            for vacancy in vacancies:
                own, watch = _own(chains, vacancy, most)
                runs.setdefault(OWN, []).append(watch)
                for layout, peer in chains.peers.items():
                    found, whole, one = _peers(peer, chains, vacancy, own.found, most)
                    runs.setdefault(layout, []).append(whole)
                    runs.setdefault(f"{layout}_{ONE}", []).append(one)
                    _check(chains, own, found, name=layout)
            if number:  # the first warms up
                for name, watches in runs.items():
                    taken.setdefault(name, []).append(mean_of(watches))
    return {"people": len(chains.people), "scored": most, **compared(taken, own=OWN)}


def best_kept(
    chains: Chains, vacancies: Sequence[Vacancy], *, first: int, kept: Sequence[int]
) -> Mapping[str, Any]:
    """Share of the first of the whole pool, had everybody been scored, that stage one keeps.

    Parameters
    ----------
    chains
        The pool.
    vacancies
        Over which the mean is taken.
    first
        How many of the best by stage two are looked for.
    kept
        Among how many of the best by stage one.
    """
    shares: dict[int, list[float]] = {most: [] for most in kept}
    size = len(chains.people)
    parts = [
        np.arange(start, min(start + _AT_ONCE, size), dtype=np.int64)
        for start in range(0, size, _AT_ONCE)
    ]
    for vacancy in vacancies:
        asked = asked_of([vacancy], chains.space)
        found = [
            chains.ranker.judge(
                unnamed_frame(asked, chains.people, chains.space, rows=rows)
            ).position
            for rows in parts
        ]
        position = np.where(chains.people.judged, np.concatenate(found), -np.inf)
        best = np.lexsort((chains.names, -position))[:first]
        for most in kept:
            rows = candidates(asked, chains.index, most=most).rows
            shares[most].append(float(np.isin(best, rows).mean()))
    return {
        "people": size,
        "first": first,
        "vacancies": len(vacancies),
        "kept": {
            str(most): {
                "mean": round(mean(share), 4),
                "least": round(min(share), 4),
                "whole": sum(one == 1.0 for one in share),
            }
            for most, share in shares.items()
        },
    }


def whole_or_staged(
    chains: Chains, rounds: Sequence[Sequence[Vacancy]], *, most: int
) -> Mapping[str, Any]:
    """Milliseconds a vacancy to put everybody in order, and the best of stage one alone."""
    taken: dict[str, list[Watch]] = {"staged": [], "whole": []}
    with settled():
        for number, vacancies in enumerate((rounds[0], *rounds)):
            runs = {
                "staged": mean_of([_own(chains, one, most)[1] for one in vacancies]),
                "whole": mean_of([_own_whole(chains, one) for one in vacancies]),
            }
            if number:
                for name, watch in runs.items():
                    taken[name].append(watch)
    return {"people": len(chains.people), **compared(taken, own="staged")}


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What the product found: whom, their features, and their places."""

    found: Candidates
    frame: pd.DataFrame
    placed: Placed


def _own(chains: Chains, vacancy: Vacancy, most: int) -> tuple[_Found, Watch]:
    watch = Watch()
    asked = watch("vacancy", lambda: asked_of([vacancy], chains.space))
    found = watch("retrieve", lambda: candidates(asked, chains.index, most=most))
    frame = watch(
        "features",
        lambda: unnamed_frame(
            asked, chains.people, chains.space, rows=found.rows, shares=found.shares[None, :]
        ),
    )
    placed = watch("score", lambda: _placed(chains, asked, frame, found.rows))
    return _Found(found, frame, placed), watch


def _own_whole(chains: Chains, vacancy: Vacancy) -> Watch:
    watch = Watch()
    asked = watch("vacancy", lambda: asked_of([vacancy], chains.space))
    frame = watch("features", lambda: unnamed_frame(asked, chains.people, chains.space))
    everybody = np.arange(len(frame), dtype=np.int64)
    watch("score", lambda: _placed(chains, asked, frame, everybody))
    return watch


def _placed(chains: Chains, asked: Asked, frame: pd.DataFrame, rows: Ints) -> Placed:
    """As :mod:`matching.service.paging` puts them in order: with intervals, ties and ranks."""
    return place(
        frame,
        names=chains.names[rows],
        ranker=chains.ranker,
        judged=chains.people.judged[rows] & bool(asked.judged[0]),
        apart=np.zeros(len(rows), dtype=bool),
        explained=0,
        weights=None,
        turns=None,
    )


def _peers(
    peer: Peer, chains: Chains, vacancy: Vacancy, found: Candidates, most: int
) -> tuple[tuple[Ints, pd.DataFrame, Array], Watch, Watch]:
    watch = Watch()
    # What stage one asks is worked out in the product's own time alone.
    asked = watch("vacancy", lambda: asked_of([vacancy], chains.space))
    rows, _ = watch("retrieve", lambda: peer.retrieve(found.query, most))
    frame = watch("features", lambda: peer.features(asked, rows))
    one = Watch(dict(watch.steps), watch.wall)
    one("score", lambda: np.argsort(-peer.margins(frame, boosters=1), kind="stable"))

    def scored() -> Array:
        margins = peer.margins(frame, boosters=len(peer.boosters))
        np.argsort(-margins, kind="stable")
        return margins

    margins = watch("score", scored)
    return (rows, frame, margins), watch, one


def _check(
    chains: Chains, own: _Found, theirs: tuple[Ints, pd.DataFrame, Array], *, name: str
) -> None:
    """Both found the best of the pool, up to ties, and the same of each."""
    rows, columns, margins = theirs
    scores = chains.index.retrieval.scores(own.found.query)
    mine, others = np.sort(scores[own.found.rows]), np.sort(scores[rows])
    last = np.sort(scores)[-len(mine) :]
    if not (np.array_equal(mine, last) and np.allclose(others, last, rtol=0, atol=_SAME)):
        raise ModelError(f"{name} and the product found different people; neither may be trusted.")
    both, at_own, at_theirs = np.intersect1d(own.found.rows, rows, return_indices=True)
    values = own.frame.iloc[at_own][list(columns.columns)].to_numpy()
    if not len(both) or not np.allclose(
        values, columns.iloc[at_theirs].to_numpy(dtype=float), rtol=0, atol=_SAME, equal_nan=True
    ):
        raise ModelError(f"{name} and the product computed different features of the same people.")
    positions = chains.ranker.judge(own.frame).position[at_own]
    if not np.allclose(positions, margins[at_theirs], rtol=0, atol=_SAME):
        raise ModelError(f"{name} and the product scored the same people differently.")
