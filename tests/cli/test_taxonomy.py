"""``valoriamo taxonomy``: what a person sees of importing, and what a program reads."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from matching.cli.group import CommandGroup
from matching.cli.taxonomy import add_taxonomy
from matching.service import Service
from matching.settings import Settings, read_settings
from matching.taxonomy.esco import open_imported
from matching.wording import load_wording
from tests.taxonomy.archives import ENGLISH, ESCO, ITALIAN, KEEPER, a_release, zipped
from training.cli import make_whole_app

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
FORKLIFT = f"{ESCO}/skill/160c1f95-68a7-4012-943a-5ad9a6fbd5d8"
LEXICON = f"""
[group.luna]
it = "lavori sulla luna"
en = "work on the moon"

[skill.maree]
it = "teoria delle maree"
en = ["tides"]
kind = "knowledge"
broader = "luna"
uri = "{ESCO}/skill/2"

[skill.crateri]
it = "sapere dei crateri"
en = ["craters"]
kind = "skill"
broader = "luna"

[occupation.custode]
it = "custode della luna"
feminine = "custode lunare"
uri = "{KEEPER}"
en = ["moon keeper"]
isco08 = "9613"
essential = ["maree"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "luna.toml").write_text(LEXICON, "utf-8")
    monkeypatch.setenv("VALORIAMO_LEXICON_DIR", str(tmp_path / "lexicon"))
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "home"))
    for name in ("TAXONOMY_URL", "TAXONOMY_SHA256"):
        monkeypatch.delenv(f"VALORIAMO_{name}", raising=False)
    return tmp_path / "home"


def run(*arguments: object, language: str = "it") -> Any:
    app = typer.Typer(cls=CommandGroup)

    @app.callback()
    def whole() -> None:
        """Stand for the command line that the commands are part of."""

    add_taxonomy(
        app,
        settings=read_settings,
        wording=lambda settings: load_wording(settings.data_dir / "wording", language),
    )
    runner = CliRunner(env={"COLUMNS": "200"})
    return runner.invoke(app, ["taxonomy", *map(str, arguments)])


def test_before_any_import_it_is_said_what_that_means_and_what_to_do(home: Path) -> None:
    result = run("info")
    assert result.exit_code == 0
    assert "Qui non c'è ancora nessuna classificazione ESCO importata" in result.stdout
    assert "valoriamo taxonomy import" in result.stdout
    assert json.loads(run("info", "--json").stdout) == {
        "version": None,
        "languages": [],
        "concepts": 0,
        "folder": str(home / "taxonomy"),
    }


def test_an_import_is_counted_and_attributed(home: Path, tmp_path: Path) -> None:
    both = {"en": ENGLISH, "it": ITALIAN}
    result = run("import", *a_release(tmp_path, languages=both))
    assert result.exit_code == 0, result.stderr
    assert "Importata la versione 1.1.1 (lingue aggiornate: en, it)." in result.stdout
    assert "versione 1.1.1: 12 concetti" in result.stdout
    assert ATTRIBUTION in result.stdout
    assert result.stderr == ""
    assert run("info").stdout in result.stdout


def test_the_counts_are_of_kinds_languages_and_italian_with_the_lexicon(
    home: Path, tmp_path: Path
) -> None:
    result = run("import", *a_release(tmp_path), "--json")
    row = json.loads(result.stdout)
    assert row["version"] == "1.1.1"
    assert row["kinds"] == {
        "digital": 1, "group": 5, "knowledge": 1, "language": 1, "occupation": 2, "skill": 2,
    }  # fmt: skip
    assert row["by_language"]["en"] == {
        "skills": 5, "occupations": 2, "groups": 5, "labels": 18, "descriptions": 12,
    }  # fmt: skip
    assert row["italian"] == {
        "occupations": {
            "total": 2, "from_import": 0, "from_lexicon": 1, "together": 1, "share": 0.5,
        },
        "skills": {"total": 5, "from_import": 0, "from_lexicon": 1, "together": 1, "share": 0.2},
    }  # fmt: skip
    assert row["lexicon"] == {"joined": 2, "unknown": 0, "own": 2}
    assert (row["essential"], row["optional"]) == (3, 1)
    assert (row["added"], row["replaced"], row["left_out"]) == (["en"], None, {})
    assert row["attribution"] == ATTRIBUTION
    told = json.loads(run("info", "--json").stdout)
    assert told == {key: row[key] for key in told}


def test_what_was_replaced_and_left_out_is_said(home: Path, tmp_path: Path) -> None:
    run("import", *a_release(tmp_path / "old", version="1.0.8"))
    rows = [{"conceptUri": f"{ESCO}/skill/gone", "label_it": "x", "is_preferred": "1"}]
    english, related = a_release(tmp_path / "new", version="1.2.0")
    table = tmp_path / "labels.csv"
    table.write_text("conceptUri,label_it\r\n" + f"{rows[0]['conceptUri']},x\r\n", "utf-8")
    refused = run("import", english, related, table)
    assert refused.exit_code == 1
    assert "--skip-unknown" in refused.stderr
    assert open_imported(home / "taxonomy").version == "1.0.8"
    result = run("import", english, related, table, "--skip-unknown")
    assert "prende il posto della versione 1.0.8" in result.stdout
    assert "labels.csv: righe lasciate fuori 1" in result.stdout
    assert "/skill/gone" in result.stdout


def test_a_lexicon_concept_that_the_release_does_not_have_is_counted(
    home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "lexicon" / "luna.toml"
    path.write_text(path.read_text().replace(f"{ESCO}/skill/2", FORKLIFT), "utf-8")
    row = json.loads(run("import", *a_release(tmp_path), "--json").stdout)
    assert row["lexicon"] == {"joined": 1, "unknown": 1, "own": 2}


def test_what_is_refused_is_one_line_and_exit_1(home: Path, tmp_path: Path) -> None:
    result = run("import", zipped(tmp_path / "a.zip", {"x.txt": b""}))
    assert result.exit_code == 1
    assert result.stderr.startswith("valoriamo: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_path_that_is_not_there_is_an_error_of_usage(home: Path, tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.zip")
    assert result.exit_code == 2
    assert "is not there" in result.stderr


def test_a_changed_file_is_noticed_by_info(home: Path, tmp_path: Path) -> None:
    run("import", *a_release(tmp_path))
    blob = open_imported(home / "taxonomy").folder / "uris.bin"
    blob.write_bytes(b"x" * blob.stat().st_size)
    result = run("info")
    assert result.exit_code == 1
    assert "uris.bin was changed" in result.stderr


# download


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server on this machine with a release, in the layout that the settings name."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "mirror" / "v1.1.1"
    english, related = a_release(tmp_path / "made")
    folder.mkdir(parents=True)
    for archive, part in ((english, "classification-en"), (related, "relations")):
        data = archive.read_bytes()
        (folder / f"{part}.csv.zip").write_bytes(data)
        (folder / f"{part}.csv.zip.sha256").write_text(hashlib.sha256(data).hexdigest())

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    handler = partial(Quiet, directory=str(tmp_path / "mirror"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/v{{version}}/{{part}}.csv.zip"
        monkeypatch.setenv("VALORIAMO_TAXONOMY_URL", url)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield folder
        server.shutdown()
        thread.join()


def test_downloaded_archives_can_be_imported(home: Path, mirror: Path) -> None:
    result = run("download", "--language", "en", "--version", "1.1.1")
    assert result.exit_code == 0, result.stderr
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [path.name for path in paths] == [
        "ESCO-v1.1.1-relations.csv.zip",
        "ESCO-v1.1.1-classification-en.csv.zip",
    ]
    assert f"valoriamo taxonomy import {paths[0]} {paths[1]}" in result.stderr
    assert run("import", *paths).exit_code == 0
    assert open_imported(home / "taxonomy").version == "1.1.1"


def test_the_release_to_fetch_is_the_imported_one_unless_said(
    home: Path, mirror: Path, tmp_path: Path
) -> None:
    missing = run("download", "--language", "en")
    assert missing.exit_code == 2
    assert "--version" in missing.stderr
    run("import", *a_release(tmp_path))
    result = run("download", "--language", "en", "--out", tmp_path / "here")
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == [
        "ESCO-v1.1.1-classification-en.csv.zip",
        "ESCO-v1.1.1-relations.csv.zip",
    ]
    assert result.exit_code == 0


def test_a_checksum_of_the_settings_wins(
    home: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALORIAMO_TAXONOMY_SHA256", f"relations={'0' * 64}")
    result = run("download", "--language", "en", "--version", "1.1.1")
    assert result.exit_code == 1
    assert f"not {'0' * 64}" in result.stderr
    assert not list((home / "downloads").iterdir())


def test_a_language_that_the_server_does_not_have_is_said(home: Path, mirror: Path) -> None:
    result = run("download", "--language", "xx", "--version", "1.1.1")
    assert result.exit_code == 1
    assert "classification-xx.csv.zip.sha256: no checksum is there" in result.stderr


def test_without_an_address_it_is_said_how_to_get_the_archives(home: Path) -> None:
    result = run("download", "--version", "1.1.1")
    assert result.exit_code == 1
    assert "VALORIAMO_TAXONOMY_URL is not set" in result.stderr
    assert "valoriamo taxonomy import" in result.stderr


# extract --taxonomy


@pytest.mark.parametrize("what", ["taxonomy", "lexicon"])
def test_extract_takes_an_import_or_a_lexicon_as_its_taxonomy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service, what: str
) -> None:
    run("import", *a_release(tmp_path))
    folder = {"taxonomy": home / "taxonomy", "lexicon": tmp_path / "lexicon"}[what]
    asked: list[Settings] = []

    def build(settings: Settings, **choice: object) -> Service:
        asked.append(settings)
        return service

    monkeypatch.setattr("matching.service.build", build)
    (tmp_path / "cv.txt").write_text("Magazziniera, muletto", "utf-8")
    arguments = ["extract", str(tmp_path / "cv.txt"), "--json", "--taxonomy", str(folder)]
    assert CliRunner().invoke(make_whole_app(), arguments).exit_code == 0
    assert getattr(asked[0], f"{what}_dir") == folder
