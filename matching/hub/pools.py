"""The people of a hub who can be proposed, read once and kept until one of them changes."""

import operator
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from matching.domain import Absence, LeftOut, Profile
from matching.hub.notices import informed
from matching.hub.openings import OpeningsByHub
from matching.hub.people import OPEN
from matching.hub.profiles import KeptProfile, opened
from matching.hub.revisions import PERSONS, revision
from matching.service import Service
from matching.service.matcher import Pool
from matching.store import Work
from matching.store.person_keys import PersonKey, keys_of
from matching.store.tables import persons, profiles
from matching.upkeep.staleness import profiles_left_out

_AT_ONCE = 500


def _proposable(hub: str) -> list[sa.ColumnElement[bool]]:
    """The conditions that somebody of a hub can be proposed.

    Whoever is in danger is in no proposal, and no list says that she is left out of it.
    """
    return [persons.c.hub == hub, persons.c.state == OPEN, persons.c.is_protected.is_(False)]


@dataclass(frozen=True)
class HubPool:
    """Who can be proposed on a day, who is left out of it and why, and the keys of both.

    Everybody is named by pseudonym. ``versions`` says which version of each profile was read.
    """

    number: int
    as_of: date
    pool: Pool = field(repr=False)
    left_out: tuple[LeftOut, ...]
    keys: Mapping[str, PersonKey] = field(repr=False)
    versions: Mapping[str, int] = field(repr=False)
    kept: Mapping[str, KeptProfile] = field(repr=False)


@dataclass
class Pools:
    """The pools of a process, one for each hub. What did not change is not read again.

    ``openings`` are the vacancies that people of the pools are compared with, kept likewise.
    """

    service: Service
    openings: OpeningsByHub = field(init=False, repr=False)
    _pools: dict[str, HubPool] = field(default_factory=dict, repr=False)
    _read: dict[str, dict[str, tuple[int, PersonKey, KeptProfile]]] = field(
        default_factory=dict, repr=False
    )
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        """Keep the vacancies as the same service reads them."""
        self.openings = OpeningsByHub(self.service)

    def of(self, work: Work, hub: str, as_of: date) -> HubPool:
        """The pool of a hub on a day, as it is in this transaction, or as it was read since.

        Raises
        ------
        UnknownError
            For a hub that the actor may not see.
        """
        with self._turn:
            number = revision(work, hub, PERSONS)
            held = self._pools.get(hub)
            if held is None or held.as_of != as_of or held.number < number:
                held = self._made(work, hub, as_of, number, held)
                self._pools[hub] = held
            return held

    def holds(self, work: Work, hub: str, pool: HubPool) -> bool:
        """Whether everybody who was in a pool can still be proposed, in this transaction."""
        if revision(work, hub, PERSONS) == pool.number:
            return True
        there = {row.id for row in work.rows(persons, *_proposable(hub), columns=[persons.c.id])}
        return all(key.person_id in there for key in pool.keys.values())

    def _made(
        self, work: Work, hub: str, as_of: date, number: int, before: HubPool | None
    ) -> HubPool:
        open_rows = work.rows(persons, *_proposable(hub), order=[persons.c.id])
        confirmed = {row.id: row.confirmed_on for row in open_rows}
        told = informed(work, hub)
        read = self._profiles(work, hub, list(confirmed))
        say = self.service.wording
        stale = {
            one.id: one
            for one in profiles_left_out(
                confirmed, limits=self.service.territory.limits, as_of=as_of, wording=say
            )
        }
        keys = {person: read[person][1] for person in confirmed}
        left_out: list[LeftOut] = []
        there: list[Profile] = []
        for person, since in confirmed.items():
            name = keys[person].pseudonym
            if person not in told:
                text = say.say("informing.missing")
                left_out.append(LeftOut(id=name, why=Absence.NO_NOTICE, since=since, text=text))
            elif person in stale:
                gone = stale[person]
                left_out.append(LeftOut(id=name, why=gone.why, since=gone.since, text=gone.text))
            else:
                there.append(read[person][2].profile)
        there.sort(key=lambda one: one.id)
        return HubPool(
            number=number,
            as_of=as_of,
            pool=self._pool(there, before),
            left_out=tuple(sorted(left_out, key=lambda one: one.id)),
            keys={key.pseudonym: key for key in keys.values()},
            versions={key.pseudonym: read[person][0] for person, key in keys.items()},
            kept={key.pseudonym: read[person][2] for person, key in keys.items()},
        )

    def _pool(self, there: Sequence[Profile], before: HubPool | None) -> Pool:
        # Most of what changes in a file changes nothing of what is compared.
        same = before is not None and len(before.pool.profiles) == len(there)
        if before is not None and same and all(map(operator.is_, before.pool.profiles, there)):
            return before.pool
        return self.service.matcher.pool(there)

    def _profiles(
        self, work: Work, hub: str, ids: list[str]
    ) -> dict[str, tuple[int, PersonKey, KeptProfile]]:
        """Profiles by person, of which only those that changed are read and opened."""
        columns = [profiles.c.person_id, profiles.c.version]
        versions = {
            row.person_id: row.version
            for row in work.rows(profiles, profiles.c.hub == hub, columns=columns)
        }
        before = self._read.get(hub, {})
        read = {
            person: before[person]
            for person in ids
            if person in before and before[person][0] == versions.get(person, 0)
        }
        missing = [person for person in ids if person not in read]
        keys = keys_of(work, missing)
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            for row in work.rows(profiles, profiles.c.person_id.in_(some)):
                key = keys[row.person_id]
                read[row.person_id] = (row.version, key, opened(key, row.sealed))
        for person in missing:
            if person not in read:
                # Nothing was read of her yet: she is in the pool, as somebody not known.
                empty = KeptProfile(profile=Profile(id=keys[person].pseudonym))
                read[person] = (0, keys[person], empty)
        self._read[hub] = read
        return read
