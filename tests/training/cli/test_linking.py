"""``valoriamo train sentence-linker`` and what linkers are measured with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matching.linking.skills import SENTENCE_WEIGHTS
from matching.settings import shipped_data
from matching.taxonomy.esco import import_archives
from tests.factories import a_taxonomy
from tests.taxonomy.archives import a_release
from tests.training.benchmarks.sentence_sets import VALIDATION, write_sentences
from training.cli import make_whole_app
from training.cli.linking import linking_resources

Invoke = Callable[..., Any]
WEIGHTS = {f"{SENTENCE_WEIGHTS}.txt", f"{SENTENCE_WEIGHTS}.json"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "home"))
    # The lexicon takes a second to read and these sentences speak of nothing in it.
    monkeypatch.setattr("training.cli.linking.load_lexicon", lambda _: a_taxonomy())
    return tmp_path / "home"


@pytest.fixture
def invoke(home: Path) -> Invoke:
    def run(*arguments: object) -> Any:
        return CliRunner().invoke(make_whole_app(), [str(argument) for argument in arguments])

    return run


def shipped() -> dict[str, bytes]:
    folder = shipped_data() / "linking"
    return {name: (folder / name).read_bytes() for name in sorted(WEIGHTS)}


def test_a_linker_is_trained_into_a_folder_and_the_shipped_one_stays(
    invoke: Invoke, tmp_path: Path
) -> None:
    before = shipped()
    data = write_sentences(tmp_path / "set")
    options = ("--data", data, "--out", tmp_path / "out")
    result = invoke("train", "sentence-linker", *options, "--json")
    assert result.exit_code == 0, result.output
    card = json.loads(result.stdout)
    assert card["sentences"] == {"moon": len(VALIDATION)}
    assert {path.name for path in (tmp_path / "out").iterdir()} == WEIGHTS
    assert shipped() == before


def test_people_are_told_what_was_reached(invoke: Invoke, tmp_path: Path) -> None:
    data = write_sentences(tmp_path / "set")
    result = invoke("train", "sentence-linker", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert f"Learned from {len(VALIDATION)} sentences" in text
    assert "no taxonomy is imported" in text
    assert "RP@5" in text


def test_a_set_without_validation_sentences_is_exit_one(invoke: Invoke, tmp_path: Path) -> None:
    data = write_sentences(tmp_path / "set", validation=None)
    result = invoke("train", "sentence-linker", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "no validation sentences" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_shipped_linker_is_measured_on_a_set(invoke: Invoke, tmp_path: Path) -> None:
    data = write_sentences(tmp_path / "set")
    result = invoke("benchmark", "skill-linking", "--data", data, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1])["benchmark"] == "skill-linking"
    refused = invoke("benchmark", "skill-linking", "--data", tmp_path / "nowhere")
    assert refused.exit_code == 1
    assert "no set of annotated sentences" in refused.stderr


def test_a_set_must_be_named(invoke: Invoke) -> None:
    assert invoke("train", "sentence-linker").exit_code == 2
    assert invoke("benchmark", "skill-linking").exit_code == 2


def test_what_is_imported_is_what_linkers_are_measured_with(home: Path, tmp_path: Path) -> None:
    assert linking_resources().imported is None
    import_archives(a_release(tmp_path / "archives"), home / "taxonomy")
    resources = linking_resources()
    assert resources.imported is not None
    assert resources.imported.version == "1.1.1"
    assert (resources.linking_dir / f"{SENTENCE_WEIGHTS}.json").is_file()
