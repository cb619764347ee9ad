import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matching.errors import InputError
from training.benchmarks.risk_config import Derive, Keep, RiskConfig
from training.benchmarks.risk_prepare import prepared
from training.benchmarks.risk_run import risk_report
from training.benchmarks.survival_peers import NoPeer
from training.cli import make_whole_app
from training.tabular import LabelTask


def a_table(folder: Path, rows: int = 400) -> Path:
    """People whose outcome follows how long they searched, and a group that fares worse."""
    chance = np.random.default_rng(2)
    lines = ["weeks,group,searched,a,b,c"]
    for _ in range(rows):
        searched, group = int(chance.integers(0, 30)), int(chance.random() < 0.3)
        lean = -2.0 + 0.1 * searched + 1.6 * group
        weeks = 40 if chance.random() < 1 / (1 + np.exp(-lean)) else int(chance.integers(1, 26))
        a, b, c = (chance.choice(["home", "work"]) for _ in range(3))
        lines.append(f"{weeks},{group},{searched},{a},{b},{c}")
    (folder / "t.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def a_config(folder: Path) -> RiskConfig:
    return RiskConfig(
        data=folder,
        table="t.csv",
        task=LabelTask(column="long", positive="1"),
        exclude=("weeks", "a", "b", "c"),
        protected=("group",),
        folds=2,
        derive=(Derive(name="long", column="weeks", at_least=26),),
    )


def test_columns_are_derived_and_rows_kept(tmp_path: Path) -> None:
    config = replace(
        a_config(a_table(tmp_path, rows=50)),
        derive=(
            Derive(name="long", column="weeks", at_least=26),
            Derive(name="double", column="weeks", times=2),
            Derive(name="is_home", column="a", equals="home"),
            Derive(name="homes", count="home", first="a", last="c"),
            Derive(name="mostly_home", count="home", first="a", last="c", at_least=2),
        ),
        keep=(Keep(column="searched", least=5, below=20), Keep(column="group", among=("0",))),
    )
    frame = prepared(config).frame
    assert frame["searched"].astype(int).between(5, 19).all()
    assert set(frame["group"]) == {"0"}
    assert ((frame["weeks"].astype(int) >= 26) == (frame["long"] == "1")).all()
    assert (frame["double"].astype(int) == 2 * frame["weeks"].astype(int)).all()
    homes = (frame[["a", "b", "c"]] == "home").sum(axis=1)
    assert (frame["homes"].astype(int) == homes).all()
    assert ((homes >= 2) == (frame["mostly_home"] == "1")).all()
    assert ((frame["a"] == "home") == (frame["is_home"] == "1")).all()


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = replace(a_config(a_table(tmp_path)), derive=(Derive(name="x", column="y", times=2),))
    with pytest.raises(InputError, match="no column 'y'"):
        prepared(config)


def test_a_report_has_every_candidate_and_what_the_audit_found(tmp_path: Path) -> None:
    report = risk_report(a_config(a_table(tmp_path, rows=1500)), peer=NoPeer("not asked"))
    assert report["inputs"] == ["searched"]
    numbers = report["horizons"]["1"]
    assert list(numbers) == ["overall rate", "logistic", "logistic with curves", "boosted trees"]
    assert report["auc"] == numbers[report["chosen"]]["auc"]["value"]
    assert report["auc"] > 0.6 > numbers["overall rate"]["auc"]["value"]
    first = report["audit"]["hidden"][0]
    assert first["group"].startswith("group")
    assert json.loads(json.dumps(report)) == report


def test_the_command_needs_a_configuration() -> None:
    done = CliRunner().invoke(make_whole_app(), ["benchmark", "risk"])
    assert done.exit_code == 1
    assert "--record" in done.stderr
