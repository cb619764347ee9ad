import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from tests.models.histories import outcomes_of
from training.censored import (
    Times,
    censoring_curve,
    dynamic_auc,
    harrell_concordance,
    horizon_outcomes,
    integrated_ipcw_brier,
    ipcw_brier,
    ipcw_concordance,
    times_of,
)

SEEN = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(["work", "inactive", "censored"])),
    min_size=2,
    max_size=25,
)


def times(*seen: tuple[float, str]) -> Times:
    """``times((3, "found"), (4, "lost"), (2, "gone"))``."""
    ends = np.array([end for _, end in seen])
    return Times(
        time=np.array([time for time, _ in seen], dtype=float),
        found=ends == "found",
        gone=ends == "gone",
    )


def drawn(count: int, seed: int = 0) -> Times:
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, 3, count)
    return Times(time=np.ceil(rng.exponential(6, count)), found=ends == 0, gone=ends == 1)


# In sight after 1: all; after 2: 3 of 4; after 4: half of those, as one of two is lost.
FIVE = times((1, "found"), (2, "lost"), (3, "found"), (4, "lost"), (5, "found"))


def test_the_curve_of_staying_in_sight_is_worked_by_hand() -> None:
    curve = censoring_curve(FIVE)
    assert curve.at(np.array([0.5, 1, 2, 3, 4, 9])).tolist() == [1, 1, 0.75, 0.75, 0.375, 0.375]


def test_who_left_could_not_be_lost_any_more() -> None:
    # At 2 one leaves, and of the two others one is lost.
    curve = censoring_curve(times((2, "found"), (2, "lost"), (3, "found")))
    assert curve.at(np.array([1.0, 2.0])).tolist() == [1.0, 0.5]


def test_the_brier_score_of_five_people_is_worked_by_hand() -> None:
    survival = np.array([[0.2], [0.5], [0.4], [0.6], [0.9]])
    # Found by 3: .2^2, and .4^2 for 4/3 of a person; beyond: .4^2 and .1^2 for 4/3 each.
    by_hand = (0.04 + (0.16 + 0.16 + 0.01) * 4 / 3) / 5
    assert ipcw_brier(FIVE, survival, 3) == pytest.approx([by_hand])


def test_who_went_inactive_is_known_to_be_without_work_for_ever() -> None:
    five = times((1, "found"), (2, "gone"), (3, "found"), (4, "lost"), (5, "found"))
    survival = np.array([[0.2], [0.5], [0.4], [0.6], [0.9]])
    # Nobody is lost by 3, and the second counts as one who stays without work.
    by_hand = (0.04 + 0.25 + 0.16 + 0.16 + 0.01) / 5
    assert ipcw_brier(five, survival, 3) == pytest.approx([by_hand])


def test_an_exit_counts_with_the_weight_of_its_own_time() -> None:
    four = times((1, "lost"), (2, "gone"), (3, "lost"), (4, "found"))
    without, weight = horizon_outcomes(four, [2.5, 3.5])
    # In sight after 1: 3 of 4; after 3: half of those.
    assert weight[:, 1] == pytest.approx([0, 4 / 3, 0, 8 / 3])
    assert weight[:, 0] == pytest.approx([0, 4 / 3, 4 / 3, 4 / 3])
    np.testing.assert_array_equal(without[:, 1], [np.nan, 1, np.nan, 1])


def test_the_mean_of_the_scores_is_that_of_the_area() -> None:
    survival = np.full((5, 3), 0.5)
    scores = ipcw_brier(FIVE, survival, [1, 2, 4])
    area = (scores[0] + scores[1]) / 2 * 1 + (scores[1] + scores[2]) / 2 * 2
    assert integrated_ipcw_brier(FIVE, survival, [1, 2, 4]) == pytest.approx(area / 3)


def test_the_auc_by_a_time_is_worked_by_hand() -> None:
    # Found by 3 are the first, for one, and the third, for 4/3; the fourth has a lower risk than
    # the third.
    risk = np.array([0.2, 0.0, 0.4, 0.3, 0.9])
    assert dynamic_auc(FIVE, risk, 3) == pytest.approx([(1 * 2 + 4 / 3 * 1) / ((1 + 4 / 3) * 2)])
    assert dynamic_auc(FIVE, np.ones(5), 3) == pytest.approx([0.5])
    assert np.isnan(dynamic_auc(FIVE, risk, 0.5)).all()


def test_a_risk_may_differ_by_time() -> None:
    risk = np.array([[0.1, 0.9], [0.5, 0.5], [0.6, 0.4], [0.7, 0.2], [0.8, 0.1]])
    assert dynamic_auc(FIVE, risk, [2, 3]) == pytest.approx(
        [dynamic_auc(FIVE, risk[:, n], at)[0] for n, at in enumerate((2, 3))]
    )


def test_the_concordance_of_five_people_is_worked_by_hand() -> None:
    risk = np.array([0.2, 0.1, 0.4, 0.3, 0.9])
    # The first against four others, of whom one is below; the third, for (4/3)^2, against two.
    agreeing, counted = 3 + 16 / 9 * 1, 4 + 16 / 9 * 2
    assert ipcw_concordance(FIVE, risk) == pytest.approx(agreeing / counted)
    assert ipcw_concordance(FIVE, risk, tau=3) == pytest.approx(3 / 4)
    assert harrell_concordance(FIVE, risk) == pytest.approx(4 / 6)


@pytest.mark.parametrize("tau", [None, 6.0])
def test_the_concordance_is_that_of_every_pair_looked_at(tau: float | None) -> None:
    seen = drawn(200)
    risk = np.random.default_rng(1).random(200).round(1)
    chance = censoring_curve(seen).at(seen.time)
    weight = np.divide(1.0, chance, out=np.zeros(200), where=chance > 0)
    agreeing = counted = 0.0
    for one in np.flatnonzero(seen.found & (seen.time < (tau or np.inf))):
        for other in range(200):
            later = seen.time[other] > seen.time[one]
            later |= seen.time[other] == seen.time[one] and not seen.found[other]
            if later or seen.gone[other]:
                counts = weight[one] * (weight[one] if later else weight[other])
                counted += counts
                agreeing += counts * (risk[other] > risk[one])
                agreeing += counts * (risk[other] == risk[one]) / 2
    assert ipcw_concordance(seen, risk, tau=tau) == pytest.approx(agreeing / counted)


def test_without_two_people_to_compare_there_is_no_concordance() -> None:
    assert np.isnan(ipcw_concordance(times((1, "lost"), (2, "lost")), np.zeros(2)))


@given(SEEN, st.integers(1, 8))
def test_those_in_sight_stand_for_all(seen: list[tuple[int, str]], at: int) -> None:
    spells = times_of(pd.DataFrame(seen, columns=["months", "event"]))
    if at >= spells.time.max():
        return
    without, weight = horizon_outcomes(spells, at)
    assert weight.sum() == pytest.approx(len(seen))
    assert (np.isnan(without) == (weight == 0)).all()


@given(SEEN, st.floats(0.1, 3.0))
def test_turning_the_risk_round_turns_every_order_round(
    seen: list[tuple[int, str]], power: float
) -> None:
    spells = times_of(pd.DataFrame(seen, columns=["months", "event"]))
    risk = np.random.default_rng(0).random(len(seen)) + 0.5
    for found in (
        lambda r: ipcw_concordance(spells, r),
        lambda r: dynamic_auc(spells, r, float(spells.time.max()) / 2)[0],
    ):
        np.testing.assert_allclose(found(risk), 1.0 - found(-risk))
        np.testing.assert_allclose(found(risk), found(risk**power), atol=1e-12)


def test_with_competing_exits_and_people_lost_the_truth_is_found() -> None:
    rng = np.random.default_rng(3)
    count = 40_000
    work, quits = rng.geometric(0.08, count), rng.geometric(0.05, count)
    lost = rng.integers(0, 25, count)
    first = np.minimum(work, quits)
    event = np.where(first <= lost, np.where(work <= quits, "work", "inactive"), "censored")
    seen = times_of(pd.DataFrame({"months": np.minimum(first, lost), "event": event}))
    without, weight = horizon_outcomes(seen, 12)
    estimate = np.nansum(without * weight) / weight.sum()
    truth = 1.0 - np.mean((work <= quits) & (work <= 12))
    assert estimate == pytest.approx(truth, abs=0.01)
    # Dropping those who were lost, or taking inactivity for being lost, does not find it.
    known = weight[:, 0] > 0
    assert without[known].mean() < truth - 0.03
    as_lost = Times(time=seen.time, found=seen.found, gone=np.zeros(count, dtype=bool))
    without, weight = horizon_outcomes(as_lost, 12)
    assert abs(np.nansum(without * weight) / weight.sum() - truth) > 0.05


def test_the_best_chance_for_all_is_the_share_that_came() -> None:
    seen = drawn(500)
    without, weight = horizon_outcomes(seen, 5)
    share = np.nansum(without * weight) / weight.sum()
    scores = [ipcw_brier(seen, np.full((500, 1), p), 5)[0] for p in (share, 0.9 * share, 0.5)]
    assert scores[0] < min(scores[1:])


def test_a_label_is_a_spell_of_one_period() -> None:
    seen = times_of(outcomes_of((1, "work", 3), (1, "censored", 1)))
    survival = np.array([[0.2], [0.2], [0.6], [0.7]])
    assert ipcw_brier(seen, survival, 1) == pytest.approx([(0.04 + 0.04 + 0.36 + 0.09) / 4])
    assert dynamic_auc(seen, survival, 1) == pytest.approx([1.0])


def test_who_is_lost_after_the_month_asked_for_was_still_without_work_in_it() -> None:
    without, weight = horizon_outcomes(times_of(outcomes_of((12, "censored", 1))), 12)
    assert (without.item(), weight.item()) == (1.0, 1.0)


def test_losses_may_be_those_of_other_people() -> None:
    others = censoring_curve(times((1, "lost"), (9, "found")))
    _, weight = horizon_outcomes(FIVE, 3, censoring=others)
    assert weight[:, 0].tolist() == [2, 0, 2, 2, 2]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: times((1, "found"), (np.nan, "lost")), "NaN"),
        (lambda: times((-1, "found")), "negative"),
        (lambda: Times(time=np.ones(2), found=np.ones(2, bool), gone=np.ones(2, bool)), "both"),
        (lambda: Times(time=np.ones(2), found=np.ones(3, bool), gone=np.ones(2, bool)), "shapes"),
        (lambda: times_of(pd.DataFrame({"months": [1], "event": ["hired"]})), "'hired'"),
        (lambda: ipcw_brier(FIVE, np.ones((5, 1)), 6), "last person"),
        (lambda: ipcw_brier(FIVE, np.ones((5, 1)), []), "times"),
        (lambda: ipcw_brier(FIVE, np.ones((5, 2)), 3), r"\(5, 2\)"),
        (lambda: dynamic_auc(FIVE, np.full(5, np.nan), 3), "finite"),
        (lambda: ipcw_concordance(FIVE, np.ones(4)), r"\(4,\)"),
        (lambda: integrated_ipcw_brier(FIVE, np.ones((5, 1)), 3), "two or more"),
        (lambda: integrated_ipcw_brier(FIVE, np.ones((5, 2)), [3, 2]), "after the one before"),
    ],
)
def test_what_cannot_be_measured_is_refused(wrong: object, says: str) -> None:
    with pytest.raises(DataError, match=says):
        wrong()  # type: ignore[operator]
