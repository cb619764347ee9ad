"""Organisations that a hub works with: agencies, employers, referrers, providers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.engine import Row

from matching.domain.access import EVERYWHERE, Act
from matching.errors import InputError
from matching.store import Work
from matching.store.tables import organisations
from matching.store.work import new_id

_LONGEST = 200


class OrganisationKind(StrEnum):
    """What an organisation is to the hub; a closed list."""

    AGENCY = "agency"
    EMPLOYER = "employer"
    REFERRER = "referrer"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation, as the hub that works with it sees it."""

    id: str
    hub: str
    kind: OrganisationKind
    name: str
    created_at: datetime
    version: int


def add_organisation(work: Work, *, hub: str, kind: OrganisationKind, name: str) -> str:
    """Add an organisation that a hub works with; its id.

    One that works with two hubs is there twice: neither sees what it does with the other.

    Raises
    ------
    InputError
        For a name that cannot be, or the whole territory in place of a hub.
    UnknownError
        For a hub that whoever asks does not see.
    """
    if hub == EVERYWHERE:
        raise InputError(f"An organisation works with one hub, not {hub!r}; say which.")
    organisation_id = new_id()
    work.add(
        organisations,
        {
            "id": organisation_id, "hub": hub, "kind": kind, "name": _name(name),
            "created_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.tell(
        Act.MANAGE_ORGANISATIONS, "organisation", organisation_id, hub=hub, step="added",
        organisation_kind=kind,
    )  # fmt: skip
    return organisation_id


def change_organisation(
    work: Work, organisation_id: str, *, name: str, version: int | None = None
) -> Organisation:
    """Give an organisation another name; what it is, and with which hub, stays.

    Raises
    ------
    InputError
        For a name that cannot be.
    UnknownError
        Where there is none for whoever asks.
    StaleError
        Where ``version`` is no longer the organisation's.
    """
    row = work.one(organisations, organisations.c.id == organisation_id)
    work.change(organisations, {"name": _name(name)}, organisations.c.id == row.id, version=version)
    work.tell(Act.MANAGE_ORGANISATIONS, "organisation", row.id, hub=row.hub, step="changed")
    return organisation(work, organisation_id)


def organisation(work: Work, organisation_id: str) -> Organisation:
    """One organisation.

    Raises
    ------
    UnknownError
        Where there is none for whoever asks.
    """
    return _organisation(work.one(organisations, organisations.c.id == organisation_id))


def list_organisations(work: Work) -> tuple[Organisation, ...]:
    """The organisations of the hubs that can be seen, by hub and name."""
    order = [organisations.c.hub, organisations.c.name, organisations.c.id]
    return tuple(map(_organisation, work.rows(organisations, order=order)))


def _name(name: str) -> str:
    written = " ".join(name.split())
    if not written or len(written) > _LONGEST or not written.isprintable():
        raise InputError(f"The name of an organisation has 1 to {_LONGEST} characters.")
    return written


def _organisation(row: Row[tuple[object, ...]]) -> Organisation:
    return Organisation(
        id=row.id,
        hub=row.hub,
        kind=OrganisationKind(row.kind),
        name=row.name,
        created_at=row.created_at,
        version=row.version,
    )
