import numpy as np
import pytest

from matching.errors import DataError, ModelError
from matching.linking.reranker import Trees, open_reranker, train_reranker

COLUMNS = ("useful", "noise")
SMALL = Trees(rounds=20, leaves=3, least_rows=5, penalty=0.0)


def queries(count=30):
    rng = np.random.default_rng(1)
    made = []
    for _ in range(count):
        rows = rng.random((8, 2)).astype(np.float32)
        made.append((rows, rows[:, 0] == rows[:, 0].max()))
    return made


def test_what_tells_the_right_candidate_is_learnt():
    reranker = train_reranker(queries(), COLUMNS, trees=SMALL)
    chances = reranker.predict(np.array([[0.99, 0.1], [0.3, 0.9]], dtype=np.float32))
    assert chances[0] > chances[1]


def test_the_same_queries_give_the_same_trees_and_the_text_opens_again():
    first = train_reranker(queries(), COLUMNS, trees=SMALL)
    again = train_reranker(queries(), COLUMNS, trees=SMALL)
    assert first.text == again.text
    opened = open_reranker(first.text, sha256=first.sha256, columns=COLUMNS)
    rows = queries()[0][0]
    assert np.array_equal(opened.predict(rows), first.predict(rows))


def test_a_text_that_was_cut_off_is_refused_before_it_is_read():
    made = train_reranker(queries(), COLUMNS, trees=SMALL)
    with pytest.raises(ModelError, match="not those of their card"):
        open_reranker(made.text[:-200], sha256=made.sha256, columns=COLUMNS)


def test_trees_over_other_columns_are_refused():
    made = train_reranker(queries(), COLUMNS, trees=SMALL)
    with pytest.raises(ModelError, match="train again"):
        open_reranker(made.text, sha256=made.sha256, columns=("useful", "other"))


def test_rows_of_another_width_are_refused():
    made = train_reranker(queries(), COLUMNS, trees=SMALL)
    with pytest.raises(DataError, match="2 columns"):
        made.predict(np.zeros((1, 3), dtype=np.float32))


@pytest.mark.parametrize("right", [np.zeros(3, bool), np.ones(3, bool)])
def test_candidates_that_are_all_alike_teach_nothing(right):
    with pytest.raises(DataError, match="both kinds"):
        train_reranker([(np.zeros((3, 2), dtype=np.float32), right)], COLUMNS)


def test_no_query_teaches_nothing():
    with pytest.raises(DataError, match="0 of 0"):
        train_reranker([], COLUMNS)
