import numpy as np
import pytest

from matching.errors import DataError
from matching.linking.paraphrases import learn_paraphrases

DRIVER, TRUCKER, LORRY, VAN = range(4)


def test_words_of_one_concept_come_to_stand_for_each_other():
    phrases = [[DRIVER, LORRY], [TRUCKER, LORRY], [DRIVER, VAN], [TRUCKER, VAN]]
    chance = learn_paraphrases(phrases, [0, 0, 1, 1], words=4).toarray()
    assert chance[DRIVER].argmax() == TRUCKER
    assert chance[LORRY].argmax() == LORRY
    assert chance[LORRY, VAN] == 0.0


def test_every_row_adds_up_to_one_or_is_empty():
    phrases = [[0, 1], [2], [], [3]]
    sums = learn_paraphrases(phrases, [0, 0, 0, 1], words=4).toarray().sum(axis=1)
    assert np.allclose(sums, [1.0, 1.0, 1.0, 0.0], atol=1e-5)


def test_concepts_with_one_label_teach_nothing():
    assert learn_paraphrases([[0], [1]], [0, 1], words=2).nnz == 0


def test_a_concept_is_needed_for_each_phrase():
    with pytest.raises(DataError, match="2 phrases and 1 concepts"):
        learn_paraphrases([[0], [1]], [0], words=2)
