from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from matching.domain import CalibrationState
from matching.errors import DataError
from matching.models.package import Kind, calibration, open_ranker, open_risk
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.service import Service
from tests.training.histories import SHEET
from tests.training.hub_risk.spells import LAST
from tests.training.hub_risk.spells import spells as some_spells
from training.dataset import Pairs, SpellSet, spell_set
from training.history import History, history_of
from training.pipeline import Trained, train_ranker, train_risk
from training.protected_people import ProtectedPeople
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


def test_the_card_of_a_risk_model_says_what_was_compared_and_how_it_is_calibrated(
    risk: Trained,
) -> None:
    card = risk.package.card
    assert [one["name"] for one in card["model"]["compared"]] == [
        "logistic", "logistic with splines", "boosted trees"
    ]  # fmt: skip
    assert card["model"]["chosen"] == risk.parameters["model"] == "logistic"
    assert card["model"]["chosen"] in card["model"]["reason"]
    assert [line["horizon"] for line in card["recalibration"]] == [6, 12, 18, 24]
    # Of 470 people, half of whom were foretold out of fold.
    assert {line["state"] for line in card["recalibration"]} == {"not enough data here"}
    assert [line.summary for line in risk.package.recalibration] == list(calibration(risk.package))
    held_out = card["calibration_held_out"]["6"]
    assert held_out["slope"]["low"] <= held_out["slope"]["value"] <= held_out["slope"]["high"]
    assert risk.metrics["ece_6"] == held_out["ece"]["value"]
    assert set(card["calibration_out_of_fold"]) >= {"6"}


def test_a_hub_whose_chances_come_out_otherwise_is_recalibrated_before_the_later_people() -> None:
    """Whom it learnt from first found work far sooner than who came next."""
    held = some_spells(2800, level=-2.6)
    early = some_spells(2800, level=-1.4)
    first = np.array([day < date(2023, 6, 1) for day in held.spells["intake"]])
    columns = ["closed", "event"]
    mixed = held.spells.copy()
    mixed.loc[first, columns] = early.spells.loc[first, columns]
    trained = train_risk(
        SpellSet(features=held.features, spells=mixed), SHEET, as_of=LAST, test_months=12
    )
    lines = trained.package.recalibration
    assert lines[0].state is CalibrationState.DONE
    assert isinstance(open_risk(trained.package), RecalibratedHazard)


def test_with_too_little_to_compare_the_plain_model_is_packed_and_the_card_says_so() -> None:
    held = some_spells(70)
    trained = train_risk(held, SHEET, as_of=LAST, test_months=12)
    card = trained.package.card
    assert card["model"]["chosen"] == "logistic"
    assert "too little to compare" in card["model"]["reason"]
    assert card["calibration_out_of_fold"] == {}
    assert {line["state"] for line in card["recalibration"]} == {"not enough data here"}


def test_a_history_with_protected_attributes_is_audited_by_group_and_the_age_stays_out() -> None:
    held = some_spells(400)
    born = np.random.default_rng(1).integers(1960, 2000, size=400)
    known = ProtectedPeople(
        pd.DataFrame(
            {"person_id": held.spells["person_id"], "sex": ["female", "male"] * 200,
             "birth_year": born, "citizenship_group": None},
            dtype=object,
        )
    )  # fmt: skip
    options = {"as_of": LAST, "test_months": 12}
    plain = train_risk(held, SHEET, **options)
    assert "no protected.jsonl" in plain.package.card["groups_held_out"]["state"]
    trained = train_risk(held, SHEET, **options, protected=known)
    card = trained.package.card
    names = {group["name"] for group in card["groups_held_out"]["groups"]}
    assert {"everybody", "sex = female", "sex = male", "age = under 30"} <= names
    assert card["age"]["input"] is False
    assert {group["name"] for group in card["age"]["groups"]} >= {"everybody", "sex = female"}
    # What is known of groups changes the card, and nothing of the model.
    assert trained.package.files["hazard.json"] == plain.package.files["hazard.json"]
    aged = train_risk(held, SHEET, **options, protected=known, age=True)
    assert "age" in set(open_risk(aged.package).feature_names_in_)
    assert aged.package.card["age"]["input"] is True
    assert "age" in aged.package.card["people"]["inputs"]
    # Where nobody gives a year of birth it stays out, whatever the policy says.
    unaged = train_risk(held, SHEET, **options, age=True)
    assert unaged.package.digest == plain.package.digest


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
