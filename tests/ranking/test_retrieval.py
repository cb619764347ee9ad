"""Stage one finds exactly the best of a pool, and loses nobody behind them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.errors import DataError
from matching.ranking.inverted import Wanted, inverted
from matching.ranking.retrieval import (
    Jobs,
    Near,
    Query,
    Retrieval,
    best,
    in_order,
    jobs_of,
    order_rest,
)
from matching.ranking.retrieval_loops import RetrievalLoops, compiled_retrieval_loops

Array = npt.NDArray[np.float64]

WAYS: dict[str, RetrievalLoops | None] = {
    "loops": RetrievalLoops(),
    "compiled": compiled_retrieval_loops(),
    "numpy": None,
}
# Few values, so that many people stand at the same score.
VALUES = st.sampled_from([0.0, 0.25, 0.5, 1.0])
WEIGHTS = st.sampled_from([0.0, 0.1, 0.3, 0.7, -0.2])


@pytest.fixture(params=WAYS)
def loops(request: pytest.FixtureRequest) -> RetrievalLoops | None:
    return WAYS[str(request.param)]


def pool(
    *matrices: npt.ArrayLike, jobs: list[list[int]], loops: RetrievalLoops | None = None
) -> Retrieval:
    flat = [(person, job) for person, held in enumerate(jobs) for job in held]
    return Retrieval(
        lists=tuple(inverted(sparse.csr_array(np.asarray(m, dtype=float))) for m in matrices),
        jobs=jobs_of([person for person, _ in flat], [job for _, job in flat], len(jobs)),
        loops=loops,
    )


def wanted(weights: dict[int, float]) -> Wanted:
    return Wanted(np.array(list(weights), dtype=np.int64), np.array(list(weights.values())))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Array], list[list[int]], Query]:
    people = draw(st.integers(0, 12))
    widths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=2))
    matrices = [
        np.array(
            draw(st.lists(VALUES, min_size=people * wide, max_size=people * wide)), dtype=float
        ).reshape(people, wide)
        for wide in widths
    ]
    kinds = draw(st.integers(1, 4))
    jobs = draw(
        st.lists(st.lists(st.integers(0, kinds - 1), max_size=3), min_size=people, max_size=people)
    )
    asked = tuple(
        wanted(draw(st.dictionaries(st.integers(0, wide - 1), WEIGHTS))) for wide in widths
    )
    near = st.lists(VALUES, min_size=kinds, max_size=kinds).map(np.array)
    query = Query(
        asked=asked,
        near=draw(
            st.none()
            | st.builds(Near, near, st.sampled_from([0.0, 0.13, 1.0]), st.sampled_from([0.0, 0.4]))
        ),
        ceiling=draw(st.sampled_from([np.inf, 0.4, 0.0])),
        scale=draw(st.sampled_from([1.0, 1.3])),
        extra=draw(
            st.none()
            | st.lists(st.sampled_from([0.0, -10.0, 0.5]), min_size=people, max_size=people).map(
                lambda values: np.array(values, dtype=float)
            )
        ),
    )
    return matrices, jobs, query


def dense(matrices: list[Array], jobs: list[list[int]], query: Query) -> Array:
    """The same, by hand: every person with everything that is asked."""
    scores = np.zeros(len(jobs))
    for number, (matrix, asked) in enumerate(zip(matrices, query.asked, strict=True)):
        for column, weight in zip(asked.columns, asked.weights, strict=True):
            scores += weight * matrix[:, column]
        if number == 0:
            scores = np.minimum(scores, query.ceiling) * query.scale
    if query.extra is not None:
        scores = scores + query.extra
    if query.near is not None:
        near = query.near
        held = [max((near.proximity[job] for job in one), default=near.otherwise) for one in jobs]
        scores = scores + near.weight * np.array(held, dtype=float)
    return scores


def sorted_rows(scores: Array) -> list[int]:
    return sorted(range(len(scores)), key=lambda row: (-scores[row], row))


@settings(deadline=None)
@given(cases(), st.integers(1, 14))
@pytest.mark.parametrize("way", WAYS)
def test_the_best_are_those_of_the_dense_product_and_no_others(
    way: str, case: tuple[list[Array], list[list[int]], Query], most: int
) -> None:
    matrices, jobs, query = case
    found = pool(*matrices, jobs=jobs, loops=WAYS[way])
    expected = dense(matrices, jobs, query)
    np.testing.assert_array_equal(found.scores(query), expected)
    best_of_all = found.top(query, most)
    rows = best_of_all.rows
    assert rows.tolist() == sorted_rows(expected)[:most]
    np.testing.assert_array_equal(best_of_all.scores, expected[rows])
    alone = matrices[0][:, query.asked[0].columns] @ query.asked[0].weights
    np.testing.assert_allclose(best_of_all.first, alone[rows], rtol=0, atol=1e-12)


@given(
    st.lists(st.sampled_from([0.0, -0.0, 0.5, 1.0, -3.0, 1e-9]), max_size=40), st.integers(1, 45)
)
@pytest.mark.parametrize("way", WAYS)
def test_of_equal_scores_the_earlier_comes_first(way: str, scores: list[float], most: int) -> None:
    values = np.array(scores, dtype=float)
    assert best(values, most, loops=WAYS[way]).tolist() == sorted_rows(values)[:most]


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, -10.0]), max_size=60),
    st.integers(1, 9),
    st.data(),
)
def test_paging_to_the_last_shows_everybody_once(
    scores: list[float], size: int, data: st.DataObject
) -> None:
    values = np.array(scores, dtype=float)
    # Not only the best: whoever was shown before, for whatever reason.
    rows = st.lists(st.sampled_from(range(len(scores))), unique=True) if scores else st.just([])
    taken = np.array(data.draw(rows), dtype=np.int64)
    starts = range(0, len(scores) - len(taken), size)
    pages = [order_rest(values, taken, start, start + size).tolist() for start in starts]
    left = [row for row in sorted_rows(values) if row not in set(taken.tolist())]
    assert [row for page in pages for row in page] == left
    assert all(len(page) == size for page in pages[:-1])


def test_a_page_beyond_the_last_is_empty() -> None:
    scores = np.array([0.5, 0.1])
    assert in_order(scores, 2, 5).tolist() == []
    assert in_order(scores, 1, 5).tolist() == [1]


def test_every_way_finds_the_same_among_many(loops: RetrievalLoops | None) -> None:
    chance = np.random.default_rng(0)
    held = sparse.random_array((3000, 80), density=0.1, rng=chance, format="csr")
    jobs = [chance.integers(0, 30, size=chance.integers(0, 4)).tolist() for _ in range(3000)]
    flat = [(person, job) for person, some in enumerate(jobs) for job in some]
    found = Retrieval(
        lists=(inverted(held),),
        jobs=jobs_of([person for person, _ in flat], [job for _, job in flat], 3000),
        loops=loops,
    )
    query = Query(
        asked=(wanted({7: 0.3, 3: 0.2, 61: 0.9, 12: 0.05}),), near=Near(chance.random(30), 0.2)
    )
    expected = dense([held.toarray()], jobs, query)
    hundred = found.top(query, 100)
    assert hundred.rows.tolist() == sorted_rows(expected)[:100]
    np.testing.assert_array_equal(hundred.scores, expected[hundred.rows])


def test_nobody_far_below_is_asked_for_her_jobs(loops: RetrievalLoops | None) -> None:
    """With two to be found, the jobs of who could not be among them even so are never read."""
    held = [[1.0], [0.9], [0.8], [0.0]]
    found = pool(held, jobs=[[], [], [0], [99]], loops=loops)
    unreadable = Jobs(found.jobs.starts, found.jobs.numbers, kinds=1)
    query = Query(asked=(wanted({0: 1.0}),), near=Near(np.array([1.0]), 0.2))
    two = Retrieval(lists=found.lists, jobs=unreadable, loops=loops).top(query, 2)
    assert two.rows.tolist() == [0, 2]


def test_a_pool_of_nobody_has_no_best(loops: RetrievalLoops | None) -> None:
    empty = pool(np.zeros((0, 3)), jobs=[], loops=loops)
    query = Query(asked=(wanted({1: 1.0}),), near=Near(np.array([0.5]), 1.0))
    nobody = empty.top(query, 5)
    assert nobody.rows.tolist() == nobody.scores.tolist() == nobody.first.tolist() == []


def asked_wrongly() -> dict[str, tuple[Callable[[], Query], str]]:
    one = wanted({0: 1.0})
    return {
        "matrices": (lambda: Query(asked=(one, one)), "2 things .* pool of 1 matrices"),
        "column": (lambda: Query(asked=(wanted({3: 1.0}),)), "column 3 of 2"),
        "below": (lambda: Query(asked=(wanted({-1: 1.0}),)), "column -1 of 2"),
        "weight": (lambda: Query(asked=(wanted({0: np.nan}),)), "without a finite weight"),
        "number": (
            lambda: Query(asked=(Wanted(one.columns, np.array([1.0, 2.0])),)),
            "without a finite weight",
        ),
        "jobs": (
            lambda: Query(asked=(one,), near=Near(np.array([1.0]), 1.0)),
            "how near 1 jobs .* up to number 4",
        ),
        "near": (
            lambda: Query(asked=(one,), near=Near(np.full(5, np.nan), 1.0)),
            "nearness is not finite",
        ),
        "nothing": (
            lambda: Query(asked=(one,), near=Near(np.zeros(5), -1.0)),
            "less than nothing",
        ),
        "extra": (lambda: Query(asked=(one,), extra=np.zeros(3)), r"\(3,\) numbers to 2 scores"),
    }


@pytest.mark.parametrize("wrong", asked_wrongly())
def test_a_query_that_does_not_fit_the_pool_is_refused(wrong: str) -> None:
    query, said = asked_wrongly()[wrong]
    found = pool([[1.0, 0.0], [0.0, 1.0]], jobs=[[4], []])
    with pytest.raises(DataError, match=said):
        found.top(query(), 1)


def test_none_of_the_best_are_refused() -> None:
    with pytest.raises(DataError, match="best 0"):
        pool([[1.0]], jobs=[[]]).top(Query(asked=(wanted({0: 1.0}),)), 0)


def test_what_is_not_finite_or_of_nobody_is_refused() -> None:
    with pytest.raises(DataError, match="not finite"):
        inverted(sparse.csr_array([[np.inf]]))
    with pytest.raises(DataError, match="person 2 of 2"):
        jobs_of([0, 2], [0, 0], 2)


def test_without_numba_there_are_no_compiled_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.ranking.retrieval_loops.find_spec", lambda name: None)
    compiled_retrieval_loops.cache_clear()
    try:
        assert compiled_retrieval_loops() is None
    finally:
        compiled_retrieval_loops.cache_clear()
