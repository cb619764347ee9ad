from collections.abc import Mapping

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.accompaniment.impact.suppression import LEAST, showable


def people(first: int, last: int) -> frozenset[str]:
    return frozenset(f"p{number}" for number in range(first, last))


def test_a_group_of_fewer_than_ten_is_not_shown_and_one_of_nobody_is() -> None:
    groups = {"all": people(0, 40), "few": people(0, LEAST - 1), "none": people(0, 0)}
    assert showable(groups) == {"all", "none"}


def test_the_group_from_which_a_small_one_could_be_worked_out_is_hidden_too() -> None:
    groups = {"all": people(0, 40), "yes": people(0, 35), "no": people(35, 40)}
    assert showable(groups, lines=[["yes", "no"]]) == {"all"}


def test_two_small_parts_that_are_ten_together_hide_each_other() -> None:
    groups = {
        "all": people(0, 60),
        "big": people(0, 40),
        "small": people(40, 49),
        "also": people(49, 60),
    }
    shown = showable(groups, lines=[["big", "small", "also"]])
    assert "small" not in shown
    assert not {"big", "also"} <= shown


def test_a_group_that_is_another_but_for_a_few_is_hidden() -> None:
    assert showable({"all": people(0, 40), "nearly": people(0, 37)}) == {"all"}


def test_nothing_to_hide_hides_nothing() -> None:
    groups = {"all": people(0, 40), "one": people(0, 20), "two": people(20, 40)}
    assert showable(groups) == set(groups)


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 25), min_size=2, max_size=6),
    seed=st.integers(0, 1_000),
    answers=st.integers(2, 3),
)
def test_no_small_group_can_be_added_up_from_what_is_shown(
    sizes: list[int], seed: int, answers: int
) -> None:
    rng = np.random.default_rng(seed)
    count = sum(sizes)
    place = np.repeat(np.arange(len(sizes)), sizes)
    answer = rng.integers(0, answers, count)
    groups: dict[object, frozenset[str]] = {"all": people(0, count)}
    for one in range(answers):
        groups["answer", one] = frozenset(f"p{n}" for n in np.flatnonzero(answer == one))
    for one in range(len(sizes)):
        here = place == one
        groups["place", one] = frozenset(f"p{n}" for n in np.flatnonzero(here))
        for other in range(answers):
            both = np.flatnonzero(here & (answer == other))
            groups["both", one, other] = frozenset(f"p{n}" for n in both)
    shown = showable(groups)
    assert all(not groups[key] or len(groups[key]) >= LEAST for key in shown)
    assert_none_recovered(groups, shown, count)


def assert_none_recovered(
    groups: Mapping[object, frozenset[str]], shown: frozenset[object], count: int
) -> None:
    def vector(group: frozenset[str]) -> np.ndarray:
        return np.array([float(f"p{n}" in group) for n in range(count)])

    if not count:
        return
    seen = np.array([vector(groups[key]) for key in groups if key in shown and groups[key]])
    seen = seen.reshape(-1, count)
    for group in groups.values():
        if 0 < len(group) < LEAST:
            target = vector(group)
            found, *_ = np.linalg.lstsq(seen.T, target, rcond=None) if len(seen) else ([],)
            rest = target - (seen.T @ found if len(seen) else 0)
            assert np.linalg.norm(rest) > 1e-6
