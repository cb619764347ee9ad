import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Chance, PriorityBand, Thresholds
from matching.errors import DataError
from matching.priority import band, priority, thresholds

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=40)
COUNTS = st.integers(0, 50)


def test_the_high_band_is_what_the_managers_can_follow_closely() -> None:
    limits = thresholds([0.1, 0.2, 0.3, 0.4, 0.5], closely=1, lightly=2)
    assert limits == Thresholds(medium=0.3, high=0.5, people=5, closely=1, lightly=2)
    bands = [band(chance, limits) for chance in (0.5, 0.49, 0.3, 0.29)]
    assert bands == [PriorityBand.HIGH, PriorityBand.MEDIUM, PriorityBand.MEDIUM, PriorityBand.LOW]


def test_with_room_for_everybody_everybody_is_followed_closely() -> None:
    limits = thresholds([0.1, 0.9], closely=10, lightly=0)
    assert limits is not None
    assert band(0.1, limits) is PriorityBand.HIGH


def test_without_managers_nobody_is_in_a_band_that_promises_them() -> None:
    limits = thresholds([0.1, 0.9], closely=0, lightly=0)
    assert limits is not None
    assert band(0.9, limits) is PriorityBand.LOW


def test_nobody_known_has_no_bands() -> None:
    assert thresholds([], closely=5, lightly=5) is None


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="closely=-1"):
        thresholds([0.5], closely=-1, lightly=0)


def test_a_priority_says_which_bands_its_interval_reaches() -> None:
    limits = Thresholds(medium=0.4, high=0.7, people=10, closely=2, lightly=3)
    found = priority(Chance(value=0.5, lower=0.3, upper=0.75), limits)
    assert (found.lowest, found.band, found.highest) == (
        PriorityBand.LOW,
        PriorityBand.MEDIUM,
        PriorityBand.HIGH,
    )


@given(CHANCES, COUNTS, COUNTS)
def test_a_band_holds_as_many_as_can_be_followed_and_those_tied_with_the_last(
    chances: list[float], closely: int, lightly: int
) -> None:
    limits = thresholds(chances, closely=closely, lightly=lightly)
    assert limits is not None
    high = [chance for chance in chances if band(chance, limits) is PriorityBand.HIGH]
    assert len(high) >= min(closely, len(chances))
    beyond = len(high) - min(closely, len(chances))
    assert beyond == 0 or sum(chance == limits.high for chance in chances) > beyond


@given(CHANCES, COUNTS, COUNTS, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_chance_is_never_in_a_lower_band(
    chances: list[float], closely: int, lightly: int, one: float, other: float
) -> None:
    limits = thresholds(chances, closely=closely, lightly=lightly)
    assert limits is not None
    order = [PriorityBand.LOW, PriorityBand.MEDIUM, PriorityBand.HIGH]
    low, high = sorted([one, other])
    assert order.index(band(low, limits)) <= order.index(band(high, limits))
