import pytest

from matching.accompaniment.getting_there import minutes_by
from matching.domain.means import Means
from matching.territory import Mode
from tests.factories import HILL, VALLEY, a_territory


def test_the_means_that_a_territory_estimates_are_named_as_its_modes() -> None:
    assert {means.value for means in Means} == {mode.value for mode in Mode} | {"on_foot"}


@pytest.mark.parametrize(
    ("means", "end", "minutes"),
    [
        (Means.CAR, HILL, 5),
        (Means.CAR, VALLEY, 21.6792),
        (Means.PUBLIC_TRANSPORT, VALLEY, 48.3585),
        (Means.ON_FOOT, HILL, 15),
        (Means.ON_FOOT, VALLEY, 60 * 16.6792 / 4.5),
    ],
)
def test_minutes_are_those_of_the_means(means: Means, end: str, minutes: float) -> None:
    found = minutes_by(means, HILL, end, a_territory(), on_foot_within=15)
    assert found == pytest.approx(minutes, abs=1e-3)
