"""``init``, ``migrate``, ``doctor``, ``backup``, ``restore``, ``journal``, ``keys``, as called."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.screened import flat
from matching.operations.erased_file import note_erased
from matching.operations.findings import Aspect, Health
from matching.operations.places import places_of
from matching.settings import read_settings
from matching.wording import load_wording
from tests.operations.installations import add, verdict_of
from training.cli import make_whole_app

Run = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("VALORIAMO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command in a home of its own."""

    def command(*arguments: object, code: int = 0, given: str | None = None) -> Any:
        done = CliRunner().invoke(make_whole_app(), [str(one) for one in arguments], input=given)
        assert done.exit_code == code, done.output
        return done

    return command


@pytest.fixture
def installed(run: Run) -> Run:
    run("init", "--admin", "lucia")
    return run


def test_an_installation_is_made_and_its_link_shown_once(run: Run, home: Path) -> None:
    done = run("init", "--admin", "lucia", "--url", "https://hub.example/")
    link = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"https://hub\.example/desk/benvenuto#[\w-]{43}", link)
    assert str(home / "keys" / "keyring.json") in flat(done.stdout)
    token = link.partition("#")[2]
    files = [path for path in home.rglob("*") if path.is_file()]
    assert not any(token.encode() in path.read_bytes() for path in files)
    again = run("init", "--admin", "lucia", code=1)
    assert "There is an installation already" in again.stderr
    assert "valoriamo migrate" in again.stderr


def test_an_installation_is_told_as_json(run: Run, home: Path) -> None:
    row = json.loads(run("init", "--admin", "lucia", "--json").stdout)
    assert row["link"].startswith("http://127.0.0.1:8000/desk/benvenuto#")
    assert row["backup_key"] == str(home / "keys" / "backup.key")


def test_an_administrator_needs_a_name_and_the_desk_an_address(run: Run, home: Path) -> None:
    run("init", code=2)
    run("init", "--admin", "lucia", "--url", "hub.example", code=2)
    assert "without blanks" in run("init", "--admin", "lucia bianchi", code=1).stderr
    assert json.loads(run("init", "--admin", "lucia", "--json").stdout)["revision"]


def test_a_migration_says_from_what_to_what(installed: Run) -> None:
    row = json.loads(installed("migrate", "--json").stdout)
    assert row["before"] == row["after"]
    assert row["after"] in installed("migrate").stdout


@pytest.mark.parametrize(
    "command",
    [("migrate",), ("journal", "verify"), ("journal", "purge"), ("keys", "rotate")],
)
def test_without_an_installation_it_is_said_how_to_make_one(
    run: Run, home: Path, command: tuple[str, ...]
) -> None:
    assert "valoriamo init" in run(*command, code=1).stderr
    assert not home.exists()


def test_a_backup_is_made_and_restored_and_whoever_was_erased_stays_erased(
    installed: Run, tmp_path: Path
) -> None:
    places = places_of(read_settings())
    add(places, "Anna")
    gone = add(places, "Bruna")
    out = tmp_path / "backup"
    row = json.loads(installed("backup", "--out", out, "--json").stdout)
    assert (row["bytes"], row["file"]) == (out.stat().st_size, str(out))
    assert "--force" in installed("backup", "--out", out, code=1).stderr
    assert str(places.keyring) in installed("backup", "--out", out, "--force").stdout
    add(places, "Persa")
    note_erased(places.erased, gone)
    assert "--force" in installed("restore", out, code=1).stderr
    said = flat(installed("restore", out, "--force").stdout)
    assert ".before-" in said
    assert "cancellate di nuovo: 1" in said
    assert verdict_of(places)[1] == ()
    back = json.loads(installed("restore", out, "--force", "--json").stdout)
    assert back["erased_again"] == 1
    assert Path(back["kept"]).exists()
    assert Path(back["kept_anchor"]).exists()


def test_a_backup_by_passphrase_opens_with_it_alone(installed: Run, tmp_path: Path) -> None:
    out, words = tmp_path / "backup", "sei parole a caso vanno bene\n"
    installed("backup", "--out", out, "--passphrase", given=words * 2)
    assert "--passphrase" in installed("restore", out, "--force", code=1).stderr
    assert "another key or passphrase" in installed(
        "restore", out, "--force", "--passphrase", code=1, given="sei parole del tutto sbagliate\n"
    ).stderr  # fmt: skip
    installed("restore", out, "--force", "--passphrase", given=words)
    key = read_settings().home / "keys" / "backup.key"
    installed("restore", out, "--passphrase", "--key-file", key, code=2)


def test_what_is_no_backup_is_refused(installed: Run, tmp_path: Path) -> None:
    installed("restore", tmp_path / "none", code=2)
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.7")
    refused = installed("restore", tmp_path / "cv.pdf", "--force", code=1)
    assert "no backup of valoriamo" in refused.stderr


def test_a_journal_that_was_altered_ends_in_1_with_every_break(installed: Run) -> None:
    assert json.loads(installed("journal", "verify", "--json").stdout)["problems"] == []
    anchor = places_of(read_settings()).anchor
    anchor.write_text(f"{anchor.read_text('ascii')}9 {'a' * 64}\n", "ascii")
    row = json.loads(installed("journal", "verify", "--json", code=1).stdout)
    assert "entry 9 was noted outside" in row["problems"][0]
    assert "entry 9 was noted outside" in flat(installed("journal", "verify", code=1).stdout)


def test_a_purge_says_how_much_and_never_goes_under_six_months(installed: Run) -> None:
    assert json.loads(installed("journal", "purge", "--json").stdout)["entries"] == 0
    assert "0" in installed("journal", "purge", "--older-than", 6).stdout
    refused = installed("journal", "purge", "--older-than", 5, code=1)
    assert "6 months" in refused.stderr


def test_keys_are_turned_and_both_are_named(installed: Run) -> None:
    assert "k2" in installed("keys", "rotate").stdout
    row = json.loads(installed("keys", "rotate", "--json").stdout)
    assert (row["key"], row["dropped"], row["resumed"]) == ("k3", ["k2"], False)


def test_a_doctor_says_each_thing_and_ends_in_1_where_one_failed(
    installed: Run, tmp_path: Path
) -> None:
    done = installed("doctor", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["state"] for row in rows} == {"well"}
    assert "Registro" in installed("doctor").stdout
    (tmp_path / "empty").mkdir()
    failed = installed("doctor", "--backups", tmp_path / "empty", code=1)
    assert "guasto" in failed.stdout


@pytest.mark.parametrize("language", ["it", "en"])
def test_everything_a_doctor_finds_has_its_words(language: str) -> None:
    from matching.cli.operations import _ASPECTS, _HEALTH, _STYLES

    words = load_wording(read_settings().data_dir / "wording", language)
    assert set(_ASPECTS) == {str(one) for one in Aspect}
    assert set(_HEALTH) == set(_STYLES) == {str(one) for one in Health}
    assert all(words.say(key) for key in (*_ASPECTS.values(), *_HEALTH.values()))


def test_a_database_that_cannot_be_reached_ends_in_1_without_a_trace_of_its_address(
    installed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALORIAMO_DATABASE_URL", "postgresql://ugo:segretissima@127.0.0.1:1/hub")
    for command in (("migrate",), ("journal", "verify"), ("backup", "--out", "b")):
        said = installed(*command, code=1)
        assert "Is it running" in said.stderr
        assert "segretissima" not in said.output
