"""Each person's own key: made with her file, kept sealed, destroyed when she is erased."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from matching.errors import UnknownError
from matching.store.keyring import KEY_BYTES
from matching.store.sealing import seal, search_word, unseal
from matching.store.tables import person_keys
from matching.store.work import Work, new_id

_PURPOSE = "person_keys"
_AT_ONCE = 500  # a statement takes a limited number of values


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A person's pseudonym, and the key that opens what is kept of her."""

    person_id: str
    pseudonym: str
    key: bytes = field(repr=False)

    def seal(self, content: bytes, place: str) -> bytes:
        """Seal content for a place, such as ``notes.sealed:ID``."""
        return seal(self.key, content, place)

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Open what was sealed for a place.

        Raises
        ------
        KeyringError
            Where it does not open.
        """
        return unseal(self.key, sealed, place)

    def word(self, purpose: str, text: str) -> str:
        """What equal texts told of her share, and nobody can guess at once her key is destroyed."""
        return search_word(self.key, purpose, text)


def new_person_key(work: Work, person_id: str, hub: str) -> PersonKey:
    """Make a key and a pseudonym, both by chance, for a new person."""
    made = PersonKey(person_id, new_id(), secrets.token_bytes(KEY_BYTES))
    sealed, key_id = work.seal(made.key, _place(person_id), _PURPOSE)
    work.add(
        person_keys,
        {
            "person_id": person_id,
            "pseudonym": made.pseudonym,
            "hub": hub,
            "sealed": sealed,
            "key_id": key_id,
        },
    )
    return made


def key_of(work: Work, person_id: str) -> PersonKey:
    """The key of a person.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    """
    row = work.by(person_keys, person_id=person_id)
    if row is None:
        raise UnknownError("There is no such person.")
    return _opened(work, row)


def key_of_pseudonym(work: Work, pseudonym: str) -> PersonKey | None:
    """The key of whoever a pseudonym stands for, None once she was erased."""
    row = work.by(person_keys, pseudonym=pseudonym)
    return None if row is None else _opened(work, row)


def keys_of(
    work: Work, ids: Collection[str], *, by: sa.Column[str] = person_keys.c.person_id
) -> Mapping[str, PersonKey]:
    """The keys of people by ``person_id``, or by ``pseudonym``; who is not there is left out."""
    found: dict[str, PersonKey] = {}
    every = sorted(ids)
    for start in range(0, len(every), _AT_ONCE):
        for row in work.rows_among(person_keys, by.name, every[start : start + _AT_ONCE]):
            found[str(row._mapping[by.name])] = _opened(work, row)
    return found


def persons_of(work: Work, pseudonyms: Collection[str]) -> Mapping[str, str]:
    """Which person each pseudonym stands for; who is not there any more is left out."""
    every, both = sorted(pseudonyms), ("pseudonym", "person_id")
    parts = (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
    return {
        str(row.pseudonym): str(row.person_id)
        for part in parts
        for row in work.rows_among(person_keys, "pseudonym", part, columns=both)
    }


def seal_anew(work: Work, *, at_most: int) -> int:
    """Seal keys that an older key of the ring sealed with the current one; how many were.

    What the people's keys sealed stays as it is. To be called until it answers 0.
    """
    old = work.rows(person_keys, person_keys.c.key_id != work.ring.current, limit=at_most)
    for row in old:
        opened = _opened(work, row)
        sealed, key_id = work.seal(opened.key, _place(opened.person_id), _PURPOSE)
        work.change(
            person_keys,
            {"sealed": sealed, "key_id": key_id},
            person_keys.c.person_id == opened.person_id,
        )
    return len(old)


def destroy_key(work: Work, person_id: str) -> None:
    """Destroy a key: nothing that it sealed can be read any more, and nobody found."""
    work.remove(person_keys, person_keys.c.person_id == person_id)


def _opened(work: Work, row: "sa.Row[tuple[object, ...]]") -> PersonKey:
    key = work.unseal(row.sealed, row.key_id, _place(row.person_id), _PURPOSE)
    return PersonKey(row.person_id, row.pseudonym, key)


def _place(person_id: str) -> str:
    return f"person_keys.sealed:{person_id}"
