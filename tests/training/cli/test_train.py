"""``valoriamo train`` and what follows from it, on a small history."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matching.models.loading import load
from matching.models.package import Kind
from matching.models.watch import read_watch
from matching.service import Service
from training.cli import make_whole_app
from training.history import history_of, write_history
from training.synthetic import Size, generate

Invoke = Callable[..., Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def invoke(service: Service, home: Path) -> Iterator[Invoke]:
    runner = CliRunner()

    def run(*arguments: object) -> Any:
        return runner.invoke(make_whole_app(), [str(argument) for argument in arguments])

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALORIAMO_HOME", str(home))
        patch.setattr("training.cli.train.build", lambda settings, ranker: service)
        patch.setattr("training.cli.risk.build", lambda settings, ranker: service)
        yield run


@pytest.fixture(scope="module")
def storia(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of few people: every command that learns from it reads all its texts."""
    folder = tmp_path_factory.mktemp("storia")
    size = Size(people=70, vacancies=30, pool=(5, 8), months=30)
    write_history(
        history_of(generate(service.territory, service.taxonomy, seed=4, size=size)), folder
    )
    return folder


def test_a_ranker_that_cannot_be_told_from_the_baseline_is_registered_and_does_not_serve(
    invoke: Invoke, storia: Path, home: Path
) -> None:
    result = invoke("train", "ranker", "--history", storia, "--test-months", 8)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "versione 1" in text
    assert "storia sintetica" in text
    assert "Non entra in servizio" in text
    assert "test_vacancies" in text
    listed = json.loads(invoke("models", "list", "--json").stdout)
    assert (listed["name"], listed["gate_passed"]) == ("ranker", False)
    assert load(home, Kind.RANKER).model is None
    refused = invoke("models", "promote", "ranker")
    assert refused.exit_code == 1
    assert "test_vacancies" in refused.stderr


def test_a_risk_model_that_foretells_serves_and_trains_twice_to_the_same_digest(
    invoke: Invoke, home: Path, tmp_path: Path
) -> None:
    # Of fewer people the gate may see too little, by chance.
    options = ("--synthetic", "mild", "--people", 1600, "--seed", 8, "--keep-history")
    first = invoke("train", "risk", *options, tmp_path / "storia", "--json")
    second = invoke("train", "risk", "--history", tmp_path / "storia", "--json")
    assert first.exit_code == second.exit_code == 0, first.output
    one, two = (json.loads(run.stdout) for run in (first, second))
    assert one["promoted"] is True
    assert one["synthetic"] is True
    assert (one["version"], two["version"]) == (1, 2)
    assert one["digest"] == two["digest"]
    assert one["as_of"] == "2026-10-01"
    assert "The history ends on 2026-10-01" in first.stderr
    loaded = load(home, Kind.RISK)
    assert loaded.stamp is not None
    assert (loaded.stamp.version, loaded.stamp.digest) == (2, two["digest"])
    assert loaded.stamp.synthetic

    # Who came since is watched, on the same history; what is found is kept for the model's page.
    watched = invoke("risk", "watch", "--history", tmp_path / "storia", "--json")
    row = json.loads(watched.stdout)
    assert (watched.exit_code, row["digest"]) == (0, two["digest"]), watched.output
    kept = read_watch(home, two["digest"])
    assert kept is not None
    assert kept.alarms == ()
    shown = invoke("risk", "watch", "--history", tmp_path / "storia")
    assert "Persone confrontate" in shown.stdout


def test_without_a_risk_model_there_is_nothing_to_watch(
    invoke: Invoke, storia: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "empty"))
    refused = invoke("risk", "watch", "--history", storia)
    assert refused.exit_code == 1
    assert "nothing to watch" in refused.stderr


def test_the_history_learnt_from_can_be_kept_and_learnt_from_again(
    invoke: Invoke, tmp_path: Path
) -> None:
    kept = tmp_path / "storia"
    made = invoke(
        "train", "risk", "--synthetic", "hard", "--people", 300, "--keep-history", kept,
        "--no-promote", "--json",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    again = invoke("train", "risk", "--history", kept, "--no-promote", "--json")
    first, second = json.loads(made.stdout), json.loads(again.stdout)
    assert first["metrics"] == second["metrics"]
    assert first["dataset_digest"] == second["dataset_digest"]
    assert not first["promoted"]


def test_what_was_known_earlier_is_another_data_set(invoke: Invoke) -> None:
    options = ("--synthetic", "mild", "--people", 400, "--no-promote", "--json")
    now = json.loads(invoke("train", "risk", *options).stdout)
    then = json.loads(invoke("train", "risk", *options, "--as-of", "2026-02-01").stdout)
    assert then["as_of"] == "2026-02-01"
    assert then["cut"] < now["cut"]
    assert then["dataset_digest"] != now["dataset_digest"]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--history", "x", "--synthetic", "mild"),
        ("--synthetic", "easy"),
        ("--synthetic", "mild", "--as-of", "ieri"),
        ("--synthetic", "mild", "--people", "0"),
    ],
)
@pytest.mark.parametrize("kind", ["ranker", "risk"])
def test_wrong_usage_is_exit_two(invoke: Invoke, kind: str, options: tuple[str, ...]) -> None:
    assert invoke("train", kind, *options).exit_code == 2


@pytest.mark.parametrize("kind", ["ranker", "risk"])
def test_a_history_without_a_data_sheet_is_refused(
    invoke: Invoke, storia: Path, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "storia"
    shutil.copytree(storia, folder)
    (folder / "sheet.toml").unlink()
    result = invoke("train", kind, "--history", folder)
    assert result.exit_code == 1
    assert "No model learns from data without a data sheet" in result.stderr


def test_a_history_that_is_too_short_is_refused(invoke: Invoke, storia: Path) -> None:
    result = invoke("train", "risk", "--history", storia, "--as-of", "2024-01-01")
    assert result.exit_code == 1
    assert "give a longer history" in result.stderr
