"""One training run: split by time, fit, evaluate beside the baseline, pack with card and gate.

What is registered is the very model that was evaluated: it learnt from nothing after the cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.models.baseline import BaselineRanker
from matching.models.drift import reference
from matching.models.gate import Check, Gate
from matching.models.package import Package, pack_ranker, pack_risk, recalibrated
from matching.models.ranker import LambdaRanker
from matching.models.risk import REASON_MONTHS, DiscreteHazard
from training.calibration import TAKEN, Calibration, calibrate
from training.dataset import Pairs, SpellSet, digest
from training.evaluation import (
    Estimate,
    bootstrap,
    calibration_error,
    ndcg,
    paired_difference,
)
from training.history import Sheet
from training.hub_risk.auditing import age_entry, groups_entry
from training.hub_risk.choosing import choose
from training.hub_risk.held_out import (
    calibration_entry,
    calibration_metrics,
    foretold,
    foretold_earlier,
)
from training.hub_risk.recalibrating import hub_lines
from training.protected_people import AGE, ProtectedPeople
from training.spell_evaluation import calibration, concordance, surprise
from training.splits import Split, split_pairs, split_spells

Array = npt.NDArray[np.float64]

TOP = 10
RANKER_TEST_MONTHS = 9
RISK_TEST_MONTHS = 12
# Fewer tell one system from another only by luck.
FEWEST_VACANCIES = 30
FEWEST_PEOPLE = 100
# Risks that are drawn out or squeezed by more would mislead whoever reads them.
SLOPE = (0.75, 1.33)
# Recorded decisions from which the ranker was surely above the baseline in every setting of the
# generator (experiments/2026-11-learned-ranking, 28 November 2026: 25 vacancies with their pools).
DECISIONS_NEEDED = 703
_CANARY_ROWS = 20
_QUANTILES = 101
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model ready to be registered, and what it showed.

    ``metrics`` hold each number beside its baseline's, with 95% intervals under ``_low`` and
    ``_high``; those that are not defined are left out.
    """

    package: Package
    gate: Gate
    parameters: Mapping[str, object]
    metrics: Mapping[str, float]
    split: Split


def train_ranker(
    pairs: Pairs,
    sheet: Sheet,
    *,
    as_of: date,
    test_months: int = RANKER_TEST_MONTHS,
    seed: int = 0,
) -> Trained:
    """Train the learned ranker on decisions and compare it with the baseline on later ones.

    Parameters
    ----------
    pairs
        Who was considered for what, and what was decided.
    sheet
        The data sheet of the history.
    as_of
        The last day that is known.
    test_months
        How many months of vacancies are kept for the comparison.
    seed
        All chance in the fit.

    Raises
    ------
    DataError
        When the history is too short, or the decisions teach nothing.
    """
    split = split_pairs(
        pairs, as_of=as_of, test_months=test_months, decided_after_days=sheet.decided_after_days
    )
    learnt, test = pairs.where(split.train), pairs.where(split.test)
    known = learnt.grades(split.cut)
    make = partial(LambdaRanker, seed=seed)
    found = calibrate(learnt, known, make, seed=seed)
    ranker = make().fit(learnt.features, known, learnt.vacancies)
    ranker.with_calibration(rank_scale=found.rank_scale, chances=found.chances)
    ours, theirs = (
        ndcg_by_vacancy(test, test.grades(as_of), model.predict(test.features))
        for model in (ranker, BaselineRanker().fit(test.features))
    )
    gain = paired_difference(ours, theirs)
    metrics = {
        **_keys("ndcg@10", bootstrap(ours)),
        **_keys("baseline_ndcg@10", bootstrap(theirs)),
        **_keys("difference_ndcg@10", gain),
        **_sureness(ranker, found, test, test.grades(as_of)),
    }
    gate = Gate(
        (
            Check(
                name="test_vacancies",
                passed=gain.clusters >= FEWEST_VACANCIES,
                value=float(gain.clusters),
                needed=f"at least {FEWEST_VACANCIES}",
            ),
            Check(
                name="better_than_baseline",
                passed=gain.low > 0.0,
                value=round(gain.low, _DECIMALS),
                needed="lower end of the 95% interval of the difference in nDCG@10 above 0",
            ),
        )
    )
    outcomes = pd.DataFrame({"grade": pairs.grades(as_of)}, index=pairs.features.index)
    card = _card(
        sheet,
        split,
        purpose="Orders the people of a hub for a vacancy, beside reasons; a person decides.",
        trained_on=f"{len(learnt)} pairs of {len(set(learnt.vacancies))} vacancies",
        tested_on=f"{len(test)} pairs of {len(set(test.vacancies))} vacancies",
        metrics=metrics,
        dataset=digest(pairs.features, outcomes),
        limits=(
            "It repeats what was decided, with what was unfair in it; an audit by group comes "
            "before any use on real people. It knows nothing of who was never considered."
        ),
    )
    card |= {"decisions_needed": DECISIONS_NEEDED}
    return Trained(
        package=pack_ranker(ranker, _first_rows(test.features), card),
        gate=gate,
        parameters=ranker.get_params(),
        metrics=metrics,
        split=split,
    )


def train_risk(
    spells: SpellSet,
    sheet: Sheet,
    *,
    as_of: date,
    test_months: int = RISK_TEST_MONTHS,
    protected: ProtectedPeople | None = None,
    age: bool = False,
) -> Trained:
    """Train the hazards on spells and compare them with one course for everybody on later ones.

    Which model it is, and whether its chances are brought to the hub's own outcomes, is found on
    the people learnt from; the later ones are for the test of what came of it. The baseline is
    the plain model without any covariate: what is known of nobody in particular.

    Parameters
    ----------
    spells
        Spells with their covariates at intake.
    sheet
        The data sheet of the history.
    as_of
        The last day that is known.
    test_months
        How many months of intakes are kept for the comparison.
    protected
        Sex, age and citizenship of the people, where the hub gives them: for the audit by group.
    age
        Whether the territory's policy lets the age into the model; where no year of birth is
        known it stays out.

    Raises
    ------
    DataError
        When the history is too short, or nobody found work in it.
    """
    spells = _with_age(spells, protected) if age else spells
    split = split_spells(spells, as_of=as_of, test_months=test_months)
    learnt, test = spells.where(split.train), spells.where(split.test)
    seen, foreseen = learnt.outcomes(split.cut), test.outcomes(as_of)
    choice = choose(
        learnt.features,
        seen,
        intake=list(learnt.spells["intake"]),
        known_on=lambda day: learnt.outcomes(min(day, split.cut)),
        allowed=[name for name in (AGE,) if name in spells.features.columns],
    )
    lines = hub_lines(choice, learnt.features, seen)
    model = recalibrated(choice.model, lines)
    known = list(model.feature_names_in_)
    nobody = DiscreteHazard().fit(pd.DataFrame(index=learnt.features.index), seen)
    hazards = model.hazards(test.features[known])
    same = nobody.hazards(pd.DataFrame(index=test.features.index))
    ours, theirs = surprise(foreseen, hazards), surprise(foreseen, same)
    gain = paired_difference(theirs, ours)
    slope, intercept = calibration(foreseen, hazards)
    chance = model.predict(test.features[known])["no_work_12"].to_numpy(dtype=float)
    held_out = foretold(model, test.features[known], foreseen)
    earlier = foretold_earlier(choice, seen)
    metrics = {
        **_keys("surprise", bootstrap(ours)),
        **_keys("baseline_surprise", bootstrap(theirs)),
        **_keys("gain_surprise", gain),
        "concordance": round(concordance(foreseen, chance), _DECIMALS),
        "calibration_slope": round(slope, _DECIMALS),
        "calibration_intercept": round(intercept, _DECIMALS),
        **calibration_metrics(held_out),
    }
    gate = _risk_gate(len(test), gain_low=gain.low, slope=slope)
    card = _card(
        sheet,
        split,
        purpose="Estimates the chance of no work by 6 to 24 months, used only to add help.",
        trained_on=f"{len(learnt)} spells",
        tested_on=f"{len(test)} spells",
        metrics=metrics,
        dataset=digest(spells.features, spells.outcomes(as_of)),
        limits=(
            "It describes people alike in what was asked, and is no forecast of one life. Effects "
            "are associations. What groups fare otherwise than foretold is under groups_held_out."
        ),
    )
    # What is watched for drift, and where the bands of priority begin, once the model serves.
    people = model.predict(spells.features[known], [REASON_MONTHS])[f"no_work_{REASON_MONTHS}"]
    quantiles = np.quantile(people.to_numpy(dtype=float), np.linspace(0.0, 1.0, _QUANTILES))
    card |= {
        "model": choice.card(),
        "recalibration": [line.to_state() for line in lines],
        "calibration_held_out": calibration_entry(held_out),
        "calibration_out_of_fold": calibration_entry(earlier),
        "groups_held_out": groups_entry(held_out, test.spells, protected),
        "groups_out_of_fold": groups_entry(
            earlier, learnt.spells[choice.tested] if earlier else learnt.spells[:0], protected
        ),
        "age": age_entry(choice, learnt.features, seen, learnt.spells, protected),
        "people": {
            "inputs": reference(learnt.features[known]),
            "no_work": [round(float(value), _DECIMALS) for value in quantiles],
        },
    }
    settings = {name: _plain(value) for name, value in choice.model.get_params().items()}
    return Trained(
        package=pack_risk(choice.model, _first_rows(test.features[known]), card, lines),
        gate=gate,
        parameters={"model": choice.name, **settings},
        metrics=metrics,
        split=split,
    )


def _with_age(spells: SpellSet, protected: ProtectedPeople | None) -> SpellSet:
    """The spells with the age as one more covariate, if it is known of anybody."""
    if protected is None or np.isnan(ages := protected.ages(spells.spells)).all():
        return spells
    return replace(spells, features=spells.features.assign(**{AGE: ages}))


def _risk_gate(people: int, *, gain_low: float, slope: float) -> Gate:
    return Gate(
        (
            Check(
                name="test_people",
                passed=people >= FEWEST_PEOPLE,
                value=float(people),
                needed=f"at least {FEWEST_PEOPLE}",
            ),
            Check(
                name="better_than_baseline",
                passed=gain_low > 0.0,
                value=round(gain_low, _DECIMALS),
                needed="lower end of the 95% interval of the gain in log-likelihood above 0",
            ),
            Check(
                name="calibration_slope",
                passed=SLOPE[0] <= slope <= SLOPE[1],
                value=round(slope, _DECIMALS),
                needed=f"between {SLOPE[0]} and {SLOPE[1]}",
            ),
        )
    )


def _sureness(
    ranker: LambdaRanker, found: Calibration, test: Pairs, grades: Array
) -> dict[str, float]:
    """How well chances and rank intervals hold on the test period, where they were learnt."""
    metrics: dict[str, float] = {"rank_scale": round(found.rank_scale, _DECIMALS)}
    coverage = found.coverage(test)
    if coverage is not None:
        metrics |= _keys("rank_coverage", coverage)
    chance = ranker.judge(test.features).probability
    if chance is not None:
        taken = grades >= TAKEN
        metrics |= {
            "chance_mean": round(float(chance.mean()), _DECIMALS),
            "taken_mean": round(float(taken.mean()), _DECIMALS),
            "chance_brier": round(float(((chance - taken) ** 2).mean()), _DECIMALS),
            "constant_brier": round(float(taken.mean() * (1.0 - taken.mean())), _DECIMALS),
            "chance_error": round(calibration_error(chance, taken), _DECIMALS),
        }
    return metrics


def ndcg_by_vacancy(pairs: Pairs, grades: Array, scores: Array) -> Array:
    """nDCG@10 of each vacancy's pool, in the order of the pairs; NaN where nobody was shown."""
    codes, order = pd.factorize(pairs.vacancies)
    return np.array(
        [ndcg(grades[codes == code], scores[codes == code], k=TOP) for code in range(len(order))]
    )


def _card(
    sheet: Sheet,
    split: Split,
    *,
    purpose: str,
    trained_on: str,
    tested_on: str,
    metrics: Mapping[str, float],
    dataset: str,
    limits: str,
) -> dict[str, object]:
    return {
        "purpose": purpose,
        "trained_on": f"{trained_on}, known on {split.cut}; {sheet.origin}",
        "tested_on": f"{tested_on}, later than those, known on {split.as_of}",
        "period": f"{sheet.first_day} to {split.as_of}",
        "synthetic": sheet.synthetic,
        "known_until": split.cut,
        "metrics": dict(metrics),
        "left_out": split.left_out,
        "dataset_digest": dataset,
        "data_sheet": sheet.model_dump(mode="json"),
        "limits": limits,
    }


def _keys(name: str, estimate: Estimate) -> dict[str, float]:
    values = {"": estimate.value, "_low": estimate.low, "_high": estimate.high}
    return {f"{name}{end}": round(value, _DECIMALS) for end, value in values.items()}


def _first_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:_CANARY_ROWS]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
