import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from matching.domain.access import Act
from matching.errors import TaxonomyError
from matching.operations import file_checks
from matching.operations.backup import back_up
from matching.operations.backup_secret import Secret
from matching.operations.database_checks import database_findings
from matching.operations.doctor import examine
from matching.operations.file_checks import file_findings
from matching.operations.findings import Aspect, Finding, Health
from matching.operations.places import Places, database_file, opened, places_of
from matching.settings import Settings, read_settings
from matching.store import open_engine
from matching.store.keyring import load_keyring, new_keyring, save_keyring
from matching.store.tables import jobs, journal, metadata
from tests.databases import LECCO, everybody
from tests.operations.installations import NOW, Clock, content, tools_for

LATER = Clock(datetime(2036, 1, 1, tzinfo=UTC))


@pytest.fixture
def settings(places: Places, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in [name for name in os.environ if name.startswith("VALORIAMO_")]:
        monkeypatch.delenv(name)
    return read_settings(home=places.home, database_owner_url=places.database)


def in_database(places: Places, clock: Clock = LATER) -> list[Finding]:
    return list(database_findings(places, clock=clock))


def beside(settings: Settings, places: Places, **options: object) -> Iterator[Finding]:
    return file_findings(places, settings, **{"backups": None, "clock": LATER, **options})  # type: ignore[arg-type]


def worse(findings: Iterator[Finding] | list[Finding]) -> list[tuple[Aspect, Health, str]]:
    return [(one.aspect, one.health, one.key) for one in findings if one.health != Health.WELL]


def run(places: Places, *statements: sa.Executable) -> None:
    engine = open_engine(places.database)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)
    finally:
        engine.dispose()


def test_a_new_installation_is_well_and_nothing_of_it_changes(
    settings: Settings, places: Places
) -> None:
    before = content(places)
    findings = examine(settings)
    assert worse(list(findings)) == []
    assert {one.aspect for one in findings} == set(Aspect) - {Aspect.BACKUPS}
    assert content(places) == before
    assert places_of(settings) == places


def test_a_database_that_is_away_is_told_and_the_rest_is_examined(
    settings: Settings, places: Places
) -> None:
    file = database_file(places.database)
    lost = (
        f"sqlite:///{places.home / 'none.sqlite3'}"
        if file
        else sa.make_url(places.database).set(port=1, host="127.0.0.1", query={}).render_as_string()
    )
    away = replace(places, database=lost)
    (only,) = in_database(away)
    assert (only.aspect, only.health) == (Aspect.DATABASE, Health.FAILED)
    assert "valoriamo init" in only.values["error"] or "reached" in only.values["error"]
    assert not (places.home / "none.sqlite3").exists()
    assert worse(beside(settings, away)) == []


def test_other_keys_or_none_are_told(places: Places) -> None:
    ring = load_keyring(places.keyring)
    save_keyring(replace(new_keyring(), journal=ring.journal), places.keyring, replace=True)
    assert worse(in_database(places)) == [(Aspect.KEYS, Health.FAILED, "doctor.wrong_keys")]
    places.keyring.chmod(0o644)
    assert worse(in_database(places)) == [(Aspect.KEYS, Health.FAILED, "doctor.refused")]
    places.keyring.unlink()
    assert worse(in_database(places)) == [(Aspect.KEYS, Health.FAILED, "doctor.refused")]


def test_a_rotation_that_was_cut_is_told(places: Places) -> None:
    save_keyring(load_keyring(places.keyring).turned(), places.keyring, replace=True)
    assert worse(in_database(places)) == [(Aspect.KEYS, Health.WARNING, "doctor.rotation_cut")]


def test_breaks_of_the_journal_are_told_and_those_beyond_three_counted(places: Places) -> None:
    run(places, sa.update(journal).values(actor="x"))
    found = [one for one in in_database(places) if one.aspect == Aspect.JOURNAL]
    keys = [one.key for one in found]
    assert keys == ["doctor.chain_broken"] * 3 + ["doctor.more_breaks"]
    assert found[-1].values["count"] == 1


def test_a_clock_that_went_back_is_told(places: Places) -> None:
    back = Clock(datetime(2020, 1, 1, tzinfo=UTC))
    assert worse(in_database(places, back)) == [(Aspect.CLOCK, Health.FAILED, "doctor.clock_back")]
    # What is done meanwhile stays in its order, and is told for as long as it is so.
    with opened(places, clock=back) as store, store.writing(everybody()) as work:
        work.tell(Act.SCORE, "test", None)
    assert [one.aspect for one in in_database(places) if one.health != Health.WELL] == []
    assert worse(in_database(places, back))[0][0] == Aspect.CLOCK


def test_work_that_waits_or_failed_is_told(places: Places) -> None:
    def job(number: int, **values: object) -> dict[str, object]:
        return {
            "id": str(number), "hub": LECCO, "kind": "import", "state": "queued", "settings": "{}",
            "attempts": 0, "run_at": NOW, "done": 0, "made_by": "a", "made_at": NOW, **values,
        }  # fmt: skip

    soon = Clock(NOW + timedelta(minutes=10))
    run(places, sa.insert(jobs).values(**job(1)))
    (fine,) = [one for one in in_database(places, soon) if one.aspect == Aspect.JOBS]
    assert fine.health == Health.WELL
    run(places, sa.insert(jobs).values(**job(2, state="failed", finished_at=NOW)))
    hours = Clock(NOW + timedelta(hours=3))
    (late,) = [one for one in in_database(places, hours) if one.aspect == Aspect.JOBS]
    assert (late.health, dict(late.values)) == (Health.WARNING, {"waiting": 1, "failed": 1})


def test_rows_that_are_not_closed_by_hub_are_told(places: Places) -> None:
    if database_file(places.database) is not None:
        pytest.skip("SQLite has no row-level security.")
    run(places, sa.text("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY"))
    (found,) = [one for one in in_database(places) if one.health != Health.WELL]
    assert (found.key, found.values["tables"]) == ("doctor.not_closed", "notes")


def test_a_row_that_refers_to_nothing_is_told(places: Places) -> None:
    file = database_file(places.database)
    if file is None:
        pytest.skip("PostgreSQL lets no such row be.")
    engine = sa.create_engine(f"sqlite:///{file}")  # foreign keys are off unless asked for
    with engine.begin() as connection:
        connection.execute(sa.delete(metadata.tables["persons"]))
    engine.dispose()
    (found,) = [one for one in in_database(places) if one.aspect == Aspect.ROWS]
    assert (found.health, "persons" in found.values["error"]) == (Health.FAILED, True)


def test_a_file_that_is_no_database_any_more_is_told(places: Places) -> None:
    file = database_file(places.database)
    if file is None:
        pytest.skip("PostgreSQL's files are its own.")
    file.write_bytes(os.urandom(8192))
    (found,) = in_database(places)
    assert (found.aspect, found.health) == (Aspect.DATABASE, Health.FAILED)


def test_backups_are_looked_for_where_they_should_be(
    places: Places, secret: Secret, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "note.txt").write_text("not a backup", "utf-8")

    def told(clock: Callable[[], datetime]) -> tuple[Health, str]:
        one = file_checks._backups(folder, clock())
        return one.health, one.key

    assert told(Clock()) == (Health.FAILED, "doctor.no_backup")
    back_up(places, folder / "one", secret, tools=tools_for(places), clock=Clock())
    assert told(Clock()) == (Health.WELL, "doctor.backup")
    assert told(Clock(NOW + timedelta(days=3))) == (Health.WARNING, "doctor.old_backup")


def test_what_a_killed_command_left_behind_is_told(settings: Settings, places: Places) -> None:
    (places.home / ".restore-abc").mkdir()
    places.anchor.with_name("journal.heads.restored").write_text("", "ascii")
    assert worse(beside(settings, places)) == [
        (Aspect.BACKUPS, Health.WARNING, "doctor.left_behind"),
        (Aspect.BACKUPS, Health.WARNING, "doctor.restore_cut"),
    ]


def test_a_registry_a_taxonomy_or_a_lexicon_that_cannot_be_used_is_told(
    settings: Settings, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places.home / "registry").mkdir()
    (places.home / "registry" / "mlflow.db").write_bytes(b"no database")

    def damaged(folder: Path) -> None:
        raise TaxonomyError(f"{folder}: cannot be read. Import again.")

    monkeypatch.setattr(file_checks, "is_imported", lambda folder: True)
    monkeypatch.setattr(file_checks, "open_imported", damaged)
    other = settings.model_copy(update={"lexicon_dir": tmp_path / "none"})
    found = worse(beside(other, places))
    assert found == [
        (Aspect.REGISTRY, Health.WARNING, "doctor.refused"),
        (Aspect.REGISTRY, Health.WARNING, "doctor.refused"),
        (Aspect.TAXONOMY, Health.WARNING, "doctor.refused"),
        (Aspect.LEXICON, Health.FAILED, "doctor.refused"),
    ]


@pytest.mark.parametrize(
    ("free", "health"), [(10, Health.FAILED), (1000, Health.WARNING), (50_000, Health.WELL)]
)
def test_a_disk_that_fills_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, health: Health
) -> None:
    usage = type("Usage", (), {"free": free * 1024 * 1024})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert file_checks._disk(tmp_path).health == health
