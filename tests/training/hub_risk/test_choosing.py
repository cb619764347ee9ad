import json
from datetime import date

import numpy as np
import pytest

from matching.errors import DataError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from tests.training.hub_risk.spells import LAST, spells
from training.dataset import SpellSet
from training.hub_risk.choosing import MODELS, PLAIN, Choice, choose, learn


def chosen(held: SpellSet, **options: object) -> Choice:
    return choose(
        held.features,
        held.outcomes(LAST),
        intake=list(held.spells["intake"]),
        known_on=held.outcomes,
        **options,
    )


@pytest.fixture(scope="module")
def plain() -> Choice:
    return chosen(spells())


@pytest.fixture(scope="module")
def bent() -> Choice:
    return chosen(spells(800, bend=True))


def test_where_effects_are_lines_the_plain_model_is_taken(plain: Choice) -> None:
    assert plain.name == PLAIN
    assert isinstance(plain.model, DiscreteHazard)
    assert plain.selection is not None
    assert list(plain.selection.scores) == list(MODELS)
    assert plain.selection.scores[PLAIN].close


def test_where_an_effect_bends_another_is_taken_and_it_is_said_why(bent: Choice) -> None:
    assert isinstance(bent.model, SplinedHazard | BoostedHazard)
    assert bent.selection is not None
    assert bent.selection.scores[PLAIN].behind > 2 * bent.selection.scores[PLAIN].error
    assert "foretells 400 people best" in bent.reason


def test_what_serves_has_intervals_whichever_model_it_is() -> None:
    held = spells(200)
    for name in MODELS:
        model = learn(name, held.features, held.outcomes(LAST), whole=True).model
        lower, upper = model.predict_interval(held.features[:5])
        assert (lower <= upper).all(axis=None)


def test_everybody_is_foretold_by_those_who_came_before(plain: Choice) -> None:
    held = spells()
    assert plain.tested.sum() == 200
    days = held.spells["intake"].to_numpy()
    for fold in plain.folds:
        assert days[fold.train].max() < days[fold.test].min()
        start = days[fold.test].min()
        closed = held.spells["closed"].to_numpy()[fold.train]
        known = fold.outcomes["event"] != "censored"
        assert (closed[known] <= start).all()


def test_what_is_compared_is_in_the_card(plain: Choice) -> None:
    card = json.loads(json.dumps(plain.card(), allow_nan=False))
    assert (card["chosen"], card["people"], card["folds"]) == (PLAIN, 200, 4)
    assert [one["name"] for one in card["compared"]] == list(MODELS)
    assert card["reason"] == plain.reason
    best = min(card["compared"], key=lambda one: one["surprise"])
    assert best["name"] == card["best"]
    assert (best["behind"], best["error"]) == (0.0, 0.0)
    assert all(len(one["surprise_by_fold"]) == 4 for one in card["compared"])


def test_with_too_little_to_compare_the_plain_model_is_taken_and_the_card_says_so() -> None:
    few = chosen(spells(60))
    assert few.name == PLAIN
    assert few.folds == ()
    assert few.card() == {"chosen": PLAIN, "reason": few.reason}
    assert "too little to compare" in few.reason
    assert "give fewer folds or a longer history" in few.reason
    with pytest.raises(DataError, match="no models were compared"):
        _ = few.tested


def test_where_nobody_found_work_before_the_first_fold_nothing_is_compared() -> None:
    held = spells(200)
    early = held.spells["closed"].map(lambda day: day < date(2024, 1, 1)).astype(bool)
    late = SpellSet(
        features=held.features,
        spells=held.spells.assign(event=held.spells["event"].mask(early, "inactive")),
    )
    found = chosen(late)
    assert found.name == PLAIN
    assert "0 of" in found.reason


def test_what_is_not_known_of_anybody_in_a_fold_is_left_out_there() -> None:
    held = spells(200)
    unasked = held.features.assign(jobs_5y=held.features["jobs_5y"].mask(np.arange(200) < 150))
    found = chosen(SpellSet(features=unasked, spells=held.spells))
    assert found.selection is not None
    assert set(found.model.feature_names_in_) == {"own_rating", "jobs_5y"}
    never = held.features.assign(jobs_5y=np.nan)
    found = chosen(SpellSet(features=never, spells=held.spells))
    assert set(found.model.feature_names_in_) == {"own_rating"}


def test_a_protected_column_enters_only_where_it_is_allowed() -> None:
    held = spells(200)
    aged = SpellSet(features=held.features.assign(age=np.arange(200.0)), spells=held.spells)
    found = chosen(aged, allowed=("age",))
    assert "age" in set(found.model.feature_names_in_)


def test_equal_histories_give_equal_models() -> None:
    once, again = (chosen(spells(160, bend=True)) for _ in range(2))
    assert again.model.to_json() == once.model.to_json()
    assert again.card() == once.card()
