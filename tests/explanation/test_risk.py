from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain import CalibrationState, ModelStamp, RiskAssessment, Situation, State
from matching.errors import FeatureError, InputError
from matching.explanation.risk import assess
from matching.features.situation import (
    CEFR,
    DIRECTIONS,
    SITUATION,
    SITUATION_COLUMNS,
    situation_features,
)
from matching.models.boosted_hazard import BoostedHazard
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.models.recalibration import Recalibration
from matching.models.risk import HORIZONS, MATTERS, DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from matching.settings import shipped_data
from matching.wording import Wording, load_wording
from tests.features.test_situation import ALL
from tests.repeats import examples

AS_OF = date(2026, 11, 22)
STAMP = ModelStamp(name="risk", version=1, digest="0" * 64, synthetic=True)
ITALIAN, ENGLISH = (load_wording(shipped_data() / "wording", one) for one in ("it", "en"))
LEVELS = tuple(CEFR)


def some_situations(count: int, seed: int = 1) -> list[Situation]:
    rng = np.random.default_rng(seed)
    return [
        Situation(
            person_id=f"p{number}",
            months_since_last_job=int(rng.integers(0, 40)),
            share_worked_5y=float(rng.uniform()),
            jobs_5y=int(rng.integers(0, 8)),
            longest_job_5y=int(rng.integers(0, 61)),
            past_long_spells=int(rng.integers(0, 4)),
            education_level=int(rng.integers(1, 8)),
            italian_level=LEVELS[int(rng.integers(0, 6))],
            driving_licence=bool(rng.random() < 0.7),
            own_vehicle=bool(rng.random() < 0.6),
            weekly_hours=int(rng.integers(10, 41)),
            debt_stress=bool(rng.random() < 0.3),
            housing_stress=bool(rng.random() < 0.3),
            local_demand=float(rng.uniform()),
            own_rating=int(rng.integers(1, 6)),
        )
        for number in range(count)
    ]


def a_model() -> DiscreteHazard:
    """Work is found sooner with a licence and without debts; nothing else plays a part."""
    X = situation_features(some_situations(500))
    return DiscreteHazard().fit(X, an_outcome(X))


def an_outcome(X: pd.DataFrame) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    odds = -2.6 + 1.2 * X["driving_licence"] - 1.0 * X["debt_stress"]
    works = rng.geometric(1 / (1 + np.exp(-odds)))
    quits = rng.geometric(0.03, size=len(X))
    months = np.minimum(np.minimum(works, quits), 24)
    event = np.where(works <= quits, "work", "inactive")
    event = np.where(np.minimum(works, quits) > 24, "censored", event)
    return pd.DataFrame({"months": months, "event": event})


MODEL = a_model()


def assessed(
    situations: Sequence[Situation], wording: Wording = ITALIAN
) -> tuple[RiskAssessment, ...]:
    return assess(MODEL, situations, as_of=AS_OF, stamp=STAMP, wording=wording)


def test_an_assessment_says_what_the_model_says() -> None:
    (found,) = assessed([ALL])
    X = situation_features([ALL])
    chances, (lower, upper) = MODEL.predict(X), MODEL.predict_interval(X)
    assert (found.person_id, found.as_of, found.model, found.state) == ("p", AS_OF, STAMP, "ok")
    assert [horizon.months for horizon in found.horizons] == list(HORIZONS)
    for horizon in found.horizons:
        for name in ("no_work", "inactive"):
            chance, column = getattr(horizon, name), f"{name}_{horizon.months}"
            assert chance.value == pytest.approx(chances[column].iloc[0], abs=1e-4)
            assert chance.lower == pytest.approx(lower[column].iloc[0], abs=1e-4)
            assert chance.upper == pytest.approx(upper[column].iloc[0], abs=1e-4)
    assert found.typical == pytest.approx(MODEL.typical(), abs=1e-4)


def test_the_reasons_are_every_known_answer_the_strongest_first_and_add_up() -> None:
    (found,) = assessed([ALL])
    assert {factor.name for factor in found.factors} == set(SITUATION_COLUMNS)
    sizes = [abs(factor.effect) for factor in found.factors]
    assert sizes == sorted(sizes, reverse=True)
    twelve = next(horizon for horizon in found.horizons if horizon.months == 12)
    total = sum(factor.effect for factor in found.factors)
    assert total == pytest.approx(twelve.no_work.value - found.typical, abs=1e-3)


def test_debts_raise_the_risk_and_a_licence_protects() -> None:
    (found,) = assessed([ALL])
    first, second = found.factors[:2]
    assert {first.name, second.name} == {"debt_stress", "driving_licence"}
    effects = {factor.name: factor.effect for factor in found.factors}
    assert effects["debt_stress"] > 0.05
    assert effects["driving_licence"] < -0.03
    (other,) = assessed([replace(ALL, driving_licence=False)])
    assert {f.name: f.effect for f in other.factors}["driving_licence"] > 0.05


def test_no_answer_that_is_held_to_help_is_shown_as_a_risk() -> None:
    best = replace(
        ALL, months_since_last_job=0, share_worked_5y=1.0, past_long_spells=0, italian_level="C2",
        own_vehicle=True, weekly_hours=40, debt_stress=False, local_demand=1.0, own_rating=5,
    )  # fmt: skip
    (found,) = assessed([best])
    held = {name for name, sign in DIRECTIONS.items() if sign}
    assert all(factor.effect <= 0 for factor in found.factors if factor.name in held)


def test_the_sentences_have_the_answers_in_them() -> None:
    (found,) = assessed([ALL])
    assert {factor.name: factor.text for factor in found.factors} == {
        "months_since_last_job": "Mesi dall'ultimo lavoro: 14.",
        "share_worked_5y": "Negli ultimi cinque anni, al lavoro per il 40% del tempo.",
        "jobs_5y": "Contratti negli ultimi cinque anni: 3.",
        "longest_job_5y": "Mesi del contratto più lungo degli ultimi cinque anni: 14.",
        "past_long_spells": "Periodi di un anno o più senza lavoro, in passato: 1.",
        "education_level": "Titolo di studio: diploma.",
        "italian_level": "Livello di italiano: B1.",
        "driving_licence": "Ha la patente B.",
        "own_vehicle": "Non ha un mezzo proprio.",
        "weekly_hours": "Ore alla settimana che può lavorare: 25.",
        "debt_stress": "I debiti pesano sul bilancio di casa.",
        "housing_stress": "La casa non è a rischio.",
        "local_demand": "Quanto è richiesto il suo mestiere in zona, da 0 a 100: 70.",
        "own_rating": "Quante possibilità pensa di avere, da 1 (poche) a 5 (molte): 2.",
    }


def test_the_other_answers_have_sentences_of_their_own() -> None:
    turned = replace(
        ALL, months_since_last_job=0, driving_licence=False, own_vehicle=True,
        debt_stress=False, housing_stress=True,
    )  # fmt: skip
    (found,) = assessed([turned], ENGLISH)
    texts = {factor.name: factor.text for factor in found.factors}
    assert texts["months_since_last_job"] == "Still has a job."
    assert texts["driving_licence"] == "Has no B driving licence."
    assert texts["own_vehicle"] == "Has a vehicle."
    assert texts["debt_stress"] == "Debts do not weigh on the household budget."
    assert texts["housing_stress"] == "The home is at risk, or lost."


def test_a_reason_says_whether_it_can_be_changed() -> None:
    (found,) = assessed([ALL])
    assert {f.name: f.changeable for f in found.factors} == {
        c.name: c.changeable for c in SITUATION
    }


def test_what_is_not_known_is_asked_and_is_no_reason() -> None:
    (found,) = assessed([replace(ALL, debt_stress=None, driving_licence=None, own_rating=None)])
    names = {factor.name for factor in found.factors}
    assert names.isdisjoint({"debt_stress", "driving_licence", "own_rating"})
    assert {q.key for q in found.questions[:2]} == {
        "ask_risk.debt_stress",
        "ask_risk.driving_licence",
    }
    swings = [question.swing for question in found.questions]
    assert swings == sorted(swings, reverse=True)
    assert min(swings) >= MATTERS - 1e-4
    assert found.questions[0].text == ITALIAN.say(found.questions[0].key)


def test_nothing_known_is_no_judgement() -> None:
    (found,) = assessed([Situation(person_id="q")])
    assert found.state is State.NOT_ENOUGH_DATA
    assert found.factors == ()
    assert 1 <= len(found.questions) <= 3
    for horizon in found.horizons:
        assert (horizon.no_work.lower, horizon.no_work.upper) == (0, 1)
        assert (horizon.inactive.lower, horizon.inactive.upper) == (0, 1)
    twelve = next(horizon for horizon in found.horizons if horizon.months == 12)
    assert twelve.no_work.value == found.typical


def test_one_answer_is_enough_to_begin() -> None:
    (found,) = assessed([Situation(person_id="q", debt_stress=True)])
    assert found.state is State.OK
    assert [factor.name for factor in found.factors] == ["debt_stress"]
    assert found.horizons[1].no_work.upper < 1


@settings(max_examples=examples(20))
@given(
    st.lists(st.integers(0, 59), min_size=1, max_size=6, unique=True),
    st.sampled_from(SITUATION_COLUMNS),
)
def test_nobody_depends_on_who_else_is_assessed(chosen: list[int], unknown: str) -> None:
    people = [replace(one, **{unknown: None}) for one in some_situations(60, seed=9)]
    together = assessed([people[number] for number in chosen])
    assert [one.person_id for one in together] == [people[number].person_id for number in chosen]
    assert together[0] == assessed([people[chosen[0]]])[0]


@pytest.mark.parametrize("kind", [SplinedHazard, BoostedHazard])
def test_reasons_of_every_kind_of_model_add_up(kind: Any) -> None:
    people = some_situations(500)
    X = situation_features(people)
    model = kind(seed=1).fit(X, an_outcome(X))
    lines = (_line(6, 0.3), _line(12, 0.2), _line(18, 0.0), _line(24, 0.0))
    for one in (model, RecalibratedHazard(model, lines)):
        (found,) = assess(one, [replace(ALL, own_rating=None)], as_of=AS_OF, stamp=STAMP,
                          wording=ITALIAN)  # fmt: skip
        twelve = next(horizon for horizon in found.horizons if horizon.months == 12)
        total = sum(factor.effect for factor in found.factors)
        assert total == pytest.approx(twelve.no_work.value - found.typical, abs=1e-3)
        assert twelve.no_work.lower <= twelve.no_work.value <= twelve.no_work.upper
        effects = {factor.name: factor.effect for factor in found.factors}
        # Trees hold her against the usual answer, which may be hers.
        assert effects["debt_stress"] >= 0 >= effects["driving_licence"]
        assert effects["debt_stress"] - effects["driving_licence"] > 0.03


def test_an_assessment_carries_what_is_known_of_the_hub_s_calibration() -> None:
    few = (_line(12, 0.0).summary,)
    (found,) = assess(MODEL, [ALL], as_of=AS_OF, stamp=STAMP, wording=ITALIAN, calibration=few)
    assert found.calibration == few


def _line(horizon: int, intercept: float) -> Recalibration:
    done = intercept != 0.0
    return Recalibration(
        state=CalibrationState.DONE if done else CalibrationState.FEW,
        horizon=horizon, outcomes=900, exits=400, needed=400, needed_exits=100,
        intercept=intercept,
    )  # fmt: skip


def test_an_age_is_a_reason_only_of_a_model_that_was_let_read_it() -> None:
    X = situation_features(some_situations(500))
    ages = np.random.default_rng(4).integers(20, 64, size=len(X))
    y = an_outcome(X)
    y["months"] = np.where(ages > 50, 24, y["months"])
    y["event"] = np.where(ages > 50, "censored", y["event"])
    model = DiscreteHazard(allowed=("age",)).fit(X.assign(age=ages.astype(float)), y)
    options = {"as_of": AS_OF, "stamp": STAMP, "wording": ITALIAN}
    old, young = (assess(model, [ALL], ages={"p": age}, **options)[0] for age in (60, 25))
    reasons = {factor.name: factor for factor in old.factors}
    assert reasons["age"].text == "Età: 60 anni."
    assert reasons["age"].effect > 0.05
    assert not reasons["age"].changeable
    twelve = next(horizon for horizon in old.horizons if horizon.months == 12)
    total = sum(factor.effect for factor in old.factors)
    assert total == pytest.approx(twelve.no_work.value - old.typical, abs=1e-3)
    assert young.horizons[1].no_work.value < old.horizons[1].no_work.value
    # Not known it is asked for, and has no part.
    (unknown,) = assess(model, [ALL], **options)
    assert "age" not in {factor.name for factor in unknown.factors}
    assert "ask_risk.age" in {question.key for question in unknown.questions}
    # Another model is given it in vain.
    assert assess(MODEL, [ALL], ages={"p": 60}, **options) == assessed([ALL])


def test_nobody_is_assessed_where_nobody_is_given() -> None:
    assert assessed([]) == ()


def test_an_answer_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="own_rating"):
        assessed([replace(ALL, own_rating=9)])


def test_a_model_of_other_covariates_is_refused() -> None:
    X = situation_features(some_situations(50)).assign(mood=1.0)
    y = pd.DataFrame({"months": [2, 5] * 25, "event": ["work", "censored"] * 25})
    model = DiscreteHazard().fit(X, y)
    with pytest.raises(FeatureError, match="'mood'"):
        assess(model, [ALL], as_of=AS_OF, stamp=STAMP, wording=ITALIAN)


def test_a_model_that_never_read_an_answer_gives_no_reason_of_it() -> None:
    X = situation_features(some_situations(50)).drop(columns="own_rating")
    y = pd.DataFrame({"months": [2, 5] * 25, "event": ["work", "censored"] * 25})
    model = DiscreteHazard().fit(X, y)
    (found,) = assess(model, [ALL], as_of=AS_OF, stamp=STAMP, wording=ITALIAN)
    assert "own_rating" not in {factor.name for factor in found.factors}
