"""The names that accounts sign in with: sealed, and found by a keyed word alone.

A person's name, often an e-mail address, is sealed with her own key and gone with it; anybody
else's with the keys of the installation.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Row

from matching.errors import InputError, UnknownError
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of, keys_of
from matching.store.tables import accounts

NO_NAME: Mapping[str, None] = MappingProxyType(
    {"name_word": None, "sealed_name": None, "name_key_id": None}
)
"""What an account keeps of its name once it has none."""

_SHORTEST, _LONGEST = 3, 200
_BLANK = re.compile(r"\s")


def known_username(username: str) -> str:
    """A username as it is kept: written in whatever way, it is of one account."""
    whole = username.encode("utf-8", "replace").decode()
    folded = unicodedata.normalize("NFKC", whole).casefold()
    return unicodedata.normalize("NFKC", folded).casefold()


def check_username(kept: str) -> None:
    """Refuse what is no username.

    Raises
    ------
    InputError
        Saying what one is like.
    """
    if not _SHORTEST <= len(kept) <= _LONGEST or not kept.isprintable() or _BLANK.search(kept):
        raise InputError(
            f"The username has {len(kept)} characters; a username has {_SHORTEST} to {_LONGEST}, "
            "without blanks, such as an e-mail address."
        )


def name_word(work: Work, kept: str) -> str:
    """The search word of a username as it is kept."""
    return work.word("account", kept)


def kept_name(
    work: Work, account_id: str, username: str, person_id: str | None = None
) -> dict[str, object]:
    """What an account keeps of its name; of a person's account, under her key.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    """
    kept, place = known_username(username), _place(account_id)
    if person_id is None:
        sealed, key_id = work.seal(kept.encode(), place)
    else:
        sealed, key_id = key_of(work, person_id).seal(kept.encode(), place), None
    return {"name_word": name_word(work, kept), "sealed_name": sealed, "name_key_id": key_id}


def names_of(work: Work, rows: Sequence[Row[Any]]) -> Mapping[str, str]:
    """The names of accounts by their ids, opened; of one that was emptied, that it is.

    Raises
    ------
    UnknownError
        For the account of a person of a hub that whoever asks does not see.
    KeyringError
        Where a name does not open.
    """
    theirs = {row.person_id for row in rows if row.sealed_name is not None} - {None}
    keys = keys_of(work, theirs) if theirs else {}
    return {row.id: _opened(work, row, keys) for row in rows}


def name_of(work: Work, row: Row[Any]) -> str:
    """The name of one account; see :func:`names_of`."""
    return names_of(work, [row])[str(row.id)]


def seal_names_anew(work: Work, *, at_most: int) -> int:
    """Seal with the current key the names that an older one sealed; how many were.

    Those under a person's own key stay. To be called until it answers 0, as
    :func:`matching.store.person_keys.seal_anew`.
    """
    older = accounts.c.name_key_id != work.ring.current
    old = work.rows(accounts, older, limit=at_most)
    for row in old:
        sealed, key_id = work.seal(_opened(work, row, {}).encode(), _place(row.id))
        work.change(
            accounts,
            {"sealed_name": sealed, "name_key_id": key_id, "version": accounts.c.version},
            accounts.c.id == row.id,
        )
    return len(old)


def _opened(work: Work, row: Row[Any], keys: Mapping[str, PersonKey]) -> str:
    if row.sealed_name is None:
        return f"erased-{row.id}"
    if row.name_key_id is not None:
        return work.unseal(row.sealed_name, row.name_key_id, _place(row.id)).decode()
    if row.person_id not in keys:
        raise UnknownError(
            f"The account {row.id} is of a person of a hub that whoever asks does not see. Is "
            "VALORIAMO_TERRITORY that of this installation?"
        )
    return keys[row.person_id].unseal(row.sealed_name, _place(row.id)).decode()


def _place(account_id: str) -> str:
    return f"accounts.sealed_name:{account_id}"
