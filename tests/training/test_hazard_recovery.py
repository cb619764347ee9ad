import json

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from tests.models.histories import outcomes_of
from training.benchmarks.hazard_recovery import (
    MOST_ERROR,
    SLOPES,
    calibration,
    hazard_recovery,
    same_for_all,
)

# A district of those on which the defaults were chosen: the proof is on others.
SEED = 1003


def test_the_true_risk_is_recovered_from_what_a_hub_knows(
    territory: Territory, taxonomy: Taxonomy
) -> None:
    report = hazard_recovery(territory, taxonomy, seeds=[SEED], settings=["mild"])
    (district,) = report["settings"]["mild"]["districts"]
    assert district["mae"] <= MOST_ERROR
    assert SLOPES[0] <= district["slope"] <= SLOPES[1]
    assert district["mae"] < 0.3 * min(district["mae_overall_rate"], district["mae_kaplan_meier"])
    assert 0.6 <= district["held"] <= 0.95
    assert report["settings"]["mild"]["within"] == 1


@pytest.fixture(scope="module")
def small(territory: Territory, taxonomy: Taxonomy) -> dict[str, object]:
    return hazard_recovery(
        territory,
        taxonomy,
        seeds=[1000, 1001],
        settings=["mild", "hard"],
        trained_on=200,
        compared_on=60,
    )


def test_the_same_seeds_give_the_same_report_of_json_values(
    small: dict[str, object], territory: Territory, taxonomy: Taxonomy
) -> None:
    again = hazard_recovery(
        territory, taxonomy, seeds=[1001], settings=["hard"], trained_on=200, compared_on=60
    )
    assert json.loads(json.dumps(small, allow_nan=False)) == small
    assert again["settings"]["hard"]["districts"] == small["settings"]["hard"]["districts"][1:]
    assert small["synthetic"] is True


def test_a_summary_is_of_the_districts(small: dict[str, object]) -> None:
    mild = small["settings"]["mild"]
    errors = [district["mae"] for district in mild["districts"]]
    assert mild["summary"]["mae"]["mean"] == pytest.approx(np.mean(errors), abs=1e-6)
    assert mild["summary"]["mae"]["most"] == max(errors)
    assert mild["summary"]["mae"]["least"] == min(errors)
    assert small["settings"]["hard"]["summary"] != mild["summary"]


def test_the_truth_is_calibrated_and_what_is_too_far_apart_is_not() -> None:
    truth = np.linspace(0.05, 0.95, 40)
    odds = np.log(truth / (1 - truth))
    assert calibration(truth, truth) == pytest.approx((1, 0), abs=1e-4)
    assert calibration(1 / (1 + np.exp(-2 * odds)), truth) == pytest.approx((0.5, 0), abs=1e-4)
    assert calibration(1 / (1 + np.exp(1 - odds)), truth) == pytest.approx((1, 1), abs=1e-4)


def test_one_chance_for_all_counts_open_spells_while_they_are_seen() -> None:
    # 10 at risk, 2 work, 1 inactive; then, 1 gone out of sight, 6 at risk, 3 work.
    seen = outcomes_of(
        (1, "work", 2), (1, "inactive", 1), (1, "censored", 1), (2, "work", 3), (30, "censored", 3)
    )  # fmt: skip
    # Work by then: .2 + .8 * 7/8 * .5 = .55.
    assert same_for_all(seen) == pytest.approx(0.45)
    late = pd.concat([seen, outcomes_of((13, "work", 0))])
    assert same_for_all(late) == pytest.approx(0.45)


def test_an_exit_after_a_year_is_no_work_within_it() -> None:
    assert same_for_all(outcomes_of((12, "work", 1), (13, "work", 1))) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "asked", [{"seeds": []}, {"seeds": [1], "trained_on": 0}, {"seeds": [1], "settings": ["kind"]}]
)
def test_what_cannot_be_measured_is_refused(
    asked: dict[str, object], territory: Territory, taxonomy: Taxonomy
) -> None:
    with pytest.raises(DataError):
        hazard_recovery(territory, taxonomy, **asked)  # type: ignore[arg-type]
