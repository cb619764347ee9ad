"""Spells cut off, in small districts; what the models make of them in large ones is recorded."""

import io
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from matching.errors import DataError
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from tests.models.histories import outcomes_of
from training.benchmarks.censored_hazard import (
    MOST_BIAS,
    OURS,
    SHARE,
    WRONG,
    censored_hazard,
    cut_off,
    interval,
    to_the_end,
    verdict,
)
from training.benchmarks.censored_hazard_run import print_censored

SPELLS = outcomes_of(
    (1, "work", 20), (3, "work", 30), (9, "work", 20), (5, "inactive", 10), (14, "censored", 20)
)


@pytest.fixture(scope="module")
def report(territory: Territory, taxonomy: Taxonomy) -> dict[str, object]:
    return censored_hazard(
        territory, taxonomy, seeds=[1000, 1001], settings=["mild"], trained_on=400, compared_on=200
    )


def open_share(spells: pd.DataFrame) -> float:
    return float((spells["event"] == "censored").mean())


@settings(max_examples=25)
@given(st.integers(0, 1000), st.sampled_from([0.3, 0.4, 0.7]))
def test_spells_are_cut_until_the_share_is_open_and_never_grow(seed: int, share: float) -> None:
    seen = cut_off(SPELLS, share=share, rng=np.random.default_rng(seed))
    assert open_share(seen) == pytest.approx(share)
    assert (seen["months"] <= SPELLS["months"]).all()
    ended = seen["event"] != "censored"
    pd.testing.assert_frame_equal(seen[ended], SPELLS[ended])
    # An exit is seen in the month in which it comes: who was cut off was seen for less.
    cut = ~ended & (SPELLS["event"] != "censored")
    assert (seen["months"][cut] < SPELLS["months"][cut]).all()


def test_where_enough_are_open_nothing_is_cut_off() -> None:
    seen = cut_off(SPELLS, share=0.2, rng=np.random.default_rng(0))
    pd.testing.assert_frame_equal(seen, SPELLS)


def test_when_a_spell_is_cut_off_tells_nothing_of_how_it_would_have_gone_on() -> None:
    # Of spells of the same length, those that end in work are cut off as often as the others.
    alike = outcomes_of((6, "work", 20_000), (6, "inactive", 20_000))
    seen = cut_off(alike, share=0.4, rng=np.random.default_rng(3))
    works = alike["event"] == "work"
    assert open_share(seen[works]) == pytest.approx(open_share(seen[~works]), abs=0.01)


def test_spells_seen_to_the_end_are_those_of_the_truth() -> None:
    truth = pd.DataFrame({"exit": ["work", "", "inactive"], "exit_month": [3, 61, 7]})
    expected = outcomes_of((3, "work", 1), (60, "censored", 1), (7, "inactive", 1))
    pd.testing.assert_frame_equal(to_the_end(truth), expected)


def test_the_risk_models_are_nearer_to_the_truth_than_what_is_done_wrong(
    report: dict[str, object],
) -> None:
    mild = report["settings"]["mild"]
    for district in mild["districts"]:
        assert district["open"] == SHARE > district["open_before"]
        bias = {name: found["bias"] for name, found in district["ways"].items()}
        assert set(bias) == {*OURS, *WRONG, "complete"}
        assert max(abs(bias["hazard"]), abs(bias["splined_hazard"])) < 0.06
        assert bias["open_dropped"] < -0.06
        assert bias["unknown_dropped"] < bias["hazard"]
        assert bias["open_as_no_work"] > 0.08
    assert mild["ways"]["open_as_no_work"]["bias"]["mean"] == pytest.approx(
        np.mean([one["ways"]["open_as_no_work"]["bias"] for one in mild["districts"]]), abs=1e-6
    )
    assert mild["ways"]["complete"]["of_censoring"] == {"mean": 0.0, "low": 0.0, "high": 0.0}


def test_the_report_is_of_json_values_and_told_in_words(report: dict[str, object]) -> None:
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    out = io.StringIO()
    print_censored(Console(file=out, width=140), report)
    for words in ("40% of 400 spells open", "open_dropped (wrong)", "splined_hazard", "beyond"):
        assert words in out.getvalue()


def test_an_interval_is_students() -> None:
    # Mean 2, deviation 1, three districts: 4.3027 / sqrt(3) either way.
    assert interval(np.array([1.0, 2.0, 3.0])) == pytest.approx(
        {"mean": 2.0, "low": 2 - 2.484138, "high": 2 + 2.484138}, abs=1e-6
    )


def test_only_a_whole_interval_within_the_bias_is_within_and_beyond_it_beyond() -> None:
    near, far = MOST_BIAS / 2, 2 * MOST_BIAS
    assert verdict(-near, near) == "within"
    assert verdict(near, far) == verdict(-far, far) == verdict(-far, -near) == "not told apart"
    assert verdict(far, 2 * far) == verdict(-2 * far, -far) == "beyond"


@pytest.mark.parametrize(
    "asked",
    [{"seeds": [1]}, {"seeds": [1, 2], "trained_on": 0}, {"seeds": [1, 2], "settings": ["kind"]}],
)
def test_what_cannot_be_measured_is_refused(
    asked: dict[str, object], territory: Territory, taxonomy: Taxonomy
) -> None:
    with pytest.raises(DataError):
        censored_hazard(territory, taxonomy, **asked)  # type: ignore[arg-type]
