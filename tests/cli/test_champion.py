"""``rank`` with learned models that are there, away or damaged: in homes of their own."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matching.service import build
from training.cli import make_whole_app

Rank = Callable[..., Any]
VACANCY = {"id": "v", "text": "Cerchiamo magazziniere con patentino del muletto."}
PERSONS = [
    {"id": "maga", "text": "Magazziniera dal 03/2019 al 02/2023: uso del muletto, inventario."},
    {"id": "cuoca", "text": "Aiuto cuoca in mensa dal 2015 al 2020."},
]


@pytest.fixture
def home(shared_cache: Path, tmp_path: Path) -> Path:
    """An empty home, but for the index that all tests share."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "cache").symlink_to(shared_cache, target_is_directory=True)
    return folder


@pytest.fixture
def learnt(registered_home: Path, home: Path) -> Path:
    """A home with a champion: it may be moved."""
    return shutil.copytree(registered_home, home, dirs_exist_ok=True)


@pytest.fixture
def rank(home: Path, tmp_path: Path, read_before: None) -> Iterator[Rank]:
    """Rank two persons for a vacancy in the home; the rows of the scores, and what was said."""
    (tmp_path / "v.jsonl").write_text(json.dumps(VACANCY))
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, PERSONS)))

    def run(*options: str) -> Any:
        arguments = ["rank", "--vacancies", tmp_path / "v.jsonl", "--persons", tmp_path / "p.jsonl"]
        arguments += ["--out", tmp_path / "scores.tsv", *options]
        return CliRunner().invoke(make_whole_app(), [str(argument) for argument in arguments])

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALORIAMO_HOME", str(home))
        # Other tests of the command line run on one service that knows no home.
        patch.setattr("matching.service.build", build)
        yield run


def order(folder: Path) -> list[str]:
    return [line.split("\t")[1] for line in (folder / "scores.tsv").read_text().splitlines()[1:]]


def spoil(folder: Path) -> None:
    """Change one byte of every file of trees in a folder."""
    files = list(folder.rglob("trees.txt"))
    assert files
    for path in files:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.chmod(0o644)
        path.write_bytes(bytes(data))


def test_a_new_home_ranks_with_the_baseline_and_says_nothing_of_models(rank: Rank) -> None:
    result = rank()
    assert result.exit_code == 0, result.output
    assert "model: baseline;" in result.stderr
    assert "registry" not in result.stderr


def test_a_champion_that_does_not_exist_is_refused(rank: Rank, tmp_path: Path) -> None:
    result = rank("--model", "champion")
    assert result.exit_code == 1
    assert "no champion" in result.stderr
    assert "--model baseline" in result.stderr
    assert not (tmp_path / "scores.tsv").exists()


def test_the_champion_ranks_then_the_last_good_one_then_the_baseline(
    rank: Rank, learnt: Path, tmp_path: Path
) -> None:
    served = rank()
    assert served.exit_code == 0, served.output
    assert "model: ranker v2 (" in served.stderr
    assert sorted(order(tmp_path)) == ["cuoca", "maga"]
    scores = (tmp_path / "scores.tsv").read_text()

    spoil(learnt / "registry" / "artifacts")
    kept = rank("--model", "champion")
    assert kept.exit_code == 0
    assert "model: ranker v2 (" in kept.stderr
    assert "trees.txt" in kept.stderr
    assert "last good" in kept.stderr
    assert (tmp_path / "scores.tsv").read_text() == scores

    spoil(learnt / "models")
    fallen = rank()
    assert fallen.exit_code == 0
    assert "The baseline ranks instead." in fallen.stderr
    assert "model: baseline;" in fallen.stderr
    asked = rank("--model", "champion")
    assert asked.exit_code == 1
    assert "No learned ranker serves" in asked.stderr


def test_the_baseline_can_be_asked_for_beside_a_champion(rank: Rank, learnt: Path) -> None:
    result = rank("--model", "baseline")
    assert "model: baseline;" in result.stderr


def test_a_registry_that_is_away_leaves_the_last_good_model(rank: Rank, learnt: Path) -> None:
    assert rank().exit_code == 0
    (learnt / "registry" / "mlflow.db").write_bytes(b"no database" * 500)
    result = rank()
    assert result.exit_code == 0
    assert "model: ranker v2 (" in result.stderr
    assert "mlflow.db" in result.stderr
