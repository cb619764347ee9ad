import random
import time
from datetime import date

import pytest

from matching.domain.access import Act, the_system
from matching.errors import ConflictError, KeyringError
from matching.hub.accounts import account_named
from matching.hub.scoring import reason_of_switch, stop
from matching.operations.installing import opens_canary
from matching.operations.manifest import used_keys
from matching.operations.places import Places, opened
from matching.operations.rotation import SEALED, reseal_rows, rotate_keys
from matching.store import load_keyring
from matching.store.keyring import save_keyring
from matching.store.person_keys import key_of_pseudonym
from matching.store.tables import accounts, journal, kept_requests, metadata, person_keys, referrals
from tests.operations.installations import (
    SYSTEM,
    add,
    in_a_child,
    keep_something,
    verdict_of,
    wait_until_alone,
)
from tests.repeats import in_full

KILLS = 200 if in_full() else 6


def opens(places: Places) -> None:
    """Everything that is sealed opens with the keyring that is on the disk."""
    with opened(places) as store, store.reading(SYSTEM) as work:
        for row in work.rows(person_keys):
            assert key_of_pseudonym(work, row.pseudonym) is not None
        for row in work.rows(kept_requests):
            place = f"kept_requests.sealed_answer:{row.actor}/{row.request_key}"
            said = work.unseal(row.sealed_answer, row.key_id, place)
            assert said == f"answer {row.request_key}".encode()
        assert opens_canary(work)


def test_after_a_rotation_a_new_key_seals_everything_and_the_old_one_is_gone(
    places: Places,
) -> None:
    keep_something(places, 5)
    with opened(places) as store, store.writing(SYSTEM) as work:
        stop(work, stopped=True, reason="Un errore")
    before = load_keyring(places.keyring)
    done = rotate_keys(places, at_once=2)
    after = load_keyring(places.keyring)
    assert (done.current, done.resumed, done.dropped) == ("k2", False, ("k1",))
    assert done.sealed == {
        "person_keys": 2, "accounts": 1, "kept_requests": 5, "installation": 1
    }  # fmt: skip
    assert set(after.keys) == {"k2"}
    assert after.keys["k2"] != before.keys["k1"]
    assert (after.journal, after.index) == (before.journal, before.index)
    assert places.keyring.stat().st_mode & 0o777 == 0o600
    opens(places)
    with opened(places) as store:
        with store.reading(the_system(frozenset())) as work:
            assert used_keys(work.connection) == ("k2",)
            assert reason_of_switch(work) == "Un errore"
            steps = [row.detail for row in work.rows(journal, journal.c.act == Act.ROTATE_KEYS)]
        assert len(steps) >= 5
    assert verdict_of(places)[1] == ()
    add(places, "Dopo")
    assert rotate_keys(places).current == "k3"
    opens(places)


def test_what_is_sealed_anew_keeps_its_version(places: Places) -> None:
    with opened(places) as store, store.reading(the_system(frozenset())) as work:
        before = account_named(work, "lucia")
    rotate_keys(places)
    with opened(places) as store, store.reading(the_system(frozenset())) as work:
        assert account_named(work, "lucia") == before


def test_killed_anywhere_a_rotation_loses_nothing_and_is_finished_by_the_next(
    places: Places,
) -> None:
    keep_something(places, 30)
    chance = random.Random(9)

    def rotate() -> None:
        rotate_keys(places, at_once=3)

    begun = time.monotonic()
    assert in_a_child(rotate) == 0
    lasts = time.monotonic() - begun
    for _ in range(KILLS):
        in_a_child(rotate, killed_after=chance.uniform(0, lasts))
        wait_until_alone(places)
        opens(places)
    done = rotate_keys(places)
    assert set(load_keyring(places.keyring).keys) == {done.current}
    opens(places)
    entries, problems = verdict_of(places)
    assert entries > 0
    assert problems == ()


def test_a_rotation_is_refused_while_the_service_runs(places: Places) -> None:
    keys = places.keyring.read_bytes()
    with opened(places) as store, store.reading(SYSTEM), pytest.raises(ConflictError, match="Stop"):
        rotate_keys(places)
    assert places.keyring.read_bytes() == keys


def test_keys_of_the_environment_are_not_turned(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALORIAMO_KEYS", places.keyring.read_text("utf-8"))
    with pytest.raises(KeyringError, match="VALORIAMO_KEYRING"):
        rotate_keys(places)


def test_where_something_does_not_open_no_key_is_dropped(places: Places) -> None:
    keep_something(places, 1)
    with opened(places) as store, store.writing(SYSTEM) as work:
        work.change(kept_requests, {"sealed_answer": b"\x01" + bytes(40)})
        work.tell(Act.IMPORT, "test", None)
    with pytest.raises(KeyringError, match=r"kept_requests\.sealed_answer"):
        rotate_keys(places)
    assert set(load_keyring(places.keyring).keys) == {"k1", "k2"}


def test_every_table_with_a_key_is_sealed_anew_by_something() -> None:
    keyed = {
        table.name
        for table in metadata.sorted_tables
        if any(one.name.endswith("key_id") for one in table.c)
    }
    otherwise = {person_keys.name, accounts.name, "protected_attributes"}
    assert keyed == {table.name for table, _ in SEALED} | otherwise
    for table, column in SEALED:
        assert column in table.c


def test_rows_without_anything_sealed_only_change_the_key_they_name(places: Places) -> None:
    with opened(places) as store:
        turned = store.ring.turned()
        with store.writing(SYSTEM) as work:
            work.add(referrals, a_referral(work.now, store.ring.current))
            work.tell(Act.REFER, "referral", "r")
    save_keyring(turned, places.keyring, replace=True)
    with opened(places) as store, store.writing(SYSTEM) as work:
        assert reseal_rows(work, referrals, "sealed", at_most=10) == 1
        assert reseal_rows(work, referrals, "sealed", at_most=10) == 0
        row = work.one(referrals)
        assert (row.key_id, row.sealed, row.version) == ("k2", None, 1)
        work.tell(Act.ROTATE_KEYS, "keyring", None)


def a_referral(now: object, key_id: str) -> dict[str, object]:
    return {
        "id": "r", "hub": "hub-lecco", "state": "received", "source_kind": "school",
        "network": "formal", "sealed": None, "key_id": key_id, "agreed_on": date(2026, 11, 1),
        "made_by": "a", "made_at": now, "version": 1,
    }  # fmt: skip
