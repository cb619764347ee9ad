import json

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from matching.models.drift import Watched, reference, watch_exits, watch_inputs


def people(seed: int, size: int = 400, *, shift: float = 0.0, unknown: float = 0.1) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    gap = chance.normal(shift, 1.0, size)
    gap[chance.random(size) < unknown] = np.nan
    return pd.DataFrame({"gap": gap, "licence": chance.random(size) < 0.7}, dtype=float)


def states(before: pd.DataFrame, now: pd.DataFrame) -> dict[str, Watched]:
    return {one.name: one.state for one in watch_inputs(reference(before), now)}


def test_people_like_those_of_training_raise_no_alarm() -> None:
    assert states(people(1), people(2)) == {"gap": Watched.OK, "licence": Watched.OK}


def test_a_large_shift_of_one_input_raises_its_alarm_alone() -> None:
    found = states(people(1), people(2, shift=0.8))
    assert found == {"gap": Watched.ALARM, "licence": Watched.OK}


def test_answers_that_are_no_longer_given_raise_an_alarm() -> None:
    found = watch_inputs(reference(people(1)), people(2, unknown=0.6))[0]
    assert found.state is Watched.ALARM
    assert (round(found.unknown_before, 1), round(found.unknown_now, 1)) == (0.1, 0.6)


def test_few_people_are_not_enough_to_see_even_a_large_shift() -> None:
    found = watch_inputs(reference(people(1)), people(2, size=99, shift=2.0))[0]
    assert found.state is Watched.NOT_ENOUGH_DATA
    assert (found.index, found.p) == (None, None)


def test_false_alarms_are_rare() -> None:
    before = reference(people(0, size=1000))
    alarms = [
        watch_inputs(before, people(seed, size=120))[0].state is Watched.ALARM
        for seed in range(1, 201)
    ]
    assert sum(alarms) <= 4


def test_a_value_that_training_never_saw_is_counted_in_the_nearest_band() -> None:
    before = reference(pd.DataFrame({"rating": [1.0, 2.0, 3.0] * 50}))
    assert before["rating"]["edges"] == [1.5, 2.5]
    now = pd.DataFrame({"rating": [9.0] * 150})
    assert watch_inputs(before, now)[0].state is Watched.ALARM


def test_a_constant_stays_one_without_an_alarm() -> None:
    frame = pd.DataFrame({"one": np.ones(200)})
    found = watch_inputs(reference(frame), frame)[0]
    assert (found.state, found.index) == (Watched.OK, 0.0)


def test_what_is_kept_is_plain_json_and_names_nobody() -> None:
    kept = reference(people(1))
    assert json.loads(json.dumps(kept)) == kept
    assert sum(kept["licence"]["counts"]) == 400  # type: ignore[arg-type]


def test_an_input_that_is_missing_is_named() -> None:
    with pytest.raises(DataError, match="'licence'"):
        watch_inputs(reference(people(1)), people(2)[["gap"]])


def spells(months: list[int], event: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"months": months, "event": event})


def test_exits_are_counted_against_the_months_at_risk() -> None:
    hazards = np.full((400, 6, 2), [0.1, 0.05])
    seen = spells([3] * 120 + [3] * 280, ["work"] * 120 + ["censored"] * 280)
    work, inactive = watch_exits(hazards, seen)
    assert (work.seen, round(work.foretold, 6)) == (120, 120.0)
    assert work.ratio == pytest.approx(1.0)
    assert work.state is Watched.OK
    # In the month in which 120 found work, they could not go inactive.
    assert round(inactive.foretold, 6) == round(0.05 * (400 * 3 - 120), 6)
    assert (inactive.seen, inactive.state) == (0, Watched.ALARM)


def test_exits_that_come_half_as_often_raise_an_alarm_and_say_how_sure() -> None:
    hazards = np.full((400, 6, 2), [0.1, 0.0])
    seen = spells([3] * 400, ["work"] * 60 + ["censored"] * 340)
    work, inactive = watch_exits(hazards, seen)
    assert work.state is Watched.ALARM
    assert work.low is not None
    assert work.high is not None
    assert work.low < 0.5 < work.high < 1.0
    assert inactive.state is Watched.NOT_ENOUGH_DATA


def test_what_happens_after_the_last_month_foretold_is_not_looked_at() -> None:
    hazards = np.full((400, 2, 2), [0.1, 0.0])
    work, _ = watch_exits(hazards, spells([9] * 400, ["work"] * 400))
    assert (work.seen, round(work.foretold, 6)) == (0, 80.0)


def test_nobody_is_not_enough() -> None:
    found = watch_exits(np.empty((0, 6, 2)), spells([], []))
    assert [one.state for one in found] == [Watched.NOT_ENOUGH_DATA] * 2
