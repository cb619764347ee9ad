import json

import numpy as np
import pytest

from tests.training.hub_risk.spells import LAST, spells
from training.hub_risk.choosing import PLAIN, choose, learn
from training.hub_risk.held_out import (
    beside,
    calibration_entry,
    calibration_metrics,
    foretold,
    foretold_earlier,
)


@pytest.fixture(scope="module")
def entry() -> dict[str, dict[str, object]]:
    learnt, test = spells(1500), spells(1500, seed=1)
    model = learn(PLAIN, learnt.features, learnt.outcomes(LAST)).model
    return calibration_entry(foretold(model, test.features, test.outcomes(LAST)))


def test_of_every_horizon_there_is_a_line_an_error_and_a_curve(
    entry: dict[str, dict[str, object]],
) -> None:
    assert list(entry) == ["6", "12", "18", "24"]
    assert json.loads(json.dumps(entry, allow_nan=False)) == entry
    for found in entry.values():
        slope, ece = found["slope"], found["ece"]
        assert slope["low"] < 1.0 < slope["high"]
        assert 0.0 <= ece["low"] <= ece["value"] <= ece["high"] < 0.1
        assert sum(point["n"] for point in found["curve"]) == found["outcomes"]
        assert found["outcomes"] == found["with_work"] + found["without_work"]


def test_metrics_are_the_same_numbers_and_leave_out_what_is_not_defined() -> None:
    learnt, test = spells(600), spells(600, seed=1)
    model = learn(PLAIN, learnt.features, learnt.outcomes(LAST)).model
    people = foretold(model, test.features, test.outcomes(LAST))
    entry, metrics = calibration_entry(people), calibration_metrics(people)
    assert metrics["slope_6"] == entry["6"]["slope"]["value"]
    assert metrics["ece_12_high"] == entry["12"]["ece"]["high"]
    few = spells(12, seed=2)
    found = calibration_metrics(foretold(model, few.features, few.outcomes(LAST)))
    assert not [name for name in found if name.startswith("slope")]
    assert np.isfinite(list(found.values())).all()


def test_chances_that_are_wrong_show() -> None:
    held = spells(1500)
    wrong = beside({12: np.full(1500, 0.9)}, held.outcomes(LAST))
    found = calibration_entry(wrong)["12"]
    assert found["gap"]["high"] < -0.3
    assert found["ece"]["low"] > 0.3
    assert found["slope"]["value"] is None


def test_what_nobody_was_seen_to_reach_is_left_out() -> None:
    held = spells(200)
    recent = held.outcomes(LAST)[-60:]
    chances = {horizon: np.full(60, 0.5) for horizon in (6, 24)}
    assert list(beside(chances, recent)) == [6]


def test_people_foretold_before_they_came_reach_later_horizons() -> None:
    held = spells(400)
    choice = choose(
        held.features,
        held.outcomes(LAST),
        intake=list(held.spells["intake"]),
        known_on=held.outcomes,
    )
    found = foretold_earlier(choice, held.outcomes(LAST))
    assert len(found[6]) == 200
    assert set(found) >= {6, 12}
    none = choose(
        held.features[:60],
        held.outcomes(LAST)[:60],
        intake=list(held.spells["intake"][:60]),
        known_on=lambda day: held.outcomes(day)[:60],
    )
    assert foretold_earlier(none, held.outcomes(LAST)[:60]) == {}
