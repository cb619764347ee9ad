"""The keyring turned: what an older key sealed is sealed anew, then the older key is dropped.

The new key is on the disk before anything is sealed with it, and the old one leaves the disk after
nothing needs it: killed at any moment, calling again finishes what was begun.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matching.domain.access import EVERYWHERE, Act, Actor
from matching.errors import KeyringError, StoreError
from matching.hub.accounts_names import seal_names_anew
from matching.hub.accounts_second_factor import seal_factors_anew
from matching.hub.protected import seal_protected_anew
from matching.hub.scoring import seal_reason_anew
from matching.operations.installing import add_canary
from matching.operations.manifest import used_keys
from matching.operations.places import Clock, Places, check_alone, check_there, everywhere, opened
from matching.store import Keyring, Store, Work, load_keyring
from matching.store.keyring import in_environment, save_keyring
from matching.store.person_keys import seal_anew
from matching.store.store import utc_now
from matching.store.tables import (
    households,
    job_files,
    kept_requests,
    referrals,
    reserved_reports,
)

AT_ONCE = 500
"""Rows of one transaction."""

SEALED: tuple[tuple[sa.Table, str], ...] = (
    (households, "sealed"),
    (referrals, "sealed"),
    (reserved_reports, "sealed_text"),
    (job_files, "sealed"),
    (kept_requests, "sealed_answer"),
)
"""Tables whose rows the ring seals, and the column; others have a function that seals them anew.

Their place is ``table.column:ID``, with ``/`` between the parts of an ID.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """The key that seals now, whether a rotation was finished that had been cut, what was done."""

    current: str
    resumed: bool
    sealed: Mapping[str, int]
    dropped: tuple[str, ...]


def rotate_keys(places: Places, *, clock: Clock = utc_now, at_once: int = AT_ONCE) -> Rotated:
    """Turn the keyring, or finish turning it.

    Raises
    ------
    ConflictError
        While the service runs: it would go on sealing with the older key.
    KeyringError
        Where the keys come from the environment, or something does not open: no key is dropped.
    StoreError
        Where the database cannot be used.
    """
    if in_environment():
        raise KeyringError(
            "The keys come from VALORIAMO_KEYS, which no command can change. Write them to the "
            "file that VALORIAMO_KEYRING names, unset the variable, then try again."
        )
    check_there(places.database)
    check_alone(places.database)
    ring = load_keyring(places.keyring)
    resumed = len(ring.keys) > 1
    if not resumed:
        ring = ring.turned()
        save_keyring(ring, places.keyring, replace=True)
    with opened(places, clock=clock) as store:
        actor = everywhere(store.engine)
        with store.writing(actor) as work:
            add_canary(work)
            _tell(work, step="begun")
        sealed = {
            name: _all(store, actor, name, anew, at_once) for name, anew in _resealing().items()
        }
        dropped = _drop(store, actor, ring, places)
    return Rotated(
        current=ring.current,
        resumed=resumed,
        sealed={name: count for name, count in sealed.items() if count},
        dropped=dropped,
    )


def _resealing() -> Mapping[str, Callable[[Work, int], int]]:
    """For each table, what seals some of its rows anew and says how many."""

    def of(table: sa.Table, column: str) -> Callable[[Work, int], int]:
        return lambda work, at_once: reseal_rows(work, table, column, at_most=at_once)

    return {
        "person_keys": lambda work, at_once: seal_anew(work, at_most=at_once),
        "accounts": lambda work, at_once: (
            seal_factors_anew(work, at_most=at_once) or seal_names_anew(work, at_most=at_once)
        ),
        "installation": lambda work, _: seal_reason_anew(work),
        "protected_attributes": lambda work, at_once: seal_protected_anew(work, at_most=at_once),
        **{table.name: of(table, column) for table, column in SEALED},
    }


def reseal_rows(work: Work, table: sa.Table, column: str, *, at_most: int) -> int:
    """Seal rows that an older key sealed with the current one; how many were."""
    old = work.rows(table, table.c.key_id != work.ring.current, limit=at_most)
    keys: Sequence[sa.Column[Any]] = list(table.primary_key)
    for row in old:
        values: dict[str, Any] = {"key_id": work.ring.current}
        ids = [row._mapping[key.name] for key in keys]
        held = row._mapping[column]
        if held is not None:
            place = f"{table.name}.{column}:{'/'.join(map(str, ids))}"
            values[column], _ = work.seal(work.unseal(held, row.key_id, place), place)
        if "version" in table.c:
            values["version"] = table.c.version  # what it says has not changed
        work.change(table, values, *(key == value for key, value in zip(keys, ids, strict=True)))
    return len(old)


def _all(
    store: Store, actor: Actor, name: str, anew: Callable[[Work, int], int], at_once: int
) -> int:
    count = 0
    while True:
        with store.writing(actor) as work:
            done = anew(work, at_once)
            if done:
                _tell(work, step="sealed", table=name, rows=done)
        if not done:
            return count
        count += done


def _drop(store: Store, actor: Actor, ring: Keyring, places: Places) -> tuple[str, ...]:
    older = frozenset(ring.keys) - {ring.current}
    with store.writing(actor) as work:
        if needed := sorted(older & set(used_keys(work.connection))):
            raise StoreError(
                f"Something is still sealed with the key {needed[0]!r}; no key was dropped. Was "
                "the service started meanwhile? Stop it and rotate again."
            )
        _tell(work, step="dropped", keys=sorted(older))
    save_keyring(ring.without(older), places.keyring, replace=True)
    return tuple(sorted(older))


def _tell(work: Work, step: str, **detail: object) -> None:
    work.tell(
        Act.ROTATE_KEYS, "keyring", None, hub=EVERYWHERE, key=work.ring.current, step=step,
        **detail,
    )  # fmt: skip
