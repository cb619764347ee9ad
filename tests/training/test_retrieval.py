import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from training.retrieval import (
    average_precision,
    r_precision,
    reciprocal_rank,
    relevant_ranks,
    success,
)


def test_ranks_are_the_places_of_what_is_relevant_from_one() -> None:
    assert relevant_ranks("abcd", {"d", "b"}) == ((2, 4), 2)


def test_what_was_not_returned_has_no_rank_but_counts() -> None:
    assert relevant_ranks("ab", {"z", "a"}) == ((1,), 2)
    assert relevant_ranks("", {"z"}) == ((), 1)


def test_the_first_relevant_item_decides_the_reciprocal_rank() -> None:
    assert reciprocal_rank([3, 5]) == pytest.approx(1 / 3)
    assert reciprocal_rank([]) == 0.0


def test_average_precision_worked_by_hand() -> None:
    # Relevant at 2 and 3 of three relevant ones: (1/2 + 2/3 + 0) / 3.
    assert average_precision([3, 2], relevant=3) == pytest.approx(7 / 18)


def test_success_asks_for_one_among_the_first() -> None:
    assert (success([6, 5], k=5), success([6], k=5), success([], k=5)) == (1.0, 0.0, 0.0)


def test_r_precision_worked_by_hand() -> None:
    # Of seven relevant ones, five could stand among the first five and two do.
    assert r_precision([1, 5, 6], relevant=7, k=5) == pytest.approx(2 / 5)
    # The only relevant one does.
    assert r_precision([5], relevant=1, k=5) == 1.0


@pytest.mark.parametrize("relevant", [0, -1])
def test_a_query_without_anything_relevant_has_no_metric(relevant: int) -> None:
    with pytest.raises(DataError, match="leave it out"):
        average_precision([], relevant=relevant)
    with pytest.raises(DataError, match="leave it out"):
        r_precision([], relevant=relevant, k=5)


ORDERS = st.permutations(list(range(9)))
WANTED = st.sets(st.integers(0, 12), min_size=1)


@given(ORDERS, WANTED, st.integers(1, 12))
def test_every_metric_lies_between_0_and_1(order: list[int], wanted: set[int], k: int) -> None:
    ranks, relevant = relevant_ranks(order, wanted)
    values = (
        reciprocal_rank(ranks),
        average_precision(ranks, relevant=relevant),
        success(ranks, k=k),
        r_precision(ranks, relevant=relevant, k=k),
    )
    assert all(0.0 <= value <= 1.0 for value in values)


@given(ORDERS, st.sets(st.integers(0, 8), min_size=1), st.integers(1, 12))
def test_what_is_relevant_first_is_a_perfect_order(
    order: list[int], wanted: set[int], k: int
) -> None:
    ranks, relevant = relevant_ranks(sorted(order, key=lambda item: item not in wanted), wanted)
    assert average_precision(ranks, relevant=relevant) == pytest.approx(1.0)
    assert r_precision(ranks, relevant=relevant, k=k) == 1.0
    assert reciprocal_rank(ranks) == 1.0


@given(ORDERS, st.sets(st.integers(0, 8), min_size=1), st.data())
def test_moving_a_relevant_item_forward_lowers_nothing(
    order: list[int], wanted: set[int], data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(sorted(wanted)))
    place = order.index(item)
    moved = [*order]
    moved.insert(data.draw(st.integers(0, place)), moved.pop(place))
    before, relevant = relevant_ranks(order, wanted)
    after, _ = relevant_ranks(moved, wanted)
    assert reciprocal_rank(after) >= reciprocal_rank(before)
    assert average_precision(after, relevant=relevant) >= (
        average_precision(before, relevant=relevant) - 1e-12
    )


@given(ORDERS, WANTED)
def test_success_grows_with_the_places_looked_at(order: list[int], wanted: set[int]) -> None:
    ranks, _ = relevant_ranks(order, wanted)
    row = [success(ranks, k=k) for k in range(1, 10)]
    assert row == sorted(row)
