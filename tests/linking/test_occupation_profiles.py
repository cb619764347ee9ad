"""What an occupation looks like: titles, needs and words, worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.lexis import Lexis
from matching.linking.roots import root
from matching.normalisation import Normaliser
from tests.extraction.moon_world import DUST, KEEPER, MOONS, POLISH, RAKE, SWEEPER, TIDES

ONE_OF_TWO = math.log(3 / 1.5)
PHRASE = Normaliser().phrase


@pytest.fixture(scope="module")
def profiles():
    return Lexis(MOONS, PHRASE).profiles


def roots(text):
    return [root(key) for key in PHRASE(text)]


def test_a_title_is_found_by_the_roots_of_its_words(profiles):
    found = profiles.titled(roots("guardiana lune"))
    keeper, sweeper = (profiles.numbers[uri] for uri in (KEEPER, SWEEPER))
    assert (found.asked[keeper], found.asked[sweeper]) == (1.0, 0.0)
    assert found.strength[keeper] > 0 == found.strength[sweeper]


def test_needs_are_the_rarities_of_the_skills_that_are_there(profiles):
    found = profiles.needs({TIDES: 0.5, RAKE: 1.0, "urn:test:unheard-of": 1.0})
    keeper, sweeper = (profiles.numbers[uri] for uri in (KEEPER, SWEEPER))
    assert found.essential[keeper] == pytest.approx(0.5 * ONE_OF_TWO)
    assert found.optional[keeper] == pytest.approx(ONE_OF_TWO)
    # Of polishing and tides, which weigh the same, half of one is there.
    assert found.share[keeper] == pytest.approx(0.25)
    assert found.essential[sweeper] == found.optional[sweeper] == 0.0


def test_all_that_is_needed_is_a_share_of_one(profiles):
    assert profiles.needs({POLISH: 1.0, TIDES: 1.0}).share[profiles.numbers[KEEPER]] == 1.0
    assert profiles.needs({DUST: 1.0}).share[profiles.numbers[SWEEPER]] == 1.0


def test_words_are_near_the_occupation_that_has_them(profiles):
    near = profiles.closeness(roots("raccolgo polvere"))
    assert near[profiles.numbers[SWEEPER]] > near[profiles.numbers[KEEPER]] == 0.0


def test_the_roots_of_an_occupation_are_of_its_titles_and_skills(profiles):
    known = profiles.roots_of(profiles.numbers[SWEEPER])
    assert set(roots("spazzino stelle polvere")) <= known
    assert not set(roots("maree crateri")) & known


WORDS = st.sampled_from(["lune", "maree", "crateri", "polvere", "stelle", "guardiana", "altro"])


@given(words=st.lists(WORDS))
def test_closeness_is_a_cosine_whatever_the_words_and_their_order(profiles, words):
    near = profiles.closeness(roots(" ".join(words)))
    assert np.all((near >= 0) & (near <= 1 + 1e-9))
    assert np.allclose(near, profiles.closeness(roots(" ".join(reversed(words)))))
