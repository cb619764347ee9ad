"""Organisations that a hub works with: agencies, employers, referrers, providers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.engine import Row

from matching.accompaniment import Catalogue
from matching.domain.access import EVERYWHERE, Act, Role
from matching.errors import ConflictError, InputError
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
    """An organisation, as the hub that works with it sees it.

    ``provider`` is the slug of the provider of the catalogue that it stands for, None for none.
    """

    id: str
    hub: str
    kind: OrganisationKind
    name: str
    provider: str | None
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


def stand_for(
    work: Work,
    organisation_id: str,
    provider: str | None,
    *,
    known: Collection[str],
    version: int | None = None,
) -> Organisation:
    """Say which provider of the catalogue an organisation stands for, None for none any more.

    Its accounts see who takes part in that provider's services at this hub, from now on.

    Parameters
    ----------
    provider
        Slug of the provider.
    known
        The slugs of the catalogue's providers.
    version
        The version that the caller read.

    Raises
    ------
    InputError
        For a provider that is not in the catalogue, or an organisation of another kind.
    ConflictError
        Where another organisation of the hub stands for it.
    UnknownError
        Where there is no such organisation for whoever asks.
    StaleError
        Where ``version`` is no longer the organisation's.
    """
    row = work.one(organisations, organisations.c.id == organisation_id)
    if provider is not None:
        _check_provider(work, row, provider, known)
    work.change(
        organisations, {"provider": provider}, organisations.c.id == row.id, version=version
    )
    work.tell(
        Act.MANAGE_ORGANISATIONS, "organisation", row.id, hub=row.hub, step="stands_for",
        provider=provider,
    )  # fmt: skip
    return organisation(work, organisation_id)


def services_of(work: Work, catalogue: Catalogue | None) -> frozenset[str]:
    """The slugs of the services that whoever acts for a provider offers; of nobody else's."""
    if work.actor.role is not Role.PROVIDER or work.actor.organisation is None:
        return frozenset()
    row = work.first(organisations, organisations.c.id == work.actor.organisation)
    if row is None or row.provider is None or catalogue is None:
        return frozenset()
    return frozenset(one.slug for one in catalogue.services if one.provider == row.provider)


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


def _check_provider(
    work: Work, row: Row[tuple[object, ...]], provider: str, known: Collection[str]
) -> None:
    if row.kind != OrganisationKind.PROVIDER:
        raise InputError(
            f"Only a provider stands for one of the catalogue; this is of kind {row.kind!r}."
        )
    if provider not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise InputError(f"{provider!r} is no provider of the catalogue; it has {listed}.")
    others = work.count(
        organisations,
        organisations.c.hub == row.hub,
        organisations.c.provider == provider,
        organisations.c.id != row.id,
    )
    if others:
        raise ConflictError(
            f"Another organisation of this hub stands for {provider!r}; end that first."
        )


def organisations_page(work: Work, *, after: str | None, limit: int) -> tuple[Organisation, ...]:
    """Organisations that can be seen, in the order of their identifiers, those after one."""
    later = [] if after is None else [organisations.c.id > after]
    rows = work.rows(organisations, *later, order=[organisations.c.id], limit=limit)
    return tuple(map(_organisation, rows))


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
        provider=row.provider,
        created_at=row.created_at,
        version=row.version,
    )
