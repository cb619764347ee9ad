import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from matching.linking.soft import SoftIndex

PHRASES = [
    ("conducent", "autocarr"),
    ("autist", "camion"),
    ("conducent", "furgon"),
    ("autist", "furgon"),
    ("rilegator", "libr"),
    (),
]
CONCEPTS = [0, 0, 1, 1, 2, 3]


@pytest.fixture(scope="module")
def index():
    return SoftIndex.of(PHRASES, CONCEPTS)


def coverage(index, *keys):
    (pair,) = index.coverages([keys])
    return pair


def test_the_same_phrase_is_covered_whole_both_ways(index):
    answered, asked = coverage(index, "rilegator", "libr")
    assert answered[4] == pytest.approx(1.0, abs=1e-4)
    assert asked[4] == pytest.approx(1.0, abs=1e-4)


def test_a_longer_phrase_is_answered_whole_but_was_asked_in_part(index):
    answered, asked = coverage(index, "libr")
    assert answered[4] == pytest.approx(1.0, abs=1e-4)
    assert 0.2 < asked[4] < 0.8


def test_words_of_the_same_letters_meet(index):
    answered, _ = coverage(index, "rilegatur")
    assert answered.argmax() == 4
    assert 0.3 < answered[4] < 1.0


def test_words_that_stand_for_each_other_meet(index):
    alone = SoftIndex.of(PHRASES, CONCEPTS, paraphrase_weight=0.0)
    taught, _ = coverage(index, "camion")
    untaught, _ = coverage(alone, "camion")
    assert taught[0] > untaught[0] + 0.2


def test_rare_words_weigh_more(index):
    assert index.weight("libr") > index.weight("conducent")
    assert index.weight("mai visto") > index.weight("libr")


def test_a_phrase_without_words_covers_and_is_covered_by_nothing(index):
    answered, asked = coverage(index, "conducent")
    assert (answered[5], asked[5]) == (0.0, 0.0)
    assert all(not values.any() for values in coverage(index))


def test_the_reason_names_the_partner_of_each_asked_word(index):
    first, second = index.partners(("camion", "conducent"), 0)
    assert (first.asked, second.asked) == ("camion", "conducent")
    assert second.answered == "conducent"
    assert second.similarity == pytest.approx(1.0, abs=1e-3)
    assert index.partners(("camion",), 5) == ()


def test_an_index_without_words_is_refused():
    with pytest.raises(DataError, match="nothing to index"):
        SoftIndex.of([()], [0])


WORDS = st.sampled_from(["conducent", "autist", "camion", "libr", "zzz", "rilegatur"])


@given(st.lists(st.lists(WORDS, max_size=4).map(tuple), max_size=5))
def test_shares_lie_between_0_and_1_and_do_not_depend_on_what_else_is_asked(asked):
    index = SoftIndex.of(PHRASES, CONCEPTS)
    together = list(index.coverages(asked))
    for keys, (answered, share) in zip(asked, together, strict=True):
        for values in (answered, share):
            assert (values >= 0).all()
            assert (values <= 1.0001).all()
        (alone,) = index.coverages([keys])
        assert np.allclose(alone[0], answered, atol=1e-6)
        assert np.allclose(alone[1], share, atol=1e-6)
