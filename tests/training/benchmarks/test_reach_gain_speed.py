"""Reach gains on a tiny district: counting anew says the same; how fast is not tested."""

import io
import json
from datetime import date

import pytest
from rich.console import Console

from matching.errors import InputError
from matching.models.ranker import LambdaRanker
from training.benchmarks import reach_gain
from training.benchmarks.experiment_accompaniment import ReachGainRun, read_reach_gain
from training.benchmarks.ranking_material import Material
from training.benchmarks.reach_gain import print_reach_gain, reach_gain_speed, run_reach_gain
from training.dataset import considered, read_person, read_vacancy

TINY = ReachGainRun(people=30, vacancies=6, counted=9, services=12, timed=2, seed=3)
CONFIG = 'benchmark = "reach-gain"\n' + "\n".join(
    f"{name} = {getattr(TINY, name)}" for name in ReachGainRun.__dataclass_fields__
)


@pytest.fixture(scope="module")
def made(service, small_history, small_pairs):
    persons, openings = considered(small_history)
    grades = small_pairs.grades(small_history.sheet.last_day)
    ranker = LambdaRanker(members=2, trees=8, least_rows=5)
    return Material(
        profiles=tuple(read_person(service, row) for row in persons[:4]),
        vacancies=tuple(read_vacancy(service, row) for row in openings[:6]),
        ranker=ranker.fit(small_pairs.features, grades, small_pairs.vacancies),
        as_of=date(2026, 11, 28),
    )


def test_both_rankers_count_what_counting_anew_gives(service, made):
    report = reach_gain_speed(service, made, TINY)
    assert (report["vacancies"], report["services"], report["people"]) == (9, 12, 2)
    for name in ("baseline", "learned"):
        assert report[name]["furthest_apart"] <= 1e-9
        assert report[name]["ms"]["median"] > 0
        assert report[name]["ratio"]["median"] > 0
    console = Console(file=io.StringIO(), width=200)
    print_reach_gain(console, report)
    assert "12 services, 9 vacancies, 2 people" in console.file.getvalue()


def test_an_experiment_is_run_as_its_configuration_says(
    service, made, tmp_path, monkeypatch, capsys
):
    (tmp_path / "config.toml").write_text(CONFIG)
    asked = {}

    def district(service, **size):
        asked.update(size)
        return made

    monkeypatch.setattr(reach_gain, "material", district)
    run_reach_gain(lambda: service, record=tmp_path, as_json=True)
    assert asked == {"people": 30, "vacancies": 6, "seed": 3}
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["services"] == 12
    assert json.loads(capsys.readouterr().out)["benchmark"] == "reach-gain"


def test_a_count_below_one_is_refused(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG.replace("timed = 2", "timed = 0"))
    with pytest.raises(InputError, match="timed = 0: give one or more"):
        read_reach_gain(tmp_path, "reach-gain")
