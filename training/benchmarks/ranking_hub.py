"""How fast all people of a hub are ranked, with reasons for the first, beside the same chain.

The peer gives LightGBM's own contributions as numbers where the product writes sentences with the
words that prove them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Reason, Vacancy
from matching.errors import ModelError
from matching.explanation import Explainer
from matching.features import COLUMNS, FEATURES, asked_of, unnamed_frame
from matching.models.ranker import LambdaRanker
from matching.models.ranker_file import parted
from matching.models.tree_loops import compiled_tree_loops
from matching.models.trees import tree_scorer
from matching.service.matcher import Matcher, Pool
from matching.service.placing import place
from training.benchmarks.ranking_peers import Layout, Peer, peer_of
from training.benchmarks.ranking_speed import ONE, OWN
from training.benchmarks.ranking_timing import (
    Watch,
    compared,
    mean_of,
    milliseconds,
    settled,
    spread,
)

Array = npt.NDArray[np.float64]

_NAMES = [column.name for column in FEATURES]
_ROUNDED = 1e-4  # the product orders by scores of six decimals, the chain by what they are made of


def hub(
    matcher: Matcher, pool: Pool, rounds: Sequence[Sequence[Vacancy]], *, explained: int
) -> Mapping[str, Any]:
    """Milliseconds a vacancy to rank a pool, with reasons for the first, and the ratios.

    Raises
    ------
    ModelError
        If the chain puts others first than the product.
    """
    ranker = _learned(matcher)
    peer = peer_of(pool.people, layout=Layout.CSR, territory=matcher.space.territory, ranker=ranker)
    taken: dict[str, list[Watch]] = {OWN: [], "chain": [], f"chain_{ONE}": []}
    with settled():
        for number, vacancies in enumerate((rounds[0], *rounds)):
            runs: dict[str, list[Watch]] = {name: [] for name in taken}
            for vacancy in vacancies:
                best, own = _own(matcher, pool, vacancy, explained)
                theirs, whole = _peers(peer, matcher, vacancy, explained, len(peer.boosters))
                _, one = _peers(peer, matcher, vacancy, explained, 1)
                if not np.allclose(np.sort(best), np.sort(theirs), rtol=0, atol=_ROUNDED):
                    raise ModelError(f"The chain and the product rank {vacancy.id!r} differently.")
                for name, watch in zip(taken, (own, whole, one), strict=True):
                    runs[name].append(watch)
            if number:
                for name, watches in runs.items():
                    taken[name].append(mean_of(watches))
    return {"people": len(pool.profiles), "explained": explained, **compared(taken, own=OWN)}


def shortlists(
    matcher: Matcher,
    pool: Pool,
    rounds: Sequence[Sequence[Vacancy]],
    *,
    as_of: date,
    explained: int,
) -> Mapping[str, Any]:
    """Milliseconds of a whole shortlist: also barriers, questions, what would change.

    ``first`` is until the first are at hand, ``everybody`` until all are.
    """
    taken: list[Watch] = []
    with settled():
        for number, vacancies in enumerate((rounds[0], *rounds)):
            runs: list[Watch] = []
            for vacancy in vacancies:
                watch = Watch()
                shown = partial(matcher.shortlist, vacancy, pool, as_of=as_of, explained=explained)
                watch("everybody", partial(tuple, watch("first", shown).matches))
                runs.append(watch)
            if number:
                taken.append(mean_of(runs))
    return {"people": len(pool.profiles), "explained": explained, **milliseconds(taken)}


def trees(
    matcher: Matcher,
    pool: Pool,
    vacancies: Sequence[Vacancy],
    *,
    rounds: int,
    sizes: Sequence[int],
) -> Mapping[str, Any]:
    """How many times as fast as ``Booster.predict`` the same boosters score rows, to the last bit.

    Raises
    ------
    ModelError
        If a margin is not the same.
    """
    ranker = _learned(matcher)
    boosters = [lgb.Booster(model_str=text) for text in parted(ranker.to_text())]
    scorer = tree_scorer(boosters, loops=compiled_tree_loops())

    def predicted(rows: Array) -> Array:
        return np.array([b.predict(rows, raw_score=True, num_threads=1) for b in boosters])

    frames = [_frame(matcher, pool, vacancy) for vacancy in vacancies]
    found: dict[str, Any] = {}
    with settled():
        for size in sizes:
            rows = [_filled(ranker, frame)[:size] for frame in frames]
            ratios: list[float] = []
            for number in range(rounds + 1):
                watch = Watch()
                own = watch("own", partial(_each, scorer.margins, rows))
                other = watch("booster", partial(_each, predicted, rows))
                if not all(map(np.array_equal, own, other)):
                    raise ModelError("The product's trees and LightGBM's gave different margins.")
                if number:
                    ratios.append(watch.steps["booster"] / watch.steps["own"])
            found[str(size)] = spread(ratios, digits=1)
    return {"boosters": len(boosters), "ratios": found}


def _each(work: Callable[[Array], Array], several: Sequence[Array]) -> list[Array]:
    return [work(one) for one in several]


def _learned(matcher: Matcher) -> LambdaRanker:
    if not isinstance(matcher.ranker, LambdaRanker):
        raise ModelError("The chain is of LightGBM; measure a matcher with a learned ranker.")
    return matcher.ranker


def _frame(matcher: Matcher, pool: Pool, vacancy: Vacancy) -> pd.DataFrame:
    return unnamed_frame(asked_of([vacancy], matcher.space), pool.people, matcher.space)


def _filled(ranker: LambdaRanker, frame: pd.DataFrame) -> Array:
    values = frame[_NAMES].to_numpy(dtype=float)
    return np.ascontiguousarray(np.where(np.isnan(values), ranker.typical_, values))


def _own(matcher: Matcher, pool: Pool, vacancy: Vacancy, explained: int) -> tuple[Array, Watch]:
    watch, space = Watch(), matcher.space
    asked = watch("vacancy", lambda: asked_of([vacancy], space))
    frame = watch("features", lambda: unnamed_frame(asked, pool.people, space))
    placed = watch(
        "order",
        lambda: place(
            frame,
            names=pool.names,
            ranker=matcher.ranker,
            judged=pool.people.judged & bool(asked.judged[0]),
            apart=np.zeros(len(frame), dtype=bool),
            explained=explained,
            weights=None,
            turns=None,
        ),
    )
    rows = placed.order.rows[:explained]

    def reasons() -> list[tuple[Reason, ...]]:
        explainer, values = Explainer(space, matcher.wording), frame.to_numpy(dtype=float)[rows]
        return [
            explainer.reasons(
                vacancy,
                pool.profiles[row],
                dict(zip(COLUMNS, features, strict=True)),
                dict(zip(_NAMES, parts, strict=True)),
            )
            for row, features, parts in zip(
                rows, values.tolist(), placed.parts.tolist(), strict=True
            )
        ]

    watch("reasons", reasons)
    return matcher.ranker.judge(frame.iloc[rows]).position, watch


def _peers(
    peer: Peer, matcher: Matcher, vacancy: Vacancy, explained: int, boosters: int
) -> tuple[Array, Watch]:
    watch, everybody = Watch(), np.arange(len(peer.people), dtype=np.int64)
    asked = watch("vacancy", lambda: asked_of([vacancy], matcher.space))
    frame = watch("features", lambda: peer.features(asked, everybody))
    margins = watch("score", lambda: peer.margins(frame, boosters=boosters))
    judged = peer.people.judged & bool(asked.judged[0])
    rows = watch(
        "order",
        lambda: np.argsort(-np.where(judged, margins, -np.inf), kind="stable")[:explained],
    )
    watch("reasons", lambda: peer.parts(frame, rows, boosters=boosters))
    return margins[rows], watch
