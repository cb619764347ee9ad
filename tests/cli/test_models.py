import getpass
import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from matching.cli.group import CommandGroup
from matching.cli.models import add_models
from matching.models.loading import load
from matching.models.package import pack_risk
from matching.models.registry import Registry
from matching.settings import read_settings, shipped_data
from matching.wording import Wording, load_wording
from tests.models.packages import (
    CARD,
    PASSED,
    a_hazard,
    a_ranker_package,
    a_recalibrated_package,
    people,
)

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moved") / "home"


@pytest.fixture
def home(registered_home: Path, moved: Path) -> Iterator[Path]:
    yield shutil.copytree(registered_home, moved)
    shutil.rmtree(moved)


def in_language(language: str) -> Wording:
    return load_wording(shipped_data() / "wording", language)


def run_in(home: Path, *arguments: str, language: str = "it") -> Any:
    app = typer.Typer(cls=CommandGroup)

    @app.callback()
    def whole() -> None:
        """Stand for the command line that the commands are part of."""

    add_models(
        app, settings=lambda: read_settings(home=home), wording=lambda _: in_language(language),
        today=lambda: TODAY,
    )  # fmt: skip
    return CliRunner(env={"COLUMNS": "120"}).invoke(app, ["models", *arguments])


def champion(home: Path) -> int | None:
    found = Registry(home).champion("ranker")
    return found and found.version.version


# list


def test_every_version_is_a_line_the_newest_first(home: Path) -> None:
    result = run_in(home, "list", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert result.stderr == ""
    assert [(row["name"], row["version"]) for row in rows] == [
        ("risk", 1),
        ("ranker", 4),
        ("ranker", 3),
        ("ranker", 2),
        ("ranker", 1),
    ]
    registered = Registry(home).versions("ranker")[2]
    assert rows[3] == {
        "name": "ranker",
        "version": 2,
        "digest": a_ranker_package(1).with_gate(PASSED).digest,
        "aliases": ["champion"],
        "synthetic": True,
        "known_until": "2026-06-30",
        "registered_on": registered.registered_on.isoformat(),
        "gate_passed": True,
        "metrics": {"ndcg@10": 0.81, "auc": 0.7},
        "calibration": [],
        "history": [{"what": "promoted", "by": "Ada", "on": "2026-11-28"}],
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", ["in servizio", "in attesa", "superate", "non superate", "non fatte", "sintetica"]),
        ("en", ["in service", "waiting", "passed", "not passed", "not made", "synthetic"]),
    ],
)
def test_people_see_a_table_in_their_language(home: Path, language: str, words: list[str]) -> None:
    result = run_in(home, "list", language=language)
    assert result.exit_code == 0
    for word in [*words, "ranker v2", "ndcg@10 0.81"]:
        assert word in " ".join(result.stdout.split())


def test_only_what_learnt_from_real_people_is_called_real(home: Path) -> None:
    assert "dati veri" not in run_in(home, "list").stdout
    package = pack_risk(a_hazard(), people(3), {**CARD, "synthetic": False})
    Registry(home).register(package, parameters={}, metrics={}, gate=None)
    assert "dati veri" in " ".join(run_in(home, "list").stdout.split())


def test_of_a_risk_model_it_is_said_whether_its_chances_are_those_of_the_hub(home: Path) -> None:
    assert "Probabilità" not in run_in(home, "list").stdout
    Registry(home).register(a_recalibrated_package(), parameters={}, metrics={}, gate=None)
    text = " ".join(run_in(home, "list").stdout.split())
    assert "risk v2: Probabilità a 6 mesi: tarate sugli esiti" in text
    assert "risk v2: Probabilità a 12 mesi: qui non ci sono ancora abbastanza esiti" in text
    row = json.loads(run_in(home, "list", "--json").stdout.splitlines()[0])
    assert [one["months"] for one in row["calibration"]] == [6, 12]
    assert row["calibration"][1] == {
        "months": 12, "state": "not enough data here", "outcomes": 700, "exits": 300,
        "needed": 400, "needed_exits": 100,
    }  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("it", "nessun modello"), ("en", "No model")])
def test_where_nothing_was_trained_the_way_on_is_said(
    tmp_path: Path, language: str, word: str
) -> None:
    result = run_in(tmp_path, "list", language=language)
    assert result.exit_code == 0
    assert word in result.stdout
    assert "valoriamo train ranker" in result.stdout
    assert run_in(tmp_path, "list", "--json").stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_name_given_with_other_tools_is_shown_as_it_is(home: Path) -> None:
    with sqlite3.connect(home / "registry" / "mlflow.db") as connection:
        connection.execute(
            "update registered_model_aliases set alias = 'x1' where alias = 'previous'"
        )
    connection.close()
    assert "x1" in run_in(home, "list").stdout


def test_a_registry_that_cannot_be_read_is_said_in_one_line(home: Path) -> None:
    (home / "registry" / "mlflow.db").write_bytes(b"nothing of ours")
    result = run_in(home, "list")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("valoriamo: The registry ")
    assert "train again" in result.stderr
    assert result.stderr.count("\n") == 1


# promote and rollback


def test_a_version_is_promoted_and_put_back_and_the_login_name_is_kept(home: Path) -> None:
    result = run_in(home, "promote", "ranker", "--version", "1")
    assert result.exit_code == 0
    assert "in servizio il modello ranker, versione 1" in result.stdout
    assert getpass.getuser() in result.stdout
    assert champion(home) == 1

    result = run_in(home, "rollback", "ranker", "--by", "Bea", language="en")
    assert result.exit_code == 0
    assert result.stdout.startswith("The model ranker, version 2, is in service again.")
    assert "Bea" in result.stdout
    assert champion(home) == 2
    one, two = (Registry(home).versions("ranker")[at].history[-1] for at in (3, 2))
    assert (one.what, one.by, one.on) == ("withdrawn", "Bea", TODAY)
    assert (two.what, two.by, two.on) == ("restored", "Bea", TODAY)


def test_the_candidate_is_promoted_when_no_version_is_named(home: Path) -> None:
    assert run_in(home, "promote", "risk").exit_code == 0
    assert load(home, "risk").problems == ()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["promote", "ranker", "--version", "3"], "above the baseline: -0.02"),
        (["promote", "ranker"], "no check was recorded"),
        (["promote", "ranker", "--version", "9"], "no version 9"),
        (["promote", "ranker", "--version", "1", "--by", " "], "--by"),
        (["rollback", "risk"], "no version of the risk to go back to"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    home: Path, arguments: list[str], why: str
) -> None:
    result = run_in(home, *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
    assert champion(home) == 2


@pytest.mark.parametrize("arguments", [["promote", "ranker"], ["rollback", "risk"]])
def test_where_nothing_was_trained_there_is_nothing_to_change(
    tmp_path: Path, arguments: list[str]
) -> None:
    result = run_in(tmp_path, *arguments)
    assert result.exit_code == 1
    assert "No model has been trained" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["promote", "baseline"], ["promote", "ranker", "--version", "0"], ["rollback"], ["undo"]],
)
def test_wrong_usage_is_told_apart(tmp_path: Path, arguments: list[str]) -> None:
    assert run_in(tmp_path, *arguments).exit_code == 2


def test_without_a_login_name_who_decides_must_be_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr(getpass, "getuser", nobody)
    result = run_in(home, "promote", "ranker", "--version", "1")
    assert result.exit_code == 2
    assert "--by" in result.stderr
    assert champion(home) == 2


def test_where_there_is_no_installation_one_person_decides(home: Path) -> None:
    result = run_in(home, "confirm", "ranker")
    assert result.exit_code == 1
    assert "valoriamo models promote ranker" in result.stderr
    assert champion(home) == 2


@pytest.mark.parametrize("command", ["list", "promote", "confirm", "rollback"])
def test_every_command_shows_an_example(tmp_path: Path, command: str) -> None:
    result = run_in(tmp_path, command, "--help")
    assert f"Example: valoriamo models {command}" in " ".join(result.stdout.split())
