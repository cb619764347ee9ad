"""Organisations that a hub works with: agencies, employers, referrers, providers."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from matching.api.dependencies import TheService
from matching.api.hub.acting import Acting, IfMatch, Made, expected, made, may
from matching.api.hub.administration import (
    OrganisationAnswer,
    OrganisationChange,
    OrganisationRequest,
    OrganisationsPage,
)
from matching.api.hub.examples_rights import ORGANISATION, ORGANISATION_CHANGE
from matching.api.hub.fields import PAGE, Cursor, Id, Limit, entry_before, next_cursor
from matching.domain.access import Act
from matching.hub.organisations import (
    add_organisation,
    change_organisation,
    organisation,
    organisations_page,
    stand_for,
)
from matching.service import Service
from matching.store import Work

router = APIRouter(tags=["administration"])
OrganisationId = Annotated[Id, Path(description="As it was answered when it was added.")]


@router.post("/v1/organisations", status_code=201, response_model=OrganisationAnswer)
def add(
    request: Annotated[OrganisationRequest, Body(openapi_examples=dict(ORGANISATION))],
    acting: Annotated[Acting, may(Act.MANAGE_ORGANISATIONS)],
    service: TheService,
) -> Response:
    """Add an organisation. One that works with two hubs is there twice: neither sees the other."""
    hub = acting.hub(request.hub)

    def do(work: Work) -> Made:
        added = add_organisation(work, hub=hub, kind=request.kind, name=request.name)
        if request.provider is not None:
            stand_for(work, added, request.provider, known=_providers(service))
        return _shown(work, added, 201)

    return acting.once(request, do)


@router.get("/v1/organisations", response_model=OrganisationsPage)
def listed(
    acting: Annotated[Acting, may(Act.READ_ORGANISATIONS)],
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> OrganisationsPage:
    """A page of organisations, in a fixed order."""
    with acting.reading() as work:
        found = list(organisations_page(work, after=entry_before(cursor), limit=limit))
    return OrganisationsPage(
        organisations=tuple(map(OrganisationAnswer.model_validate, found)),
        next_cursor=next_cursor(found, limit),
    )


@router.get("/v1/organisations/{organisation_id}", response_model=OrganisationAnswer)
def read(
    organisation_id: OrganisationId,
    acting: Annotated[Acting, may(Act.READ_ORGANISATIONS)],
    response: Response,
) -> OrganisationAnswer:
    """One organisation."""
    with acting.reading() as work:
        found = organisation(work, organisation_id)
    response.headers["etag"] = f'"{found.version}"'
    return OrganisationAnswer.model_validate(found)


@router.patch("/v1/organisations/{organisation_id}", response_model=OrganisationAnswer)
def change(
    organisation_id: OrganisationId,
    request: Annotated[OrganisationChange, Body(openapi_examples=dict(ORGANISATION_CHANGE))],
    acting: Annotated[Acting, may(Act.MANAGE_ORGANISATIONS)],
    if_match: IfMatch,
    service: TheService,
) -> Response:
    """Give an organisation another name, or say which provider of the catalogue it stands for.

    Its kind and its hub stay.
    """
    version = expected(if_match)

    def do(work: Work) -> Made:
        now = version
        if request.name is not None:
            now = change_organisation(work, organisation_id, name=request.name, version=now).version
        if "provider" in request.model_fields_set:
            stand_for(
                work, organisation_id, request.provider, known=_providers(service), version=now
            )
        return _shown(work, organisation_id)

    return acting.once(request, do)


def _providers(service: Service) -> frozenset[str]:
    return frozenset(() if service.catalogue is None else service.catalogue.providers)


def _shown(work: Work, organisation_id: str, status: int = 200) -> Made:
    found = organisation(work, organisation_id)
    answer = OrganisationAnswer.model_validate(found)
    where = f"/v1/organisations/{organisation_id}" if status == 201 else None
    return made(answer, status, location=where, version=found.version)
