from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from matching.models.package import Kind, open_ranker, open_risk
from matching.service import Service
from training.dataset import Pairs, SpellSet, spell_set
from training.history import History, history_of
from training.pipeline import Trained, train_ranker, train_risk
from training.splits import split_pairs
from training.synthetic import Size, generate


@pytest.fixture(scope="module")
def spells(service: Service) -> tuple[History, SpellSet]:
    size = Size(people=700, vacancies=1, pool=(1, 1))
    history = history_of(generate(service.territory, service.taxonomy, seed=8, size=size))
    return history, spell_set(history)


@pytest.fixture(scope="module")
def ranker(small_pairs: Pairs, small_history: History) -> Trained:
    sheet = small_history.sheet
    return train_ranker(small_pairs, sheet, as_of=sheet.last_day, test_months=8)


@pytest.fixture(scope="module")
def risk(spells: tuple[History, SpellSet]) -> Trained:
    history, held = spells
    return train_risk(held, history.sheet, as_of=history.sheet.last_day)


def test_training_the_ranker_twice_gives_identical_files(
    ranker: Trained, small_pairs: Pairs, small_history: History
) -> None:
    sheet = small_history.sheet
    again = train_ranker(small_pairs, sheet, as_of=sheet.last_day, test_months=8)
    assert dict(again.package.files) == dict(ranker.package.files)
    assert again.package.digest == ranker.package.digest


def test_training_the_risk_twice_gives_identical_files(
    risk: Trained, spells: tuple[History, SpellSet]
) -> None:
    history, held = spells
    again = train_risk(held, history.sheet, as_of=history.sheet.last_day)
    assert again.package.digest == risk.package.digest


def test_what_comes_after_the_cut_changes_the_test_and_not_the_model(
    ranker: Trained, small_pairs: Pairs, small_history: History
) -> None:
    sheet, cut = small_history.sheet, ranker.split.cut
    later = small_pairs.decisions["hired_on"].map(lambda day: day is not None and day > cut)
    assert later.any()
    untold = replace(
        small_pairs,
        decisions=small_pairs.decisions.assign(
            hired_on=small_pairs.decisions["hired_on"].mask(later.astype(bool), None)
        ),
    )
    again = train_ranker(untold, sheet, as_of=sheet.last_day, test_months=8)
    assert again.package.files["trees.txt"] == ranker.package.files["trees.txt"]
    assert again.metrics != ranker.metrics


def test_what_a_later_person_went_through_changes_no_risk_model(
    risk: Trained, spells: tuple[History, SpellSet]
) -> None:
    history, held = spells
    cut = risk.split.cut
    after = held.spells["closed"].map(lambda day: day > cut).astype(bool)
    assert after.any()
    turned = replace(
        held, spells=held.spells.assign(event=held.spells["event"].mask(after, "work"))
    )
    again = train_risk(turned, history.sheet, as_of=history.sheet.last_day)
    assert again.package.files["hazard.json"] == risk.package.files["hazard.json"]
    assert again.metrics["surprise"] != risk.metrics["surprise"]


@pytest.mark.parametrize("name", ["ranker", "risk"])
def test_the_card_says_what_must_be_known(name: str, request: pytest.FixtureRequest) -> None:
    trained: Trained = request.getfixturevalue(name)
    card = trained.package.card
    assert card["synthetic"] is True
    assert trained.package.synthetic
    assert trained.package.known_until == trained.split.cut
    assert card["known_until"] == trained.split.cut.isoformat()
    assert "synthetic district" in str(card["trained_on"])
    assert card["metrics"] == dict(trained.metrics)
    assert len(str(card["dataset_digest"])) == 64
    assert {"purpose", "limits", "left_out", "data_sheet", "period"} <= set(card)


def test_the_packed_models_can_be_opened_and_answer(ranker: Trained, risk: Trained) -> None:
    assert (ranker.package.kind, risk.package.kind) == (Kind.RANKER, Kind.RISK)
    assert open_ranker(ranker.package).n_features_in_ > 10
    assert "months_since_last_job" in open_risk(risk.package).feature_names_in_


def test_the_gate_asks_for_more_than_luck(ranker: Trained) -> None:
    checks = {check.name: check for check in ranker.gate.checks}
    # Sixty vacancies in all: far too few to test on.
    assert not checks["test_vacancies"].passed
    assert not ranker.gate.passed
    low = ranker.metrics["difference_ndcg@10_low"]
    assert checks["better_than_baseline"].passed == (low > 0)


def test_a_risk_model_that_foretells_passes_its_gate(risk: Trained) -> None:
    assert risk.gate.passed
    assert risk.metrics["gain_surprise_low"] > 0
    assert 0.6 < risk.metrics["concordance"] < 0.85
    assert 0.75 <= risk.metrics["calibration_slope"] <= 1.33


def test_a_risk_model_of_pure_noise_does_not_pass(spells: tuple[History, SpellSet]) -> None:
    history, held = spells
    mixed = np.random.default_rng(0).permutation(len(held))
    noise = replace(
        held, features=pd.DataFrame(
            held.features.to_numpy()[mixed], held.features.index, held.features.columns
        ),
    )  # fmt: skip
    trained = train_risk(noise, history.sheet, as_of=history.sheet.last_day)
    assert "better_than_baseline" in {check.name for check in trained.gate.failed}


def test_metrics_are_beside_the_baseline_s_with_intervals(ranker: Trained) -> None:
    metrics = ranker.metrics
    for name in ("ndcg@10", "baseline_ndcg@10", "difference_ndcg@10"):
        assert metrics[f"{name}_low"] <= metrics[name] <= metrics[f"{name}_high"]
    assert metrics["difference_ndcg@10"] == pytest.approx(
        metrics["ndcg@10"] - metrics["baseline_ndcg@10"], abs=1e-5
    )


def test_nobody_is_learnt_from_and_tested_on(ranker: Trained, small_pairs: Pairs) -> None:
    person = small_pairs.decisions["person_id"]
    assert not set(person[ranker.split.train]) & set(person[ranker.split.test])


def test_a_history_that_is_too_short_is_refused(small_pairs: Pairs, small_history: History) -> None:
    with pytest.raises(DataError, match="longer history"):
        train_ranker(small_pairs, small_history.sheet, as_of=date(2024, 1, 1))
    split = split_pairs(
        small_pairs, as_of=small_history.sheet.last_day, test_months=8, decided_after_days=120
    )
    unshown = replace(
        small_pairs,
        decisions=small_pairs.decisions.assign(shown_on=None, shortlisted_on=None, hired_on=None),
    )
    assert split.train.any()
    with pytest.raises(DataError):
        train_ranker(
            unshown, small_history.sheet, as_of=small_history.sheet.last_day, test_months=8
        )
