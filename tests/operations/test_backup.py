import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from matching.domain.access import Act, the_system
from matching.errors import ConflictError, InputError, JournalError, KeyringError, StoreError
from matching.hub.erasure import erase_again
from matching.operations.backup import BackedUp, back_up
from matching.operations.backup_secret import Secret, make_backup_key, passphrase, read_backup_key
from matching.operations.erased_file import note_erased, read_erased
from matching.operations.places import Places, database_file, opened
from matching.operations.restore import Restored, restore
from matching.store.keyring import new_keyring, save_keyring
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import erased, journal
from tests.operations.installations import (
    SYSTEM,
    Clock,
    add,
    added,
    content,
    in_a_child,
    tools_for,
    verdict_of,
    wait_until_alone,
)
from tests.repeats import in_full

KILLS = 200 if in_full() else 4
Elsewhere = Callable[[], Places]


def backed_up(places: Places, out: Path, secret: Secret, *, force: bool = False) -> BackedUp:
    return back_up(places, out, secret, tools=tools_for(places), force=force, clock=Clock())


def restored(places: Places, source: Path, secret: Secret, *, force: bool = False) -> Restored:
    return restore(places, source, secret, erase=erase_again, tools=tools_for(places), force=force)


def with_keys_of(places: Places, other: Places) -> Places:
    """Other places, to which the keyring was carried."""
    other.keyring.parent.mkdir(parents=True, exist_ok=True)
    other.keyring.write_bytes(places.keyring.read_bytes())
    other.keyring.chmod(0o600)
    return other


def without_journal(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: one for name, one in rows.items() if not name.startswith("journal")}


def test_a_backup_made_while_others_write_is_restored_elsewhere_whole(
    places: Places, secret: Secret, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    ended = threading.Event()
    committed: list[int] = []

    def write() -> None:
        with opened(places) as store:
            while not ended.is_set():
                with store.writing(SYSTEM) as work:
                    added(work, "Carla")
                committed.append(1)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        while not committed:
            time.sleep(0.01)
        done = backed_up(places, tmp_path / "backup", secret)
        after = len(committed)
        while len(committed) == after:
            time.sleep(0.01)
    finally:
        ended.set()
        for writer in writers:
            writer.join()
    manifest = done.manifest
    assert manifest.counts["persons"] == manifest.counts["person_keys"] > 2
    # Two for the making, one for each person: the snapshot is of one moment.
    assert manifest.head.number == manifest.counts["journal"] == manifest.counts["persons"] + 2
    other = with_keys_of(places, elsewhere())
    back = restored(other, done.path, secret)
    assert (back.kept, back.lost, back.erased_again) == (None, 0, 0)
    found = content(other)
    counts = {name: len(rows) for name, rows in found.items()}
    assert counts == {**manifest.counts, "journal": manifest.counts["journal"] + 1}
    assert verdict_of(other) == (manifest.head.number + 1, ())
    with opened(other) as store, store.reading(SYSTEM) as work:
        last = work.rows(journal, order=[journal.c.number.desc()], limit=1)[0]
        assert (last.act, last.number) == (Act.RESTORE, manifest.head.number + 1)
    add(other, "Dora")
    assert verdict_of(other)[1] == ()


def test_a_backup_gives_back_every_row_and_keeps_what_it_replaces(
    places: Places, secret: Secret, tmp_path: Path
) -> None:
    before = content(places)
    done = backed_up(places, tmp_path / "backup", secret)
    add(places, "Persa")
    with pytest.raises(ConflictError, match="--force"):
        restored(places, done.path, secret)
    back = restored(places, done.path, secret, force=True)
    assert without_journal(content(places)) == without_journal(before)
    # The backup's own entry, and Persa's.
    assert back.lost == 2
    assert back.kept is not None
    assert back.kept_anchor is not None
    assert back.kept_anchor.exists()
    assert verdict_of(places) == (len(before["journal"]) + 1, ())


def test_a_backup_is_sealed_its_own_users_alone_and_in_the_journal(
    places: Places, secret: Secret, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    done = backed_up(places, out, secret)
    data = out.read_bytes()
    assert out.stat().st_mode & 0o777 == 0o600
    assert b"SQLite format" not in data
    assert b"PGDMP" not in data
    assert (done.manifest.installation or "").encode() not in data
    for key in (places.keyring, places.backup_key):
        assert key.read_bytes() not in data
    with opened(places) as store, store.reading(the_system(frozenset())) as work:
        last = work.rows(journal, order=[journal.c.number.desc()], limit=1)[0]
        assert last.act == Act.BACK_UP
        assert done.digest in last.detail
    with pytest.raises(InputError, match="--force"):
        backed_up(places, out, secret)
    assert out.read_bytes() == data
    assert backed_up(places, out, secret, force=True).digest != done.digest
    assert sorted(path.name for path in tmp_path.glob(".backup*")) == []


def test_what_was_cut_altered_or_sealed_otherwise_is_refused_before_anything_is_touched(
    places: Places, secret: Secret, tmp_path: Path
) -> None:
    out = tmp_path / "backup"
    data = bytearray(backed_up(places, out, secret).path.read_bytes())
    before, heads = content(places), places.anchor.read_bytes()
    make_backup_key(tmp_path / "other.key")
    other = read_backup_key(tmp_path / "other.key")
    ring = places.keyring.read_bytes()

    def refused(what: str, key: Secret = secret) -> None:
        with pytest.raises((StoreError, KeyringError), match=what):
            restored(places, out, key, force=True)
        assert content(places) == before
        assert places.anchor.read_bytes() == heads

    refused("another key", other)
    refused("--key-file", passphrase("sei parole a caso vanno bene"))
    out.write_bytes(data[:-30])
    refused("cut or damaged")
    out.write_bytes(data + b"x")
    refused("after the end")
    data[len(data) // 2] ^= 1
    out.write_bytes(data)
    refused("altered at frame")
    data[len(data) // 2] ^= 1
    out.write_bytes(data)
    save_keyring(replace(new_keyring(), current="k9", keys={"k9": bytes(range(32))}),
                 places.keyring, replace=True)  # fmt: skip
    refused("Put back the keyring")
    save_keyring(new_keyring(), places.keyring, replace=True)
    refused("does not hold together")
    places.keyring.unlink()
    refused("there is no keyring")
    places.keyring.write_bytes(ring)
    places.keyring.chmod(0o600)
    # The heads that were noted here are of another journal.
    number, mac = heads.decode().splitlines()[0].split()
    places.anchor.write_text(f"{number} {mac[::-1]}\n", "ascii")
    with pytest.raises(JournalError, match="another installation"):
        restored(places, out, secret, force=True)
    assert content(places) == before
    places.anchor.write_bytes(heads)
    assert restored(places, out, secret, force=True).lost == 1


def test_a_database_in_use_is_not_replaced(places: Places, secret: Secret, tmp_path: Path) -> None:
    out = backed_up(places, tmp_path / "backup", secret).path
    with opened(places) as store, store.reading(SYSTEM), pytest.raises(ConflictError, match="Stop"):
        restored(places, out, secret, force=True)
    assert verdict_of(places)[1] == ()


def test_whoever_was_erased_after_a_backup_is_erased_again(
    places: Places, secret: Secret, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    gone, kept, by_file = (add(places, name) for name in ("Elsa", "Franca", "Gina"))
    out = backed_up(places, tmp_path / "backup", secret).path
    with opened(places) as store, store.writing(SYSTEM) as work:
        erase_again(work, gone)
    # Another was erased where this database knows nothing of it; the file beside it does.
    note_erased(places.erased, by_file)
    back = restored(places, out, secret, force=True)
    assert back.erased_again == 2
    with opened(places) as store, store.reading(SYSTEM) as work:
        assert key_of_pseudonym(work, gone) is None
        assert key_of_pseudonym(work, by_file) is None
        assert key_of_pseudonym(work, kept) is not None
        assert {row.pseudonym for row in work.rows(erased)} == {gone, by_file}
    assert verdict_of(places)[1] == ()


def test_what_was_erased_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "erased.pseudonyms"
    assert read_erased(path) == frozenset()
    names = {f"0000000{n}-0000-4000-8000-000000000000" for n in range(3)}
    for name in names:
        note_erased(path, name)
    assert read_erased(path) == names
    assert path.stat().st_mode & 0o777 == 0o600
    note_erased(path, "Anna")
    with pytest.raises(StoreError, match="line 4"):
        read_erased(path)


def test_killed_anywhere_a_restore_leaves_the_old_or_the_restored_database(
    places: Places, secret: Secret, tmp_path: Path
) -> None:
    out = backed_up(places, tmp_path / "backup", secret).path
    add(places, "Persa")
    persons = len(content(places)["persons"])
    chance = random.Random(10)

    def put_back() -> None:
        restored(places, out, secret, force=True)

    begun = time.monotonic()
    assert in_a_child(put_back) == 0
    lasts = time.monotonic() - begun
    for _ in range(KILLS):
        if len(content(places)["persons"]) < persons:
            add(places, "Persa")
        in_a_child(put_back, killed_after=chance.uniform(0, lasts))
        wait_until_alone(places)
        found, (_, problems) = len(content(places)["persons"]), verdict_of(places)
        assert found in (persons - 1, persons)
        if found == persons:
            assert problems == ()
        elif problems:
            # Killed between the database and its heads: the restore is run again.
            restored(places, out, secret, force=True)
            assert verdict_of(places)[1] == ()


def test_a_backup_holds_what_a_copy_of_the_file_would_lack(
    places: Places, secret: Secret, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    file = database_file(places.database)
    if file is None:
        pytest.skip("PostgreSQL has no file to copy.")
    with opened(places) as store:
        with store.writing(SYSTEM) as work:
            added(work, "Ultima")
        copy = tmp_path / "copy.sqlite3"
        copy.write_bytes(file.read_bytes())
        done = backed_up(places, tmp_path / "backup", secret)
    with closing(sqlite3.connect(copy)) as connection:
        (in_copy,) = connection.execute("SELECT count(*) FROM persons").fetchone()
    assert in_copy < done.manifest.counts["persons"] == 3
