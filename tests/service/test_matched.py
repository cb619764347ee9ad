from collections.abc import Iterator

import pytest

from matching.domain import Match, State
from matching.service.matched import Matches


def _match(rank: int) -> Match:
    return Match(
        vacancy_id="v", person_id=f"p{rank}", rank=rank, score=0.5, lower=0.4, upper=0.6,
        state=State.OK,
    )  # fmt: skip


class Making:
    """Makes matches and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, places: range) -> Iterator[Match]:
        for place in places:
            self.made += 1
            yield _match(place + 1)


def test_a_match_is_made_when_it_is_looked_at_and_no_other_is() -> None:
    making = Making()
    found = Matches(1_000, making)
    assert len(found) == 1_000
    assert found[-1] == _match(1_000)
    assert found[3:5] == (_match(4), _match(5))
    assert making.made == 3


def test_a_list_reads_as_the_tuple_of_its_matches() -> None:
    whole = tuple(_match(rank) for rank in (1, 2, 3))
    found = Matches(3, Making())
    assert tuple(found) == whole
    assert found == whole
    assert found == Matches(3, Making())
    assert found != Matches(2, Making())
    assert found != "matches"
    assert hash(found) == hash(whole)
    assert found[::-1] == whole[::-1]
    assert found.index(whole[1]) == 1
    assert repr(found) == "<3 matches>"
    assert Matches(0, Making()) == ()


def test_behind_the_last_there_is_no_match() -> None:
    with pytest.raises(IndexError):
        Matches(3, Making())[3]
