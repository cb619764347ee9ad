"""Profiles as they are kept: what the matcher reads of a person, and her answers; no name in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from pydantic import TypeAdapter

from matching.domain import Profile
from matching.domain.access import Act
from matching.hub.revisions import PERSONS, changed
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import persons, profiles

Answer = int | float | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProfile:
    """A profile, the answers to the form, and what it was read with.

    ``profile.id`` is the person's pseudonym wherever something is computed: nothing that scores
    or is shown as a result knows another identifier. ``lexicon`` is the digest of the lexicon that
    read the CV, ``read_on`` the day as of which it was.
    """

    profile: Profile
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    lexicon: str | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    profile: Profile
    answers: dict[str, Answer]
    lexicon: str | None
    read_on: date | None


_STORED = TypeAdapter(_Stored)


def keep_profile(
    work: Work, person_id: str, kept: KeptProfile, *, version: int | None = None
) -> int:
    """Keep a profile in place of the one before; its version.

    Parameters
    ----------
    work
        Of somebody whose hub the person is of.
    person_id
        Whose profile it is.
    kept
        What to keep.
    version
        The version that the caller read, where there was one to read.

    Raises
    ------
    StaleError
        Where somebody else changed it meanwhile.
    UnknownError
        Where there is no such person for whoever asks.
    """
    row = work.one(persons, persons.c.id == person_id)
    key = key_of(work, person_id)
    sealed = key.seal(_written(kept, key), _place(person_id))
    before = work.first(profiles, profiles.c.person_id == person_id)
    if before is None:
        work.add(
            profiles,
            {
                "person_id": person_id, "hub": row.hub, "sealed": sealed,
                "changed_at": work.now, "version": 1,
            },
        )  # fmt: skip
        now_version = 1
    else:
        work.change(
            profiles,
            {"sealed": sealed, "changed_at": work.now},
            profiles.c.person_id == person_id,
            version=before.version if version is None else version,
        )
        now_version = before.version + 1
    work.change(persons, {"confirmed_on": work.today}, persons.c.id == person_id)
    changed(work, row.hub, PERSONS)
    work.tell(
        Act.CHANGE_PERSON, "person", key.pseudonym, hub=row.hub, fields=["profile"],
        lexicon=kept.lexicon,
    )  # fmt: skip
    return now_version


def read_profile(work: Work, key: PersonKey) -> tuple[KeptProfile, int] | None:
    """The profile of whoever a key is of, and its version; None where none was made yet."""
    row = work.by(profiles, person_id=key.person_id)
    return None if row is None else (opened(key, row.sealed), row.version)


def opened(key: PersonKey, sealed: bytes) -> KeptProfile:
    """What was sealed of a profile."""
    found = _STORED.validate_json(key.unseal(sealed, _place(key.person_id)))
    return KeptProfile(
        profile=replace(found.profile, id=key.pseudonym),
        answers=MappingProxyType(found.answers),
        lexicon=found.lexicon,
        read_on=found.read_on,
    )


def _written(kept: KeptProfile, key: PersonKey) -> bytes:
    stored = _Stored(
        profile=replace(kept.profile, id=key.pseudonym),
        answers=dict(kept.answers),
        lexicon=kept.lexicon,
        read_on=kept.read_on,
    )
    return _STORED.dump_json(stored)


def _place(person_id: str) -> str:
    return f"profiles.sealed:{person_id}"
