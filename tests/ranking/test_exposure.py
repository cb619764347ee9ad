from collections.abc import Sequence
from datetime import date, timedelta
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Balancing
from matching.errors import DataError
from matching.ranking.exposure import (
    Showing,
    attention,
    balanced,
    day_seed,
    exposure_sentence,
    exposures,
)
from matching.ranking.ties import near_ties
from matching.settings import shipped_data
from matching.territory import ExposurePolicy
from matching.wording import load_wording

TODAY = date(2026, 3, 2)
ON, OFF = ExposurePolicy.NEAR_TIES, ExposurePolicy.OFF
ITALIAN = load_wording(shipped_data() / "wording", "it")

lists = st.lists(st.integers(1, 5), max_size=8).map(
    # Sizes of stretches laid end to end; those of one person are no near tie.
    lambda sizes: [
        range(sum(sizes[:n]), sum(sizes[: n + 1])) for n, size in enumerate(sizes) if size > 1
    ]
)
seen = st.dictionaries(
    st.integers(0, 45).map(lambda n: f"p{n}"), st.sampled_from([0.0, 0.5, 1.0, 1.5])
)


def a_showing(person: str, place: int, *, days_ago: int = 1, of: str = "v1") -> Showing:
    return Showing(id=person, of=of, on=TODAY - timedelta(days=days_ago), place=place)


def a_list(size: int = 46) -> list[str]:
    return [f"p{n}" for n in range(size)]


def order_of(
    groups: Sequence[range],
    exposure: dict[str, float],
    *,
    policy: ExposurePolicy = ON,
    as_of: date = TODAY,
    of: str = "v1",
) -> tuple[tuple[int, ...], Balancing | None]:
    return balanced(a_list(), groups, exposure, policy=policy, as_of=as_of, of=of)


def test_attention_falls_with_the_place() -> None:
    assert [attention(place) for place in (1, 3, 7)] == [1.0, 0.5, pytest.approx(1 / 3)]
    with pytest.raises(DataError, match="place 0 is in no list"):
        attention(0)


def test_exposure_is_the_attention_of_every_list_in_the_days_before() -> None:
    showings = [
        a_showing("anna", 1, days_ago=1),
        a_showing("anna", 3, days_ago=30, of="v2"),
        a_showing("bice", 2, days_ago=2),
    ]
    found = exposures(showings, as_of=TODAY, window_days=30)
    assert found == {"anna": 1.5, "bice": pytest.approx(1 / log2(3))}


@pytest.mark.parametrize("days_ago", [31, 0, -1])
def test_what_is_older_than_the_window_of_today_or_later_is_not_read(days_ago: int) -> None:
    assert exposures([a_showing("anna", 1, days_ago=days_ago)], as_of=TODAY, window_days=30) == {}


def test_a_list_looked_at_again_on_a_day_counts_once_at_its_best_place() -> None:
    showings = [a_showing("anna", 3), a_showing("anna", 1), a_showing("anna", 7)]
    assert exposures(showings, as_of=TODAY, window_days=9) == {"anna": 1.0}


def test_switched_off_nobody_moves_and_nothing_is_recorded() -> None:
    order, record = order_of([range(46)], {"p0": 9.0}, policy=OFF)
    assert order == tuple(range(46))
    assert record is None


def test_among_near_ties_who_was_shown_less_comes_first() -> None:
    order, record = order_of([range(0, 3)], {"p0": 2.0, "p1": 1.0})
    assert order[:4] == (2, 1, 0, 3)
    assert record is not None
    assert record.moved == ("p2", "p0")
    assert record.policy == "near_ties"


@given(lists, seen)
def test_nobody_leaves_her_stretch_and_the_least_shown_lead_it(
    groups: list[range], exposure: dict[str, float]
) -> None:
    order, record = order_of(groups, exposure)
    assert sorted(order) == list(range(46))
    inside = {place for group in groups for place in group}
    assert all(order[place] == place for place in range(46) if place not in inside)
    for group in groups:
        assert set(order[group.start : group.stop]) == set(group)
        had = [exposure.get(f"p{n}", 0.0) for n in order[group.start : group.stop]]
        assert had == sorted(had)
    assert record is not None
    assert record.moved == tuple(f"p{old}" for new, old in enumerate(order) if new != old)


@given(lists, seen)
def test_the_same_day_gives_the_same_order(groups: list[range], exposure: dict[str, float]) -> None:
    assert order_of(groups, exposure) == order_of(groups, dict(reversed(exposure.items())))


def test_equal_exposure_is_drawn_anew_each_day_and_for_each_list() -> None:
    days = [TODAY + timedelta(days=n) for n in range(60)]
    first = [order_of([range(0, 4)], {}, as_of=day)[0][0] for day in days]
    assert set(first) == {0, 1, 2, 3}
    assert max(first.count(person) for person in range(4)) < 30
    assert len({order_of([range(0, 4)], {}, of=f"v{n}")[0] for n in range(20)}) > 5


def test_who_else_is_in_a_stretch_changes_nothing_between_two_people() -> None:
    ids = [f"p{n}" for n in range(9)]
    whole, _ = balanced(ids, [range(9)], {}, policy=ON, as_of=TODAY, of="v1")
    less, _ = balanced(ids[1:], [range(8)], {}, policy=ON, as_of=TODAY, of="v1")
    assert [ids[n] for n in whole if n != 0] == [ids[1:][n] for n in less]


def test_the_seed_is_that_of_the_day_and_of_the_list() -> None:
    seed = day_seed(TODAY, "v1")
    assert seed == day_seed(TODAY, "v1")
    assert seed not in (day_seed(TODAY, "v2"), day_seed(TODAY + timedelta(days=1), "v1"))
    assert 0 <= seed < 2**53
    record = order_of([range(0, 3)], {})[1]
    assert record is not None
    assert record.seed == seed


@pytest.mark.parametrize(
    "groups", [[range(0, 3), range(2, 5)], [range(44, 47)], [range(0, 6, 2)], [range(-1, 2)]]
)
def test_stretches_that_overlap_or_leave_the_list_are_refused(groups: list[range]) -> None:
    with pytest.raises(DataError, match="overlap others, or leave the list of 46"):
        order_of(groups, {})


def test_whoever_was_not_judged_stays_behind_those_who_were() -> None:
    score, judged = np.array([0.5, 0.5, 0.5, 0.5]), np.array([True, True, False, False])
    groups = near_ties(score, np.full(4, 0.1), judged)
    ids = ["anna", "bice", "carla", "dora"]
    had = {"anna": 5.0, "bice": 4.0}
    order, _ = balanced(ids, groups, had, policy=ON, as_of=TODAY, of="v1")
    assert order == (1, 0, 2, 3)


def test_what_balancing_did_is_said() -> None:
    done = Balancing(policy="near_ties", seed=1, moved=("anna", "bice"))
    said = exposure_sentence(done, ITALIAN, window_days=90)
    assert "chi negli ultimi 90 giorni ha avuto meno visibilità" in said
    assert "Posti cambiati: 2." in said
    assert "l'offerta che negli ultimi 90 giorni" in exposure_sentence(
        done, ITALIAN, window_days=90, vacancies=True
    )


_PEOPLE, _ALIKE, _SPREAD, _DAYS = 40, 12, 0.04, 90


def _months(policy: ExposurePolicy, seed: int) -> tuple[float, float, float]:
    """Three months of a vacancy a day, for twelve people much alike and others behind them.

    Returns the Gini of the exposure of the twelve, and the mean nDCG@10 by score and by truth.
    """
    chance = np.random.default_rng(seed)
    alike = 0.7 + 0.01 * chance.normal(size=_ALIKE)
    ability = np.concatenate([alike, 0.6 * chance.beta(4, 6, _PEOPLE - _ALIKE)])
    bias = _SPREAD * chance.normal(size=_PEOPLE)  # what the model happens to have learnt
    showings: list[Showing] = []
    by_score, by_truth = [], []
    for number in range(_DAYS):
        day, of = TODAY + timedelta(days=number), f"v{number}"
        truth = np.clip(ability + 0.05 * chance.normal(size=_PEOPLE), 0, 1)
        score = truth + bias
        line = np.argsort(-score, kind="stable")
        groups = near_ties(score[line], np.full(_PEOPLE, _SPREAD), np.ones(_PEOPLE, dtype=bool))
        had = exposures(showings, as_of=day, window_days=90)
        order, _ = balanced([f"p{n}" for n in line], groups, had, policy=policy, as_of=day, of=of)
        shown = line[list(order)]
        # Of the whole list a manager reads the first ten.
        showings += [
            Showing(id=f"p{person}", of=of, on=day, place=place)
            for place, person in enumerate(shown[:10], start=1)
        ]
        by_score.append(_ndcg(np.clip(score, 0, 1), shown))
        by_truth.append(_ndcg(truth, shown))
    had = exposures(showings, as_of=TODAY + timedelta(days=_DAYS), window_days=_DAYS)
    gini = _gini(np.array([had.get(f"p{n}", 0.0) for n in range(_ALIKE)]))
    return gini, float(np.mean(by_score)), float(np.mean(by_truth))


def _ndcg(worth: np.ndarray, shown: np.ndarray, top: int = 10) -> float:
    discount = 1 / np.log2(2 + np.arange(top))
    return float((worth[shown[:top]] @ discount) / (np.sort(worth)[::-1][:top] @ discount))


def _gini(values: np.ndarray) -> float:
    ranked, n = np.sort(values), len(values)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ranked / (n * ranked.sum()))


@pytest.mark.parametrize("seed", range(3))
def test_over_months_people_much_alike_are_shown_more_equally_and_little_is_lost(
    seed: int,
) -> None:
    (gini_off, score_off, truth_off), (gini_on, score_on, truth_on) = (
        _months(policy, seed) for policy in (OFF, ON)
    )
    assert gini_on < 0.8 * gini_off
    assert score_off == pytest.approx(1.0)
    assert score_on > 0.99
    assert truth_on > truth_off - 0.005
