from time import perf_counter

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import ndtr, ndtri

from matching.errors import DataError
from matching.ranking.ties import (
    LEAST_CHANCE,
    chance_of_order,
    close_to_next,
    near_ties,
    positions,
    rank_intervals,
    rank_sentence,
    shared_ranks,
    tie_sentences,
)
from matching.settings import shipped_data
from matching.wording import load_wording

ITALIAN = load_wording(shipped_data() / "wording", "it")

people = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        # Two decimals, so that equal scores are drawn often.
        hnp.arrays(float, n, elements=st.integers(0, 100).map(lambda v: v / 100)),
        hnp.arrays(float, n, elements=st.floats(0.0, 0.2)),
        hnp.arrays(bool, n),
    )
)


def everybody(n: int) -> np.ndarray:
    return np.ones(n, dtype=bool)


def in_order(drawn: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score, spread, judged = drawn
    order = np.lexsort((-score, ~judged))
    return score[order], spread[order], judged[order]


def all_intervals(
    score: np.ndarray, spread: np.ndarray, judged: np.ndarray, scale: float = 1.0
) -> np.ndarray:
    rows = np.flatnonzero(judged)
    return np.array(rank_intervals(score, spread, rows, judged=judged, scale=scale))


def test_equal_scores_share_the_smallest_rank_and_the_unjudged_come_last() -> None:
    score = np.array([0.5, 0.9, 0.5 + 4e-7, 0.3, 0.4, 0.99])
    judged = np.array([True, True, True, True, False, False])
    assert shared_ranks(score, judged).tolist() == [2, 1, 2, 4, 5, 5]


def test_people_in_one_stretch_may_share_a_rank_too() -> None:
    score = np.array([0.9, 0.8, 0.79, 0.5])
    assert shared_ranks(score, everybody(4), groups=[range(1, 3)]).tolist() == [1, 2, 2, 4]


def test_of_nobody_nothing_is_said() -> None:
    none, nobody = np.empty(0), everybody(0)
    assert shared_ranks(none, nobody).tolist() == []
    assert close_to_next(none, none, nobody).tolist() == []
    assert near_ties(none, none, nobody) == ()
    assert [end.tolist() for end in rank_intervals(none, none, [])] == [[], []]
    assert positions(np.empty((3, 0))).tolist() == []


def test_what_moves_everybody_together_is_no_spread() -> None:
    own = np.array([[0.1, 0.5, 0.9], [0.2, 0.5, 0.8], [0.3, 0.5, 0.7]])
    shift = np.array([[0.0], [0.7], [-0.2]])
    np.testing.assert_allclose(positions(own + shift), [0.1, 0.0, 0.1], atol=1e-12)
    assert positions(np.array([[0.2], [0.4]])).tolist() == [0.0]


@pytest.mark.parametrize(
    "members", [np.zeros((1, 3)), np.zeros(3), np.array([[0.1, np.nan], [0.1, 0.2]])]
)
def test_one_booster_or_a_score_that_is_no_number_tells_no_spread(members: np.ndarray) -> None:
    with pytest.raises(DataError, match="two boosters or more"):
        positions(members)


def test_the_chance_of_an_order_is_that_of_a_normal_difference() -> None:
    chance = chance_of_order(np.array([0.6, 0.5, 0.5]), np.array([0.06, 0.08, 0.0]))
    np.testing.assert_allclose(chance, [ndtr(0.1 / 0.1), 0.5])
    tighter = chance_of_order(np.array([0.6, 0.5]), np.array([0.06, 0.08]), scale=0.5)
    np.testing.assert_allclose(tighter, ndtr(2.0))


def test_without_spread_an_order_is_certain_and_a_tie_is_none() -> None:
    score, spread = np.array([0.6, 0.5, 0.5, 0.4]), np.zeros(4)
    assert chance_of_order(score, spread).tolist() == [1.0, 0.5, 1.0]
    assert close_to_next(score, spread, everybody(4)).tolist() == [False, True, False, False]


def test_closeness_begins_where_one_time_in_four_the_order_would_be_the_other_way() -> None:
    gap = float(ndtri(LEAST_CHANCE)) * np.hypot(0.03, 0.04)
    for extra, close in ((1e-5, False), (-1e-5, True)):
        score = np.array([0.5 + gap + extra, 0.5])
        assert close_to_next(score, np.array([0.03, 0.04]), everybody(2))[0] == close


def test_nobody_is_close_to_whoever_could_not_be_judged() -> None:
    score, judged = np.array([0.5, 0.5, np.nan, np.nan]), np.array([True, True, False, False])
    close = close_to_next(score, np.where(judged, 0.1, np.nan), judged)
    assert close.tolist() == [True, False, False, False]


def test_a_chain_of_close_neighbours_does_not_join_the_first_with_the_last() -> None:
    score, spread = np.linspace(0.9, 0.1, 41), np.full(41, 0.05)
    assert close_to_next(score, spread, everybody(41))[:-1].all()
    groups = near_ties(score, spread, everybody(41))
    # 0.6745 x 0.0707 = 0.0477: two steps of 0.02, not three.
    assert {len(group) for group in groups[:-1]} == {3}


@given(people, st.floats(0.0, 3.0))
def test_near_ties_are_stretches_of_judged_people_each_two_of_whom_are_too_close(
    drawn: tuple[np.ndarray, ...], scale: float
) -> None:
    score, spread, judged = in_order(drawn)
    groups = near_ties(score, spread, judged, scale=scale)
    assert all(len(group) > 1 and judged[group].all() for group in groups)
    assert all(one.stop <= other.start for one, other in zip(groups, groups[1:], strict=False))
    for group in groups:
        for above in group:
            for below in range(above + 1, group.stop):
                two = [above, below]
                assert chance_of_order(score[two], spread[two], scale=scale)[0] < LEAST_CHANCE


@given(people)
def test_equal_scores_are_in_the_same_stretch(drawn: tuple[np.ndarray, ...]) -> None:
    score, spread, judged = in_order(drawn)
    groups = near_ties(score, spread, judged)
    for place in range(int(judged.sum()) - 1):
        if score[place] == score[place + 1]:
            assert any(place in group and place + 1 in group for group in groups)


def test_near_ties_beyond_what_is_shown_are_not_looked_for() -> None:
    score, spread = np.repeat(np.linspace(0.9, 0.1, 9), 2), np.zeros(18)
    assert near_ties(score, spread, everybody(18), shown=4) == (range(0, 2), range(2, 4))
    assert len(near_ties(score, spread, everybody(18))) == 9


@pytest.mark.parametrize("judged", [[True, True], [False, True]])
def test_a_list_out_of_order_is_refused(judged: list[bool]) -> None:
    with pytest.raises(DataError, match="not in the order of its scores"):
        near_ties(np.array([0.4, 0.5]), np.zeros(2), np.array(judged))


@given(people, st.floats(0.0, 3.0))
def test_the_interval_of_a_rank_holds_the_rank_and_stays_in_the_list(
    drawn: tuple[np.ndarray, ...], scale: float
) -> None:
    score, spread, judged = drawn
    lower, upper = all_intervals(score, spread, judged, scale)
    rank = shared_ranks(score, judged)[judged]
    last = [
        rank[score[judged] == one].max() + (score[judged] == one).sum() - 1 for one in score[judged]
    ]
    assert np.all((lower >= 1) & (lower <= rank))
    assert np.all((upper >= last) & (upper <= judged.sum()))


@given(people, st.randoms(use_true_random=False))
def test_the_interval_of_a_person_does_not_depend_on_where_she_stands_in_the_data(
    drawn: tuple[np.ndarray, ...], chance: object
) -> None:
    score, spread, judged = drawn
    order = np.arange(len(score))
    chance.shuffle(order)  # type: ignore[attr-defined]
    ends = np.full((2, len(score)), -1)
    ends[:, judged] = all_intervals(score, spread, judged)
    shuffled = np.full((2, len(score)), -1)
    shuffled[:, judged[order]] = all_intervals(score[order], spread[order], judged[order])
    np.testing.assert_array_equal(shuffled, ends[:, order])


@given(people, hnp.arrays(float, 30, elements=st.floats(0.0, 0.2)), st.floats(1.0, 3.0))
def test_a_wider_spread_never_gives_a_narrower_interval(
    drawn: tuple[np.ndarray, ...], more: np.ndarray, scale: float
) -> None:
    score, spread, judged = drawn
    lower, upper = all_intervals(score, spread, judged)
    for wider in (
        all_intervals(score, spread + more[: len(score)], judged),
        all_intervals(score, spread, judged, scale),
    ):
        assert np.all((wider[0] <= lower) & (wider[1] >= upper))


@given(people)
def test_who_could_not_be_judged_is_in_nobodys_interval(drawn: tuple[np.ndarray, ...]) -> None:
    score, spread, judged = drawn
    assume(judged.any())
    apart = all_intervals(score[judged], spread[judged], everybody(int(judged.sum())))
    unknown = np.where(judged, score, np.nan), np.where(judged, spread, np.nan)
    np.testing.assert_array_equal(all_intervals(*unknown, judged), apart)


def test_where_all_are_tied_any_rank_is_possible() -> None:
    lower, upper = rank_intervals(np.full(7, 0.4), np.zeros(7), [0, 6])
    assert lower.tolist() == [1, 1]
    assert upper.tolist() == [7, 7]


def test_one_person_alone_is_first() -> None:
    assert [end.tolist() for end in rank_intervals(np.array([0.4]), np.array([0.3]), [0])] == [
        [1],
        [1],
    ]


@pytest.mark.parametrize(
    ("score", "spread", "scale", "said"),
    [
        ([0.1, np.nan], [0.1, 0.1], 1.0, "score is no finite number"),
        ([0.1, 0.2], [0.1, np.inf], 1.0, "spread is no finite number"),
        ([0.1, 0.2], [0.1, -0.1], 1.0, "spread is no finite number"),
        ([0.1, 0.2], [0.1], 1.0, "do not go together"),
        ([0.1, 0.2], [0.1, 0.1], np.nan, "scale of the spreads is nan"),
    ],
)
def test_what_is_no_number_is_refused(
    score: list[float], spread: list[float], scale: float, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        rank_intervals(np.array(score), np.array(spread), [0], scale=scale)


def test_a_row_that_could_not_be_judged_has_no_interval() -> None:
    with pytest.raises(DataError, match="Row 1 could not be judged"):
        rank_intervals(np.zeros(2), np.zeros(2), [0, 1], judged=np.array([True, False]))


def test_of_two_people_the_interval_is_exact() -> None:
    edge = float(ndtri(0.9)) * 0.1 * np.sqrt(2)
    for gap, upper in ((edge - 1e-5, 2), (edge + 1e-5, 1)):
        ends = rank_intervals(np.array([0.5 + gap, 0.5]), np.full(2, 0.1), [0])
        assert [end.tolist() for end in ends] == [[1], [upper]]


@pytest.mark.parametrize(("size", "repeats"), [(8, 300), (150, 40), (1500, 6)])
def test_the_interval_holds_the_rank_of_another_fit_about_four_times_in_five(
    size: int, repeats: int
) -> None:
    chance, held = np.random.default_rng(size), []
    for _ in range(repeats):
        truth = chance.beta(2, 5, size)
        spread = 0.03 * np.exp(0.4 * chance.normal(size=size))
        one, other = truth + spread * chance.normal(size=(2, size))
        rows = chance.choice(size, 8, replace=False)
        lower, upper = rank_intervals(one, spread, rows)
        rank = shared_ranks(other, everybody(size))[rows]
        held.append((lower <= rank) & (rank <= upper))
    assert 0.75 <= np.mean(held) <= 0.93


def test_intervals_of_a_screen_are_quick_and_do_not_depend_on_how_they_are_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(1)
    score, spread = chance.random(1500), chance.random(1500) / 10
    rows = np.arange(20)
    whole = rank_intervals(score, spread, rows)
    spent = []
    for _ in range(10):
        start = perf_counter()
        rank_intervals(score, spread, rows)
        spent.append(perf_counter() - start)
    assert min(spent) < 0.02
    monkeypatch.setattr("matching.ranking.ties._CELLS_AT_ONCE", 4000)
    np.testing.assert_array_equal(rank_intervals(score, spread, rows), whole)


def test_where_the_order_is_uncertain_is_said_by_places() -> None:
    assert tie_sentences([range(1, 3), range(7, 11)], ITALIAN) == (
        "Tra il posto 2 e il posto 3 l'ordine è incerto: i punteggi sono troppo vicini per dire "
        "chi viene prima.",
        "Dal posto 8 al posto 11 l'ordine è incerto: i punteggi sono troppo vicini per dire "
        "chi viene prima.",
    )
    assert rank_sentence(3, 2, 5, ITALIAN) == "posto 3, intervallo 80%: 2-5"
