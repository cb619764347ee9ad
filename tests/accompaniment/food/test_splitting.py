from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.food.splitting import split

NAMES = st.sampled_from("abcdef")
NEEDS = st.dictionaries(NAMES, st.integers(0, 60), max_size=6)
ROOM = st.dictionaries(NAMES, st.integers(0, 60))


def test_portions_are_divided_by_need() -> None:
    assert split(9, {"a": 20, "b": 10}, {"a": 20, "b": 10}) == {"a": 6, "b": 3}


def test_what_is_left_over_goes_to_the_largest_remainder() -> None:
    # 10 portions on 7, 5 and 3 of 15: 4.67, 3.33 and 2.
    assert split(10, {"a": 7, "b": 5, "c": 3}, {"a": 7, "b": 5, "c": 3}) == {"a": 5, "b": 3, "c": 2}


def test_of_equal_remainders_the_larger_need_comes_first() -> None:
    # One portion on 3 and 1: 0.75 and 0.25; two on 3 and 1: 1.5 and 0.5.
    assert split(2, {"a": 1, "b": 3}, {"a": 1, "b": 3}) == {"a": 0, "b": 2}


def test_who_is_at_the_limit_leaves_the_rest_to_the_others() -> None:
    assert split(10, {"a": 10, "b": 10}, {"a": 2, "b": 10}) == {"a": 2, "b": 8}


@given(st.integers(0, 200), NEEDS, ROOM)
def test_all_that_can_be_taken_is_given_and_nobody_has_too_much(
    portions: int, needs: dict[str, int], room: dict[str, int]
) -> None:
    most = {name: room.get(name, need) for name, need in needs.items()}
    given_out = split(portions, needs, most)
    limits = {name: min(need, most[name]) for name, need in needs.items()}
    assert set(given_out) == set(needs)
    assert all(0 <= given_out[name] <= limits[name] for name in needs)
    assert sum(given_out.values()) == min(portions, sum(limits.values()))


@given(st.integers(0, 200), NEEDS)
def test_without_limits_everybody_is_within_a_portion_of_the_share(
    portions: int, needs: dict[str, int]
) -> None:
    total = sum(needs.values())
    for name, portion in split(portions, needs, needs).items():
        share = min(needs[name], portions * needs[name] / total) if total else 0
        assert abs(portion - share) < 1


@given(st.integers(0, 200), NEEDS, ROOM)
def test_a_larger_need_never_has_less_where_room_is_the_same(
    portions: int, needs: dict[str, int], room: dict[str, int]
) -> None:
    given_out = split(portions, needs, needs)
    for first in needs:
        for second in needs:
            if needs[first] > needs[second]:
                assert given_out[first] >= given_out[second]
