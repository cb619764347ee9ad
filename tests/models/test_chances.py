import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import DataError
from matching.models.chances import Chances
from tests.repeats import examples


def fitted(*shares: tuple[float, int, int]) -> Chances:
    """Chances from a position, how many pairs stood there, and of how many it happened."""
    position = np.concatenate([np.full(many, place) for place, many, _ in shares])
    happened = np.concatenate([np.arange(many) < yes for _, many, yes in shares])
    return Chances.fitted(position, happened)


def test_chances_worked_by_hand() -> None:
    # At 1 it happened less often than at 0: the two are taken together, 40 of 120.
    chances = fitted((0.0, 60, 30), (1.0, 60, 10), (2.0, 60, 60))
    found = chances.at(np.array([0.0, 0.5, 1.0, 1.5, 2.0]))
    assert found == pytest.approx([1 / 3, 1 / 3, 1 / 3, 2 / 3, 1.0])


def test_beyond_what_was_seen_the_nearest_chance_holds() -> None:
    chances = fitted((-1.0, 100, 20), (3.0, 100, 70))
    assert chances.at(np.array([-1e9, 1e9])) == pytest.approx([0.2, 0.7])


def test_a_position_that_tells_nothing_gives_everybody_the_same_chance() -> None:
    chances = fitted((0.5, 200, 60))
    assert chances.at(np.linspace(-1, 2, 7)) == pytest.approx([0.3] * 7)


@settings(deadline=None, max_examples=examples(25))
@given(st.integers(0, 10_000), st.floats(-3.0, 3.0), st.integers(0, 3))
def test_chances_are_shares_that_never_fall_with_the_position(
    seed: int, slope: float, decimals: int
) -> None:
    chance = np.random.default_rng(seed)
    position = chance.normal(size=400).round(decimals)
    happened = chance.random(400) < 1 / (1 + np.exp(-slope * position))
    chances = Chances.fitted(position, happened)
    found = chances.at(np.linspace(-5, 5, 101))
    assert (found >= 0.0).all()
    assert (found <= 1.0).all()
    assert (np.diff(found) >= 0.0).all()
    # Taken together they foretell as many as there were.
    assert chances.at(position).mean() == pytest.approx(happened.mean(), abs=0.02)


@pytest.mark.parametrize(("yes", "no"), [(49, 100), (100, 49), (0, 400), (400, 0), (0, 0)])
def test_too_few_of_either_outcome_are_refused_with_their_number(yes: int, no: int) -> None:
    happened = np.repeat([True, False], [yes, no])
    with pytest.raises(DataError, match=f"Of {yes + no} pairs {yes} were taken.*need 50 of both"):
        Chances.fitted(np.arange(yes + no, dtype=float), happened)


def test_fifty_of_each_outcome_are_enough() -> None:
    happened = np.repeat([False, True], 50)
    chances = Chances.fitted(np.arange(100, dtype=float), happened)
    assert chances.at(np.array([0.0, 49.0, 49.5, 50.0])) == pytest.approx([0.0, 0.0, 0.5, 1.0])


def test_chances_come_back_from_json_as_they_were() -> None:
    chance = np.random.default_rng(0)
    position = chance.normal(size=300)
    chances = Chances.fitted(position, chance.random(300) < 1 / (1 + np.exp(-position)))
    again = Chances.from_state(json.loads(json.dumps(chances.to_state())))
    places = np.linspace(-4, 4, 200)
    np.testing.assert_array_equal(again.at(places), chances.at(places))
    assert again.to_state() == chances.to_state()
