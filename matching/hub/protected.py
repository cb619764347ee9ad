"""Sex, age and citizenship of people, for the audit alone.

They lie under a pseudonym of their own, which is made from the person's with the index key of the
installation: without that key nobody can say whose they are, and nothing that scores, ranks or
explains imports this module (import contract "protected attributes for the audit"). They are asked
with the person's say, may be missing, and can be deleted as a whole at any time.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from matching.domain.access import Act
from matching.domain.days import start_of
from matching.domain.household import Citizenship, Sex
from matching.errors import InputError
from matching.hub.people import check_may_grow, row_of
from matching.store import Work
from matching.store.chain import canonical
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import protected_attributes

YEARS = 5
"""Years of birth are kept in classes of so many: 1980 stands for 1980 to 1984."""

_PURPOSE = "audit"
_AT_ONCE = 500
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What the audit knows of somebody; None where it was not asked, or she did not say.

    ``born_from`` is the first year of the class that her year of birth is in.
    """

    sex: Sex | None = None
    born_from: int | None = None
    citizenship: Citizenship | None = None


def birth_class(year: int) -> int:
    """The first year of the class that a year of birth is in.

    Raises
    ------
    InputError
        For a year in which nobody who asks for help was born.

    >>> birth_class(1983)
    1980
    """
    if not _FIRST <= year <= _LAST:
        raise InputError(f"{year} is no year of birth; write one such as 1983.")
    return year - year % YEARS


def keep_protected(work: Work, person_id: str, protected: Protected) -> None:
    """Keep what a person says of herself for the audit, in place of what was there.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    InputError
        For a year that begins no class.
    """
    row = row_of(work, person_id)
    check_may_grow(row)
    if protected.born_from is not None and birth_class(protected.born_from) != protected.born_from:
        raise InputError(f"{protected.born_from} begins no class of {YEARS} years of birth.")
    key = key_of(work, person_id)
    name = audit_pseudonym(work, key.pseudonym)
    content = {
        "sex": protected.sex, "born_from": protected.born_from,
        "citizenship": protected.citizenship,
    }  # fmt: skip
    sealed, key_id = work.seal(canonical(content).encode(), _place(name), _PURPOSE)
    work.remove(protected_attributes, protected_attributes.c.audit_pseudonym == name)
    work.add(
        protected_attributes,
        {
            "audit_pseudonym": name, "hub": row.hub, "sealed": sealed, "key_id": key_id,
            # The day alone: the very moment would join it with the journal.
            "changed_at": start_of(work.today),
        },
    )  # fmt: skip
    known = sorted(name for name, value in content.items() if value is not None)
    work.tell(
        Act.WRITE_PROTECTED_ATTRIBUTES, "person", key.pseudonym, hub=row.hub, known=known
    )  # fmt: skip


def audit_pseudonym(work: Work, pseudonym: str) -> str:
    """The pseudonym under which the audit knows somebody."""
    return work.word(_PURPOSE, pseudonym)


def protected_for_audit(work: Work, pseudonyms: Collection[str]) -> Mapping[str, Protected]:
    """Attributes by the pseudonym of results, for an audit; who said nothing is left out.

    The reading is told to the journal.
    """
    names = {audit_pseudonym(work, one): one for one in sorted(pseudonyms)}
    every, found = list(names), {}
    for start in range(0, len(every), _AT_ONCE):
        some = protected_attributes.c.audit_pseudonym.in_(every[start : start + _AT_ONCE])
        for row in work.rows(protected_attributes, some):
            found[names[row.audit_pseudonym]] = _opened(work, row)
    work.tell(Act.READ_PROTECTED_ATTRIBUTES, "persons", None, count=len(found))
    return found


def all_protected(work: Work) -> Sequence[tuple[str, Protected]]:
    """What everybody said, each with the hub, in an order that says nothing of whose it is.

    Telling is the caller's.
    """
    order = [protected_attributes.c.audit_pseudonym]
    return [(row.hub, _opened(work, row)) for row in work.rows(protected_attributes, order=order)]


def protected_of(work: Work, key: PersonKey) -> Protected | None:
    """What the audit knows of somebody, to be given to herself. Telling is the caller's."""
    name = audit_pseudonym(work, key.pseudonym)
    row = work.first(protected_attributes, protected_attributes.c.audit_pseudonym == name)
    return None if row is None else _opened(work, row)


def remove_protected(work: Work, pseudonym: str) -> int:
    """Remove what the audit knows of somebody; 1 or 0. Telling is the caller's."""
    name = audit_pseudonym(work, pseudonym)
    return work.remove(protected_attributes, protected_attributes.c.audit_pseudonym == name)


def remove_protected_of(work: Work, person_id: str) -> bool:
    """Remove what somebody said of herself, as she wants it; whether there was anything.

    Raises
    ------
    UnknownError
        Where there is no such person for whoever asks.
    """
    row = row_of(work, person_id)
    key = key_of(work, person_id)
    gone = remove_protected(work, key.pseudonym)
    work.tell(
        Act.WRITE_PROTECTED_ATTRIBUTES, "person", key.pseudonym, hub=row.hub, removed=gone
    )  # fmt: skip
    return bool(gone)


def remove_all_protected(work: Work) -> int:
    """Remove the attributes of everybody in the hubs of whoever acts; how many there were."""
    gone = work.remove(protected_attributes)
    work.tell(Act.WRITE_PROTECTED_ATTRIBUTES, "persons", None, removed=gone)
    return gone


def seal_protected_anew(work: Work, *, at_most: int) -> int:
    """Seal with the current key what an older one sealed; how many. To be called until 0."""
    old = work.rows(
        protected_attributes, protected_attributes.c.key_id != work.ring.current, limit=at_most
    )
    for row in old:
        name = row.audit_pseudonym
        content = work.unseal(row.sealed, row.key_id, _place(name), _PURPOSE)
        sealed, key_id = work.seal(content, _place(name), _PURPOSE)
        work.change(
            protected_attributes,
            {"sealed": sealed, "key_id": key_id},
            protected_attributes.c.audit_pseudonym == name,
        )
    return len(old)


def _opened(work: Work, row: "sa.Row[tuple[object, ...]]") -> Protected:
    content = json.loads(work.unseal(row.sealed, row.key_id, _place(row.audit_pseudonym), _PURPOSE))
    sex, citizenship = content["sex"], content["citizenship"]
    return Protected(
        sex=None if sex is None else Sex(sex),
        born_from=content["born_from"],
        citizenship=None if citizenship is None else Citizenship(citizenship),
    )


def _place(name: str) -> str:
    return f"protected_attributes.sealed:{name}"
