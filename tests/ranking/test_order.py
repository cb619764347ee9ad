import numpy as np

from matching.ranking.order import by_name, ordered


def test_ids_have_their_places_in_the_order_of_the_alphabet() -> None:
    assert by_name(["b", "a", "è", "B"]).tolist() == [2, 1, 3, 0]
    assert by_name([]).tolist() == []


def test_equal_scores_are_in_the_order_of_the_ids_and_share_a_rank() -> None:
    ids = ["d", "b", "a", "c"]
    score = np.array([0.5, 0.5, 0.7, 0.5])
    everybody = np.ones(4, dtype=bool)
    found = ordered(
        names=by_name(ids),
        place=score,
        noise=np.zeros(4),
        score=score,
        lower=score,
        upper=score,
        judged=everybody,
        apart=~everybody,
    )
    assert [ids[row] for row in found.rows] == ["a", "b", "c", "d"]
    assert found.rank.tolist() == [1, 2, 2, 2]
