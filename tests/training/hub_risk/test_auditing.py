import json

import numpy as np
import pandas as pd
import pytest

from tests.training.hub_risk.spells import LAST, spells
from training.dataset import SpellSet
from training.hub_risk.auditing import UNAUDITED, age_entry, groups_entry
from training.hub_risk.choosing import PLAIN, Choice, choose, learn
from training.hub_risk.held_out import beside, foretold
from training.protected_people import ProtectedPeople


def protected(held: SpellSet, *, few: int = 4, old: np.ndarray | None = None) -> ProtectedPeople:
    """Half women, half men; a handful of another citizenship; born by ``old`` in 1960 or 1990."""
    count = len(held)
    aged = np.arange(count) % 3 == 0 if old is None else old
    return ProtectedPeople(
        pd.DataFrame(
            {
                "person_id": held.spells["person_id"],
                "sex": np.where(np.arange(count) % 2 == 0, "female", "male"),
                "birth_year": np.where(aged, 1960, 1990),
                "citizenship_group": np.where(np.arange(count) < few, "eu", "italian"),
            },
            dtype=object,
        )
    )


@pytest.fixture(scope="module")
def held() -> SpellSet:
    return spells(800, seed=4)


@pytest.fixture(scope="module")
def entry(held: SpellSet) -> dict[str, object]:
    learnt = spells(800)
    model = learn(PLAIN, learnt.features, learnt.outcomes(LAST)).model
    people = foretold(model, held.features, held.outcomes(LAST))
    return groups_entry(people, held.spells, protected(held))


def named(entry: dict[str, object]) -> dict[str, dict[str, object]]:
    return {group["name"]: group for group in entry["groups"]}


def test_each_group_s_outcomes_stand_beside_what_was_foretold(entry: dict[str, object]) -> None:
    assert json.loads(json.dumps(entry, allow_nan=False)) == entry
    assert entry["months"] == 12
    groups = named(entry)
    women = groups["sex = female"]
    assert women["n"] == 400
    assert women["base_rate"]["low"] <= women["base_rate"]["value"] <= women["base_rate"]["high"]
    gap = women["base_rate"]["value"] - women["mean_foretold"]
    assert women["gap"]["value"] == pytest.approx(gap, abs=1e-5)
    assert women["gap"]["low"] <= 0.0 <= women["gap"]["high"]
    assert women["gap"]["verdict"] in {"within", "insufficient evidence"}
    assert {"age = 30 to 49", "age = 50 and over", "everybody"} <= set(groups)


def test_a_group_of_fewer_than_ten_is_named_and_nothing_else(entry: dict[str, object]) -> None:
    few = named(entry)["citizenship_group = eu"]
    assert few["shown"] is False
    assert set(few) == {"columns", "values", "name", "shown"}
    # Nor can it be worked out: its complement is all but four.
    assert named(entry)["citizenship_group = italian"]["shown"] is False
    assert named(entry)["everybody"]["n"] == 800


def test_a_group_that_fares_otherwise_than_foretold_is_found(held: SpellSet) -> None:
    people = beside({6: np.full(800, 0.5)}, held.outcomes(LAST))
    better = held.features["own_rating"].to_numpy() > 0.0
    told = ProtectedPeople(
        protected(held).table.assign(sex=np.where(better, "male", "female").astype(object))
    )
    groups = named(groups_entry(people, held.spells, told))
    assert groups["sex = male"]["gap"]["verdict"] == "outside"
    assert groups["sex = male"]["gap"]["value"] < -0.1


def test_where_few_stand_for_many_a_shorter_horizon_is_taken(held: SpellSet) -> None:
    chances = {6: np.full(800, 0.5), 12: np.full(800, 0.5)}
    people = beside(chances, held.outcomes(LAST))
    weight = people[12].weight.copy()
    weight[np.flatnonzero(weight > 0)[0]] = 5000.0
    few = type(people[12])(people[12].risk, people[12].bad, weight)
    assert groups_entry(people, held.spells, protected(held))["months"] == 12
    assert groups_entry({**people, 12: few}, held.spells, protected(held))["months"] == 6
    assert groups_entry({12: few}, held.spells, protected(held))["months"] == 12


def test_without_the_file_it_is_said_that_nothing_was_audited(held: SpellSet) -> None:
    people = beside({6: np.full(800, 0.5)}, held.outcomes(LAST))
    assert groups_entry(people, held.spells, None) == {"state": UNAUDITED}
    assert "long enough" in groups_entry({}, held.spells, protected(held))["state"]


# The age


def chosen(held: SpellSet, allowed: tuple[str, ...] = ()) -> Choice:
    return choose(
        held.features,
        held.outcomes(LAST),
        intake=list(held.spells["intake"]),
        known_on=held.outcomes,
        allowed=allowed,
    )


@pytest.fixture(scope="module")
def aged() -> tuple[SpellSet, ProtectedPeople]:
    """The old find work later, and nothing but their age says so."""
    young, slow = spells(600, level=-1.2), spells(600, level=-3.0)
    old = np.random.default_rng(3).random(600) < 0.4
    mixed = young.spells.copy()
    mixed.loc[old, ["closed", "event"]] = slow.spells.loc[old, ["closed", "event"]]
    held = SpellSet(features=young.features, spells=mixed)
    return held, protected(held, old=old)


@pytest.fixture(scope="module")
def without(aged: tuple[SpellSet, ProtectedPeople]) -> dict[str, object]:
    held, people = aged
    return age_entry(chosen(held), held.features, held.outcomes(LAST), held.spells, people)


def test_what_leaving_the_age_out_costs_each_group_is_said(without: dict[str, object]) -> None:
    assert without["input"] is False
    assert 290 <= without["people"] <= 310
    everybody = named(without)["everybody"]
    assert everybody["changes"]["brier"]["worse"] is True
    old = named(without)["age = 50 and over"]
    assert old["changes"]["gap"]["without"] > old["changes"]["gap"]["with"] + 0.05
    assert old["changes"]["gap"]["worse"] is True
    assert json.loads(json.dumps(without, allow_nan=False)) == without


def test_it_is_the_same_whether_the_model_reads_the_age_or_not(
    aged: tuple[SpellSet, ProtectedPeople], without: dict[str, object]
) -> None:
    held, people = aged
    X = held.features.assign(age=people.ages(held.spells))
    choice = chosen(SpellSet(features=X, spells=held.spells), allowed=("age",))
    assert "age" in set(choice.model.feature_names_in_)
    entry = age_entry(choice, X, held.outcomes(LAST), held.spells, people)
    assert entry["input"] is True
    if choice.name == PLAIN:
        assert entry["groups"] == without["groups"]


def test_where_nothing_can_be_compared_it_is_said(held: SpellSet) -> None:
    few = spells(60)
    none = chosen(few)
    known = protected(few)
    outcomes = few.outcomes(LAST)
    entry = age_entry(none, few.features, outcomes, few.spells, known)
    assert entry == {"input": False, "state": "There is too little to compare models."}
    unborn = ProtectedPeople(known.table.assign(birth_year=None))
    for people in (None, unborn):
        entry = age_entry(none, few.features, outcomes, few.spells, people)
        assert "No year of birth" in entry["state"]
