from io import StringIO

import pytest
from rich.console import Console

from matching.accompaniment.effects import load_effects
from matching.errors import InputError
from matching.settings import shipped_data
from training.benchmarks.experiment_accompaniment import read_effects_run
from training.benchmarks.measure_effects import EffectsRun, measure_effects
from training.benchmarks.measure_effects_run import print_effects

PRIOR = load_effects(shipped_data() / "measures")


@pytest.fixture(scope="module")
def report():
    return measure_effects(PRIOR, EffectsRun(seeds=(40, 41), people=600))


def test_estimates_hold_the_planted_effects_and_the_raw_rate_does_not(report):
    found = report["settings"]["as_believed"]["summary"]
    assert 0.7 <= found["held"]["mean"] <= 0.95
    assert found["naive_held"]["mean"] < 0.7
    assert found["naive_bias"]["mean"] > 0.04
    assert abs(found["bias"]["mean"]) < 0.03
    assert found["error"]["mean"] < found["naive_error"]["mean"] / 2


def test_where_selection_goes_by_what_nobody_recorded_the_benchmark_shows_the_failure(report):
    as_believed = report["settings"]["as_believed"]["summary"]
    unrecorded = report["settings"]["unrecorded"]["summary"]
    assert unrecorded["held"]["mean"] < as_believed["held"]["mean"]
    assert unrecorded["bias"]["mean"] > 0.01


def test_a_run_can_be_repeated(report):
    again = measure_effects(PRIOR, EffectsRun(seeds=(40,), people=600))
    first = report["settings"]["elsewhere"]["districts"][0]
    assert again["settings"]["elsewhere"]["districts"][0] == first


def test_every_number_of_every_setting_is_printed(report):
    out = StringIO()
    print_effects(Console(file=out, width=120), report)
    for words in ("as_believed", "elsewhere", "unrecorded", "naive_held", "75% to 85%"):
        assert words in out.getvalue()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("seeds = []\npeople = 9\nselection = 0.8", "seeds"),
        ("seeds = [1]\npeople = 0\nselection = 0.8", "people = 0"),
        ("seeds = [1]\npeople = 9", "selection"),
    ],
)
def test_a_faulty_configuration_is_refused(tmp_path, line, said):
    (tmp_path / "config.toml").write_text(f'benchmark = "measure-effects"\n{line}\n', "utf-8")
    with pytest.raises(InputError, match=said):
        read_effects_run(tmp_path, "measure-effects")
