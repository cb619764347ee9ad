from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from matching.accompaniment.fund.policy import FundPolicy, load_fund_policy
from matching.errors import InputError
from matching.settings import shipped_data
from matching.territory import Territory, load_territory
from training.benchmarks.experiment_accompaniment import read_fund_run
from training.benchmarks.fund_allocation import FundRun, fund_allocation
from training.benchmarks.fund_allocation_run import print_fund
from training.benchmarks.fund_district import district

FOLDER = sorted((shipped_data() / "territories").glob("*/fund.toml"))[0].parent
SMALL = {"plans": 40, "services": 12, "people_share": 0.6}


@pytest.fixture(scope="module")
def here() -> Territory:
    return load_territory(FOLDER)


@pytest.fixture(scope="module")
def policy(here: Territory) -> FundPolicy:
    return load_fund_policy(FOLDER, here)


def test_a_district_is_the_same_for_the_same_seed(here: Territory, policy: FundPolicy) -> None:
    first = district(here, policy, seed=1, takers=60, **SMALL)
    assert first == district(here, policy, seed=1, takers=60, **SMALL)
    assert first.requests != district(here, policy, seed=2, takers=60, **SMALL).requests
    quartiles = {one.plan_id: one.need_quartile for one in first.requests}
    assert sorted(quartiles.values()) == [1] * 10 + [2] * 10 + [3] * 10 + [4] * 10


def test_what_is_true_does_not_depend_on_how_much_is_known(
    here: Territory, policy: FundPolicy
) -> None:
    little = district(here, policy, seed=1, takers=60, **SMALL)
    much = district(here, policy, seed=1, takers=100_000, **SMALL)
    assert little.truth == much.truth
    assert little.hindsight == much.hindsight
    assert [replace(one, benefit=None) for one in little.requests] == [
        replace(one, benefit=None) for one in much.requests
    ]

    def error(made) -> float:
        pairs = [(one.benefit, made.truth[one.id]) for one in made.requests if one.benefit]
        return sum(abs(known - true) for known, true in pairs) / len(pairs)

    assert error(much) < error(little)


def test_a_small_run_measures_everything(here: Territory, policy: FundPolicy) -> None:
    run = FundRun(seeds=(1, 2), plans=16, services=8, people_share=0.6, takers=(60,))
    report = fund_allocation(here, policy, run)
    assert report["seeds"] == [1, 2]
    for row in report["districts"]:
        assert 0.5 < row["of_optimum"] <= 1 + 1e-3
        assert row["of_hindsight"] <= 1 + 1e-3
        assert row["gap"] < 1e-3
        assert row["curve"][0]["floor"] == 0.0
    assert report["summary"]["over_first_come"]["mean"] > 0
    console = Console(record=True, width=120)
    print_fund(console, report)
    assert "over_first_come: as asked in" in console.export_text()


def test_a_configuration_without_districts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'benchmark = "fund-allocation"\nseeds = []\nplans = 1\nservices = 1\n'
        "budget_share = 0.1\npeople_share = 0.1\ntakers = [1]\n",
        "utf-8",
    )
    with pytest.raises(InputError, match=r"seeds = \[\]"):
        read_fund_run(tmp_path, "fund-allocation")
