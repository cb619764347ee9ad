import pytest

from matching.accompaniment.fund.sentences import euros, floor, why
from matching.domain.allocation import Block, FloorReached, NotFunded, Obstacle
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.accompaniment.fund.worlds import a_request, day

ITALIAN = load_wording(shipped_data() / "wording", "it")
ENGLISH = load_wording(shipped_data() / "wording", "en")


@pytest.mark.parametrize(
    ("cents", "italian", "english"),
    [(0, "0 €", "€0"), (123_450, "1.234,50 €", "€1,234.50"), (-100, "-1 €", "€-1")],
)
def test_an_amount_is_written_as_the_language_does(cents: int, italian: str, english: str) -> None:
    assert euros(cents, ITALIAN) == italian
    assert euros(cents, ENGLISH) == english


@pytest.mark.parametrize("kind", Obstacle)
def test_every_obstacle_is_said_with_what_would_change_it(kind: Obstacle) -> None:
    left = NotFunded(
        request=a_request(starts_on=day(3)),
        cents=1,
        value=1.0,
        blocks=(Block(obstacle=kind, amount=12_300, what="r2"),),
    )
    for wording in (ITALIAN, ENGLISH):
        (sentence,) = why(left, wording)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{" not in sentence
    if kind is Obstacle.BUDGET:
        assert "mancano 123 €" in why(left, ITALIAN)[0]


@pytest.mark.parametrize(
    ("asked", "reached", "said"),
    [
        (9_000, 5_000, "raggiunto"),
        (3_000, 3_000, "valgono in tutto 30 €"),
        (9_000, 4_000, "si arriva a 40 €"),
    ],
)
def test_a_floor_says_whether_it_is_met_and_why_not(asked: int, reached: int, said: str) -> None:
    found = FloorReached(ambito=None, wanted_cents=5_000, asked_cents=asked, reached_cents=reached)
    assert said in floor(found, ITALIAN)
