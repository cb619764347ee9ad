from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from matching.domain import CalibrationState
from matching.errors import DataError
from matching.models.drift import Watched, reference
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.models.recalibration import Recalibration
from matching.models.risk import DiscreteHazard
from matching.service import Service
from training.dataset import SpellSet, spell_set
from training.history import history_of
from training.protected_people import ProtectedPeople
from training.synthetic import Size, generate
from training.watching import watch

CUT = date(2025, 6, 30)
LAST = date(2026, 9, 30)


@pytest.fixture(scope="module")
def spells(service: Service) -> SpellSet:
    size = Size(people=1500, vacancies=1, pool=(1, 1))
    return spell_set(history_of(generate(service.territory, service.taxonomy, seed=5, size=size)))


@pytest.fixture(scope="module")
def model(spells: SpellSet) -> DiscreteHazard:
    before = spells.where(np.array([day <= CUT for day in spells.spells["intake"]]))
    return DiscreteHazard().fit(before.features, before.outcomes(CUT))


def card(spells: SpellSet) -> dict[str, object]:
    before = spells.where(np.array([day <= CUT for day in spells.spells["intake"]]))
    return {"known_until": CUT.isoformat(), "people": {"inputs": reference(before.features)}}


def test_people_like_those_of_training_raise_no_alarm(
    spells: SpellSet, model: DiscreteHazard
) -> None:
    found = watch(model, card=card(spells), digest="d", spells=spells, as_of=LAST)
    assert found.alarms == ()
    assert found.since == CUT
    came = sum(day > CUT for day in spells.spells["intake"])
    assert {one.people for one in found.inputs} == {came}
    assert found.exits[0].state is Watched.OK


def test_work_that_no_longer_comes_raises_an_alarm(spells: SpellSet, model: DiscreteHazard) -> None:
    lost = spells.spells.assign(
        event=[
            "censored" if event == "work" and day > CUT else event
            for event, day in zip(spells.spells["event"], spells.spells["intake"], strict=True)
        ]
    )
    changed = SpellSet(features=spells.features, spells=lost)
    found = watch(model, card=card(spells), digest="d", spells=changed, as_of=LAST)
    assert "work" in found.alarms


def test_a_day_after_training_there_is_nothing_to_see(
    spells: SpellSet, model: DiscreteHazard
) -> None:
    day = CUT + timedelta(days=1)
    found = watch(model, card=card(spells), digest="d", spells=spells, as_of=day)
    assert {one.state for one in found.inputs} == {Watched.NOT_ENOUGH_DATA}
    assert {one.state for one in found.exits} == {Watched.NOT_ENOUGH_DATA}


def test_a_model_packed_without_its_inputs_is_to_be_trained_again(
    spells: SpellSet, model: DiscreteHazard
) -> None:
    with pytest.raises(DataError, match="valoriamo train risk"):
        watch(model, card={"known_until": "2025-06-30"}, digest="d", spells=spells, as_of=LAST)


def test_a_model_brought_to_its_hub_s_outcomes_is_watched_by_what_it_foretells_here(
    spells: SpellSet, model: DiscreteHazard
) -> None:
    counts = {"outcomes": 900, "exits": 400, "needed": 400, "needed_exits": 100}
    lines = tuple(
        Recalibration(state=CalibrationState.DONE, horizon=one, intercept=-2.0, **counts)
        for one in (6, 12, 18, 24)
    )
    hasty = RecalibratedHazard(model, lines)
    found = watch(hasty, card=card(spells), digest="d", spells=spells, as_of=LAST)
    plain = watch(model, card=card(spells), digest="d", spells=spells, as_of=LAST)
    assert "work" in found.alarms
    assert found.exits[0].foretold > 1.2 * plain.exits[0].foretold


def test_a_model_that_reads_the_age_is_watched_with_the_years_of_birth(
    spells: SpellSet,
) -> None:
    born = np.random.default_rng(0).integers(1962, 2003, size=len(spells))
    known = ProtectedPeople(
        pd.DataFrame(
            {"person_id": spells.spells["person_id"], "sex": None, "birth_year": born,
             "citizenship_group": None},
            dtype=object,
        )
    )  # fmt: skip
    aged = SpellSet(
        features=spells.features.assign(age=known.ages(spells.spells)), spells=spells.spells
    )
    before = aged.where(np.array([day <= CUT for day in spells.spells["intake"]]))
    model = DiscreteHazard(allowed=("age",)).fit(before.features, before.outcomes(CUT))
    told = {"known_until": CUT.isoformat(), "people": {"inputs": reference(before.features)}}
    found = watch(model, card=told, digest="d", spells=spells, as_of=LAST, protected=known)
    assert "age" in {one.name for one in found.inputs}
    with pytest.raises(DataError, match=r"no protected\.jsonl"):
        watch(model, card=told, digest="d", spells=spells, as_of=LAST)
