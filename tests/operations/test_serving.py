"""What an installation must be to be served: whatever does not fit is refused before it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from matching.domain.access import Role, the_system
from matching.errors import JournalError, KeyringError, SettingsError, StoreError
from matching.hub.accounts import invite
from matching.operations.places import Places, database_file, opened
from matching.operations.serving import is_installed, open_for_serving
from matching.settings import Settings, read_settings
from matching.store import load_keyring
from matching.store.keyring import new_keyring, save_keyring
from matching.store.tables import journal, journal_head
from tests.databases import LECCO, serving
from tests.operations.installations import SYSTEM, Clock, add, added


@pytest.fixture
def settings(places: Places) -> Settings:
    return settings_of(places)


def settings_of(places: Places) -> Settings:
    """Settings of whoever serves an installation: on PostgreSQL not of its owner."""
    return read_settings(
        home=places.home,
        database_url=serving(places.database),
        keyring=places.keyring,
        anchor=places.anchor,
    )


def changed(places: Places, *statements: sa.Executable) -> None:
    """Change an installation behind its back."""
    with opened(places) as store, store.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def test_an_installation_that_fits_is_worked_with(settings: Settings, places: Places) -> None:
    said: list[str] = []
    assert is_installed(settings)
    store = open_for_serving(settings, said=said.append)
    with store.writing(SYSTEM) as work:
        added(work, "Carla")
    store.engine.dispose()
    assert said == []


def test_a_home_with_nothing_in_it_is_no_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "empty"
    assert not is_installed(read_settings(home=home))
    assert is_installed(read_settings(home=home, database_url="postgresql://db.example/hub"))
    monkeypatch.setenv("VALORIAMO_KEYS", "{}")
    assert is_installed(read_settings(home=home))


def test_an_installation_whose_database_was_lost_is_still_one_and_is_refused(
    tmp_path: Path,
) -> None:
    settings = read_settings(home=tmp_path)
    save_keyring(new_keyring(), tmp_path / "keys" / "keyring.json")
    assert is_installed(settings)
    with pytest.raises(StoreError, match=r"not there.*valoriamo restore"):
        open_for_serving(settings)
    assert not (tmp_path / "hub.db").exists()


def test_another_revision_is_refused(settings: Settings, places: Places) -> None:
    changed(places, sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="revision 9999"):
        open_for_serving(settings)


def test_the_keys_of_another_installation_are_refused(settings: Settings, places: Places) -> None:
    save_keyring(new_keyring(), places.keyring, replace=True)
    with pytest.raises(KeyringError):
        open_for_serving(settings)


def test_a_database_that_no_key_was_tried_on_is_refused(settings: Settings, places: Places) -> None:
    changed(places, sa.text("DELETE FROM installation WHERE name = 'canary'"))
    with pytest.raises(KeyringError, match="valoriamo init"):
        open_for_serving(settings)


def test_a_cut_tail_is_refused_and_what_to_do_is_said(settings: Settings, places: Places) -> None:
    with opened(places) as store, store.engine.connect() as connection:
        last = connection.execute(sa.select(sa.func.max(journal.c.number))).scalar_one()
        mac = connection.execute(
            sa.select(journal.c.mac).where(journal.c.number == last - 1)
        ).scalar_one()
    changed(
        places,
        sa.delete(journal).where(journal.c.number == last),
        sa.update(journal_head).values(number=last - 1, mac=mac),
    )
    with pytest.raises(JournalError, match="valoriamo journal verify"):
        open_for_serving(settings)


def test_a_last_entry_that_is_another_than_was_noted_is_refused(
    settings: Settings, places: Places
) -> None:
    changed(
        places,
        sa.update(journal)
        .where(journal.c.number == sa.select(journal_head.c.number).scalar_subquery())
        .values(mac="0" * 64),
        sa.update(journal_head).values(mac="0" * 64),
    )
    with pytest.raises(JournalError, match="not the one noted"):
        open_for_serving(settings)


def test_a_head_that_is_not_of_the_last_entry_is_refused(
    settings: Settings, places: Places
) -> None:
    changed(places, sa.update(journal_head).values(number=journal_head.c.number + 1))
    with pytest.raises(JournalError, match="the head says"):
        open_for_serving(settings)


def test_without_heads_outside_it_is_served_and_said(settings: Settings, places: Places) -> None:
    places.anchor.unlink()
    said: list[str] = []
    open_for_serving(settings, said=said.append).engine.dispose()
    assert len(said) == 1
    assert "begun anew" in said[0]


def test_heads_that_were_not_noted_for_a_while_do_not_stand_in_the_way(
    settings: Settings, places: Places
) -> None:
    before = places.anchor.read_bytes()
    add(places, "Carla")
    places.anchor.write_bytes(before)
    open_for_serving(settings).engine.dispose()


def test_a_clock_that_is_behind_the_journal_is_refused_unless_it_is_said_to_be_right(
    settings: Settings, places: Places
) -> None:
    ahead = Clock(datetime(2031, 5, 1, tzinfo=UTC))
    with opened(places, clock=ahead) as store, store.writing(SYSTEM) as work:
        added(work, "Carla")
    clock = Clock(datetime(2026, 11, 29, tzinfo=UTC))
    with pytest.raises(StoreError, match=r"2026-11-29.*2031-05-01.*--clock-is-right"):
        open_for_serving(settings, clock=clock)
    store = open_for_serving(settings, clock=clock, trusts_clock=True)
    with store.writing(SYSTEM) as work:
        added(work, "Dora")
    store.engine.dispose()
    # What was done since is of the right time, so that nothing has to be said again.
    open_for_serving(settings, clock=clock).engine.dispose()


def test_a_clock_that_is_a_little_behind_another_machines_is_none_that_is_wrong(
    settings: Settings, places: Places
) -> None:
    now = datetime(2031, 5, 1, tzinfo=UTC)
    with opened(places, clock=Clock(now)) as store, store.writing(SYSTEM) as work:
        added(work, "Carla")
    clock = Clock(now - timedelta(minutes=4))
    open_for_serving(settings, clock=clock).engine.dispose()


def test_accounts_of_another_territorys_hub_are_refused(settings: Settings, places: Places) -> None:
    with opened(places) as store, store.writing(the_system(frozenset({LECCO, "hub-lodi"}))) as work:
        invite(work, "anna", role=Role.COMMUNITY_MANAGER, hub=LECCO)
    open_for_serving(settings).engine.dispose()
    with opened(places) as store, store.writing(the_system(frozenset({"hub-lodi"}))) as work:
        invite(work, "bruna", role=Role.COMMUNITY_MANAGER, hub="hub-lodi")
    with pytest.raises(SettingsError, match=r"hub-lodi.*VALORIAMO_TERRITORY"):
        open_for_serving(settings)


def test_a_role_that_is_shown_every_row_does_not_serve(places: Places) -> None:
    if database_file(places.database) is not None:
        pytest.skip("SQLite has no roles.")
    owner = read_settings(
        home=places.home, database_url=places.database, keyring=places.keyring, anchor=places.anchor
    )
    with pytest.raises(StoreError, match="row-level security"):
        open_for_serving(owner)


def test_a_file_that_was_taken_away_is_not_written_to_and_works_again_once_it_is_back(
    settings: Settings, places: Places
) -> None:
    file = database_file(places.database)
    if file is None:
        pytest.skip("A server's database has no file of ours.")
    store = open_for_serving(settings)
    away = file.with_name("away")
    file.rename(away)
    with pytest.raises(StoreError, match="taken away"), store.writing(SYSTEM) as work:
        added(work, "Carla")
    # Another file in its place is another database, whatever is in it.
    file.write_bytes(away.read_bytes())
    with pytest.raises(StoreError, match="another"), store.reading(SYSTEM):
        pass
    away.replace(file)
    with store.writing(SYSTEM) as work:
        added(work, "Carla")
    store.engine.dispose()
    assert load_keyring(places.keyring) == store.ring


def test_a_statement_of_whoever_serves_ends_in_time(settings: Settings, places: Places) -> None:
    if database_file(places.database) is not None:
        pytest.skip("SQLite works in this process.")
    store = open_for_serving(settings)
    with store.engine.connect() as connection:
        limits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("statement_timeout", "lock_timeout")
        ]
    store.engine.dispose()
    assert limits == ["90s", "30s"]
