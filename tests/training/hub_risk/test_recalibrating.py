import numpy as np
import pandas as pd
import pytest

from matching.domain import CalibrationState
from matching.models.risk import HORIZONS
from tests.training.hub_risk.spells import LAST, spells
from training.dataset import SpellSet
from training.hub_risk.choosing import PLAIN, Choice, choose, learn
from training.hub_risk.recalibrating import hub_lines, known_by
from training.selection import Candidate, rolling_folds, select


def a_choice(held: SpellSet, *, apart: float = 1.0) -> Choice:
    """The plain model alone; its log odds out of fold are drawn ``apart``."""
    outcomes = held.outcomes(LAST)
    folds = rolling_folds(list(held.spells["intake"]), held.outcomes)

    def fit(X: pd.DataFrame, y: pd.DataFrame) -> "Apart":
        return Apart(learn(PLAIN, X, y), apart)

    selection = select(held.features, outcomes, [Candidate(PLAIN, fit)], folds)
    model = learn(PLAIN, held.features, outcomes).model
    return Choice(
        model=model, name=PLAIN, folds=folds, selection=selection, reason=selection.reason
    )


class Apart:
    def __init__(self, model: object, factor: float) -> None:
        self.model, self.factor = model, factor

    def hazards(self, X: pd.DataFrame) -> np.ndarray:
        found = self.model.hazards(X)
        odds = np.log(found / (1 - found))
        middle = odds.mean(axis=0)
        return 1 / (1 + np.exp(-(middle + self.factor * (odds - middle))))


@pytest.fixture(scope="module")
def many() -> SpellSet:
    return spells(3000)


def test_chances_that_come_true_are_left_alone(many: SpellSet) -> None:
    lines = hub_lines(a_choice(many), many.features, many.outcomes(LAST))
    assert [line.horizon for line in lines] == list(HORIZONS)
    assert lines[0].state is CalibrationState.RIGHT
    assert lines[0].outcomes >= (lines[0].needed or 0)


def test_chances_that_are_too_far_apart_are_drawn_together(many: SpellSet) -> None:
    found = hub_lines(a_choice(many, apart=2.0), many.features, many.outcomes(LAST))[0]
    assert found.state is CalibrationState.DONE
    assert found.slope == pytest.approx(0.5, abs=0.15)
    assert found.exits >= found.needed_exits


def test_with_few_people_it_is_said_how_many_it_takes() -> None:
    held = spells(200)
    lines = hub_lines(a_choice(held), held.features, held.outcomes(LAST))
    assert {line.state for line in lines} == {CalibrationState.FEW}
    assert lines[0].needed is not None
    assert lines[0].outcomes < lines[0].needed


def test_of_a_horizon_that_nobody_reached_nothing_is_known(many: SpellSet) -> None:
    # The later half of the people was seen for 18 months at most.
    late = hub_lines(a_choice(many), many.features, many.outcomes(LAST))[-1]
    assert (late.horizon, late.outcomes, late.exits) == (24, 0, 0)
    assert late.needed is not None
    stayed, weight = known_by(many.outcomes(LAST)[-100:], 24)
    assert np.isnan(stayed).all()
    assert (weight == 0).all()


def test_where_no_models_were_compared_it_is_said_how_many_people_it_takes() -> None:
    held = spells(60)
    choice = choose(
        held.features,
        held.outcomes(LAST),
        intake=list(held.spells["intake"]),
        known_on=held.outcomes,
    )
    assert choice.selection is None
    lines = hub_lines(choice, held.features, held.outcomes(LAST))
    assert {line.state for line in lines} == {CalibrationState.FEW}
    assert all(line.outcomes == 0 and (line.needed or 0) > 100 for line in lines)
