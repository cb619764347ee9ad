"""The risk's speed with few people: all compute the same; how fast is not tested."""

import io
import json
from dataclasses import replace

import lightgbm as lgb
import numpy as np
import pytest
from rich.console import Console

from matching.errors import InputError, ModelError
from matching.service import Service
from training.benchmarks.experiment import RiskSpeedRun, read_risk_speed
from training.benchmarks.risk_speed import (
    SAME_TREES,
    Learnt,
    label_task,
    learnt_from,
    many_people,
    many_scored,
    one_explained,
)
from training.benchmarks.risk_speed_run import print_risk_speed, risk_speed

TINY = RiskSpeedRun(people=200, scored=500, rounds=2, explained=25, seed=3)


@pytest.fixture(scope="module")
def report(service: Service) -> dict[str, object]:
    return dict(risk_speed(service, TINY, members=2))


@pytest.fixture(scope="module")
def learnt(service: Service) -> Learnt:
    return learnt_from(service.territory, service.taxonomy, people=200, others=22, seed=1)


def test_every_estimator_stands_beside_both_boosters(report: dict[str, object]) -> None:
    label, spells = report["label"], report["spells"]
    assert list(label["ratios"]) == ["hazard_1", "splined_hazard_1", "boosted_hazard_1"]
    assert len(spells["ratios"]) == 6
    for found in (label, spells):
        assert set(found["milliseconds"]) == {*found["ratios"], *found["trees"]}
        for ratios in found["ratios"].values():
            assert set(ratios) == {"same_trees", "defaults"}
            for ratio in ratios.values():
                assert 0 < ratio["least"] <= ratio["median"] <= ratio["most"]
    assert label["trees"]["defaults"] == 100


def test_one_person_is_timed_with_every_estimator(report: dict[str, object]) -> None:
    one = report["one"]
    assert one["people"] == 5
    for found in one["models"].values():
        assert 0 < found["milliseconds"]["p50"] <= found["milliseconds"]["p95"]
        assert found["within"] == (found["milliseconds"]["p95"] < one["most"])


def test_the_report_is_of_json_values_and_told_in_words(report: dict[str, object]) -> None:
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    out = io.StringIO()
    print_risk_speed(Console(file=out, width=160), report)
    for words in ("same_trees as long", "boosted_hazard_24", "one person with intervals", "500 p"):
        assert words in out.getvalue()


def test_a_booster_that_computes_something_else_is_not_believed(learnt: Learnt) -> None:
    task = label_task(learnt)
    people = many_people(learnt.features, count=50, seed=0)
    rows = np.column_stack([np.zeros(50), people.to_numpy()])
    data = lgb.Dataset(rows, (rows[:, 1] > rows[:, 1].mean()).astype(float))
    other = lgb.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, 3)
    spoilt = replace(task, boosters={**task.boosters, SAME_TREES: other})
    with pytest.raises(ModelError, match="do not compute the same"):
        many_scored(spoilt, people, rounds=1)


def test_many_people_have_the_answers_of_some_and_are_made_by_the_seed(learnt: Learnt) -> None:
    one, same, other = (many_people(learnt.features, count=60, seed=seed) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)
    for name, column in one.items():
        assert set(column) <= set(learnt.features[name])


def test_half_of_those_who_are_explained_have_something_to_be_asked(
    learnt: Learnt, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(
        "training.benchmarks.risk_speed.assess", lambda model, people, **_: seen.append(people[0])
    )
    one_explained(
        {"any": label_task(learnt).models["hazard"]}, learnt.others, wording=service.wording
    )
    assert [one.own_rating is None for one in seen] == [True, False] * 11


def test_a_configuration_is_read_and_a_count_below_one_refused(tmp_path) -> None:
    text = (
        'benchmark = "risk-speed"\npeople = 9\nscored = {}\nrounds = 1\nexplained = 2\nseed = 4\n'
    )
    (tmp_path / "config.toml").write_text(text.format(8), "utf-8")
    assert read_risk_speed(tmp_path, "risk-speed") == RiskSpeedRun(
        people=9, scored=8, rounds=1, explained=2, seed=4
    )
    (tmp_path / "config.toml").write_text(text.format(0), "utf-8")
    with pytest.raises(InputError, match="scored = 0"):
        read_risk_speed(tmp_path, "risk-speed")
