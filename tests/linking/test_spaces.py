import numpy as np
import pytest
from scipy import sparse

from matching.errors import DataError
from matching.linking.spaces import TextSpace, cosines, latent_vectors


def test_a_text_of_the_space_is_itself_nearest():
    texts = ["sarto", "calzolaio", "sarta di teatro"]
    near = TextSpace.of_letters(texts).similarities(texts)
    assert near.argmax(axis=1).tolist() == [0, 1, 2]
    assert np.allclose(near.diagonal(), 1.0, atol=1e-5)


def test_letters_see_what_words_share_and_words_do_not():
    texts = ["rilegatore", "fornaio"]
    letters = TextSpace.of_letters(texts).similarities(["rilegatura"])[0]
    assert letters[0] > letters[1]
    assert TextSpace.of_words(texts).similarities(["rilegatura"]).sum() == 0.0


def test_runs_of_words_tell_their_order():
    space = TextSpace.of_words(["capo reparto", "reparto capo"], longest=2)
    near = space.similarities(["capo reparto"])[0]
    assert near[0] > near[1]


@pytest.mark.parametrize("texts", [[], ["", "  "]])
def test_a_space_without_a_word_is_refused(texts):
    with pytest.raises(DataError, match="needs texts"):
        TextSpace.of_words(texts)


def test_latent_vectors_have_length_one_and_bring_what_keeps_company_together():
    # Columns 0 and 1 keep the same company (2), columns 3 and 4 another one (5).
    rows = [[1, 0, 1, 0, 0, 0], [0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 0, 1], [0, 0, 0, 0, 1, 1]]
    vectors = latent_vectors(sparse.csr_matrix(np.array(rows, dtype=float)), dimensions=2)
    assert np.allclose((vectors**2).sum(axis=1), 1.0, atol=1e-5)
    near = cosines(vectors, vectors)
    assert near[0, 1] > 0.99
    assert abs(near[0, 2]) < 0.01


def test_with_few_columns_rows_are_only_brought_to_length_one():
    vectors = latent_vectors(sparse.csr_matrix(np.array([[3.0, 4.0], [0.0, 0.0]])), dimensions=10)
    assert np.allclose(vectors, [[0.6, 0.8], [0.0, 0.0]])


def test_fewer_than_two_dimensions_are_refused():
    with pytest.raises(DataError, match="dimensions = 1"):
        latent_vectors(sparse.csr_matrix(np.eye(3)), dimensions=1)
