from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from matching.errors import DataError
from tests.repeats import examples
from tests.training.tabular.audited import people, repeated
from training.tabular.hidden import holm, search, surprise
from training.tabular.scored import scored


def test_a_group_that_is_off_is_found_without_being_told_which() -> None:
    # 600 of 6,000 people foretold 15 points too low.
    trials = examples(20)
    found = [search(*people(6000, seed=seed, planted=0.15)) for seed in range(trials)]
    first = [one.findings[0] for one in found if one.findings]
    assert sum("trait" in finding.columns for finding in first) >= 0.95 * trials
    for finding in first:
        assert finding.too_low
        assert finding.low <= finding.gap <= finding.high
        assert finding.p <= finding.p_corrected < 0.05


def test_its_gap_is_measured_on_people_that_the_search_had_not_seen() -> None:
    found = [search(*people(6000, seed=seed, planted=0.15)).findings[0] for seed in range(20)]
    # Nothing is exaggerated by having been picked, and the interval holds the truth.
    assert np.mean([one.gap for one in found]) == pytest.approx(0.15, abs=0.02)
    assert sum(one.low <= 0.15 <= one.high for one in found) >= 17
    assert all(abs(one.elsewhere) < 0.03 for one in found)
    assert np.mean([one.people for one in found]) == pytest.approx(90, abs=15)


@pytest.mark.parametrize("lost", [False, True], ids=["all seen", "some lost"])
def test_in_a_model_that_is_right_for_everybody_hardly_anything_is_found(lost: bool) -> None:
    trials = examples(40)
    false = sum(
        bool(search(*people(2000, seed=seed, lost=lost)).findings) for seed in range(trials)
    )
    assert false <= 0.05 * trials


def test_a_group_of_two_columns_is_found_and_named() -> None:
    who, table = people(12_000, seed=7)
    both = ((table["sex"] == "F") & (table["trait"] == 1)).to_numpy()
    bad = who.bad.copy()
    bad[both] = np.random.default_rng(7).random(both.sum()) < who.risk[both] + 0.25
    first = search(scored(who.risk, bad), table).findings[0]
    assert dict(zip(first.columns, first.values, strict=True)) == {"sex": "F", "trait": "1"}
    assert first.n == both.sum()


def test_the_unknown_are_a_group_too() -> None:
    who, table = people(8000, seed=8)
    unknown = table["income"].isna().to_numpy()
    risk = np.where(unknown, np.clip(who.risk + 0.2, 0, 1), who.risk)
    first = search(scored(risk, who.bad), table).findings[0]
    assert first.name == "income = unknown"
    assert not first.too_low
    assert first.people < 0


def test_columns_of_the_outcome_are_skipped_and_names_are_no_groups() -> None:
    who, table = people(3000, seed=9)
    table["outcome"] = who.bad
    table["name"] = [f"person {number}" for number in range(3000)]
    found = search(who, table, skip=["outcome"])
    assert found.findings == ()
    assert "outcome" not in (*found.columns, *found.left_out)
    assert found.left_out == ("name",)
    assert search(who, table).findings[0].columns == ("outcome",)


def test_equal_inputs_give_equal_findings_and_so_does_another_order_of_columns() -> None:
    who, table = people(6000, seed=3, planted=0.15)
    one, other = search(who, table), search(who, table[table.columns[::-1]])
    assert [finding.name for finding in one.findings] == [f.name for f in other.findings]
    assert [finding.p for finding in one.findings] == [f.p for f in other.findings]


@pytest.mark.parametrize(("happened", "chance"), [(9, 0.02), (0, 0.02), (4, 0.02), (160, 0.9)])
def test_the_surprise_is_that_of_the_exact_distribution(happened: int, chance: float) -> None:
    who = repeated((chance, 1, happened), (chance, 0, 200 - happened))
    below = binom.cdf(happened, 200, chance) - binom.pmf(happened, 200, chance) / 2
    exact = 2 * min(below, 1 - below)
    assert surprise(who) == pytest.approx(min(1.0, exact), rel=0.35, abs=0.003)


def test_holm_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_too_few_people_give_no_findings_and_no_error() -> None:
    table = pd.DataFrame({"a": ["x", "y"] * 20, "b": [1.0] * 40})
    found = search(repeated((0.1, 0, 20), (0.1, 1, 20)), table)
    assert (found.findings, found.looked_at) == ((), 0)
    assert search(repeated((0.1, 0, 40)), pd.DataFrame(index=range(40))).columns == ()


def test_a_table_of_other_rows_is_refused() -> None:
    with pytest.raises(DataError, match="rows"):
        search(repeated((0.1, 0, 4)), pd.DataFrame({"a": [1.0]}))


@pytest.mark.shared_data
def test_people_foretold_too_low_for_their_race_are_found_in_the_american_census(
    shared: Path,
) -> None:
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    people_all = pd.read_csv(shared / "data" / "risk-acs-lowincome" / "acs_lowincome_60k.csv.gz")
    table = people_all[people_all["ESR"].isin([1, 2, 3])].astype(float).reset_index(drop=True)
    bad = (table["ESR"] == 3).to_numpy(dtype=float)
    codes = ["SEX", "SCHL", "MAR", "CIT", "NATIVITY", "MIG", "MIL", "ANC", "FER", "DIS"]
    model = make_pipeline(
        make_column_transformer(
            (StandardScaler(), ["AGEP"]), (OneHotEncoder(handle_unknown="ignore"), codes)
        ),
        LogisticRegression(max_iter=2000),
    )
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    risk = cross_val_predict(model, table[["AGEP", *codes]], bad, cv=folds, method="predict_proba")[
        :, 1
    ]
    first = search(scored(risk, bad), table, skip=["ESR", "PINCP", "PUBCOV"]).findings[0]
    assert first.name == "RAC1P = 1"
    assert first.mean_risk == pytest.approx(0.11, abs=0.01)
    assert first.observed == pytest.approx(0.16, abs=0.015)
    assert first.low > 0
    assert first.p_corrected < 1e-6
